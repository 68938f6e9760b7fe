import ColumnStore

extension LogicalPlan {
  /// All rows of a table, its visible columns only.
  public static func rows(of table: Table, named name: String = "_") -> LogicalPlan {
    let fields = table.descriptions.map {
      Field(name: $0.name, qualifier: name, type: $0.type, display: $0.display, note: $0.note)
    }
    return .scan(Scan(name: name, table: table, fields: fields, sources: fields.indices.map { .column($0) }))
  }
}
