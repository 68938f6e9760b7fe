import ColumnStore
import Planning

/// What the tables of a session were published as, by the tables themselves: names change on the way through a query.
public struct TableSources: Sendable {
  private var stored: [ObjectIdentifier: SourceAdapter] = [:]
  private var files: [String: SourceAdapter] = [:]

  /// No table with a source.
  public init() {}

  /// Notes that a stored table is of a source.
  public mutating func add(_ adapter: SourceAdapter, for table: Table) { stored[table.identity] = adapter }

  /// Notes that a file that is queried in place is of a source.
  public mutating func add(_ adapter: SourceAdapter, forFile key: String) { files[key] = adapter }

  /// The source of a table that a query reads; nil where none is known.
  public func adapter(of scan: Scan) -> SourceAdapter? {
    scan.file.map { files[$0] } ?? stored[scan.table.identity]
  }
}
