import ColumnStore
import Language

extension Binder {
  /// `(select ...)` as a value.
  mutating func bind(_ query: Query, span: SourceSpan) throws -> PlanExpression {
    let (plan, parameters) = try plan(query)
    let fields = plan.fields
    guard fields.count == 1 else {
      throw Diagnostic(
        "a query that stands for a value gives one column, and this one gives \(fields.count)", at: span)
    }
    return subquery(.value, of: query, parameters: parameters, plan: plan, type: fields[0].type, span: span)
  }

  /// `exists (select ...)`.
  mutating func bind(exists query: Query, span: SourceSpan) throws -> PlanExpression {
    let (plan, parameters) = try plan(query)
    return subquery(.exists, of: query, parameters: parameters, plan: plan, type: .boolean, span: span)
  }

  /// `x > any (...)`, `x <> all (...)`.
  mutating func bind(
    _ operand: Language.Expression, _ operation: BinaryOperator, _ quantifier: Quantifier, _ range: QuantifiedOperand,
    span: SourceSpan
  ) throws -> PlanExpression {
    guard let comparison = Binder.comparisons[operation] else {
      throw Diagnostic("`\(operation.rawValue)` cannot be asked of `\(quantifier.rawValue)`", at: span)
    }
    let query =
      switch range {
      case .query(let query): query
      case .list(let list): Query(unnesting: list)
      }
    // All hold when none holds that would contradict.
    if quantifier == .any { return try bind(operand, comparison, anyOf: query, span: span) }
    return negated(try bind(operand, comparison.negation ?? comparison, anyOf: query, span: span))
  }

  /// Whether a comparison with some row of a query is true; a tuple is compared with several columns.
  mutating func bind(
    _ operand: Language.Expression, _ comparison: ScalarFunction, anyOf query: Query, span: SourceSpan
  ) throws -> PlanExpression {
    var items = [operand]
    if case .tuple(let several) = operand.kind { items = several }
    var operands = try items.map { try bind($0) }
    var (plan, parameters) = try plan(query)
    let fields = plan.fields
    guard fields.count == operands.count else {
      throw Diagnostic(
        "the query gives \(fields.count == 1 ? "one column" : "\(fields.count) columns"), and it is compared with "
          + (operands.count == 1 ? "one value" : "\(operands.count) values"), at: query.span)
    }
    guard operands.count == 1 || comparison == .equal || comparison == .notEqual else {
      throw Diagnostic("several columns can only be asked whether they are equal", at: span)
    }
    var projections: [Projection] = []
    for (index, field) in fields.enumerated() {
      let column = PlanExpression(.column(index), type: field.type, span: query.span)
      let compared = try compare(comparison, operands[index], column, span: span)
      if operands[index].type == .count || field.type == .count {
        throw Diagnostic(
          "whether a count is among others is often not known, and this asks for a yes or no", at: span,
          help: "exists (select * from t where t.x = y) asks whether it is known of some row")
      }
      guard case .call(_, let sides) = compared.kind else { continue }
      operands[index] = sides[0]
      projections.append(Projection(name: field.name, expression: sides[1]))
    }
    if projections.contains(where: { !$0.expression.isColumn }) { plan = .project(plan, projections) }
    return subquery(
      .any(comparison), of: query, operands: operands, parameters: parameters, plan: plan, type: .boolean, span: span)
  }

  private mutating func plan(_ query: Query) throws -> (LogicalPlan, [ApplyPlan.Parameter]) {
    let (plan, captures) = try resolver.plan(query, inside: fields, allowsAggregates: allowsAggregates)
    let parameters = captures.map { capture -> ApplyPlan.Parameter in
      switch capture.value {
      case .column(let index):
        ApplyPlan.Parameter(
          number: capture.number, value: PlanExpression(.column(index), type: fields[index].type, span: query.span))
      case .aggregate(let aggregate): ApplyPlan.Parameter(number: capture.number, value: column(of: aggregate))
      }
    }
    return (plan, parameters)
  }

  private func subquery(
    _ test: SubqueryExpression.Test, of query: Query, operands: [PlanExpression] = [],
    parameters: [ApplyPlan.Parameter], plan: LogicalPlan, type: DataType, span: SourceSpan
  ) -> PlanExpression {
    resolver.openSubqueries += 1
    let subquery = SubqueryExpression(
      test, operands: operands, parameters: parameters, plan: plan, source: query)
    return PlanExpression(.subquery(subquery), type: type, span: span)
  }

  private static let comparisons: [BinaryOperator: ScalarFunction] = [
    .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
    .greaterOrEqual: .greaterOrEqual,
  ]
}

extension Query {
  /// The items of a list as rows.
  fileprivate init(unnesting list: Language.Expression) {
    let name = Identifier("unnest", span: list.span)
    let call = FunctionCall(name: name, arguments: [FunctionCall.Argument(name: nil, value: list)])
    let table = TableReference(.function(call, isLateral: false, withOrdinality: false), span: list.span)
    self.init(body: .from(table), span: list.span)
  }
}
