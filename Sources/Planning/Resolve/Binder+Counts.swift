import ColumnStore
import Language

/// Counts with bounds.
extension Binder {
  /// A comparison of counts, which is unknown where their bounds do not tell. All six are made of two that no rule for
  /// values knows: of counts that are the same interval nobody can say that they are equal. Nil for `is distinct from`,
  /// which asks whether the same was stated.
  func counts(_ function: ScalarFunction, _ left: PlanExpression, _ right: PlanExpression, span: SourceSpan)
    -> PlanExpression?
  {
    func test(_ function: ScalarFunction, _ first: PlanExpression, _ second: PlanExpression) -> PlanExpression {
      PlanExpression(.call(function, [first, second]), type: .boolean, span: span)
    }
    switch function {
    case .equal: return test(.countEqual, left, right)
    case .notEqual: return negated(test(.countEqual, left, right))
    case .less: return test(.countLess, left, right)
    case .greater: return test(.countLess, right, left)
    case .lessOrEqual: return negated(test(.countLess, right, left))
    case .greaterOrEqual: return negated(test(.countLess, left, right))
    default: return nil
    }
  }

  /// A sum, difference or product of counts, or of a count and an integer; nil where none is a count.
  func counts(
    _ function: ScalarFunction, _ symbol: String, _ left: PlanExpression, _ right: PlanExpression, span: SourceSpan
  ) throws -> PlanExpression? {
    guard left.type == .count || right.type == .count else { return nil }
    guard [.add, .subtract, .multiply].contains(function) else {
      throw Diagnostic(
        "a quotient of counts lies between two numbers, and `\(symbol)` gives one", at: span,
        help: "a part of its whole: share_low(part, whole), share_high(part, whole); "
          + "any two counts: ratio_low(x, y), ratio_high(x, y)")
    }
    let operands = try [left, right].map { operand in
      if let count = try Coercion.coerce(operand, to: .count) { return count }
      throw Diagnostic.wrongType(
        "each side of `\(symbol)`, one of which is a count,", expected: "a count or an integer", found: operand.type,
        span: operand.span, help: "calculate with the bounds: lower(x), upper(x)")
    }
    return PlanExpression(.call(function, operands), type: .count, span: span)
  }
}
