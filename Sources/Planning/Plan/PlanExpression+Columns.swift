extension Sequence<PlanExpression> {
  /// The columns that the expressions are made of.
  public var columns: Set<Int> { reduce(into: []) { $0.formUnion($1.columns) } }

  /// The columns of text that are expressions as they stand.
  public var textColumns: Set<Int> {
    Set(
      compactMap { expression in
        if case .column(let index) = expression.kind, expression.type == .text { index } else { nil }
      })
  }
}
