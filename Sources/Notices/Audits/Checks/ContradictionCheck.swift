/// Claims about the same that exclude each other: counts with bounds that have no number in common. Rows speak of the same
/// where they agree in all columns but those that say who claims it, and where.
struct ContradictionCheck: AuditCheck {
  let name = "claims that contradict each other"
  let severity = AuditSeverity.error
  let summary = "counts with bounds that exclude each other, in rows that differ only in who says so"

  /// Words of columns that tell of the claim and not of what it is about.
  private static let claims: Set = [
    "claim", "claimed", "source", "sources", "reported", "reporter", "published", "publisher", "url", "link", "remark",
    "remarks", "note", "notes", "quote", "words", "archived", "retrieved",
  ]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    let keys = table.columns.filter {
      !$0.type.isNumeric && $0.type != .count && $0.type.element == nil && !$0.speaks(of: Self.claims)
    }.map(\.sql).joined(separator: ", ")
    if keys.isEmpty { return [] }
    return table.columns.filter { $0.type == .count }.map { column in
      AuditQuestion(
        [column],
        query: """
          select count(*) filter (where excluded) as count, count(*) as looked,
            min(example) filter (where excluded) as example
          from (
            select contradict(\(column.sql)) as excluded,
              min(\(column.sql)::text) || ' and ' || max(\(column.sql)::text) as example
            from input where \(column.sql) is not null group by \(keys) having count(*) > 1
          )
          """)
    }
  }
}
