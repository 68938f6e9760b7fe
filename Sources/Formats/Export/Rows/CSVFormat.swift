import ColumnStore

/// Comma-separated values as RFC 4180 describes them, with lines that end in LF, in UTF-8 without a byte-order mark.
///
/// NULL is an empty field and the empty text is `""`; texts that a loader would take for NULL (`NA`, `-` ...) are quoted.
/// Timestamps are `2021-02-10T00:00:00Z`, dates `2021-02-10`, lists a JSON array; doubles have as many digits as it takes
/// to read the same number back. In a table of a single column NULL is `NA`, since readers pass over empty lines.
public struct CSVFormat: TableFormat {
  /// `csv`.
  public let name = "csv"
  /// `.csv`
  public let fileExtensions = ["csv"]

  /// The names.
  public let headerLineCount = 1

  /// The format.
  public init() {}

  /// Writes a header line and all rows.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    try writeDelimited(table, delimiter: UInt8(ascii: ","), to: sink)
  }
}

/// Writes a header line and all rows with a delimiter between the fields; nothing for a table without columns.
func writeDelimited(_ table: Table, delimiter: UInt8, to sink: any ByteSink) throws {
  guard !table.columns.isEmpty else { return }
  try writeDelimitedHeader(table.descriptions.map(\.name), delimiter: delimiter, to: sink)
  let starts = table.columns.indices.map { $0 == 0 ? [] : [delimiter] }
  let null = table.columns.count == 1 ? Array("NA".utf8) : []
  try RowWriter(table, syntax: RowSyntax(cellStarts: starts, null: null, textForm: .delimited(delimiter)))
    .write(to: sink)
}
