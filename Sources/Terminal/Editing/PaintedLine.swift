/// The bytes that give colours to a line that libedit has drawn, and show a hint behind it.
///
/// libedit knows no colours: it draws the line plainly, and what it has drawn is then written over, character by
/// character at the same places, so that what it believes of the screen stays true. A hint is the one thing that it knows
/// nothing of, and is wiped off before libedit draws again.
struct PaintedLine {
  /// What is written to the terminal.
  let output: String
  /// Whether it shows a hint: there is one, and room for it.
  let showsHint: Bool

  /// Nil for a line that cannot be painted: one that is higher than the window, which libedit shows in part, or that
  /// holds characters which are not shown as they are.
  ///
  /// - Parameters:
  ///   - prompt: what stands before the line, without escape sequences.
  ///   - text: the line.
  ///   - cursor: how many of its characters (Unicode scalars) stand before the cursor, where the terminal's cursor is now.
  ///   - spans: UTF-8 offsets into the line with their styles, in order.
  ///   - hint: what is suggested behind the end of the line.
  init?(
    prompt: String, text: String, cursor: Int, spans: [StyledSpan], hint: String?, window: TerminalScreen.Size
  ) {
    let scalars = text.unicodeScalars
    guard scalars.allSatisfy({ LineLayout.isShown($0) || $0 == "\n" }) else { return nil }
    var layout = LineLayout(columns: window.width)
    layout.add(prompt)
    let start = layout
    var here = layout
    var body = ""
    var spans = spans[...]
    var current: Style = []
    var offset = 0
    for (number, scalar) in scalars.enumerated() {
      while let first = spans.first, first.range.upperBound <= offset { spans.removeFirst() }
      let style = spans.first.flatMap { $0.range.contains(offset) ? $0.style : nil } ?? []
      if style != current {
        body += style.beginning
        current = style
      }
      let before = layout
      layout.add(scalar)
      // A character of two columns that found no room stands in the next row.
      if layout.row > before.row, layout.column > 0 { body += "\r\n" }
      if scalar != "\n" { body.unicodeScalars.append(scalar) }
      if layout.row > before.row, layout.column == 0 { body += "\r\n" }
      offset += UTF8.width(scalar)
      if number + 1 == cursor { here = layout }
    }
    guard layout.row < window.height else { return nil }
    if !current.isEmpty { body += Style.plain }
    var end = layout
    var shownHint = ""
    if let hint, cursor == scalars.count {
      let room = window.width - 1 - layout.column
      shownHint = DisplayWidth.truncate(DisplayWidth.escaped(hint), to: max(0, room))
      body += Style.dim.apply(to: shownHint, colour: true)
      end.add(String(repeating: " ", count: DisplayWidth.of(shownHint)))
    }
    showsHint = !shownHint.isEmpty
    output = PaintedLine.move(from: here, to: start) + body + PaintedLine.move(from: end, to: here)
  }

  /// Moves the terminal's cursor between two places of the same line.
  private static func move(from: LineLayout, to: LineLayout) -> String {
    var moves = "\r"
    if from.row > to.row { moves += "\u{1B}[\(from.row - to.row)A" }
    if from.row < to.row { moves += "\u{1B}[\(to.row - from.row)B" }
    if to.column > 0 { moves += "\u{1B}[\(to.column)C" }
    return moves
  }
}
