import Language
import Planning

extension AuditedTable {
  /// Another table of the session whose rows a column of this one names: the notices of a table of actions.
  struct Related {
    /// This table's column.
    let key: Column
    /// What the query calls the other table.
    let table: String
    /// The other table's columns as the query calls them.
    let columns: [Column]
    /// Its column of the same name.
    let otherKey: Column
    /// The other table's rows.
    let plan: LogicalPlan
    /// The other table's own name.
    fileprivate let name: String

    /// A column of the other table as a finding shows it.
    func shown(_ column: Column) -> String { "\(name).\(column.name)" }
  }

  /// The tables of a session whose rows columns such as `notice_id` name, by the columns that both have.
  static func related(to columns: [Column], of table: String?, with resolver: Resolver, span: SourceSpan) -> [Related] {
    let keys = columns.filter { $0.isIdentifier && $0.words.count > 1 }
    if keys.isEmpty { return [] }
    // Tables of what could not be read belong to others.
    let names = resolver.tableNames.filter { !$0.contains("!") && $0.lowercased() != table?.lowercased() }
    return names.enumerated().flatMap { number, name -> [Related] in
      // A view that cannot be planned any more relates to nothing.
      let query = "from \(Quoting.name(name));"
      guard let plan = try? resolver.plan(query, on: [], span: span) else { return [] }
      let others = plan.fields.map { field in
        var column = Column(field, number: 0)
        column.sql = Quoting.name(field.name)
        return column
      }
      return keys.compactMap { key in
        others.first { $0.name.lowercased() == key.name.lowercased() && $0.type == key.type }.map {
          Related(
            key: key, table: "related\(number)", columns: others, otherKey: $0, plan: plan, name: name)
        }
      }
    }
  }
}
