import ColumnStore
import Language

extension Optimiser {
  /// Inner joins and the filters on them are taken apart: conditions on one relation move to it, equal columns share what
  /// is known of each, and the relations are joined in the order that is thought to take the least work.
  static let orderJoins = Rule(
    name: "order joins",
    ofWholeTrees: { plan, optimise in
      guard var group = JoinGroup(plan) else { return nil }
      let equal = EqualColumns(group.conditions)
      let assignment = JoinAssignment(group, equal)
      for (relation, predicates) in assignment.filters.enumerated() {
        group.change(relation) { input in
          optimise(PlanExpression.conjunction(predicates).map { .filter(input, predicate: $0) } ?? input)
        }
      }
      let tree = chosenTree(group, equal, assignment)
      let (joined, columns) = assignment.build(tree, of: group.relations)
      if !group.hasProjections, columns == group.output { return joined }
      var place = [Int](repeating: 0, count: columns.count)
      for (index, column) in columns.enumerated() { place[column] = index }
      let span = SourceSpan(start: 0, end: 0)
      return .project(
        joined,
        zip(plan.fields, group.output).map { Projection(passing: $0, at: place[$1], span: span) })
    })

  /// Work that is not worth thinking about: so few rows are joined as written.
  private static let negligibleCost = 2_000.0
  /// Another order must be better by this much, since estimates err.
  private static let worthwhile = 0.8

  private static func chosenTree(_ group: JoinGroup, _ equal: EqualColumns, _ assignment: JoinAssignment)
    -> JoinGroup.Tree
  {
    let rows = group.relations.map { max(1, RowEstimate.of($0)) }
    // What so few rows can give at most is no work in any order.
    if rows.reduce(1, *) * Double(rows.count) <= negligibleCost { return group.written }
    let order = JoinOrder(
      rows: rows,
      classes: equal.classes.filter { $0.constants.isEmpty }.map { JoinOrder.EqualityClass($0, group, rows) },
      predicates: assignment.conditions.map { condition in
        let isEquality = assignment.isKey(condition)
        return (condition.relations, isEquality ? 0.1 : 1.0 / 3, isEquality)
      })
    let written = order.plan(group.written)
    guard written.cost > negligibleCost, let best = order.best(), best.cost < written.cost * worthwhile else {
      return group.written
    }
    return best.tree
  }
}

extension JoinOrder.EqualityClass {
  fileprivate init(_ equal: EqualColumns.Class, _ group: JoinGroup, _ rows: [Double]) {
    relations = 0
    distinct = []
    for column in equal.columns {
      let relation = group.relationOfColumn[column]
      let known = ColumnFacts.distinctCount(of: column - group.firstColumn[relation], in: group.relations[relation])
      let count = max(1, min(rows[relation], known ?? rows[relation]))
      if relations >> UInt64(relation) & 1 == 0 {
        distinct.append((relation, count))
      } else if let place = distinct.firstIndex(where: { $0.relation == relation }) {
        distinct[place].count = min(distinct[place].count, count)
      }
      relations |= 1 << UInt64(relation)
    }
  }
}
