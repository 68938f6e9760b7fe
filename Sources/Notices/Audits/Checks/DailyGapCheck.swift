/// Days without rows in a series that has rows on most days.
struct DailyGapCheck: AuditCheck {
  let name = "gap in a daily series"
  let severity = AuditSeverity.warning
  let summary = "days without rows between the first and the last, where most days of two weeks or more have rows"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.filter(\.isTime).map { column in
      AuditQuestion(
        [column],
        query: """
          select coalesce(sum(gap), 0) as count, max(day) - min(day) + 1 as looked,
            (min(day + 1) filter (where gap > 0))::text as example
          from (
            select day, lead(day) over (order by day) - day - 1 as gap
            from (select distinct \(column.sql)::date as day from input where \(column.sql) is not null)
          )
          """,
        threshold: "count > 0 and looked >= 14 and count * 2 < looked")
    }
  }
}
