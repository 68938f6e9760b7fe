import ColumnStore
import Language
import Planning

/// Steps that have no words are divided into one that has, which makes the rows fewer or smaller, and the rest.
extension Placing {
  /// A step with what of it can be done there; nil where nothing can.
  ///
  /// - Parameter reason: why all of it cannot.
  func divided(_ plan: LogicalPlan, _ input: Placement, reason: String?) -> Placement? {
    switch (plan, input) {
    case (.filter(_, let predicate), .there): return asked(predicate, input, reason)
    case (.project(_, let projections), .there): return computed(projections, input, reason)
    case (.sort(_, let keys, let limit?), .here(.project(_, let projections), let inputs, let why)):
      let expressions = projections.map(\.expression)
      let below = keys.map {
        SortKey(
          expression: $0.expression.substituting(expressions), isDescending: $0.isDescending,
          nullsFirst: $0.nullsFirst)
      }
      return sent(.sort(inputs[0].plan, keys: below, limit: limit), on: inputs[0])?
        .followed(by: { .project($0, projections) }, reason: why)
    case (.limit(_, let count, let offset), .here(.project(_, let projections), let inputs, let why)):
      return sent(.limit(inputs[0].plan, count: count, offset: offset), on: inputs[0])?
        .followed(by: { .project($0, projections) }, reason: why)
    case (.aggregate(_, let keys, let aggregates), _): return aggregated(keys, aggregates, input, reason: reason)
    case (.distinct(let below), _):
      return grouped(below.fields.passed(span: SourceSpan(start: 0, end: 0)), [], input, reason: reason)
    default: return nil
    }
  }

  /// A step on rows of a server, there; nil where it has no words, or the rows are none of a server.
  func sent(_ plan: LogicalPlan, on input: Placement) -> Placement? {
    guard case .there(let server, let sql, _) = input, let words = try? writer(server).sql(plan, on: [sql]) else {
      return nil
    }
    return .there(server, sql: words, plan)
  }

  /// Those conditions that have words are asked there. One that could fail is not asked of rows that one before it would
  /// have left out.
  private func asked(_ predicate: PlanExpression, _ input: Placement, _ reason: String?) -> Placement? {
    var asked: [PlanExpression] = []
    var rest: [PlanExpression] = []
    for condition in predicate.conjuncts {
      let hasWords = sent(.filter(input.plan, predicate: condition), on: input) != nil
      if hasWords, rest.isEmpty || !condition.mayFail { asked.append(condition) } else { rest.append(condition) }
    }
    guard let some = PlanExpression.conjunction(asked), let others = PlanExpression.conjunction(rest) else {
      return nil
    }
    return sent(.filter(input.plan, predicate: some), on: input)?
      .followed(by: { .filter($0, predicate: others) }, reason: reason)
  }

  /// Those parts of expressions that have words are computed there.
  private func computed(_ projections: [Projection], _ input: Placement, _ reason: String?) -> Placement? {
    guard case .there(let server, _, let base) = input else { return nil }
    var parts = ExpressibleParts(writer: writer(server), width: base.fields.count)
    var rest = projections
    for index in rest.indices { rest[index].expression = parts.rewritten(rest[index].expression) }
    if parts.areColumns { return nil }
    return sent(.project(base, parts.projections(of: base.fields)), on: input)?
      .followed(by: { .project($0, rest) }, reason: reason)
  }
}
