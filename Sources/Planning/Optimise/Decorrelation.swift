import ColumnStore
import Language

extension Optimiser {
  /// A plan that is run for every row of another one becomes a join with what it gives for all rows at once.
  static let decorrelate = Rule(name: "decorrelate") { plan in
    guard case .apply(let apply) = plan else { return nil }
    return Decorrelation.independent(apply) ?? Decorrelation.unnesting(apply) ?? Decorrelation.pullingFiltersUp(apply)
      ?? Decorrelation.aggregatingOnce(apply) ?? Decorrelation.overDomain(apply)
  }
}

/// The ways in which an apply becomes a join.
///
/// The general one is that of T. Neumann and A. Kemper, "Unnesting Arbitrary Queries" (BTW 2015): the right plan is run
/// once for the set of all different values that it is told of the left rows, its *domain*, and gives each of its rows
/// beside the values that the row was made for; these then join the left rows. What cannot be moved that way (a
/// computation on a whole table, recursion) stays an apply.
enum Decorrelation {
  /// The right plan knows nothing of the left row.
  static func independent(_ apply: ApplyPlan) -> LogicalPlan? {
    guard !apply.right.reads(apply.parameters) else { return nil }
    guard let condition = apply.condition, apply.kind != .mark else {
      return .join(
        JoinPlan(
          kind: apply.kind.joinKind, left: apply.left, right: apply.right, condition: apply.condition, span: apply.span)
      )
    }
    var join = JoinPlan(splitting: condition, kind: apply.kind.joinKind, left: apply.left, right: apply.right)
    join.span = apply.span
    return .join(join)
  }

  /// The right plan is the items of lists of the left row: they are put beside it.
  static func unnesting(_ apply: ApplyPlan) -> LogicalPlan? {
    guard apply.kind == .inner || apply.kind == .left, apply.condition == nil else { return nil }
    var outputs: [PlanExpression]?
    var plan = apply.right
    while case .project(let input, let projections) = plan {
      let expressions = projections.map(\.expression)
      outputs = outputs?.map { $0.substituting(expressions) } ?? expressions
      plan = input
    }
    // Where there are no items, what is computed of them is NULL too, which only plain columns are by themselves.
    guard case .unnest(let unnest) = plan, unnest.input.fields.isEmpty, unnest.input.isOneRow,
      apply.kind == .inner || outputs?.allSatisfy(\.isColumn) != false
    else { return nil }
    var unnested = unnest.mapped(on: apply.left) { $0.replacingOuter(apply.values) }
    unnested.keepsEmpty = apply.kind == .left
    let leftCount = apply.left.fields.count
    let passed = apply.left.fields.passed(span: apply.place)
    let items =
      outputs
      ?? unnest.addedFields.enumerated().map {
        PlanExpression(.column($0.offset), type: $0.element.type, span: apply.place)
      }
    let results = zip(apply.right.fields, items).map { field, item in
      Projection(field: field, expression: item.remapped { leftCount + $0 }.replacingOuter(apply.values))
    }
    return .project(.unnest(unnested), passed + results)
  }

  /// The right plan filters, at its end, rows that know nothing of the left row: the filter becomes the join's condition.
  static func pullingFiltersUp(_ apply: ApplyPlan) -> LogicalPlan? {
    var source = apply.right
    // What comes out, and what must be true, on the columns of `source`.
    var outputs = source.fields.enumerated().map {
      PlanExpression(.column($0.offset), type: $0.element.type, span: apply.place)
    }
    var conditions: [PlanExpression] = []
    peeling: while source.reads(apply.parameters) {
      switch source {
      case .filter(let input, let predicate):
        conditions += predicate.conjuncts
        source = input
      case .project(let input, let projections):
        let expressions = projections.map(\.expression)
        // For rows that the filter leaves out nothing may be computed that can fail.
        guard !expressions.contains(where: { $0.reads(apply.parameters) || $0.mayFail }) else { return nil }
        outputs = outputs.map { $0.substituting(expressions) }
        conditions = conditions.map { $0.substituting(expressions) }
        source = input
      case .sort(let input, _, nil): source = input
      case .distinct(let input) where !apply.kind.joinKind.keepsRight: source = input
      default: break peeling
      }
    }
    guard !source.reads(apply.parameters), !conditions.contains(where: \.mayFail) else { return nil }
    let fields = apply.right.fields
    let leftCount = apply.left.fields.count
    let passed = source.fields.passed(span: apply.place)
    let right = LogicalPlan.project(
      source, zip(fields, outputs).map { Projection(field: $0, expression: $1) } + passed)
    let onBoth = conditions.map { condition in
      condition.remapped { leftCount + fields.count + $0 }.replacingOuter(apply.values)
    }
    var join = JoinPlan(
      splitting: PlanExpression.conjunction(onBoth) ?? .truth(apply.place), kind: apply.kind.joinKind, left: apply.left,
      right: right)
    join.span = apply.span
    if apply.kind == .mark {
      // A row for which the filter is unknown is left out, and does not make the answer unknown.
      let rest = join.condition.map {
        PlanExpression(.call(.coalesce, [$0, .falsehood(apply.place)]), type: .boolean, span: apply.place)
      }
      join.condition = PlanExpression.conjunction([rest, apply.condition].compactMap { $0 })
    } else if let condition = apply.condition {
      let (equalities, others) = condition.equalities(leftCount: leftCount)
      join.equalities += equalities
      join.condition = PlanExpression.conjunction((join.condition?.conjuncts ?? []) + others)
    }
    return apply.withItsFields(.join(join))
  }

