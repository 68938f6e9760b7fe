import ColumnStore
import Language
import Planning

/// The values that a column has most often, and what part of its values they are.
///
/// In a column of very many different texts only those are looked for that a sample has often: one that makes up one per cent
/// or more is in it. How often they occur is counted in all rows.
enum FrequentValues {
  /// How many are told.
  static let mostValues = 3

  private static let sampleSize = 16_384

  /// The values that make up one per cent or more of a sample, at most three, the most frequent first.
  static func candidates(in column: Column) -> [Value] {
    var occurrences: [Value: Int] = [:]
    let size = min(sampleSize, column.count)
    for place in 0..<size {
      let value = column.value(place * column.count / size)
      if !value.isNull { occurrences[value, default: 0] += 1 }
    }
    let frequent = occurrences.filter { $0.value * 100 >= size }.sorted { left, right in
      left.value == right.value ? left.key.description < right.key.description : left.value > right.value
    }
    return frequent.prefix(mostValues).map(\.key)
  }

  /// Values and counts, the most frequent first and equal ones in their order.
  ///
  /// - Parameter candidates: the values to count; nil for all.
  static func plan(_ field: Field, index: Int, candidates: [Value]?, on input: LogicalPlan) -> LogicalPlan {
    let span = SourceSpan(start: 0, end: 0)
    let column = PlanExpression(.column(index), type: field.type, span: span)
    var condition = PlanExpression(.call(.isNotNull, [column]), type: .boolean, span: span)
    if let candidates { condition = PlanExpression(.memberOf(column, candidates), type: .boolean, span: span) }
    let count = Aggregate(function: .countRows, arguments: [], name: "count", type: .integer, span: span)
    let counted = LogicalPlan.aggregate(
      .filter(input, predicate: condition), keys: [Projection(passing: field, at: index, span: span)],
      aggregates: [count])
    let keys = [(column: 1, isDescending: true), (0, false)].map { column, isDescending in
      SortKey(
        expression: PlanExpression(.column(column), type: counted.fields[column].type, span: span),
        isDescending: isDescending, nullsFirst: false)
    }
    return .sort(counted, keys: keys, limit: mostValues)
  }

  /// The rows of the plan.
  static func read(_ table: Table) -> [(value: Value, count: Int64)] {
    (0..<table.rowCount).compactMap { row in
      guard case .integer(let count) = table.columns[1].value(row) else { return nil }
      return (table.columns[0].value(row), count)
    }
  }

  /// `withheld 45.2%, suspended 30.1%`; NULL for none.
  static func text(_ values: [(value: Value, count: Int64)], of total: Int64) -> Value {
    if values.isEmpty { return .null }
    return .text(
      values.map { value, count in
        let thousandths = Int((Double(count) / Double(total) * 1000).rounded())
        return "\(value) \(thousandths / 10).\(thousandths % 10)%"
      }.joined(separator: ", "))
  }
}
