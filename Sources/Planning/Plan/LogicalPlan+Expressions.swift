import Language

extension LogicalPlan {
  /// The same plan with every expression of this operator and of those below replaced.
  func mapExpressions(_ transform: (PlanExpression) -> PlanExpression) -> LogicalPlan {
    func mapped(_ projection: Projection) -> Projection {
      var projection = projection
      projection.expression = transform(projection.expression)
      return projection
    }
    func mapped(_ key: SortKey) -> SortKey {
      var key = key
      key.expression = transform(key.expression)
      return key
    }
    func mapped(_ aggregate: Aggregate) -> Aggregate {
      var aggregate = aggregate
      aggregate.arguments = aggregate.arguments.map(transform)
      aggregate.filter = aggregate.filter.map(transform)
      aggregate.order = aggregate.order.map(mapped)
      return aggregate
    }
    switch mapInputs({ $0.mapExpressions(transform) }) {
    case .filter(let input, let predicate): return .filter(input, predicate: transform(predicate))
    case .project(let input, let projections): return .project(input, projections.map(mapped))
    case .aggregate(let input, let keys, let aggregates):
      return .aggregate(input, keys: keys.map(mapped), aggregates: aggregates.map(mapped))
    case .window(let input, let functions):
      return .window(input, functions.map { $0.mapExpressions(transform) })
    case .sort(let input, let keys, let limit): return .sort(input, keys: keys.map(mapped), limit: limit)
    case .join(var join):
      join.equalities = join.equalities.map { (transform($0.left), transform($0.right)) }
      join.condition = join.condition.map(transform)
      return .join(join)
    case let other: return other
    }
  }

  /// The same plan with every span replaced, for one that was written elsewhere.
  func relocated(to span: SourceSpan) -> LogicalPlan {
    mapExpressions { $0.relocated(to: span) }.mapSpans(to: span)
  }

  private func mapSpans(to span: SourceSpan) -> LogicalPlan {
    let below = mapInputs { $0.mapSpans(to: span) }
    switch below {
    case .aggregate(let input, let keys, var aggregates):
      for index in aggregates.indices { aggregates[index].span = span }
      return .aggregate(input, keys: keys, aggregates: aggregates)
    case .window(let input, var functions):
      for index in functions.indices { functions[index].span = span }
      return .window(input, functions)
    default: return below
    }
  }
}
