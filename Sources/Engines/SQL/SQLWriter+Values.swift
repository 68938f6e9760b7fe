import ColumnStore
import Language
import Planning

extension SQLWriter {
  /// Rows written out; nil where a value has no words in the dialect.
  func values(_ table: Table) -> String? {
    let span = SourceSpan(start: 0, end: 0)
    let written = try? (0..<table.rowCount).map { row in
      try table.columns.indices.map { column in
        let value = table.columns[column].value(row)
        return try expression(PlanExpression(.literal(value), type: table.descriptions[column].type, span: span))
      }
    }
    guard let rows = written else { return nil }
    if rows.isEmpty {
      guard let nulls = try? table.descriptions.map({ try cast("NULL", to: $0.type) }) else { return nil }
      return "SELECT \(list(nulls)) WHERE 1 = 0"
    }
    let values = rows.map { "(\($0.joined(separator: ", ")))" }.joined(separator: ", ")
    let names = table.columns.indices.map { "c\($0)" }
    if dialect.namesValues { return "SELECT * FROM (VALUES \(values)) AS v(\(names.joined(separator: ", ")))" }
    return "SELECT \(list(names.indices.map { "column\($0 + 1)" })) FROM (VALUES \(values))"
  }
}
