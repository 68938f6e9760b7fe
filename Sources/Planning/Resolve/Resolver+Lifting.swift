import ColumnStore
import Language

// Queries inside expressions become operators below the one that the expression belongs to: each adds a column with the
// query's answer for every row, and the expression reads that column.

extension Resolver {
  /// The plan with every query inside its expressions as an `ApplyPlan`.
  public func liftingSubqueries(_ plan: LogicalPlan) throws -> LogicalPlan {
    guard openSubqueries > 0 else { return plan }
    return try lifted(plan)
  }

  private func lifted(_ plan: LogicalPlan) throws -> LogicalPlan {
    let plan = try plan.mapInputs(lifted)
    guard plan.expressions.contains(where: \.hasSubquery) else { return plan }
    switch plan {
    case .filter(let input, let predicate): return filter(input, predicate)
    case .project(let input, let projections):
      var input = input
      let lifted = projections.map { Projection(renewing: $0, expression: answer($0.expression, &input)) }
      return .project(input, lifted)
    case .aggregate(let input, let keys, let aggregates):
      var input = input
      let liftedKeys = keys.map { Projection(renewing: $0, expression: answer($0.expression, &input)) }
      let liftedAggregates = aggregates.map { $0.mapExpressions { answer($0, &input) } }
      return .aggregate(input, keys: liftedKeys, aggregates: liftedAggregates)
    case .sort(let input, let keys, let limit):
      let fields = input.fields
      var input = input
      let liftedKeys = keys.map { $0.mapExpression { answer($0, &input) } }
      return first(fields, of: .sort(input, keys: liftedKeys, limit: limit))
    case .window(let input, let functions):
      var below = input
      let lifted = functions.map { $0.mapExpressions { answer($0, &below) } }
      let windowed = LogicalPlan.window(below, lifted)
      let kept = Array(input.fields.indices) + functions.indices.map { below.fields.count + $0 }
      let span = SourceSpan(start: 0, end: 0)
      return .project(windowed, kept.map { Projection(passing: windowed.fields[$0], at: $0, span: span) })
    case .join(let join): return try self.join(join)
    default:
      let span = plan.expressions.first(where: \.hasSubquery)?.span
      throw Diagnostic("a query cannot stand in this expression", at: span)
    }
  }

  /// A condition of which `exists` and `in` are asked by themselves keeps or drops rows directly.
  private func filter(_ input: LogicalPlan, _ predicate: PlanExpression) -> LogicalPlan {
    let fields = input.fields
    var result = input
    // What asks no query comes first, unless it may fail for rows that a query would have ruled out.
    let conjuncts = predicate.conjuncts
    let isPlain = { (conjunct: PlanExpression) in !conjunct.hasSubquery && !conjunct.mayFail }
    let plainFirst = conjuncts.prefix { !$0.hasSubquery }
    let others = conjuncts.dropFirst(plainFirst.count)
    if let plain = PlanExpression.conjunction(Array(plainFirst) + others.filter(isPlain)) {
      result = .filter(result, predicate: plain)
    }
    var remaining: [PlanExpression] = []
    for conjunct in others where !isPlain(conjunct) {
      if let direct = conjunct.directTest {
        result = apply(direct.subquery, direct.isNegated ? .anti : .semi, &result, span: conjunct.span)
      } else {
        remaining.append(answer(conjunct, &result))
      }
    }
    if let rest = PlanExpression.conjunction(remaining) { result = .filter(result, predicate: rest) }
    return first(fields, of: result)
  }

