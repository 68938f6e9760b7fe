extension Optimiser {
  /// A filter on a projection, an order, a distinct or a filter moves below it, where it leaves less to do.
  static let pushFilterDown = Rule(name: "push filter down") { plan in
    guard case .filter(let input, let predicate) = plan else { return nil }
    switch input {
    case .project(let below, let projections):
      let expressions = projections.map(\.expression)
      // What is computed below is computed a second time for the filter: worth it only where that can move on, and right
      // only where it cannot fail.
      let read = predicate.columns
      guard
        read.allSatisfy({ expressions[$0].isColumn })
          || (below.letsFiltersPass && !read.contains { expressions[$0].mayFail })
      else { return nil }
      return .project(.filter(below, predicate: predicate.substituting(expressions)), projections)
    case .sort(let below, let keys, nil): return .sort(.filter(below, predicate: predicate), keys: keys, limit: nil)
    case .filter(let below, let first):
      return .filter(
        below,
        predicate: PlanExpression.conjunction(first.conjuncts + predicate.conjuncts) ?? predicate)
    case .distinct(let below): return .distinct(.filter(below, predicate: predicate))
    case .setOperation(let operation, let left, let right, let keepsDuplicates):
      let (moved, rest) = split(predicate.conjuncts) { _ in true }
      guard let condition = PlanExpression.conjunction(moved) else { return nil }
      let filtered = LogicalPlan.setOperation(
        operation, .filter(left, predicate: condition), .filter(right, predicate: condition),
        keepsDuplicates: keepsDuplicates)
      return PlanExpression.conjunction(rest).map { .filter(filtered, predicate: $0) } ?? filtered
    case .unionAll(let inputs): return .unionAll(inputs.map { .filter($0, predicate: predicate) })
    case .aggregate(let below, let keys, let aggregates):
      let (onKeys, rest) = split(predicate.conjuncts) { $0 < keys.count && keys[$0].expression.isColumn }
      guard !keys.isEmpty, let moved = PlanExpression.conjunction(onKeys) else { return nil }
      let filtered = LogicalPlan.filter(below, predicate: moved.substituting(keys.map(\.expression)))
      let grouped = LogicalPlan.aggregate(filtered, keys: keys, aggregates: aggregates)
      return PlanExpression.conjunction(rest).map { .filter(grouped, predicate: $0) } ?? grouped
    case .window(let below, let functions):
      // Whole partitions may be left out, single rows may not.
      let (onPartitions, rest) = split(predicate.conjuncts) { column in
        functions.allSatisfy { $0.layout.partition.contains { $0.kind == .column(column) } }
      }
      guard let moved = PlanExpression.conjunction(onPartitions) else { return nil }
      let windowed = LogicalPlan.window(.filter(below, predicate: moved), functions)
      return PlanExpression.conjunction(rest).map { .filter(windowed, predicate: $0) } ?? windowed
    default: return nil
    }
  }

  /// The part of a filter that speaks only of the side of a join all of whose rows come out, or none else, is applied to
  /// that side before the join. Inner joins are the business of `orderJoins`.
  static let splitFilterOverJoin = Rule(name: "split filter over join") { plan in
    guard case .filter(.join(var join), let predicate) = plan else { return nil }
    let canLeft = [.left, .semi, .anti, .nearest, .nearestLeft].contains(join.kind)
    let canRight = join.kind == .right
    guard canLeft || canRight else { return nil }
    let leftCount = join.left.columnCount
    // What may fail must not be computed for rows that the join or an earlier condition leaves out.
    let (moved, rest) = split(predicate.conjuncts) { canLeft ? $0 < leftCount : $0 >= leftCount }
    guard let condition = PlanExpression.conjunction(moved) else { return nil }
    if canLeft {
      join.left = .filter(join.left, predicate: condition)
    } else {
      join.right = .filter(join.right, predicate: condition.remapped { $0 - leftCount })
    }
    return PlanExpression.conjunction(rest).map { .filter(.join(join), predicate: $0) } ?? .join(join)
  }

  private static func split(_ conjuncts: [PlanExpression], _ movable: (Int) -> Bool) -> (
    [PlanExpression], [PlanExpression]
  ) {
    func moves(_ conjunct: PlanExpression) -> Bool {
      !conjunct.mayFail && !conjunct.columns.isEmpty && conjunct.columns.allSatisfy(movable)
    }
    return (conjuncts.filter(moves), conjuncts.filter { !moves($0) })
  }
}

extension LogicalPlan {
  /// Whether a filter on it may come to stand further below.
  fileprivate var letsFiltersPass: Bool {
    switch self {
    case .join, .unionAll, .aggregate, .distinct, .setOperation, .window: true
    case .filter(let input, _), .project(let input, _), .sort(let input, _, nil): input.letsFiltersPass
    default: false
    }
  }
}

extension PlanExpression {
  /// Whether it is a column and nothing more.
  public var isColumn: Bool {
    if case .column = kind { return true }
    return false
  }
}
