import ColumnStore

/// One line per value, `name = value`, and an empty line between rows: for few rows of many columns.
///
/// Names stand right-aligned; values are whole, with control characters shown escaped.
public struct LineFormat: TableFormat {
  /// `line`.
  public let name = "line"
  /// None.
  public let fileExtensions: [String] = []

  /// Under the table.
  public let showsNotes = true

  /// The format.
  public init() {}

  /// The line, with deceiving characters made visible.
  public func line(_ text: String) -> String? { visibleText(text) + "\n" }

  /// Writes all rows.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    let names = table.descriptions.map { visibleText($0.name) }
    let widest = names.map(displayWidth).max() ?? 0
    let heads = names.map { name in
      String(repeating: " ", count: widest - displayWidth(name)) + presentation.styled(.header, name) + " = "
    }
    let cells = zip(table.columns, table.descriptions).map {
      CellText($0, name: $1.name, presentation: presentation)
    }
    var output = ChunkedOutput(sink)
    for row in 0..<table.rowCount {
      if row > 0, !cells.isEmpty { try output.write("\n") }
      for (head, cell) in zip(heads, cells) {
        let text = visibleText(cell.text(row))
        try output.write(head + (cell.isNull(row) ? presentation.styled(.null, text) : text) + "\n")
      }
    }
    if !presentation.notes.isEmpty { try output.write("\n") }
    for note in presentation.notes { try output.write(presentation.styled(.foot, visibleText(note)) + "\n") }
    try output.flush()
  }
}