  private func join(_ join: JoinPlan) throws -> LogicalPlan {
    let equalities = join.equalities.map { equality in
      let right = equality.right.remapped { $0 + join.left.fields.count }
      let function: ScalarFunction = equality.nullsMatch ? .isNotDistinctFrom : .equal
      return PlanExpression(.call(function, [equality.left, right]), type: .boolean, span: equality.left.span)
    }
    guard let condition = PlanExpression.conjunction(equalities + (join.condition?.conjuncts ?? [])) else {
      return .join(join)
    }
    let kind: ApplyPlan.Kind
    switch join.kind {
    case .inner:
      return filter(.join(JoinPlan(kind: .inner, left: join.left, right: join.right)), condition)
    case .left: kind = .left
    case .semi: kind = .semi
    case .anti: kind = .anti
    case .right, .full, .single, .mark, .nearest, .nearestLeft:
      throw Diagnostic(
        "a query cannot stand in the condition of a \(join.kind.rawValue) join", at: condition.span,
        help: "compute it first: join (select ..., (select ...) as x from ...) on ... x ...")
    }
    // For one left row, the condition is one on the right rows alone.
    let leftCount = join.left.fields.count
    var parameters: [ApplyPlan.Parameter] = []
    let onRight = condition.replacingColumns { column, type, span in
      if column >= leftCount { return PlanExpression(.column(column - leftCount), type: type, span: span) }
      let value = PlanExpression(.column(column), type: type, span: span)
      let known = parameters.first { $0.value == value }
      let parameter = known ?? ApplyPlan.Parameter(number: nextNumber(), value: value)
      if known == nil { parameters.append(parameter) }
      return PlanExpression(.outer(parameter.number), type: type, span: span)
    }
    let right = filter(join.right, onRight)
    return .apply(ApplyPlan(kind: kind, left: join.left, right: right, parameters: parameters))
  }

  /// The expression with columns in place of its queries, which are added to the input.
  private func answer(_ expression: PlanExpression, _ input: inout LogicalPlan) -> PlanExpression {
    guard expression.hasSubquery else { return expression }
    guard case .subquery(var subquery) = expression.kind else { return expression.mapChildren { answer($0, &input) } }
    subquery.operands = subquery.operands.map { answer($0, &input) }
    let column = input.fields.count
    input = apply(subquery, subquery.test == .value ? .single : .mark, &input, span: expression.span)
    return PlanExpression(.column(column), type: expression.type, span: expression.span)
  }

  private func apply(
    _ subquery: SubqueryExpression, _ kind: ApplyPlan.Kind, _ input: inout LogicalPlan, span: SourceSpan
  ) -> LogicalPlan {
    var subquery = subquery
    subquery.operands = subquery.operands.map { answer($0, &input) }
    return .apply(
      ApplyPlan(
        kind: kind, left: input, right: subquery.plan, parameters: subquery.parameters,
        condition: subquery.condition(columnsFrom: input.fields.count, span: span), span: span))
  }

  /// The plan without the columns behind those that it had.
  private func first(_ fields: [Field], of plan: LogicalPlan) -> LogicalPlan {
    guard plan.fields.count > fields.count else { return plan }
    let span = SourceSpan(start: 0, end: 0)
    return .project(plan, fields.passed(span: span))
  }
}

extension PlanExpression {
  /// Whether there is a query in it.
  var hasSubquery: Bool {
    if case .subquery = kind { return true }
    return children.contains(where: \.hasSubquery)
  }

  /// The query of `exists`, `not exists` or `in`: as a condition that must be true, the rows it keeps are those with a
  /// match, or without one. `not in` is another matter, since it may be unknown.
  fileprivate var directTest: (subquery: SubqueryExpression, isNegated: Bool)? {
    switch kind {
    case .subquery(let subquery) where subquery.test != .value: return (subquery, false)
    case .call(.not, let operands):
      guard case .subquery(let subquery)? = operands.first?.kind, subquery.test == .exists else { return nil }
      return (subquery, true)
    default: return nil
    }
  }

  /// The expression with each column, given with its type and place, replaced.
  fileprivate func replacingColumns(_ replacement: (Int, DataType, SourceSpan) -> PlanExpression) -> PlanExpression {
    if case .column(let column) = kind { return replacement(column, type, span) }
    return mapChildren { $0.replacingColumns(replacement) }
  }
}
