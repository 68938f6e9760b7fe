/// An id that should name one row names several. Whether it should is known by the name, or by nearly all values of it being
/// different: an id of another table stands in many rows by right.
struct RepeatedIdentifierCheck: AuditCheck {
  let name = "duplicated id"
  let severity = AuditSeverity.error
  let summary = "rows beyond the first of an id that names the rows of its table, by its name or by its values"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.filter { $0.isIdentifier && $0.type.element == nil }.map { column in
      AuditQuestion(
        [column],
        query: """
          select coalesce(sum(n - 1), 0) as count, coalesce(sum(n), 0) as looked, min(v) filter (where n > 1)::text as example
          from (select \(column.sql) as v, count(*) as n from input where \(column.sql) is not null group by \(column.sql))
          """,
        threshold: isOwn(column, of: table) ? "count > 0" : "count > 0 and count * 10 <= looked")
    }
  }

  /// Whether an id names the rows of this table: `id`, `uuid`, or in a table `actions` the `action_id`.
  private func isOwn(_ column: AuditedTable.Column, of table: AuditedTable) -> Bool {
    if column.words.count == 1 { return true }
    let noun = column.words.dropLast().joined(separator: "_")
    guard let name = table.name?.lowercased() else { return false }
    return name == noun || name == noun + "s" || name.hasSuffix("_\(noun)s")
  }
}
