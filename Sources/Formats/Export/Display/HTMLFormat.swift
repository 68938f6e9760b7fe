import ColumnStore

/// A `<table>` of HTML 5 with a head and a body: no styles, only classes (`number`, `null`, the types) to hang them on.
public struct HTMLFormat: TableFormat {
  /// `html`.
  public let name = "html"
  /// `.html`, `.htm`
  public let fileExtensions = ["html", "htm"]

  /// Under the table.
  public let showsNotes = true

  /// The format.
  public init() {}

  /// A paragraph.
  public func line(_ text: String) -> String? { "<p>\(htmlText(text))</p>\n" }

  /// Writes a header and all rows.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    let cells = zip(table.columns, table.descriptions).map {
      CellText($0, name: $1.name, presentation: presentation)
    }
    let classes = zip(cells, table.descriptions).map { cell, description in
      let type =
        switch description.type {
        case .list: "list"
        case .decimal: "decimal"
        default: description.type.name
        }
      return cell.isRightAligned ? "number \(type)" : type
    }
    var output = ChunkedOutput(sink)
    try output.write("<table class=\"noticebook\">\n<thead>\n<tr>")
    for (description, kind) in zip(table.descriptions, classes) {
      try output.write("<th scope=\"col\" class=\"\(kind)\">\(htmlText(description.name))</th>")
    }
    try output.write("</tr>\n</thead>\n<tbody>\n")
    for row in 0..<table.rowCount {
      try output.write("<tr>")
      for (cell, kind) in zip(cells, classes) {
        let both = cell.isNull(row) ? kind + " null" : kind
        try output.write("<td class=\"\(both)\">\(htmlText(cell.text(row)))</td>")
      }
      try output.write("</tr>\n")
    }
    try output.write("</tbody>\n</table>\n")
    for note in presentation.notes { try output.write("<p class=\"note\">\(htmlText(note))</p>\n") }
    try output.flush()
  }
}

/// A text as HTML shows it: markup characters and both quotes as references, line ends as `<br>`, and control characters
/// and marks of writing direction, which HTML does not allow or which could mislead, visibly escaped.
func htmlText(_ text: String) -> String {
  if text.utf8.allSatisfy(isPlainInMarkup) { return text }
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\n", "\r\n", "\r": result += "<br>"
    case "\t": result += "\t"
    default: result += visibleText(String(character))
    }
  }
  return result
}

/// Whether a byte is a letter, digit or sign that means nothing in HTML or Markdown.
func isPlainInMarkup(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): false
  case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\\"), UInt8(ascii: "|"), UInt8(ascii: "`"): false
  case UInt8(ascii: "*"), UInt8(ascii: "~"): false
  default: byte >= 0x20 && byte < 0x7F
  }
}
