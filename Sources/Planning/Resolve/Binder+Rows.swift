import Language

extension Binder {
  /// `(a, b) < (c, d)`: rows are compared item by item, the first difference deciding (SQL:2016, part 2, 8.2). Nil where
  /// the operands are no rows.
  mutating func bind(
    rows operation: BinaryOperator, _ left: Language.Expression, _ right: Language.Expression, span: SourceSpan
  ) throws -> PlanExpression? {
    guard case .tuple(let lefts) = left.kind, case .tuple(let rights) = right.kind else { return nil }
    let pairs = try self.pairs(lefts, rights, span: span)
    switch operation {
    case .equal: return try allEqual(pairs, .equal, span: span)
    case .notEqual: return negated(try allEqual(pairs, .equal, span: span))
    case .isNotDistinctFrom: return try allEqual(pairs, .isNotDistinctFrom, span: span)
    case .isDistinctFrom: return negated(try allEqual(pairs, .isNotDistinctFrom, span: span))
    case .less: return try inOrder(pairs, .less, last: .less, span: span)
    case .lessOrEqual: return try inOrder(pairs, .less, last: .lessOrEqual, span: span)
    case .greater: return try inOrder(pairs, .greater, last: .greater, span: span)
    case .greaterOrEqual: return try inOrder(pairs, .greater, last: .greaterOrEqual, span: span)
    default: return nil
    }
  }

  /// `(a, b) in ((1, 2), (3, 4))`; nil where the operand is no row.
  mutating func bind(rowIn operand: Language.Expression, _ candidates: [Language.Expression], span: SourceSpan) throws
    -> PlanExpression?
  {
    guard case .tuple(let lefts) = operand.kind else { return nil }
    let tests = try candidates.map { candidate in
      guard case .tuple(let rights) = candidate.kind else {
        throw Diagnostic(
          "a row of \(lefts.count) values is compared with one value", at: candidate.span,
          help: "for example: (country, action) in (('IN', 'withheld'), ('TR', 'withheld'))")
      }
      return try allEqual(try pairs(lefts, rights, span: candidate.span), .equal, span: candidate.span)
    }
    return tests.count == 1 ? tests[0] : PlanExpression(.or(tests), type: .boolean, span: span)
  }

  private mutating func pairs(
    _ lefts: [Language.Expression], _ rights: [Language.Expression], span: SourceSpan
  ) throws -> [(PlanExpression, PlanExpression)] {
    guard lefts.count == rights.count else {
      throw Diagnostic("a row of \(lefts.count) values is compared with one of \(rights.count)", at: span)
    }
    var pairs: [(PlanExpression, PlanExpression)] = []
    for (left, right) in zip(lefts, rights) { pairs.append((try bind(left), try bind(right))) }
    return pairs
  }

  private func allEqual(
    _ pairs: [(PlanExpression, PlanExpression)], _ function: ScalarFunction, span: SourceSpan
  ) throws -> PlanExpression {
    let tests = try pairs.map { try compare(function, $0.0, $0.1, span: span) }
    return PlanExpression(.and(tests), type: .boolean, span: span)
  }

  private func inOrder(
    _ pairs: [(PlanExpression, PlanExpression)], _ function: ScalarFunction, last: ScalarFunction, span: SourceSpan
  ) throws -> PlanExpression {
    let tests = try pairs.indices.map { index in
      let isLast = index == pairs.count - 1
      let decides = try compare(isLast ? last : function, pairs[index].0, pairs[index].1, span: span)
      let before = try pairs[..<index].map { try compare(.equal, $0.0, $0.1, span: span) }
      return PlanExpression(.and(before + [decides]), type: .boolean, span: span)
    }
    return PlanExpression(.or(tests), type: .boolean, span: span)
  }
}
