import ColumnStore
import Language

/// Which types turn into which by themselves. The whole table:
///
/// | from | to | |
/// |---|---|---|
/// | an implicit conversion of `Conversions` | | always |
/// | an integer written out | decimal | if it has the digits |
/// | a number with a point written out, which is a double | decimal | if it has the digits on both sides of the point |
/// | a text written out | every type but text | if it reads as one |
/// | a list written out | list | if its items do |
/// | NULL written out | every type | always |
///
/// Of a decimal and an integer or another decimal the common type is the decimal with the digits of both; of a decimal and
/// a double that is not written out it is the double. Everything else needs a cast.
enum Coercion {
  /// The expression as a value of `type`; nil when that needs a cast that is not made by itself. Throws for a text
  /// written out that does not read as the type.
  static func coerce(_ expression: PlanExpression, to type: DataType) throws -> PlanExpression? {
    if expression.type == type { return expression }
    // It never gives a value, so it stands for one of any type.
    if case .call(.fail, _) = expression.kind {
      return PlanExpression(expression.kind, type: type, span: expression.span)
    }
    if let value = expression.literal {
      guard let converted = try literal(value, written: expression.written, to: type, span: expression.span) else {
        return nil
      }
      return PlanExpression(.literal(converted), type: type, span: expression.span)
    }
    guard widens(expression.type, to: type) else { return nil }
    return PlanExpression(.cast(expression, lenient: false), type: type, span: expression.span)
  }

  /// Whether every value of one type is a value of the other.
  static func widens(_ from: DataType, to: DataType) -> Bool {
    if case .implicit? = Conversions.conversion(from: from, to: to) { return true }
    return false
  }

  /// The type that both turn into by themselves; nil when there is none.
  static func commonType(_ left: PlanExpression, _ right: PlanExpression) -> DataType? {
    // Of two NULLs the left one may already have taken over the type of what came before it.
    if right.literal == .null { return left.type }
    if case .call(.fail, _) = right.kind { return left.type }
    if case .call(.fail, _) = left.kind { return right.type }
    if left.literal == .null { return right.type }
    if let decimal = commonDecimal(left, right) { return decimal }
    if widens(left.type, to: right.type) { return right.type }
    if widens(right.type, to: left.type) { return left.type }
    if case .text? = left.literal { return right.type }
    if case .text? = right.literal { return left.type }
    guard case .list(let first) = left.type, case .list(let second) = right.type else { return nil }
    if case .list(let items, _)? = left.literal, items.allSatisfy(\.isNull) { return right.type }
    if case .list(let items, _)? = right.literal, items.allSatisfy(\.isNull) { return left.type }
    let item = PlanExpression(.column(0), type: first, span: left.span)
    return commonType(item, PlanExpression(.column(1), type: second, span: right.span)).map { .list($0) }
  }

  /// The common type where one is a decimal and the other an exact number too.
  private static func commonDecimal(_ left: PlanExpression, _ right: PlanExpression) -> DataType? {
    guard TypeFamily(left.type) == .decimal || TypeFamily(right.type) == .decimal, let first = exactType(left),
      let second = exactType(right)
    else { return nil }
    return Conversions.commonDecimal(first, second)
  }

  /// The narrowest exact type of a number: an integer or decimal. Nil for doubles that are not written out, and for what is
  /// no number.
  static func exactType(_ expression: PlanExpression) -> DataType? {
    let number: Decimal
    switch (expression.type, expression.literal) {
    case (.integer, .integer(let literal)?): number = Decimal(units: Int128(literal), scale: 0)
    case (.double, _?):
      guard let written = expression.written.flatMap({ Decimal($0[...]) }) else { return nil }
      number = written
    case (.integer, _), (.decimal, _): return expression.type
    default: return nil
    }
    let whole = number.digitCount - number.scale
    return .decimal(precision: max(whole, 0) + max(number.scale, whole > 0 ? 0 : 1), scale: number.scale)
  }

  private static func literal(_ value: Value, written: String?, to type: DataType, span: SourceSpan) throws -> Value? {
    switch (value, type) {
    case (.null, _): return .null
    case (.text, .text): return value
    case (.text(let text), _):
      guard let read = TextParsing.value(text[...], as: type) else {
        throw Diagnostic.unreadableLiteral(text, as: type, span: span)
      }
      return read
    case (.integer(let number), .double): return .double(Double(number))
    case (.integer(let number), .decimal): return decimal(Decimal(units: Int128(number), scale: 0), as: type)
    case (.double, .decimal): return written.flatMap { Decimal($0[...]) }.flatMap { decimal($0, as: type) }
    case (.decimal(let number), .decimal): return decimal(number, as: type)
    case (.decimal(let number), .double): return .double(number.double)
    case (.date(let days), .timestamp): return .timestamp(Int64(days) * microsecondsPerDay)
    case (.integer(let number), .count): return .count(BoundedCount(number))
    case (.time(let time), .interval): return .interval(Interval(microseconds: time))
    case (.list(let items, _), .list(let element)):
      var converted: [Value] = []
      for item in items {
        guard let value = item.type == element ? item : try literal(item, written: nil, to: element, span: span) else {
          return nil
        }
        converted.append(value)
      }
      return .list(converted, of: element)
    default: return nil
    }
  }

  /// The number with other digits, if none is lost.
  private static func decimal(_ number: Decimal, as type: DataType) -> Value? {
    guard case .decimal(let precision, let scale) = type, scale >= number.scale else { return nil }
    return number.rescaled(precision: precision, scale: scale).map { .decimal($0) }
  }
}
