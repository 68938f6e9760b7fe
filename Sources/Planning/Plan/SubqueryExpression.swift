import Language

/// A query inside an expression.
public struct SubqueryExpression: Sendable, Hashable {
  /// What is asked of the query's rows.
  public enum Test: Sendable, Hashable {
    /// The one value of its one row; NULL where there is no row.
    case value
    /// Whether there is a row.
    case exists
    /// Whether the operands compare so with some row's columns: `in` and `= any`, `< any` ...
    case any(ScalarFunction)
  }

  /// What is asked.
  public var test: Test
  /// What the query's columns are compared with, already of their types.
  public var operands: [PlanExpression]
  /// What the query knows of the row that the expression is computed for.
  public var parameters: [ApplyPlan.Parameter]
  /// The query's plan.
  public let plan: LogicalPlan
  /// The query as it was written.
  public let source: Query

  /// A query inside an expression.
  init(
    _ test: Test, operands: [PlanExpression] = [], parameters: [ApplyPlan.Parameter], plan: LogicalPlan, source: Query
  ) {
    self.test = test
    self.operands = operands
    self.parameters = parameters
    self.plan = plan
    self.source = source
  }

  /// What is asked of an operands' row and a row of the query, whose columns stand from `offset` on; nil where it is
  /// enough that there is a row.
  func condition(columnsFrom offset: Int, span: SourceSpan) -> PlanExpression? {
    guard case .any(let comparison) = test else { return nil }
    let isEquality = operands.count > 1
    let comparisons = operands.enumerated().map { index, operand in
      let column = PlanExpression(.column(offset + index), type: operand.type, span: span)
      return PlanExpression(.call(isEquality ? .equal : comparison, [operand, column]), type: .boolean, span: span)
    }
    let all = PlanExpression.conjunction(comparisons)
    // Rows of several columns differ where not all of them are equal.
    guard isEquality, comparison == .notEqual, let all else { return all }
    return PlanExpression(.call(.not, [all]), type: .boolean, span: span)
  }

  /// The same query, written in the same place, asked the same of the same values: an alias may be resolved twice.
  public static func == (left: SubqueryExpression, right: SubqueryExpression) -> Bool {
    left.test == right.test && left.operands == right.operands
      && left.parameters.map(\.value) == right.parameters.map(\.value) && left.source == right.source
  }

  /// Equal expressions hash alike.
  public func hash(into hasher: inout Hasher) { hasher.combine(source.span) }
}
