import Language

extension PlanExpression {
  /// The conditions that must all be true for this one to be.
  public var conjuncts: [PlanExpression] {
    if case .and(let operands) = kind { return operands.flatMap(\.conjuncts) }
    return [self]
  }

  /// One condition made of several that must all be true; nil for none.
  public static func conjunction(_ conditions: [PlanExpression]) -> PlanExpression? {
    guard let first = conditions.first else { return nil }
    if conditions.count == 1 { return first }
    let span = conditions.reduce(first.span) { $0.merged(with: $1.span) }
    return PlanExpression(.and(conditions), type: .boolean, span: span)
  }

  /// The expression with every span replaced, for one that was written elsewhere.
  func relocated(to span: SourceSpan) -> PlanExpression {
    var copy = mapChildren { $0.relocated(to: span) }
    copy.span = span
    return copy
  }
}
