import ColumnStore
import Planning

/// What the tables of a session were published as, by the tables themselves: names change on the way through a query.
public struct TableSources: Sendable {
  private var stored: [ObjectIdentifier: SourceAdapter] = [:]

  /// No table with a source.
  public init() {}

  /// Notes that a stored table is of a source.
  public mutating func add(_ adapter: SourceAdapter, for table: Table) { stored[table.identity] = adapter }

  /// The source of a table that a query reads, for a file that is queried in place the one that knows its columns; nil where
  /// there is none.
  public func adapter(of scan: Scan) -> SourceAdapter? {
    if scan.file == nil { return stored[scan.table.identity] }
    return SourceCatalog.recognising(scan.table.descriptions.map(\.name))
  }
}
