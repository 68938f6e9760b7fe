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

  /// The columns of text of which something is worked out, and of nothing else with them.
  public var computedTextColumns: Set<Int> {
    reduce(into: []) { found, expression in
      if expression.children.isEmpty { return }
      if expression.columns.count == 1 {
        found.formUnion(expression.leaves.textColumns)
      } else {
        found.formUnion(expression.children.computedTextColumns)
      }
    }
  }
}

extension PlanExpression {
  /// The parts that have no parts themselves.
  fileprivate var leaves: [PlanExpression] { children.isEmpty ? [self] : children.flatMap(\.leaves) }
}
