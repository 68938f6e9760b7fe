/// Leaves out every column that nothing above reads, down to the tables.
enum ColumnPruning {
  /// The plan with the same fields, reading only what they need.
  static func prune(_ plan: LogicalPlan) -> LogicalPlan {
    let all = Array(plan.fields.indices)
    return narrowed(plan, to: all)
  }

  /// The plan with exactly the columns at `wanted` (ascending), in that order.
  private static func narrowed(_ plan: LogicalPlan, to wanted: [Int]) -> LogicalPlan {
    // One function per operator: a plan may be hundreds of operators deep, and this way each takes little of the stack.
    switch plan {
    case .scan(let scan): narrowedScan(scan, to: wanted)
    case .project(let input, let projections): narrowedProject(input, projections, to: wanted)
    case .filter(let input, let predicate): narrowedFilter(input, predicate, to: wanted)
    case .sort(let input, let keys, let limit): narrowedSort(input, keys, limit, to: wanted)
    case .limit(let input, let count, let offset): .limit(narrowed(input, to: wanted), count: count, offset: offset)
    case .aggregate(let input, let keys, let aggregates): narrowedAggregate(input, keys, aggregates, to: wanted)
    case .sample(let input, let sample): .sample(narrowed(input, to: wanted), sample)
    case .window(let input, let functions): narrowedWindow(input, functions, to: wanted)
    case .join(let join): narrowedJoin(join, to: wanted)
    case .unnest(let unnest): narrowedUnnest(unnest, to: wanted)
    case .shared, .round: selecting(plan, Array(plan.fields.indices), wanted)
    case .distinct, .unionAll, .setOperation, .transform, .apply, .recursive:
      // These look at whole rows.
      selecting(plan.mapInputs(prune), Array(plan.fields.indices), wanted)
    }
  }

  private static func narrowedScan(_ scan: Scan, to wanted: [Int]) -> LogicalPlan {
    var scan = scan
    scan.fields = wanted.map { scan.fields[$0] }
    scan.sources = wanted.map { scan.sources[$0] }
    return .scan(scan)
  }

  private static func narrowedProject(_ input: LogicalPlan, _ projections: [Projection], to wanted: [Int])
    -> LogicalPlan
  {
    let kept = wanted.map { projections[$0] }
    let needed = union(kept.map(\.expression))
    let below = narrowed(input, to: needed)
    let projections = kept.map { Projection(renewing: $0, expression: remap($0.expression, needed)) }
    if case .scan(let scan) = below, let picked = picking(projections, from: scan) { return .scan(picked) }
    return .project(below, projections)
  }

  private static func narrowedFilter(_ input: LogicalPlan, _ predicate: PlanExpression, to wanted: [Int]) -> LogicalPlan
  {
    let needed = union([predicate], wanted)
    let below = LogicalPlan.filter(narrowed(input, to: needed), predicate: remap(predicate, needed))
    return selecting(below, needed, wanted)
  }

  private static func narrowedSort(_ input: LogicalPlan, _ keys: [SortKey], _ limit: Int?, to wanted: [Int])
    -> LogicalPlan
  {
    let needed = union(keys.map(\.expression), wanted)
    let below = LogicalPlan.sort(
      narrowed(input, to: needed),
      keys: keys.map { $0.mapExpression { remap($0, needed) } }, limit: limit)
    return selecting(below, needed, wanted)
  }

  private static func narrowedAggregate(
    _ input: LogicalPlan, _ keys: [Projection], _ aggregates: [Aggregate], to wanted: [Int]
  ) -> LogicalPlan {
    let keptAggregates = wanted.filter { $0 >= keys.count }.map { aggregates[$0 - keys.count] }
    let needed = union(keys.map(\.expression) + keptAggregates.flatMap(\.expressions))
    let below = LogicalPlan.aggregate(
      narrowed(input, to: needed),
      keys: keys.map { Projection(renewing: $0, expression: remap($0.expression, needed)) },
      aggregates: keptAggregates.map { $0.mapExpressions { remap($0, needed) } })
    let present = Array(keys.indices) + wanted.filter { $0 >= keys.count }
    return selecting(below, present, wanted)
  }

