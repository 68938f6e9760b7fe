/// A place of a plan where a stored table is read.
public struct TableUse: Sendable {
  /// The table, and what is read of it.
  public let scan: Scan
  /// What holds for every row that is looked at further, as conditions on the scan's fields.
  public let conditions: [PlanExpression]
}

extension LogicalPlan {
  /// Every place where a table is read, with the conditions right above it: all there are, once the plan is optimised.
  public var tableUses: [TableUse] {
    var uses: [TableUse] = []
    var seen: Set<Int> = []
    collectUses([], &uses, &seen)
    return uses
  }

  private func collectUses(_ conditions: [PlanExpression], _ uses: inout [TableUse], _ seen: inout Set<Int>) {
    switch self {
    case .scan(let scan): uses.append(TableUse(scan: scan, conditions: conditions))
    case .filter(let input, let predicate):
      // A condition on what another row or query gives says nothing of this row alone.
      let further = predicate.conjuncts.filter { !$0.speaksOfOuterRow }
      input.collectUses(conditions + further, &uses, &seen)
    case .shared(let shared):
      if seen.insert(shared.number).inserted { shared.plan.collectUses([], &uses, &seen) }
    default: for input in inputs { input.collectUses([], &uses, &seen) }
    }
  }
}

extension PlanExpression {
  fileprivate var speaksOfOuterRow: Bool {
    if case .outer = kind { return true }
    return children.contains(where: \.speaksOfOuterRow)
  }
}
