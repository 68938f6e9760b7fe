import ColumnStore

/// Texts in a column of dates that are no dates. A column stays one of texts when some of its values cannot be read.
struct UnreadDateCheck: AuditCheck {
  let name = "date that cannot be read"
  let severity = AuditSeverity.warning
  let summary = "texts that are no dates in a column such as acted_at or notice_date"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.filter { column in
      column.type == .text && (column.words.last.map { ["at", "date", "day", "timestamp"].contains($0) } ?? false)
    }.map { column in
      AuditQuestion(column, failing: "\(column.sql) is not null and try_cast(\(column.sql) as timestamp) is null")
    }
  }
}
