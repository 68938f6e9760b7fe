import ColumnStore
import Planning

extension Executor {
  /// The value of an expression that reads no columns, by the same functions that compute it for rows; nil where that is
  /// an error. For the optimiser.
  @Sendable
  public static func value(of expression: PlanExpression) -> Value? {
    switch try? Evaluator(rowCount: 1).operand(expression, Batch(columns: [], count: 1)) {
    case .constant(let value): value
    case .column(let column): column.count == 1 ? column.value(0) : nil
    case nil: nil
    }
  }
}
