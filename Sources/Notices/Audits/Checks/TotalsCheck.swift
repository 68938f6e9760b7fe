import ColumnStore
import Language

/// A row that is called a total and is not the sum of the rows beside it: of those of the same file that agree with it in
/// every column of texts or dates that it fills in.
struct TotalsCheck: AuditCheck {
  let name = "total that does not add up"
  let severity = AuditSeverity.error
  let summary = "a row called Total, Grand total or All whose numbers are not the sums of the rows beside it"

  private static let names = ["total", "totals", "grand total", "all", "sum", "overall", "worldwide", "global"]

  func questions(about table: AuditedTable) throws -> [AuditQuestion] {
    let numbers = table.columns.filter(\.isAmount)
    let texts = table.columns.filter { $0.type == .text && !$0.isIdentifier }
    if numbers.isEmpty || texts.isEmpty { return [] }
    // Few tables have totals; in the others there is nothing more to look for.
    let counts = try table.answer(
      "select \(texts.map { "count_if(\(isTotal($0)))" }.joined(separator: ", ")) from input;")
    return try zip(texts, counts).compactMap { label, count in
      guard case .integer(let count) = count, count > 0 else { return nil }
      let others = table.columns.filter {
        $0.sql != label.sql && !$0.type.isNumeric && $0.type != .count && !$0.isIdentifier && $0.type.element == nil
      }
      let filled = try table.answer(
        "select count(*) as n\(others.map { ", count(\($0.sql))" }.joined()) from input where \(isTotal(label));")
      let keys = zip(others, filled.dropFirst()).compactMap { column, known in
        known == .integer(0) ? nil : Key(sql: column.sql, isAlwaysFilled: known == .integer(count))
      }
      let file = table.hasPlaces ? [Key(sql: "file", isAlwaysFilled: true)] : []
      return AuditQuestion([label], query: query(label, numbers, keys + file))
    }
  }

  private func isTotal(_ label: AuditedTable.Column) -> String {
    "lower(trim(\(label.sql))) in (\(Self.names.map { Quoting.text($0) }.joined(separator: ", ")))"
  }

  /// A column in which a total agrees with the rows that it is of.
  private struct Key {
    let sql: String
    /// Whether all totals fill it in; else those that do not are of rows with any value.
    let isAlwaysFilled: Bool

    var agrees: String {
      isAlwaysFilled ? "t.\(sql) = p.\(sql)" : "(t.\(sql) is null or t.\(sql) = p.\(sql))"
    }
  }

  private func query(_ label: AuditedTable.Column, _ numbers: [AuditedTable.Column], _ keys: [Key]) -> String {
    let names = keys.map(\.sql)
    let list = names.map { "\($0), " }.joined()
    let sums = numbers.map { "sum(\($0.sql)) as s_\($0.sql)" }.joined(separator: ", ")
    let groups = keys.isEmpty ? "" : "group by \(names.joined(separator: ", "))"
    let agrees = keys.isEmpty ? "true" : keys.map(\.agrees).joined(separator: " and ")
    let compared = numbers.map { "any_value(t.s_\($0.sql)) as t_\($0.sql), sum(p.\($0.sql)) as p_\($0.sql)" }
    let differences = numbers.map { number -> (condition: String, text: String) in
      let (total, parts) = ("t_\(number.sql)", "p_\(number.sql)")
      let differs =
        number.type == .double
        ? "abs(\(total) - \(parts)) > 1e-9 * greatest(abs(\(total)), abs(\(parts)))" : "\(total) <> \(parts)"
      return (differs, "\(Quoting.text("\(number.name) ")) || \(total)::text || ' is not ' || \(parts)::text")
    }
    let differs = "(\(differences.map(\.condition).joined(separator: " or ")))"
    let branches = differences.map { "case when \($0.condition) then \($0.text) end" }
    let shown = "concat_ws(', ', \((names.map { "\($0)::text" } + branches).joined(separator: ", ")))"
    return """
      with totals as (
        select \(list) count(*) as n, \(sums) from input where \(isTotal(label)) \(groups)
      ), parts as (
        select * from input where coalesce(not \(isTotal(label)), true)
      ), compared as (
        select \(names.map { "t.\($0) as \($0), " }.joined()) \(compared.joined(separator: ", "))
        from totals as t join parts as p on \(agrees) group by \((names.map { "t.\($0)" } + ["t.n"]).joined(separator: ", "))
      )
      select count(*) filter (where \(differs)) as count, count(*) as looked,
        min(\(shown)) filter (where \(differs)) as example
      from compared
      """
  }
}
