import ColumnStore
import Language

/// Moves the set of all values that an apply's right plan is told of the left rows down through that plan, until what is
/// below speaks of no left row any more.
///
/// What `push` gives has the columns of the plan that it is given, and behind them the domain's: the plan's rows for all
/// values of the domain at once.
struct DomainPush {
  private let apply: ApplyPlan
  private let domain: LogicalPlan

  init(_ apply: ApplyPlan) {
    self.apply = apply
    let values = apply.parameters.map { Projection(name: "$\($0.number)", expression: $0.value, isHidden: true) }
    domain = .distinct(.project(apply.left, values))
  }

  /// The plan's rows for all values of the domain; nil where it has an operator that looks at a whole table.
  func push(_ plan: LogicalPlan) -> LogicalPlan? {
    guard plan.reads(apply.parameters) else { return .join(JoinPlan(kind: .inner, left: plan, right: domain)) }
    switch plan {
    case .filter(let input, let predicate):
      return derived(input, predicate)
        ?? push(input).map { .filter($0, predicate: apply.onDomain(predicate, from: input.fields.count)) }
    case .project(let input, let projections):
      let count = input.fields.count
      return push(input).map { below in
        .project(
          below,
          projections.map { Projection(renewing: $0, expression: apply.onDomain($0.expression, from: count)) }
            + apply.domainColumns(from: count))
      }
    case .aggregate(let input, let keys, let aggregates): return push(input, keys, aggregates)
    case .sort(let input, let keys, nil):
      let count = input.fields.count
      return push(input).map {
        .sort($0, keys: keys.map { $0.mapExpression { apply.onDomain($0, from: count) } }, limit: nil)
      }
    case .distinct(let input): return push(input).map { .distinct($0) }
    case .unionAll(let inputs):
      let pushed = inputs.compactMap(push)
      return pushed.count == inputs.count ? .unionAll(pushed) : nil
    case .setOperation(let operation, let left, let right, let keepsDuplicates):
      guard let left = push(left), let right = push(right) else { return nil }
      return .setOperation(operation, left, right, keepsDuplicates: keepsDuplicates)
    case .join(let join): return push(join)
    case .shared(let shared): return push(shared.plan)
    case .window(let input, let functions): return push(input, functions)
    case .unnest(let unnest): return push(unnest)
    case .limit(let input, let count, let offset): return push(input, count: count, offset: offset)
    case .scan, .sample, .sort, .transform, .apply, .recursive, .round: return nil
    }
  }

  /// A filter that asks columns of its input to equal all values of the domain needs no domain: these columns are it.
  private func derived(_ input: LogicalPlan, _ predicate: PlanExpression) -> LogicalPlan? {
    guard !input.reads(apply.parameters) else { return nil }
    var values: [Int: PlanExpression] = [:]
    var rest: [PlanExpression] = []
    for conjunct in predicate.conjuncts {
      guard case .call(.equal, let sides) = conjunct.kind, let (number, value) = pinned(sides[0], sides[1]),
        values[number] == nil
      else {
        rest.append(conjunct)
        continue
      }
      values[number] = value
    }
    let columns = apply.parameters.compactMap { values[$0.number] }
    guard columns.count == apply.parameters.count, !columns.contains(where: \.mayFail) else { return nil }
    let known = columns.map { PlanExpression(.call(.isNotNull, [$0]), type: .boolean, span: $0.span) }
    let others = rest.map { conjunct in conjunct.replacingOuter { values[$0]?.kind } }
    let filtered = LogicalPlan.filter(
      input, predicate: PlanExpression.conjunction(known + others) ?? .truth(apply.place))
    let passed = input.fields.passed(span: apply.place)
    let domain = zip(apply.parameters, columns).map {
      Projection(name: "$\($0.number)", expression: $1, isHidden: true)
    }
    return .project(filtered, passed + domain)
  }

