import ColumnStore
import Language

/// Where each condition of a group is computed: on a relation of its own, as a key of a join, or on the joined rows.
struct JoinAssignment {
  /// For each relation the conditions on it alone.
  private(set) var filters: [[PlanExpression]]
  /// The other conditions, in the order of writing.
  private(set) var conditions: [JoinGroup.Condition] = []
  private let group: JoinGroup
  private let equal: EqualColumns

  init(_ group: JoinGroup, _ equal: EqualColumns) {
    self.group = group
    self.equal = equal
    filters = Array(repeating: [], count: group.relations.count)
    for condition in equal.others {
      if condition.relations.nonzeroBitCount == 1, !condition.mayFail {
        add(condition.predicate, to: condition.relations.trailingZeroBitCount)
        shareAmongEqual(condition.predicate)
      } else {
        conditions.append(condition)
      }
    }
    for set in equal.classes {
      for constant in set.constants {
        for column in set.columns { add(set.isEqual(column, to: constant), to: group.relationOfColumn[column]) }
      }
      guard set.constants.isEmpty else { continue }
      for (first, second) in zip(set.columns, set.columns.dropFirst())
      where group.relationOfColumn[first] == group.relationOfColumn[second] {
        add(set.isEqual(first, to: set.expression(second)), to: group.relationOfColumn[first])
      }
    }
  }

  /// What a column is compared with, the columns that equal it are compared with as well.
  private mutating func shareAmongEqual(_ predicate: PlanExpression) {
    guard predicate.comparesWithConstants, let column = predicate.columns.first,
      let set = equal.classes.first(where: { $0.columns.contains(column) }), set.constants.isEmpty
    else { return }
    for other in set.columns where other != column {
      add(predicate.remapped { _ in other }, to: group.relationOfColumn[other])
    }
  }

  private mutating func add(_ predicate: PlanExpression, to relation: Int) {
    let local = predicate.remapped { $0 - group.firstColumn[relation] }
    if !filters[relation].contains(local) { filters[relation].append(local) }
  }

  /// Whether a condition is an equality between relations that can be looked up by.
  func isKey(_ condition: JoinGroup.Condition) -> Bool {
    guard !condition.mayFail, let (sides, _) = Self.equality(condition.predicate) else { return false }
    let first = group.relations(of: sides[0])
    let second = group.relations(of: sides[1])
    return first != 0 && second != 0 && first & second == 0
  }

  /// The joins of a nesting, and the columns that come out, by their places in the group.
  func build(_ tree: JoinGroup.Tree, of relations: [LogicalPlan]) -> (plan: LogicalPlan, columns: [Int]) {
    let part = part(tree, relations, isRoot: true)
    return (part.plan, part.columns)
  }

  private struct Part {
    var plan: LogicalPlan
    var columns: [Int]
    var relations: UInt64

    /// An expression on the group's columns as one on this part's.
    func local(_ expression: PlanExpression) -> PlanExpression {
      expression.remapped { columns.firstIndex(of: $0) ?? 0 }
    }
  }

  private func part(_ tree: JoinGroup.Tree, _ relations: [LogicalPlan], isRoot: Bool = false) -> Part {
    switch tree {
    case .relation(let number):
      let first = group.firstColumn[number]
      let columns = Array(first..<first + relations[number].columnCount)
      return Part(plan: relations[number], columns: columns, relations: 1 << UInt64(number))
    case .join(let leftTree, let rightTree):
      return joining(part(leftTree, relations), part(rightTree, relations), isRoot: isRoot)
    }
  }

  private func joining(_ left: Part, _ right: Part, isRoot: Bool) -> Part {
    var equalities: [JoinPlan.Equality] = []
    for set in equal.classes where set.constants.isEmpty {
      guard let first = set.columns.first(where: { left.relations >> UInt64(group.relationOfColumn[$0]) & 1 == 1 }),
        let second = set.columns.first(where: { right.relations >> UInt64(group.relationOfColumn[$0]) & 1 == 1 })
      else { continue }
      equalities.append(
        JoinPlan.Equality(left.local(set.expression(first)), right.local(set.expression(second))))
    }
    let both = left.relations | right.relations
    let here = conditions.filter { condition in
      let needed = condition.relations
      if needed == 0 { return isRoot }
      return needed & ~both == 0 && needed & ~left.relations != 0 && needed & ~right.relations != 0
    }
    var joined = Part(plan: left.plan, columns: left.columns + right.columns, relations: both)
    var rest: [PlanExpression] = []
    // What may fail comes last, so that it is computed for as few rows as can be.
    for condition in here.filter({ !$0.mayFail }) + here.filter(\.mayFail) {
      let mayBeKey = !condition.mayFail || (equalities.isEmpty && rest.isEmpty)
      if mayBeKey, let key = key(condition.predicate, left, right) {
        equalities.append(key)
      } else {
        rest.append(joined.local(condition.predicate))
      }
    }
    joined.plan = .join(
      JoinPlan(
        kind: .inner, left: left.plan, right: right.plan, equalities: equalities,
        condition: PlanExpression.conjunction(rest)))
    return joined
  }

  /// An equality as a key, if each of its sides is on one part's columns.
  private func key(_ predicate: PlanExpression, _ left: Part, _ right: Part) -> JoinPlan.Equality? {
    guard let (sides, nullsMatch) = Self.equality(predicate) else { return nil }
    let first = group.relations(of: sides[0])
    let second = group.relations(of: sides[1])
    guard first != 0, second != 0 else { return nil }
    if first & ~left.relations == 0, second & ~right.relations == 0 {
      return JoinPlan.Equality(left.local(sides[0]), right.local(sides[1]), nullsMatch: nullsMatch)
    }
    if second & ~left.relations == 0, first & ~right.relations == 0 {
      return JoinPlan.Equality(left.local(sides[1]), right.local(sides[0]), nullsMatch: nullsMatch)
    }
    return nil
  }

  private static func equality(_ predicate: PlanExpression) -> (sides: [PlanExpression], nullsMatch: Bool)? {
    switch predicate.kind {
    case .call(.equal, let sides): (sides, false)
    case .call(.isNotDistinctFrom, let sides): (sides, true)
    default: nil
    }
  }
}

extension PlanExpression {
  /// Whether it is a comparison of a column with constants.
  fileprivate var comparesWithConstants: Bool {
    switch kind {
    case .call(let function, let sides) where function.isComparison:
      sides.contains(where: \.isColumn) && sides.contains { $0.literal != nil }
    case .memberOf(let operand, _): operand.isColumn
    default: false
    }
  }
}