  private static func narrowedWindow(_ input: LogicalPlan, _ functions: [WindowFunction], to wanted: [Int])
    -> LogicalPlan
  {
    let width = input.fields.count
    let passed = wanted.filter { $0 < width }
    let kept = wanted.filter { $0 >= width }
    guard !kept.isEmpty else { return narrowed(input, to: wanted) }
    let needed = union(kept.flatMap { functions[$0 - width].expressions }, passed)
    let below = LogicalPlan.window(
      narrowed(input, to: needed), kept.map { functions[$0 - width].mapExpressions { remap($0, needed) } })
    return selecting(below, needed + kept, wanted)
  }

  private static func narrowedUnnest(_ unnest: UnnestPlan, to wanted: [Int]) -> LogicalPlan {
    let width = unnest.input.fields.count
    let needed = union(unnest.lists.map(\.expression), wanted.filter { $0 < width })
    // All items are made, since how many rows there are depends on every list.
    let below = unnest.mapped(on: narrowed(unnest.input, to: needed)) { remap($0, needed) }
    return selecting(.unnest(below), needed + unnest.addedFields.indices.map { width + $0 }, wanted)
  }

  private static func narrowedJoin(_ join: JoinPlan, to wanted: [Int]) -> LogicalPlan {
    var join = join
    let leftCount = join.left.fields.count
    var pairs = union(join.condition.map { [$0] } ?? [], join.kind.keepsRight ? wanted : [])
    if !join.kind.keepsRight { pairs = merge(pairs, wanted.filter { $0 < leftCount }) }
    let left = merge(
      pairs.filter { $0 < leftCount }, union(join.equalities.map(\.left) + [join.nearest?.left].compactMap { $0 }))
    let right = merge(
      pairs.filter { $0 >= leftCount }.map { $0 - leftCount },
      union(join.equalities.map(\.right) + [join.nearest?.right].compactMap { $0 }))
    join.left = narrowed(join.left, to: left)
    join.right = narrowed(join.right, to: right)
    join.equalities = join.equalities.map {
      JoinPlan.Equality(remap($0.left, left), remap($0.right, right), nullsMatch: $0.nullsMatch)
    }
    if let nearest = join.nearest {
      join.nearest = JoinPlan.Nearest(remap(nearest.left, left), nearest.comparison, remap(nearest.right, right))
    }
    // The mark of a mark join stands behind the left columns, where else the right ones do.
    let present =
      left + (join.kind == .mark ? [leftCount] : join.kind.keepsRight ? right.map { $0 + leftCount } : [])
    let both = left + right.map { $0 + leftCount }
    join.condition = join.condition.map { remap($0, both) }
    return selecting(.join(join), present, wanted)
  }

  /// A projection that drops what only the operator below needed; nothing where that is all.
  private static func selecting(_ plan: LogicalPlan, _ present: [Int], _ wanted: [Int]) -> LogicalPlan {
    if present == wanted { return plan }
    let fields = plan.fields
    return .project(
      plan,
      wanted.map { column in
        let index = position(column, present)
        return Projection(passing: fields[index], at: index, span: .init(start: 0, end: 0))
      })
  }

  /// A scan that gives just what a projection of plain columns would make of it; nil where something is computed.
  private static func picking(_ projections: [Projection], from scan: Scan) -> Scan? {
    var picked = scan
    picked.fields = projections.map(\.field)
    picked.sources = []
    for projection in projections {
      guard case .column(let index) = projection.expression.kind else { return nil }
      picked.sources.append(scan.sources[index])
    }
    return picked
  }

  private static func union(_ expressions: [PlanExpression], _ also: [Int] = []) -> [Int] {
    expressions.columns.union(also).sorted()
  }

  private static func merge(_ left: [Int], _ right: [Int]) -> [Int] { Set(left).union(right).sorted() }

  private static func position(_ column: Int, _ present: [Int]) -> Int { present.firstIndex(of: column) ?? 0 }

  private static func remap(_ expression: PlanExpression, _ present: [Int]) -> PlanExpression {
    expression.remapped { position($0, present) }
  }
}