  /// The number of the domain's value on one side of an equality, and what it equals, which speaks of the input alone.
  private func pinned(_ first: PlanExpression, _ second: PlanExpression) -> (Int, PlanExpression)? {
    for (outer, value) in [(first, second), (second, first)] {
      guard case .outer(let number) = outer.kind, apply.parameters.contains(where: { $0.number == number }),
        !value.reads(apply.parameters), !value.columns.isEmpty
      else { continue }
      return (number, value)
    }
    return nil
  }

  private func push(_ input: LogicalPlan, _ keys: [Projection], _ aggregates: [Aggregate]) -> LogicalPlan? {
    let count = input.fields.count
    guard let below = push(input) else { return nil }
    let grouped = LogicalPlan.aggregate(
      below,
      keys: keys.map { Projection(renewing: $0, expression: apply.onDomain($0.expression, from: count)) }
        + apply.domainColumns(from: count),
      aggregates: aggregates.map { $0.mapExpressions { apply.onDomain($0, from: count) } })
    let width = apply.parameters.count
    func field(_ aggregate: Aggregate, _ expression: PlanExpression) -> Projection {
      Projection(name: aggregate.name, expression: expression)
    }
    guard keys.isEmpty else {
      let passed = keys.enumerated().map {
        Projection(passing: $0.element.field, at: $0.offset, span: $0.element.expression.span)
      }
      let results = aggregates.enumerated().map { index, aggregate in
        field(
          aggregate,
          PlanExpression(.column(keys.count + width + index), type: aggregate.type, span: aggregate.span))
      }
      return .project(grouped, passed + results + apply.domainColumns(from: keys.count))
    }
    // Without keys there is a row even where there are no rows to aggregate.
    let equalities = zip(apply.domainColumns(from: 0), apply.domainColumns(from: 0)).map {
      JoinPlan.Equality($0.expression, $1.expression, nullsMatch: true)
    }
    let complete = LogicalPlan.join(JoinPlan(kind: .left, left: domain, right: grouped, equalities: equalities))
    let results = aggregates.enumerated().map { index, aggregate in
      field(aggregate, aggregate.orValueOfNothing(at: 2 * width + index))
    }
    return .project(complete, results + apply.domainColumns(from: 0))
  }

  /// Rows made for different values of the domain are never in one partition.
  private func push(_ input: LogicalPlan, _ functions: [WindowFunction]) -> LogicalPlan? {
    let count = input.fields.count
    let width = apply.parameters.count
    guard let below = push(input) else { return nil }
    let domain = apply.domainColumns(from: count)
    let windowed = LogicalPlan.window(
      below,
      functions.map { function in
        var pushed = function.mapExpressions { apply.onDomain($0, from: count) }
        pushed.layout.partition += domain.map(\.expression)
        return pushed
      })
    let results = functions.indices.map { count + width + $0 }
    let kept = (Array(0..<count) + results).map {
      Projection(passing: windowed.fields[$0], at: $0, span: apply.place)
    }
    return .project(windowed, kept + domain)
  }

  private func push(_ unnest: UnnestPlan) -> LogicalPlan? {
    let count = unnest.input.fields.count
    let width = apply.parameters.count
    guard let below = push(unnest.input) else { return nil }
    let pushed = LogicalPlan.unnest(unnest.mapped(on: below) { apply.onDomain($0, from: count) })
    let kept = (Array(0..<count) + unnest.addedFields.indices.map { count + width + $0 }).map {
      Projection(passing: pushed.fields[$0], at: $0, span: apply.place)
    }
    return .project(pushed, kept + apply.domainColumns(from: count))
  }

