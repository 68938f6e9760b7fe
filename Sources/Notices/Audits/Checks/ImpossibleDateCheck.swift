import ColumnStore

/// Dates on which nothing can have been done yet, or no platform was there to do it. 1970-01-01 and 1900-01-01 are what
/// missing dates become.
struct ImpossibleDateCheck: AuditCheck {
  let name = "impossible date"
  let severity = AuditSeverity.error
  let summary =
    "dates before 1990 or after 2100; where the script says `let today = date '...'`, also what happened later"

  /// Columns of which a date in the future is right.
  private static let plans: Set = ["end", "ends", "until", "expires", "expiry", "expired", "due", "deadline", "valid"]

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.filter(\.isTime).map { column in
      let last = (column.speaks(of: Self.plans) ? nil : table.today?.description) ?? "2100-01-01"
      let day = "\(column.sql)::date"
      return AuditQuestion(column, failing: "\(day) < date '1990-01-01' or \(day) > date '\(last)'")
    }
  }
}