  /// The right plan makes one row of an aggregation of all its rows: it is grouped by what it is told of the left row,
  /// and a left row without a group gets what an aggregation of nothing gives.
  static func aggregatingOnce(_ apply: ApplyPlan) -> LogicalPlan? {
    guard apply.kind == .single, apply.condition == nil else { return nil }
    var outputs: [PlanExpression]?
    var plan = apply.right
    while case .project(let input, let projections) = plan {
      let expressions = projections.map(\.expression)
      outputs = outputs?.map { $0.substituting(expressions) } ?? expressions
      plan = input
    }
    guard case .aggregate(let input, let keys, let aggregates) = plan, keys.isEmpty,
      let below = DomainPush(apply).push(input)
    else { return nil }
    let count = input.fields.count
    let domain = apply.domainColumns(from: count)
    let grouped = LogicalPlan.aggregate(
      below, keys: domain, aggregates: aggregates.map { $0.mapExpressions { apply.onDomain($0, from: count) } })
    let leftCount = apply.left.fields.count
    let join = JoinPlan(
      kind: .left, left: apply.left, right: grouped, equalities: apply.domainEqualities(from: 0), span: apply.span)
    let values = aggregates.enumerated().map { index, aggregate in
      aggregate.orValueOfNothing(at: leftCount + domain.count + index)
    }
    let results = (outputs ?? values).map { output in
      (outputs == nil ? output : output.substituting(values)).replacingOuter(apply.values)
    }
    let passed = apply.left.fields.passed(span: apply.place)
    return .project(
      .join(join), passed + zip(apply.right.fields, results).map { Projection(field: $0, expression: $1) })
  }

  /// The right plan for all values of the domain, joined with the left rows by these values.
  static func overDomain(_ apply: ApplyPlan) -> LogicalPlan? {
    var apply = apply
    if !apply.left.isCheapToRepeat, let number = apply.parameters.first?.number {
      apply.left = .shared(SharedPlan(apply.left, number: number))
    }
    guard let right = DomainPush(apply).push(apply.right) else { return nil }
    let join = JoinPlan(
      kind: apply.kind.joinKind, left: apply.left, right: right,
      equalities: apply.domainEqualities(from: apply.right.fields.count), condition: apply.condition, span: apply.span)
    return apply.withItsFields(.join(join))
  }
}

extension ApplyPlan {
  /// Where it stands, for expressions that nobody wrote.
  var place: SourceSpan { span ?? SourceSpan(start: 0, end: 0) }

  /// What stands for a value of the left row, on the left columns.
  func values(_ number: Int) -> PlanExpression.Kind? {
    parameters.first { $0.number == number }?.value.kind
  }

  /// An expression of the right plan on rows whose columns from an index on hold the domain.
  func onDomain(_ expression: PlanExpression, from index: Int) -> PlanExpression {
    expression.replacingOuter { number in
      parameters.firstIndex { $0.number == number }.map { .column(index + $0) }
    }
  }

  /// The columns of the domain, which stand from an index on.
  func domainColumns(from index: Int) -> [Projection] {
    parameters.enumerated().map { offset, parameter in
      Projection(
        name: "$\(parameter.number)",
        expression: PlanExpression(.column(index + offset), type: parameter.value.type, span: place), isHidden: true)
    }
  }

  /// What makes a right row, whose columns from an index on hold the domain, belong to a left row.
  func domainEqualities(from index: Int) -> [JoinPlan.Equality] {
    zip(parameters, domainColumns(from: index)).map {
      JoinPlan.Equality($0.value, $1.expression, nullsMatch: true)
    }
  }

  /// A join of the left plan with a right one that has further columns, without these.
  fileprivate func withItsFields(_ plan: LogicalPlan) -> LogicalPlan {
    let fields = self.fields
    guard plan.fields.count > fields.count else { return plan }
    return .project(plan, fields.passed(span: place))
  }
}

extension Projection {
  /// An expression under a field that is known already.
  init(field: Field, expression: PlanExpression) {
    self.init(
      name: field.name, expression: expression, qualifier: field.qualifier, display: field.display,
      isHidden: field.isHidden, note: field.note)
  }
}

extension Aggregate {
  /// The column at an index, which holds the aggregate of each group, or what the aggregate of no rows is where there is
  /// no group.
  func orValueOfNothing(at index: Int) -> PlanExpression {
    let column = PlanExpression(.column(index), type: type, span: span)
    guard function.countsRows else { return column }
    let zero = PlanExpression(.literal(.integer(0)), type: .integer, span: span)
    return PlanExpression(.call(.coalesce, [column, zero]), type: type, span: span)
  }
}

extension AggregateFunction {
  /// Whether it is 0, and not NULL, for no rows.
  var countsRows: Bool {
    switch self {
    case .countRows, .count, .countWhere, .regressionCount, .approximateCountDistinct: true
    default: false
    }
  }
}

extension PlanExpression {
  /// True.
  static func truth(_ span: SourceSpan) -> PlanExpression {
    PlanExpression(.literal(.boolean(true)), type: .boolean, span: span)
  }

  /// False.
  static func falsehood(_ span: SourceSpan) -> PlanExpression {
    PlanExpression(.literal(.boolean(false)), type: .boolean, span: span)
  }

  /// Whether one of the values of a left row is spoken of.
  func reads(_ parameters: [ApplyPlan.Parameter]) -> Bool {
    !outerNumbers.isDisjoint(with: parameters.map(\.number))
  }
}

extension LogicalPlan {
  /// Whether it is one row without columns, what `select 1` reads.
  fileprivate var isOneRow: Bool {
    if case .scan(let scan) = self { return scan.fields.isEmpty && scan.table.rowCount == 1 }
    return false
  }

  /// Whether one of the values of a left row is spoken of.
  func reads(_ parameters: [ApplyPlan.Parameter]) -> Bool { !needs.isDisjoint(with: parameters.map(\.number)) }
}