  /// The first rows for each value of the domain.
  private func push(_ input: LogicalPlan, count limit: Int?, offset: Int) -> LogicalPlan? {
    var keys: [SortKey] = []
    var source = input
    if case .sort(let input, let sortKeys, _) = input { (source, keys) = (input, sortKeys) }
    let count = source.fields.count
    guard let below = push(source) else { return nil }
    let domain = apply.domainColumns(from: count)
    let number = WindowFunction(
      function: .window(.rowNumber), arguments: [],
      layout: WindowLayout(
        partition: domain.map(\.expression),
        order: keys.map { $0.mapExpression { apply.onDomain($0, from: count) } }),
      name: "row_number", type: .integer, span: apply.place)
    let place = PlanExpression(.column(count + domain.count), type: .integer, span: apply.place)
    func constant(_ value: Int) -> PlanExpression {
      PlanExpression(.literal(.integer(Int64(value))), type: .integer, span: apply.place)
    }
    var conditions = [PlanExpression(.call(.greater, [place, constant(offset)]), type: .boolean, span: apply.place)]
    if let limit {
      let (last, overflow) = limit.addingReportingOverflow(offset)
      if !overflow {
        conditions.append(
          PlanExpression(.call(.lessOrEqual, [place, constant(last)]), type: .boolean, span: apply.place))
      }
    }
    let numbered = LogicalPlan.filter(
      .window(below, [number]), predicate: PlanExpression.conjunction(conditions) ?? .truth(apply.place))
    let passed = source.fields.passed(span: apply.place)
    let first = LogicalPlan.project(numbered, passed + domain)
    return keys.isEmpty
      ? first : .sort(first, keys: keys.map { $0.mapExpression { apply.onDomain($0, from: count) } }, limit: nil)
  }

  private func push(_ join: JoinPlan) -> LogicalPlan? {
    let leftCount = join.left.fields.count
    let width = apply.parameters.count
    let isRightOuter = join.right.reads(apply.parameters)
    let needsDomain = join.left.reads(apply.parameters) || !isRightOuter || join.kind != .inner
    var pushed = join
    if needsDomain {
      guard let left = push(join.left) else { return nil }
      pushed.left = left
    }
    if isRightOuter {
      guard let right = push(join.right) else { return nil }
      pushed.right = right
    }
    if [.right, .full, .nearest, .nearestLeft].contains(join.kind) { return nil }
    // On the new sides: the domain stands behind the left columns, or else behind the right ones.
    let shift = needsDomain ? width : 0
    let domainStart = needsDomain ? leftCount : leftCount + join.right.fields.count
    func moved(_ expression: PlanExpression) -> PlanExpression {
      apply.onDomain(expression.remapped { $0 < leftCount ? $0 : $0 + shift }, from: domainStart)
    }
    var conditions = join.condition.map { [moved($0)] } ?? []
    pushed.equalities = []
    for equality in join.equalities {
      if needsDomain, !equality.right.reads(apply.parameters) {
        pushed.equalities.append(
          JoinPlan.Equality(
            apply.onDomain(equality.left, from: leftCount), equality.right, nullsMatch: equality.nullsMatch))
        continue
      }
      let function: ScalarFunction = equality.nullsMatch ? .isNotDistinctFrom : .equal
      let sides = [moved(equality.left), moved(equality.right.remapped { $0 + leftCount })]
      conditions.append(PlanExpression(.call(function, sides), type: .boolean, span: equality.left.span))
    }
    if needsDomain, isRightOuter {
      pushed.equalities += zip(
        apply.domainColumns(from: leftCount), apply.domainColumns(from: join.right.fields.count)
      ).map { JoinPlan.Equality($0.expression, $1.expression, nullsMatch: true) }
    }
    pushed.condition = PlanExpression.conjunction(conditions)
    let result = LogicalPlan.join(pushed)
    guard needsDomain else { return result }
    let fields = join.fields
    // Left columns, domain, right columns or the mark: the domain goes to the end.
    let passed = fields.enumerated().map { index, field in
      Projection(passing: field, at: index < leftCount ? index : index + width, span: apply.place)
    }
    return .project(result, passed + apply.domainColumns(from: leftCount))
  }
}
