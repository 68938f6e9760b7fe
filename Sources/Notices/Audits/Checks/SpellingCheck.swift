import ColumnStore

/// One thing under two spellings: texts that differ only in case, in space around them, in a leading `@`, or in forms of
/// Unicode that look the same, such as full-width letters.
struct SpellingCheck: AuditCheck {
  let name = "one value under several spellings"
  let severity = AuditSeverity.warning
  let summary = "accounts, countries and the like that differ only in case, space, a leading @ or full-width letters"

  /// Words of columns whose values name things. In free text everything is spelt as it comes.
  private static let names: Set = [
    "account", "user", "username", "handle", "author", "profile", "name", "country", "region", "state", "platform",
    "action", "category", "type", "reason", "authority", "agency", "court", "requester", "reporter", "language",
    "status", "product", "service", "law", "ground",
  ]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    // A database has no words for the forms of Unicode, and may have more values than can be fetched.
    let spelling = table.isInDatabase ? "lower(v)" : "casefold(normalize(v, 'nfkc'))"
    return table.columns.filter { $0.type == .text && ($0.isIdentifier || $0.speaks(of: Self.names)) }.map { column in
      AuditQuestion(
        [column],
        query: """
          select count(*) as count, (select count(distinct \(column.sql)) from input) as looked,
            first(example order by example) as example
          from (
            select min(v) || ' / ' || max(v) as example
            from (select \(column.sql) as v from input where \(column.sql) is not null group by \(column.sql))
            group by ltrim(trim(\(spelling)), '@') having count(*) > 1
          )
          """)
    }
  }
}
