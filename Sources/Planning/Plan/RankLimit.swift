import ColumnStore

/// How far into each partition of a window a filter on its ranks lets rows pass: of `row_number() <= 3`, three rows.
public struct RankLimit: Sendable {
  /// What the functions of the window are: `row_number`, `rank` and `dense_rank` over one layout.
  public let operations: Set<WindowOperation>
  /// The partitions and their order.
  public let layout: WindowLayout
  /// The function that the condition is on; the strictest one, where there are conditions on several.
  public let limited: WindowOperation
  /// The largest rank that passes, at least 1.
  public let count: Int
}

extension LogicalPlan {
  /// The limit, where the plan is a filter right on a window of nothing but ranks.
  public var rankLimit: RankLimit? {
    guard case .filter(.window(let input, let functions), let predicate) = self, let layout = functions.first?.layout,
      !layout.order.isEmpty
    else { return nil }
    var operations: [WindowOperation] = []
    for function in functions {
      guard case .window(let operation) = function.function, function.layout == layout,
        [.rowNumber, .rank, .denseRank].contains(operation)
      else { return nil }
      operations.append(operation)
    }
    let first = input.columnCount
    let limits = predicate.conjuncts.compactMap(\.upperBound).filter { $0.column >= first }
    guard let strictest = limits.min(by: { $0.bound < $1.bound }) else { return nil }
    return RankLimit(
      operations: Set(operations), layout: layout, limited: operations[strictest.column - first],
      count: Int(max(1, strictest.bound)))
  }
}

extension PlanExpression {
  /// The column of whole numbers that the condition bounds from above by a constant, and the largest number that passes.
  fileprivate var upperBound: (column: Int, bound: Int64)? {
    guard case .call(let function, let operands) = kind, operands.count == 2 else { return nil }
    switch (function, operands[0].kind, operands[1].kind) {
    case (.lessOrEqual, .column(let column), .literal(.integer(let bound))),
      (.equal, .column(let column), .literal(.integer(let bound))),
      (.greaterOrEqual, .literal(.integer(let bound)), .column(let column)),
      (.equal, .literal(.integer(let bound)), .column(let column)):
      return (column, bound)
    case (.less, .column(let column), .literal(.integer(let bound))),
      (.greater, .literal(.integer(let bound)), .column(let column)):
      return (column, bound == .min ? bound : bound - 1)
    default: return nil
    }
  }
}
