import ColumnStore

/// A table of GitHub Flavored Markdown (section 4.10), padded so that it can also be read as it is.
///
/// Numbers stand right-aligned. Pipes, backslashes and what begins markup or HTML are escaped; line ends become `<br>`.
public struct MarkdownFormat: TableFormat {
  /// `markdown`.
  public let name = "markdown"
  /// `.md`, `.markdown`
  public let fileExtensions = ["md", "markdown"]

  /// Under the table.
  public let showsNotes = true

  /// Names, and a line below them.
  public let headerLineCount = 2

  /// The format.
  public init() {}

  /// A paragraph.
  public func line(_ text: String) -> String? { visibleText(text) + "\n" }

  /// Tables that follow each other directly would be one.
  public var separator: String { "\n" }

  /// Writes a header and all rows; nothing for a table without columns.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    guard !table.columns.isEmpty else { return }
    let cells = zip(table.columns, table.descriptions).map {
      CellText($0, name: $1.name, presentation: presentation)
    }
    let names = table.descriptions.map { markdownText($0.name) }
    let widths = zip(names, cells).map { name, cell in
      (0..<table.rowCount).reduce(max(3, displayWidth(name))) { max($0, displayWidth(markdownText(cell.text($1)))) }
    }
    var output = ChunkedOutput(sink)
    func line(_ texts: [String]) -> String { "| " + texts.joined(separator: " | ") + " |\n" }
    func padded(_ column: Int, _ text: String) -> String {
      let space = String(repeating: " ", count: widths[column] - displayWidth(text))
      return cells[column].isRightAligned ? space + text : text + space
    }
    try output.write(line(names.indices.map { padded($0, names[$0]) }))
    try output.write(
      line(
        cells.indices.map {
          let rule = String(repeating: "-", count: widths[$0] - 1)
          return cells[$0].isRightAligned ? rule + ":" : rule + "-"
        }))
    for row in 0..<table.rowCount {
      try output.write(line(cells.indices.map { padded($0, markdownText(cells[$0].text(row))) }))
    }
    for note in presentation.notes { try output.write("\nNote: \(markdownText(note))\n") }
    try output.flush()
  }
}

/// A text that Markdown shows as it is.
func markdownText(_ text: String) -> String {
  if text.utf8.allSatisfy({ isPlainInMarkup($0) && $0 != UInt8(ascii: "_") }) { return text }
  let marks: Set<Character> = ["|", "\\", "*", "`", "<", ">", "[", "]", "~", "&"]
  var result = ""
  let characters = Array(text)
  for (index, character) in characters.enumerated() {
    switch character {
    case "\n", "\r\n", "\r": result += "<br>"
    case "_":
      // Inside a word GitHub gives an underscore no meaning; column names stay readable.
      let isInside =
        index > 0 && index + 1 < characters.count
        && (characters[index - 1].isLetter || characters[index - 1].isNumber)
        && (characters[index + 1].isLetter || characters[index + 1].isNumber)
      result += isInside ? "_" : "\\_"
    case _ where marks.contains(character): result += "\\\(character)"
    default: result += visibleText(String(character))
    }
  }
  return result
}
