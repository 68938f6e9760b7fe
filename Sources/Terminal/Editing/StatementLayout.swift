/// Where the characters of a statement stand in a window, with the prompts before its lines and what is suggested behind it.
///
/// A line that is wider than the window goes on in the next row. What is not text stands in a style of its own.
struct StatementLayout {
  /// What stands before the first line.
  var prompt = ""
  /// What stands before the other lines.
  var continuationPrompt = ""
  /// How both are shown.
  var promptStyle: Style = []
  /// What may follow the text, faintly; its first line only is shown.
  var hint: String?
  /// The styles of parts of the text: UTF-8 offsets, in order.
  var spans: [StyledSpan] = []

  /// The frame of a statement in a window so many columns wide.
  func frame(of edited: EditedText, width: Int) -> Frame {
    var rows = Rows(width: max(1, width))
    rows.add(Frame.cells(prompt, promptStyle))
    var spans = spans[...]
    var offset = 0
    var passed = 0
    for character in edited.text {
      let count = character.unicodeScalars.count
      if (passed..<passed + count).contains(edited.cursor) { rows.markCursor() }
      if character == "\n" || character == "\r\n" {
        rows.endRow()
        rows.add(Frame.cells(continuationPrompt, promptStyle))
      } else {
        while let first = spans.first, first.range.upperBound <= offset { spans.removeFirst() }
        let style = spans.first.flatMap { $0.range.contains(offset) ? $0.style : nil } ?? []
        rows.add(Frame.cells(String(character), style))
      }
      passed += count
      offset += character.utf8.count
    }
    if edited.isAtEnd { rows.markCursor() }
    rows.close()
    if let hint { rows.add(hintCells(hint, room: width - rows.column - 1)) }
    return rows.frame
  }

  private func hintCells(_ hint: String, room: Int) -> [Frame.Cell] {
    let line = hint.prefix { !$0.isNewline }
    let shown = DisplayWidth.escaped(String(line)) + (line.endIndex < hint.endIndex ? " …" : "")
    return Frame.cells(DisplayWidth.truncate(shown, to: max(0, room)), .dim)
  }
}

/// Rows that are being filled.
private struct Rows {
  let width: Int
  var frame = Frame()
  /// The column of the next cell; that of the window's edge where the row is full.
  var column = 0
  /// Whether the cursor is where the next cell comes.
  private var hasCursorNext = false

  init(width: Int) { self.width = width }

  /// Puts the cursor where the next cell comes, or in the next row where this one is full.
  mutating func markCursor() {
    frame.cursorRow = frame.rows.count - 1
    frame.cursorColumn = column
    hasCursorNext = true
  }

  mutating func add(_ cells: [Frame.Cell]) {
    for cell in cells {
      if column + cell.width > width, column > 0 { openRow() }
      if hasCursorNext { markCursor() }
      hasCursorNext = false
      frame.rows[frame.rows.count - 1].append(cell)
      column += cell.width
    }
  }

  mutating func endRow() {
    close()
    hasCursorNext = false
    openRow()
  }

  /// Gives the cursor a row of its own where it stands behind a full one and nothing follows.
  mutating func close() {
    guard hasCursorNext, column >= width else { return }
    openRow()
    markCursor()
  }

  private mutating func openRow() {
    frame.rows.append([])
    column = 0
  }
}
