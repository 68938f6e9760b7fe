import ColumnStore

/// A way to write a table as bytes: one conforming type, one file.
///
/// Formats for programs (csv, tsv, json, ndjson) always write every row and every digit. Formats for readers (box, line,
/// markdown, html) follow the hints of the `Presentation`; only `box` may leave out rows, and its foot says so.
public protocol TableFormat: Sendable {
  /// The name that `--format` and `format` take.
  var name: String { get }
  /// The endings of file names that mean this format, without the dot; the first is the usual one.
  var fileExtensions: [String] { get }
  /// A line of text between tables, such as a heading; nil where the format has no place for one.
  func line(_ text: String) -> String?
  /// Whether the footnotes of a presentation are written under the table.
  var showsNotes: Bool { get }
  /// What stands between two tables.
  var separator: String { get }
  /// The lines above the first row, where no name needs several: names, types, what is drawn around them.
  var headerLineCount: Int { get }
  /// Writes a table. Throws what the sink throws.
  func write(_ table: Table, presentation: Presentation, to sink: any ByteSink) throws
}

extension TableFormat {
  /// Formats for programs have no place for text.
  public func line(_ text: String) -> String? { nil }

  /// Formats for programs have no place for footnotes either.
  public var showsNotes: Bool { false }

  /// Most formats have none.
  public var headerLineCount: Int { 0 }

  /// Most formats need nothing.
  public var separator: String { "" }

  /// The table as it would be written, as text.
  public func text(_ table: Table, presentation: Presentation = Presentation()) throws -> String {
    let sink = MemorySink()
    try write(table, presentation: presentation, to: sink)
    return sink.text
  }
}
