import ColumnStore

/// About how many rows come out of a plan: to choose by and to show, never to trust.
struct RowEstimate {
  /// The rows of shared plans, which may be made of each other in many ways.
  private var shared: [Int: Double] = [:]

  /// From 0 on; a fraction where it is a product of fractions.
  static func of(_ plan: LogicalPlan) -> Double {
    var estimate = RowEstimate()
    return estimate.of(plan)
  }

  private mutating func of(_ plan: LogicalPlan) -> Double {
    switch plan {
    case .scan(let scan): return Double(scan.table.rowCount)
    case .filter(let input, let predicate): return of(input) * Selectivity.of(predicate, on: input)
    case .project(let input, _), .sort(let input, _, nil): return of(input)
    case .sort(let input, _, let limit?): return min(Double(limit), of(input))
    case .limit(let input, let count, let offset):
      let left = max(0, of(input) - Double(offset))
      return count.map { min(Double($0), left) } ?? left
    case .aggregate(let input, let keys, _): return keys.isEmpty ? 1 : groups(keys.map(\.expression), of: input)
    case .distinct(let input):
      return groups(
        input.fields.enumerated().map {
          PlanExpression(.column($0.offset), type: $0.element.type, span: .init(start: 0, end: 0))
        }, of: input)
    case .join(let join): return joined(join)
    case .unionAll(let inputs): return inputs.reduce(0) { total, input in total + of(input) }
    case .setOperation(.intersect, let left, let right, _): return min(of(left), of(right))
    case .apply(let apply):
      return joined(
        JoinPlan(kind: apply.kind.joinKind, left: apply.left, right: apply.right, condition: apply.condition))
    case .shared(let plan):
      if let known = shared[plan.number] { return known }
      let rows = of(plan.plan)
      shared[plan.number] = rows
      return rows
    default: return plan.inputs.first.map { of($0) } ?? 1
    }
  }

  /// No more groups than rows, nor than the keys have combinations.
  private mutating func groups(_ keys: [PlanExpression], of input: LogicalPlan) -> Double {
    let rows = of(input)
    let combinations = keys.reduce(1.0) { product, key in
      min(rows, product * max(1, ColumnFacts.distinctCount(of: key, in: input) ?? rows.squareRoot()))
    }
    return min(rows, combinations)
  }

  private mutating func joined(_ join: JoinPlan) -> Double {
    let left = of(join.left)
    let right = of(join.right)
    var selectivity = 1.0
    for equality in join.equalities {
      let counts = [
        ColumnFacts.distinctCount(of: equality.left, in: join.left),
        ColumnFacts.distinctCount(of: equality.right, in: join.right),
      ].compactMap { $0 }
      selectivity /= max(1, counts.max() ?? max(left, right))
    }
    if let condition = join.condition {
      let pairs = LogicalPlan.join(
        JoinPlan(kind: .inner, left: join.left, right: join.right))
      selectivity *= Selectivity.of(condition, on: pairs)
    }
    let pairs = left * right * selectivity
    return switch join.kind {
    case .inner: pairs
    case .right: max(right, pairs)
    case .full: max(left, right, pairs)
    case .single, .mark, .nearestLeft: left
    case .semi, .nearest: min(left, pairs)
    case .anti: max(0, left - pairs)
    case .left: max(left, pairs)
    }
  }
}

extension LogicalPlan {
  /// About how many rows it gives.
  public var estimatedRowCount: Double { RowEstimate.of(self) }
}
