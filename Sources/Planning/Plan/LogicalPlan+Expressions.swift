import Language

extension JoinPlan.Equality {
  /// The equality with both sides put through a function.
  func mapped(_ transform: (PlanExpression) -> PlanExpression) -> JoinPlan.Equality {
    JoinPlan.Equality(transform(left), transform(right), nullsMatch: nullsMatch)
  }
}

extension SortKey {
  /// The key with its expression put through a function.
  func mapExpression(_ transform: (PlanExpression) throws -> PlanExpression) rethrows -> SortKey {
    SortKey(expression: try transform(expression), isDescending: isDescending, nullsFirst: nullsFirst)
  }
}

extension Aggregate {
  /// The aggregate with every expression put through a function.
  public func mapExpressions(_ transform: (PlanExpression) throws -> PlanExpression) rethrows -> Aggregate {
    var copy = self
    copy.arguments = try arguments.map(transform)
    copy.filter = try filter.map(transform)
    copy.order = try order.map { try $0.mapExpression(transform) }
    return copy
  }
}

extension LogicalPlan {
  /// All expressions of this operator.
  var expressions: [PlanExpression] {
    var found: [PlanExpression] = []
    _ = mapOwnExpressions { expression in
      found.append(expression)
      return expression
    }
    return found
  }

  /// The same operator on the same inputs with every expression replaced.
  func mapOwnExpressions(_ transform: (PlanExpression) -> PlanExpression) -> LogicalPlan {
    func mapped(_ projection: Projection) -> Projection {
      var projection = projection
      projection.expression = transform(projection.expression)
      return projection
    }
    switch self {
    case .filter(let input, let predicate): return .filter(input, predicate: transform(predicate))
    case .project(let input, let projections): return .project(input, projections.map(mapped))
    case .aggregate(let input, let keys, let aggregates):
      return .aggregate(input, keys: keys.map(mapped), aggregates: aggregates.map { $0.mapExpressions(transform) })
    case .window(let input, let functions):
      return .window(input, functions.map { $0.mapExpressions(transform) })
    case .sort(let input, let keys, let limit):
      return .sort(input, keys: keys.map { $0.mapExpression(transform) }, limit: limit)
    case .join(var join):
      join.equalities = join.equalities.map { $0.mapped(transform) }
      join.condition = join.condition.map(transform)
      join.nearest = join.nearest?.mapped(transform)
      return .join(join)
    case .unnest(let unnest): return .unnest(unnest.mapped(on: unnest.input, transform))
    case .apply(var apply):
      for index in apply.parameters.indices { apply.parameters[index].value = transform(apply.parameters[index].value) }
      apply.condition = apply.condition.map(transform)
      return .apply(apply)
    case .scan, .sample, .limit, .distinct, .unionAll, .setOperation, .transform, .shared, .recursive, .round:
      return self
    }
  }

  /// The same plan with every span replaced, for one that was written elsewhere.
  func relocated(to span: SourceSpan) -> LogicalPlan {
    var known: [Int: SharedPlan] = [:]
    return relocated(to: span, &known)
  }

  private func relocated(to span: SourceSpan, _ known: inout [Int: SharedPlan]) -> LogicalPlan {
    if case .shared(let shared) = self {
      if let relocated = known[shared.number] { return .shared(relocated) }
      let relocated = SharedPlan(shared.plan.relocated(to: span, &known), number: shared.number)
      known[shared.number] = relocated
      return .shared(relocated)
    }
    let below = mapInputs { $0.relocated(to: span, &known) }
    switch below.mapOwnExpressions({ $0.relocated(to: span) }) {
    case .aggregate(let input, let keys, var aggregates):
      for index in aggregates.indices { aggregates[index].span = span }
      return .aggregate(input, keys: keys, aggregates: aggregates)
    case .window(let input, var functions):
      for index in functions.indices { functions[index].span = span }
      return .window(input, functions)
    case .join(var join):
      join.span = join.span.map { _ in span }
      return .join(join)
    case .apply(var apply):
      apply.span = apply.span.map { _ in span }
      return .apply(apply)
    case let other: return other
    }
  }
}
