import ColumnStore
import Language

extension Binder {
  /// `percentile_cont(0.5) within group (order by x)` and `mode() within group (order by x)`: what they are ordered by is
  /// their first argument.
  func moveOrderedArgument(
    of entry: FunctionEntry<AggregateFunction>, _ arguments: inout [PlanExpression], _ order: inout [SortKey]
  ) throws {
    let isQuantile = entry.function == .quantile || entry.function == .quantileDiscrete
    guard order.count == 1, let key = order.first,
      isQuantile && arguments.count == 1 || entry.function == .mode && arguments.isEmpty
    else { return }
    order = []
    guard isQuantile, key.isDescending else {
      arguments.insert(key.expression, at: 0)
      return
    }
    guard entry.function == .quantile, case .double(let part)? = try Coercion.coerce(arguments[0], to: .double)?.literal
    else {
      throw Diagnostic(
        "`\(entry.name)` takes its values in ascending order", at: key.expression.span,
        help: "take one minus the part instead of `desc`")
    }
    arguments = [
      key.expression, PlanExpression(.literal(.double(1 - part)), type: .double, span: arguments[0].span),
    ]
  }

  /// Aggregates that are the value of the first row in an order: `arg_min(x, y)` is `first(x order by y)` of the rows that
  /// have both, and `min` of texts with a collation that of the key by which it orders.
  func chosenInOrder(_ aggregate: Aggregate) -> Aggregate {
    let isMaximum: Bool
    let key: PlanExpression
    switch aggregate.function {
    case .argMinimum, .argMaximum:
      isMaximum = aggregate.function == .argMaximum
      key = aggregate.arguments[1].orderKeyed
    case .minimum, .maximum:
      guard aggregate.arguments[0].collation?.orderKey != nil else { return aggregate }
      isMaximum = aggregate.function == .maximum
      key = aggregate.arguments[0].orderKeyed
    default: return aggregate
    }
    var result = aggregate
    result.function = .first
    result.arguments = [aggregate.arguments[0].withoutCollation]
    result.isDistinct = false
    result.order = [SortKey(expression: key, isDescending: isMaximum, nullsFirst: false)]
    let present = (result.arguments + [key]).map {
      PlanExpression(.call(.isNotNull, [$0]), type: .boolean, span: $0.span)
    }
    result.filter = PlanExpression.conjunction((aggregate.filter?.conjuncts ?? []) + present)
    return result
  }
}
