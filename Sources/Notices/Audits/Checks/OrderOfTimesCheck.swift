/// Something that follows stands before what it follows: an action before its notice, a reinstatement before the action.
struct OrderOfTimesCheck: AuditCheck {
  let name = "earlier than what it follows"
  let severity = AuditSeverity.error
  let summary = "an action before its notice, an end before its beginning: received_at, acted_at, ended_at and the like"

  /// Words of the columns that say when something was, by the order in which things happen.
  private static let stages: [Set<String>] = [
    ["received", "requested", "notice", "noticed", "reported", "submitted", "filed"],
    ["acted", "actioned", "action", "decided", "decision", "applied", "start", "started", "begin", "began"],
    ["ended", "end", "reinstated", "restored", "lifted", "expired", "reversed"],
  ]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    let times = table.columns.filter(\.isTime).compactMap { column in
      Self.stages.lastIndex { column.speaks(of: $0) }.map { (column: column, stage: $0) }
    }
    return times.flatMap { later in
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
