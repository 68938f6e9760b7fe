/// Something that follows stands before what it follows: an action before its notice, a reinstatement before the action.
struct OrderOfTimesCheck: AuditCheck {
  let name = "earlier than what it follows"
  let severity = AuditSeverity.error
  let summary =
    "an action before its notice, in the same table or in the one that it names by notice_id and the like, an end before its "
    + "beginning: received_at, acted_at, ended_at and the like"

  /// Words of the columns that say when something was, by the order in which things happen.
  private static let stages: [Set<String>] = [
    ["received", "requested", "notice", "noticed", "reported", "submitted", "filed"],
    ["acted", "actioned", "action", "decided", "decision", "applied", "start", "started", "begin", "began"],
    ["ended", "end", "reinstated", "restored", "lifted", "expired", "reversed"],
  ]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    let times = times(table.columns)
    return withinRows(times) + table.related.flatMap { betweenTables(times, $0) }
  }

  /// The columns that say when something was, and at which stage that is.
  private func times(_ columns: [AuditedTable.Column]) -> [(column: AuditedTable.Column, stage: Int)] {
    columns.filter(\.isTime).compactMap { column in
      Self.stages.lastIndex { column.speaks(of: $0) }.map { (column, $0) }
    }
  }

  /// What was done against the earliest row of another table that it names.
  private func betweenTables(
    _ times: [(column: AuditedTable.Column, stage: Int)], _ other: AuditedTable.Related
  ) -> [AuditQuestion] {
    times.flatMap { later in
      self.times(other.columns).filter { $0.stage < later.stage }.map { earlier in
        let isByDay = earlier.column.type != later.column.type
        let day = isByDay ? "::date" : ""
        let (second, first) = ("\(later.column.sql)\(day)", "earliest\(day)")
        return AuditQuestion(
          named: "\(later.column.name), \(other.shown(earlier.column))",
          query: """
            select count(*) filter (where \(second) < \(first)) as count,
              count(*) filter (where \(second) is not null and \(first) is not null) as looked,
              first(\(later.column.sql)::text || ' < ' || earliest::text) filter (where \(second) < \(first)) as example
            from input join (
              select \(other.otherKey.sql) as related_key, min(\(earlier.column.sql)) as earliest
              from \(other.table) group by \(other.otherKey.sql)
            ) as related on \(other.key.sql) = related_key
            """)
      }
    }
  }

  private func withinRows(_ times: [(column: AuditedTable.Column, stage: Int)]) -> [AuditQuestion] {
    times.flatMap { later in
      times.filter { $0.stage < later.stage }.map { earlier in
        let (first, second) = (earlier.column, later.column)
        // Of a date and an instant on it, nobody knows which came first.
        let isByDay = first.type != second.type
        let values = [first, second].map { isByDay ? "\($0.sql)::date" : $0.sql }
        return AuditQuestion(
          [second, first], failing: "\(values[1]) < \(values[0])",
          of: "\(first.sql) is not null and \(second.sql) is not null",
          example: "\(second.sql)::text || ' < ' || \(first.sql)::text")
      }
    }
  }
}
