import ColumnStore

extension LogicalPlan {
  /// All rows of a table, its visible columns only.
  public static func rows(of table: Table, named name: String = "_") -> LogicalPlan {
    let fields = table.descriptions.map {
      Field(name: $0.name, qualifier: name, type: $0.type, display: $0.display, note: $0.note)
    }
    return .scan(Scan(name: name, table: table, fields: fields, sources: fields.indices.map { .column($0) }))
  }

  /// The tables that the plan reads, each scan once.
  public var scans: [Scan] {
    var seen: Set<Int> = []
    var found: [Scan] = []
    collectScans(&found, &seen)
    return found
  }

  private func collectScans(_ found: inout [Scan], _ seen: inout Set<Int>) {
    if case .shared(let shared) = self, !seen.insert(shared.number).inserted { return }
    if case .scan(let scan) = self { found.append(scan) }
    for input in inputs { input.collectScans(&found, &seen) }
  }
}

extension Scan {
  /// The table's columns that are read, in ascending order.
  public var columnsRead: [Int] {
    Set(sources.compactMap { if case .column(let index) = $0 { index } else { nil } }).sorted()
  }
}
