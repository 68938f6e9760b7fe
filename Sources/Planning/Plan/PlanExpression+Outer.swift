extension PlanExpression {
  /// The expression with something else in place of an enclosing query's columns.
  func replacingOuter(_ replacement: (Int) -> Kind?) -> PlanExpression {
    if case .outer(let number) = kind, let value = replacement(number) {
      var copy = self
      copy.kind = value
      return copy
    }
    return mapChildren { $0.replacingOuter(replacement) }
  }

  /// The numbers of all values of enclosing queries that are spoken of.
  var outerNumbers: Set<Int> {
    if case .outer(let number) = kind { return [number] }
    return children.reduce(into: []) { $0.formUnion($1.outerNumbers) }
  }
}
