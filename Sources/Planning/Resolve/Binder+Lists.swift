import ColumnStore
import Language

/// Lists written out, and what is taken out of them.
extension Binder {
  /// `[a, b]`: a constant where all items are.
  mutating func bind(list items: [Language.Expression], span: SourceSpan) throws -> PlanExpression {
    let bound = try unify(try items.map { try bind($0) }, span: span)
    let element = bound.first?.type ?? .text
    var constants: [Value] = []
    for item in bound {
      guard let constant = item.literal else {
        return PlanExpression(.call(.makeList, bound), type: .list(element), span: span)
      }
      constants.append(constant)
    }
    return PlanExpression(.literal(.list(constants, of: element)), type: .list(element), span: span)
  }

  /// `x[i]`.
  mutating func bind(_ list: Language.Expression, at index: Language.Expression, span: SourceSpan) throws
    -> PlanExpression
  {
    let (bound, element) = try self.list(list)
    return PlanExpression(.call(.listItem, [bound, try place(index)]), type: element, span: span)
  }

  /// `x[low:high]`; what is left out is the first or the last item.
  mutating func bind(
    _ list: Language.Expression, from low: Language.Expression?, to high: Language.Expression?, span: SourceSpan
  ) throws -> PlanExpression {
    let (bound, _) = try self.list(list)
    func end(_ number: Int64) -> PlanExpression {
      PlanExpression(.literal(.integer(number)), type: .integer, span: span)
    }
    let first = try low.map { try place($0) } ?? end(1)
    let last = try high.map { try place($0) } ?? end(-1)
    return PlanExpression(.call(.listSlice, [bound, first, last]), type: bound.type, span: span)
  }

  /// `x || y`: texts one after the other, lists one after the other, or an item at an end of a list.
  func concatenation(_ left: PlanExpression, _ right: PlanExpression, span: SourceSpan) throws -> PlanExpression {
    func isList(_ expression: PlanExpression) -> Bool { expression.type.element != nil }
    guard isList(left) || isList(right) else {
      return PlanExpression(.call(.concatenate, [try asText(left), try asText(right)]), type: .text, span: span)
    }
    if let type = Coercion.commonType(left, right), type.element != nil,
      let first = try? Coercion.coerce(left, to: type), let second = try? Coercion.coerce(right, to: type)
    {
      return PlanExpression(.call(.listConcatenate, [first, second]), type: type, span: span)
    }
    func asList(_ expression: PlanExpression) -> PlanExpression {
      if isList(expression) { return expression }
      return PlanExpression(.call(.makeList, [expression]), type: .list(expression.type), span: expression.span)
    }
    if isList(left) != isList(right) {
      let (first, second) = (asList(left), asList(right))
      if let type = Coercion.commonType(first, second), let first = try Coercion.coerce(first, to: type),
        let second = try Coercion.coerce(second, to: type)
      {
        return PlanExpression(.call(.listConcatenate, [first, second]), type: type, span: span)
      }
    }
    throw Diagnostic.noCommonType(left.type, right.type, span: span)
  }

  private mutating func list(_ expression: Language.Expression) throws -> (PlanExpression, element: DataType) {
    let bound = try bind(expression)
    guard case .list(let element) = bound.type else {
      throw Diagnostic.wrongType("what `[...]` takes from", expected: "a list", found: bound.type, span: bound.span)
    }
    return (bound, element)
  }

  private mutating func place(_ expression: Language.Expression) throws -> PlanExpression {
    let bound = try bind(expression)
    guard let number = try Coercion.coerce(bound, to: .integer) else {
      throw Diagnostic.wrongType(
        "a place in a list", expected: "an integer counted from 1", found: bound.type, span: bound.span)
    }
    return number
  }
}
