import ColumnStore
import Language
import Planning

/// Aggregates that have no words.
extension Placing {
  /// An aggregate on rows of a server: what of it has words is made there, and the rest of as few rows as can be.
  func aggregated(_ keys: [Projection], _ aggregates: [Aggregate], _ input: Placement, reason: String?) -> Placement? {
    if let (steps, why, source) = input.rowSteps, !steps.isEmpty, let rows = RowSteps(steps, on: source.plan),
      rows.areProjections
    {
      // What only computes values is a part of the aggregates, of which some may have words.
      let inner = keys.map { key in
        var key = key
        key.expression = key.expression.substituting(rows.columns)
        return key
      }
      return aggregated(
        inner, aggregates.map { $0.mapExpressions { $0.substituting(rows.columns) } },
        .there(source.server, sql: source.sql, source.plan), reason: reason ?? why)
    }
    if aggregates.count > 1, let parts = separated(keys, aggregates, input) { return parts }
    if aggregates.count == 1, let most = mostFrequent(keys, aggregates[0], input) { return most }
    if keys.isEmpty, aggregates.count == 1 { return single(aggregates[0], input, reason: reason) }
    return grouped(keys, aggregates, input, reason: reason) ?? narrowed(keys, aggregates, input, reason: reason)
  }

  /// What is made here is made of no more than the values that it needs.
  private func narrowed(
    _ keys: [Projection], _ aggregates: [Aggregate], _ input: Placement, reason: String?
  ) -> Placement? {
    guard case .there(let server, _, let base) = input else { return nil }
    var parts = ExpressibleParts(writer: writer(server), width: base.fields.count)
    let inner = keys.map { key in
      var key = key
      key.expression = parts.rewritten(key.expression)
      return key
    }
    let made = aggregates.map { $0.mapExpressions { parts.rewritten($0) } }
    if parts.areColumns, parts.parts.count == base.fields.count { return nil }
    return sent(.project(base, parts.projections(of: base.fields)), on: input)?
      .followed(by: { .aggregate($0, keys: inner, aggregates: made) }, reason: reason)
  }

  /// Those that have words are made there, each other one by itself, and the groups are joined here; nil where all have
  /// none.
  private func separated(_ keys: [Projection], _ aggregates: [Aggregate], _ input: Placement) -> Placement? {
    // Another query might get other rows of what is left to chance.
    guard case .there(_, _, let base) = input, !base.isLeftToChance else { return nil }
    let isSent = aggregates.map { sent(.aggregate(base, keys: keys, aggregates: [$0]), on: input) != nil }
    let together = aggregates.indices.filter { isSent[$0] }
    guard !together.isEmpty, together.count < aggregates.count else { return nil }
    let span = SourceSpan(start: 0, end: 0)
    func column(_ index: Int, of plan: LogicalPlan) -> PlanExpression {
      PlanExpression(.column(index), type: plan.fields[index].type, span: span)
    }
    var places: [Int: Int] = [:]
    var all: Placement?
    for indices in [together] + aggregates.indices.filter({ !isSent[$0] }).map({ [$0] }) {
      let plan = LogicalPlan.aggregate(base, keys: keys, aggregates: indices.map { aggregates[$0] })
      guard let part = try? placed(plan, on: [input]) else { return nil }
      let width = all?.plan.fields.count ?? 0
      for (place, index) in indices.enumerated() { places[index] = width + keys.count + place }
      guard let left = all else {
        all = part
        continue
      }
      let equalities = keys.indices.map {
        JoinPlan.Equality(column($0, of: left.plan), column($0, of: part.plan), nullsMatch: true)
      }
      let join = JoinPlan(kind: .inner, left: left.plan, right: part.plan, equalities: equalities)
      all = .here(.join(join), [left, part])
    }
    return all?.followed(by: { joined in
      .project(
        joined,
        keys.indices.map { Projection(passing: keys[$0].field, at: $0, span: span) }
          + aggregates.indices.map {
            Projection(name: aggregates[$0].name, expression: column(places[$0] ?? 0, of: joined))
          })
    })
  }

  /// `mode`: the first value in the order of its counts.
  private func mostFrequent(_ keys: [Projection], _ aggregate: Aggregate, _ input: Placement) -> Placement? {
    guard aggregate.function == .mode, case .there(_, _, let base) = input, !base.isLeftToChance else { return nil }
    let span = aggregate.span
    func column(_ index: Int, _ type: DataType) -> PlanExpression {
      PlanExpression(.column(index), type: type, span: span)
    }
    let count = Aggregate(
      function: .countRows, arguments: [], filter: aggregate.filter, name: "count", type: .integer, span: span)
    let counted = LogicalPlan.aggregate(
      base, keys: keys + [Projection(name: "value", expression: aggregate.arguments[0])], aggregates: [count])
    let value = column(keys.count, aggregate.type)
    let number = column(keys.count + 1, .integer)
    let zero = PlanExpression(.literal(.integer(0)), type: .integer, span: span)
    let first = Aggregate(
      function: .first, arguments: [value],
      filter: PlanExpression.conjunction([
        PlanExpression(.call(.isNotNull, [value]), type: .boolean, span: span),
        PlanExpression(.call(.greater, [number, zero]), type: .boolean, span: span),
      ]),
      order: [
        SortKey(expression: number, isDescending: true, nullsFirst: false),
        SortKey(expression: value, isDescending: false, nullsFirst: false),
      ], name: aggregate.name, type: aggregate.type, span: span)
    let passed = keys.enumerated().map { Projection(passing: $0.element.field, at: $0.offset, span: span) }
    guard let counts = try? placed(counted, on: [input]) else { return nil }
    return try? placed(.aggregate(counts.plan, keys: passed, aggregates: [first]), on: [counts])
  }

  /// One aggregate of all rows: those that it leaves out are left out there. Of rows in no order each may be the first.
  private func single(_ aggregate: Aggregate, _ input: Placement, reason: String?) -> Placement? {
    var aggregate = aggregate
    var rows = input
    if let filter = aggregate.filter, let filtered = sent(.filter(input.plan, predicate: filter), on: input) {
      rows = filtered
      aggregate.filter = nil
    }
    if [.first, .last].contains(aggregate.function), aggregate.order.isEmpty, aggregate.filter == nil,
      case .there(let server, _, let plan) = rows, !writer(server).keepsOrder,
      let one = sent(.limit(plan, count: 1, offset: 0), on: rows)
    {
      return one.followed(by: { .aggregate($0, keys: [], aggregates: [aggregate]) }, reason: reason)
    }
    return grouped([], [aggregate], rows, reason: reason) ?? narrowed([], [aggregate], rows, reason: reason)
  }
}
