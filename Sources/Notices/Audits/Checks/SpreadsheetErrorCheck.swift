import ColumnStore
import Language

/// What a spreadsheet writes where a formula failed: `#N/A`, `#REF!`.
struct SpreadsheetErrorCheck: AuditCheck {
  let name = "spreadsheet error"
  let severity = AuditSeverity.warning
  let summary = "values such as #N/A and #REF!"

  private static let errors = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.filter { $0.type == .text }.map { column in
      AuditQuestion(
        column, failing: "\(column.sql) in (\(Self.errors.map { Quoting.text($0) }.joined(separator: ", ")))")
    }
  }
}
