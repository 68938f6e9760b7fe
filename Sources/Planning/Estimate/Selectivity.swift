import ColumnStore

/// About which part of the rows passes a condition. Where statistics say nothing the usual guesses stand in: System R's
/// (P. G. Selinger et al., "Access path selection in a relational database management system", SIGMOD 1979, table 1).
enum Selectivity {
  private static let unknownEquality = 0.1
  private static let unknownRange = 1.0 / 3
  private static let unknown = 0.5

  /// From 0 for none to 1 for all of the rows of `plan`.
  static func of(_ predicate: PlanExpression, on plan: LogicalPlan) -> Double {
    min(1, max(0, estimate(predicate, plan)))
  }

  private static func estimate(_ predicate: PlanExpression, _ plan: LogicalPlan) -> Double {
    switch predicate.kind {
    case .literal(let value): return value == .boolean(true) ? 1 : 0
    case .and(let operands): return operands.reduce(1) { $0 * of($1, on: plan) }
    case .or(let operands): return 1 - operands.reduce(1) { $0 * (1 - of($1, on: plan)) }
    case .memberOf(let operand, let values):
      guard let distinct = ColumnFacts.distinctCount(of: operand, in: plan) else {
        return Double(values.count) * unknownEquality
      }
      return Double(values.count) / distinct
    case .call(let function, let arguments): return call(function, arguments, plan)
    default: return unknown
    }
  }

  private static func call(_ function: ScalarFunction, _ arguments: [PlanExpression], _ plan: LogicalPlan) -> Double {
    switch function {
    case .not: return 1 - of(arguments[0], on: plan)
    case .isNull: return nullFraction(arguments[0], plan)
    case .isNotNull: return 1 - nullFraction(arguments[0], plan)
    case .equal: return equality(arguments[0], arguments[1], plan) * known(arguments, plan)
    case .isNotDistinctFrom: return equality(arguments[0], arguments[1], plan)
    case .isDistinctFrom: return 1 - equality(arguments[0], arguments[1], plan)
    case .notEqual: return (1 - equality(arguments[0], arguments[1], plan)) * known(arguments, plan)
    case .less, .lessOrEqual: return below(arguments[0], arguments[1], plan) * known(arguments, plan)
    case .greater, .greaterOrEqual: return below(arguments[1], arguments[0], plan) * known(arguments, plan)
    case .like, .ilike, .contains, .startsWith, .endsWith: return unknownEquality
    default: return unknown
    }
  }

  /// The part of the rows in which all of some expressions have a value.
  private static func known(_ expressions: [PlanExpression], _ plan: LogicalPlan) -> Double {
    expressions.reduce(1) { product, expression in
      guard case .column(let index) = expression.kind else { return product }
      return product * (1 - (ColumnFacts.nullFraction(of: index, in: plan) ?? 0))
    }
  }

  private static func nullFraction(_ expression: PlanExpression, _ plan: LogicalPlan) -> Double {
    guard case .column(let index) = expression.kind else { return unknownEquality }
    return ColumnFacts.nullFraction(of: index, in: plan) ?? unknownEquality
  }

  private static func equality(_ left: PlanExpression, _ right: PlanExpression, _ plan: LogicalPlan) -> Double {
    let ranges = [left, right].map { $0.range { ColumnFacts.range(of: $0, in: plan) } }
    if let first = ranges[0], let second = ranges[1], !first.overlaps(second) { return 0 }
    let counts = [left, right].compactMap { ColumnFacts.distinctCount(of: $0, in: plan) }
    guard counts.count == 2, let most = counts.max() else { return unknownEquality }
    return 1 / max(1, most)
  }

  /// How often the left side is less than the right one, both taken to be evenly spread over their ranges.
  private static func below(_ left: PlanExpression, _ right: PlanExpression, _ plan: LogicalPlan) -> Double {
    guard let first = left.range({ ColumnFacts.range(of: $0, in: plan) }),
      let second = right.range({ ColumnFacts.range(of: $0, in: plan) })
    else { return unknownRange }
    if first.upperBound < second.lowerBound { return 1 }
    if second.upperBound < first.lowerBound { return 0 }
    let low = Double(first.lowerBound)
    let width = Double(first.upperBound) - low
    let middle = (Double(second.lowerBound) + Double(second.upperBound)) / 2
    if width > 0 { return (middle - low) / width }
    // One value against a range.
    let otherWidth = Double(second.upperBound) - Double(second.lowerBound)
    return otherWidth > 0 ? (Double(second.upperBound) - low) / otherWidth : unknownRange
  }
}
