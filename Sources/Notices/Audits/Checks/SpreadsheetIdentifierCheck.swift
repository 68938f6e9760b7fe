import ColumnStore

/// Ids that a spreadsheet has taken for numbers or dates: `1.23E+15`, `Mar-01`.
struct SpreadsheetIdentifierCheck: AuditCheck {
  let name = "id changed by a spreadsheet"
  let severity = AuditSeverity.error
  let summary = "ids such as 1.23E+15 and Mar-01, and ids that are held as numbers with a point"

  private static let months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
  /// A number in scientific notation, a day of a month or a month of a year.
  private static let pattern =
    "^([0-9]+([.,][0-9]+)?e[+][0-9]+|(\(months))-[0-9]{1,4}|[0-9]{1,2}-(\(months)))$"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.filter(\.isIdentifier).compactMap { column in
      switch column.type {
      case .text: AuditQuestion(column, failing: "regexp_matches(lower(\(column.sql)), '\(Self.pattern)')")
      case .double, .date: AuditQuestion(column, failing: "\(column.sql) is not null")
      default: nil
      }
    }
  }
}
