import ColumnStore

/// Tab-separated values: what `csv` is, with tabs in place of commas. A text with a tab or line end in it is quoted.
public struct TSVFormat: TableFormat {
  /// `tsv`.
  public let name = "tsv"
  /// `.tsv`, `.tab`
  public let fileExtensions = ["tsv", "tab"]

  /// The names.
  public let headerLineCount = 1

  /// The format.
  public init() {}

  /// Writes a header line and all rows.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    try writeDelimited(table, delimiter: UInt8(ascii: "\t"), to: sink)
  }
}
