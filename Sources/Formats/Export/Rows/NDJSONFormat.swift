import ColumnStore

/// One JSON object per line and nothing else (JSON Lines). Values are written as in `json`.
public struct NDJSONFormat: TableFormat {
  /// `ndjson`.
  public let name = "ndjson"
  /// `.ndjson`, `.jsonl`
  public let fileExtensions = ["ndjson", "jsonl"]

  /// The format.
  public init() {}

  /// Writes all rows.
  public func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws {
    try RowWriter(table, syntax: jsonSyntax(table, rowStart: "{", rowEnd: "}\n")).write(to: sink)
  }
}
