import ColumnStore

/// Long ids of which a spreadsheet has kept fifteen digits: the others are zeros. Of ids that nothing happened to, one in a
/// hundred of 17 digits, and fewer of longer ones, look so; a finding is where it is one in five.
struct RoundedIdentifierCheck: AuditCheck {
  let name = "id rounded to 15 digits"
  let severity = AuditSeverity.error
  let summary = "ids of 17 digits and more of which at least one in five ends in zeros from the 16th digit on"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    table.columns.filter(\.isIdentifier).compactMap { column in
      let isRounded: String
      let isLong: String
      switch column.type {
      case .text:
        isRounded = "regexp_matches(\(column.sql), '^[1-9][0-9]{14}0{2,}$')"
        isLong = "regexp_matches(\(column.sql), '^[1-9][0-9]{16,}$')"
      case .integer:
        isLong = "\(column.sql) >= 10000000000000000"
        let steps = [("10000000000000000", "100"), ("100000000000000000", "1000"), ("1000000000000000000", "10000")]
        // Larger numbers have more digits beyond the fifteenth.
        isRounded =
          "case \(steps.reversed().map { "when \(column.sql) >= \($0.0) then \(column.sql) % \($0.1) = 0" }.joined(separator: " ")) else false end"
      default: return nil
      }
      return AuditQuestion(
        [column], failing: isRounded, of: isLong, example: "\(column.sql)::text",
        threshold: "count > 0 and count * 5 >= looked")
    }
  }
}
