extension Optimiser {
  /// Two projections become one where the upper one uses each computed column of the lower at most once.
  static let mergeProjections = Rule(name: "merge projections") { plan in
    guard case .project(.project(let input, let lower), let upper) = plan else { return nil }
    let expressions = lower.map(\.expression)
    var uses = Array(repeating: 0, count: lower.count)
    for projection in upper { count(projection.expression, &uses) }
    guard zip(uses, expressions).allSatisfy({ $0 <= 1 || $1.isColumn || $1.literal != nil }) else { return nil }
    return .project(
      input, upper.map { Projection(renewing: $0, expression: $0.expression.substituting(expressions)) })
  }

  /// A projection that gives the columns of its input as they are is left out.
  static let dropProjection = Rule(name: "drop projection") { plan in
    guard case .project(let input, let projections) = plan, projections.count == input.columnCount,
      projections.indices.allSatisfy({ projections[$0].expression.kind == .column($0) }),
      zip(projections, input.fields).allSatisfy({ $0.field.looksLike($1) })
    else { return nil }
    return input
  }

  /// A limit on an order tells the order how many rows are wanted.
  static let limitIntoSort = Rule(name: "limit into sort") { plan in
    guard case .limit(let input, let count?, let offset) = plan else { return nil }
    let (wanted, overflow) = count.addingReportingOverflow(offset)
    guard !overflow else { return nil }
    switch input {
    case .sort(let below, let keys, nil):
      return .limit(.sort(below, keys: keys, limit: wanted), count: count, offset: offset)
    case .project(let below, let projections):
      return .project(.limit(below, count: count, offset: offset), projections)
    default: return nil
    }
  }

  private static func count(_ expression: PlanExpression, _ uses: inout [Int]) {
    if case .column(let index) = expression.kind { uses[index] += 1 }
    for child in expression.children { count(child, &uses) }
  }
}

extension Field {
  /// Whether a result shows both alike. By what table's name they are known matters only while names are resolved.
  fileprivate func looksLike(_ other: Field) -> Bool {
    name == other.name && type == other.type && display == other.display && isHidden == other.isHidden
      && note == other.note
  }
}
