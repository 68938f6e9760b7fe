/// Columns that hold next to nothing.
struct NearlyEmptyCheck: AuditCheck {
  let name = "nearly empty column"
  let severity = AuditSeverity.note
  let summary = "columns of which at least 19 of 20 values are NULL"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.map { column in
      AuditQuestion(
        [column], failing: "\(column.sql) is null", of: "true", example: nil,
        threshold: "count > 0 and count * 20 >= looked * 19")
    }
  }
}
