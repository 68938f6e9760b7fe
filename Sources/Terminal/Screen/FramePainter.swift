/// Brings a frame to the screen by writing what differs from the one before.
///
/// Only moves relative to the cursor are written, so that nothing need be known of where on the screen the frame stands:
/// its first row is where the cursor was when the first frame was drawn. Rows that do not exist yet are made by line
/// ends, which scroll where the window ends. A frame must not be higher than the window.
struct FramePainter {
  /// What stands on the screen; nil before anything was drawn.
  private(set) var shown: Frame?
  /// The bytes to be written.
  private var output = ""
  private var row = 0
  private var style: Style = []

  /// Draws a frame: the bytes for the terminal, empty where nothing changes.
  mutating func draw(_ frame: Frame) -> String {
    output = ""
    let before = shown ?? Frame(rows: [])
    row = before.cursorRow
    if shown == nil { output = "\r\u{1B}[J" }
    for (number, cells) in frame.rows.enumerated() {
      if number < before.rows.count {
        rewrite(number, cells, before: before.rows[number])
      } else {
        if number > 0 { newRow(number) }
        write(cells[...], at: 0)
      }
    }
    if frame.rows.count < before.rows.count {
      go(to: frame.rows.count, 0)
      clear("J")
    }
    if output.isEmpty, before.cursorRow == frame.cursorRow, before.cursorColumn == frame.cursorColumn { return "" }
    go(to: frame.cursorRow, frame.cursorColumn)
    shown = frame
    return output
  }

  /// What brings the cursor to the first row of the frame, from where everything can be drawn anew, and wipes it off. A
  /// terminal that was made narrower has broken rows in two, which `width` tells of; more than `height` rows up there is
  /// nothing.
  mutating func wipe(width: Int, height: Int) -> String {
    guard let frame = shown else { return "" }
    shown = nil
    var up = frame.cursorColumn / width
    for cells in frame.rows.prefix(frame.cursorRow) { up += max(1, (Frame.width(of: cells) + width - 1) / width) }
    up = min(up, height - 1)
    return "\r" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\u{1B}[J"
  }

  /// Forgets what stands on the screen: the next frame is drawn where the cursor is.
  mutating func forget() { shown = nil }

  private mutating func rewrite(_ number: Int, _ cells: [Frame.Cell], before: [Frame.Cell]) {
    let same = zip(cells, before).lazy.prefix { $0 == $1 }.reduce(0) { count, _ in count + 1 }
    guard same < cells.count || same < before.count else { return }
    let column = Frame.width(of: cells[..<same])
    go(to: number, column)
    // First, since behind a full row it would take the last character.
    if Frame.width(of: cells) < Frame.width(of: before) || before.contains(where: \.isDisputed) { clear("K") }
    write(cells[same...], at: column)
  }

  private mutating func write(_ cells: ArraySlice<Frame.Cell>, at column: Int) {
    var column = column
    // Terminals do not agree on how wide some characters are: the one behind has its place whatever they think, and
    // none of them opens a row.
    let isDisputed = cells.contains { $0.isDisputed }
    if isDisputed { output += "\u{1B}[?7l" }
    for cell in cells {
      if cell.style != style {
        output += cell.style.beginning
        style = cell.style
      }
      output += cell.text
      column += cell.width
      if cell.isDisputed { output += "\u{1B}[\(column + 1)G" }
    }
    if isDisputed { output += "\u{1B}[?7h" }
    plain()
  }

  private mutating func plain() {
    guard !style.isEmpty else { return }
    output += Style.plain
    style = []
  }

  private mutating func clear(_ what: String) { output += "\u{1B}[\(what)" }

  private mutating func newRow(_ number: Int) {
    go(to: number - 1, nil)
    output += "\r\n"
    row = number
  }

  private mutating func go(to target: Int, _ column: Int?) {
    if target < row { output += "\u{1B}[\(row - target)A" }
    // Line ends make rows where there are none yet.
    if target > row { output += String(repeating: "\n", count: target - row) }
    row = target
    guard let column else { return }
    output += "\r" + (column > 0 ? "\u{1B}[\(column)C" : "")
  }
}
