/// What stands in the rows of a terminal from the beginning of a prompt on, and where the cursor is.
struct Frame: Equatable {
  /// One grapheme, as it is shown.
  struct Cell: Equatable {
    /// What is written; no control characters.
    let text: String
    /// The columns that it takes, 1 or 2.
    let width: Int
    /// How it is shown.
    let style: Style

    /// Whether terminals do not agree on its width: what consists of several characters, emoji.
    var isDisputed: Bool {
      let scalars = text.unicodeScalars
      return scalars.count > 1 || scalars.first.map { $0.value >= 0x1F000 } == true
    }
  }

  /// The rows, from the top.
  var rows: [[Cell]] = [[]]
  /// The row of the cursor, from 0.
  var cursorRow = 0
  /// The column of the cursor, from 0.
  var cursorColumn = 0

  /// The columns that a row takes.
  static func width(of row: some Sequence<Cell>) -> Int { row.reduce(0) { $0 + $1.width } }

  /// The cells of a text, one a grapheme. What cannot be seen, or would move the cursor, is spelt out.
  static func cells(_ text: some StringProtocol, _ style: Style = []) -> [Cell] {
    var cells: [Cell] = []
    for character in text {
      if let ascii = character.asciiValue, (0x20..<0x7F).contains(ascii) {
        cells.append(Cell(text: String(character), width: 1, style: style))
        continue
      }
      let whole = String(character)
      let width = DisplayWidth.of(character)
      if width > 0, DisplayWidth.escaped(whole) == whole {
        cells.append(Cell(text: whole, width: width, style: style))
      } else {
        cells += DisplayWidth.escape(character).map { Cell(text: String($0), width: 1, style: [style, .inverse]) }
      }
    }
    return cells
  }

  /// The part of the frame that a window of `height` rows shows: `top` is where it began before, and is changed only as
  /// much as the cursor needs. The rows of `below` come after it.
  func clipped(to height: Int, top: inout Int, below: [[Cell]]) -> Frame {
    let height = max(1, height - below.count)
    top = min(max(top, cursorRow - height + 1), cursorRow)
    top = max(0, min(top, rows.count - height))
    return Frame(
      rows: Array(rows[top..<min(rows.count, top + height)]) + below, cursorRow: cursorRow - top,
      cursorColumn: cursorColumn)
  }
}
