import ColumnStore

/// Expressions in a simpler form that is the same for every row: what is constant is worked out, what decides nothing is
/// left out.
///
/// An operand that may fail is never computed for a row for which it was not computed before; a constant whose
/// computation fails stays as it is, for the rows that reach it to fail.
struct ConstantFolding {
  /// The value of a function or cast of constants; nil where that is an error. Which engine's functions these are is not
  /// for a plan to know.
  let evaluate: (@Sendable (PlanExpression) -> Value?)?

  /// The plan with all expressions folded.
  func fold(_ plan: LogicalPlan) -> LogicalPlan {
    // What is shared has been optimised by itself.
    if case .shared = plan { return plan }
    let below = plan.mapInputs(fold)
    var isChanged = false
    let renewed = below.mapOwnExpressions { expression in
      guard let folded = folded(expression) else { return expression }
      isChanged = true
      return folded
    }
    return isChanged ? renewed : below
  }

  /// The expression in a simpler form; nil where it has none.
  func folded(_ expression: PlanExpression) -> PlanExpression? {
    switch expression.kind {
    case .column, .literal, .outer, .subquery: return nil
    default: break
    }
    var isChanged = false
    var current = expression
    let renewed = expression.mapChildren { child in
      guard let folded = folded(child) else { return child }
      isChanged = true
      return folded
    }
    if isChanged { current = renewed }
    if let simpler = simplified(current) { return simpler }
    return isChanged ? current : nil
  }

  /// One step at the top of an expression whose parts are folded.
  private func simplified(_ expression: PlanExpression) -> PlanExpression? {
    switch expression.kind {
    case .and(let operands): return logical(operands, expression, isAnd: true)
    case .or(let operands): return logical(operands, expression, isAnd: false)
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise, expression)
    case .cast(let operand, _) where operand.type == expression.type: return operand
    case .memberOf(let operand, let values) where values.count == 1 && values[0].type == operand.type:
      let literal = PlanExpression(.literal(values[0]), type: operand.type, span: expression.span)
      return PlanExpression(.call(.equal, [operand, literal]), type: .boolean, span: expression.span)
    case .call(.not, let arguments):
      if let turned = turned(arguments[0], expression) { return turned }
    default: break
    }
    guard let evaluate, expression.children.allSatisfy({ $0.literal != nil }), let value = evaluate(expression),
      value.isNull || value.type == expression.type
    else { return nil }
    return PlanExpression(.literal(value), type: expression.type, span: expression.span)
  }

  /// The negation of a negation or of a comparison.
  private func turned(_ operand: PlanExpression, _ expression: PlanExpression) -> PlanExpression? {
    guard case .call(let function, let arguments) = operand.kind else { return nil }
    if function == .not { return arguments[0] }
    return function.negation.map { PlanExpression(.call($0, arguments), type: .boolean, span: expression.span) }
  }

  private func logical(_ operands: [PlanExpression], _ expression: PlanExpression, isAnd: Bool) -> PlanExpression? {
    let deciding = Value.boolean(!isAnd)
    var kept: [PlanExpression] = []
    var isChanged = false
    for operand in operands.flatMap({ nested(in: $0, isAnd: isAnd) ?? [$0] }) {
      if operand.literal == .boolean(isAnd) || kept.contains(operand) {
        isChanged = true
      } else if operand.literal == deciding {
        // What comes before is still computed, if only to fail.
        if !kept.contains(where: \.mayFail) { kept = [] }
        kept.append(operand)
        isChanged = isChanged || kept.count < operands.count
        break
      } else {
        kept.append(operand)
      }
    }
    if !isAnd, let factored = factored(kept, expression) { return factored }
    guard isChanged || kept.count != operands.count else { return nil }
    if kept.isEmpty { return PlanExpression(.literal(.boolean(isAnd)), type: .boolean, span: expression.span) }
    if kept.count == 1 { return kept[0] }
    var result = expression
    result.kind = isAnd ? .and(kept) : .or(kept)
    return result
  }

  private func nested(in operand: PlanExpression, isAnd: Bool) -> [PlanExpression]? {
    switch operand.kind {
    case .and(let operands) where isAnd: operands
    case .or(let operands) where !isAnd: operands
    default: nil
    }
  }

  /// `(a and b) or (a and c)` is `a and (b or c)`, where an `a` that compares two tables can be a join's key.
  private func factored(_ operands: [PlanExpression], _ expression: PlanExpression) -> PlanExpression? {
    guard operands.count > 1, !operands.contains(where: \.mayFail) else { return nil }
    let alternatives = operands.map(\.conjuncts)
    let common = alternatives[0].filter { conjunct in alternatives.dropFirst().allSatisfy { $0.contains(conjunct) } }
    guard !common.isEmpty else { return nil }
    var rests: [PlanExpression] = []
    for alternative in alternatives {
      guard let rest = PlanExpression.conjunction(alternative.filter { !common.contains($0) }) else {
        // One alternative is what is common, which implies the others.
        return PlanExpression.conjunction(common)
      }
      rests.append(rest)
    }
    let open = PlanExpression(.or(rests), type: .boolean, span: expression.span)
    return PlanExpression.conjunction(common + [open])
  }

  private func conditional(
    _ branches: [PlanExpression.Branch], _ otherwise: PlanExpression, _ expression: PlanExpression
  ) -> PlanExpression? {
    guard branches.contains(where: { $0.condition.literal != nil }) else { return nil }
    var kept: [PlanExpression.Branch] = []
    var last = otherwise
    for branch in branches {
      guard let value = branch.condition.literal else {
        kept.append(branch)
        continue
      }
      if value == .boolean(true) {
        last = branch.result
        break
      }
    }
    if kept.isEmpty { return last }
    var result = expression
    result.kind = .conditional(branches: kept, otherwise: last)
    return result
  }
}
