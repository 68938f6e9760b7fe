import ColumnStore
import Language

/// Which types turn into which by themselves. The whole table:
///
/// | from | to | |
/// |---|---|---|
/// | integer | double | always |
/// | date | timestamp | always: midnight UTC |
/// | a text written out | boolean, integer, double, date, timestamp | if it reads as one |
/// | NULL written out | every type | always |
///
/// Everything else needs a cast.
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
      guard let converted = try literal(value, to: type, span: expression.span) else { return nil }
      return PlanExpression(.literal(converted), type: type, span: expression.span)
    }
    guard widens(expression.type, to: type) else { return nil }
    return PlanExpression(.cast(expression, lenient: false), type: type, span: expression.span)
  }

  /// Whether every value of one type is a value of the other.
  static func widens(_ from: DataType, to: DataType) -> Bool {
    from == to || (from == .integer && to == .double) || (from == .date && to == .timestamp)
  }

  /// The type that both turn into by themselves; nil when there is none.
  static func commonType(_ left: PlanExpression, _ right: PlanExpression) -> DataType? {
    // Of two NULLs the left one may already have taken over the type of what came before it.
    if right.literal == .null { return left.type }
    if case .call(.fail, _) = right.kind { return left.type }
    if case .call(.fail, _) = left.kind { return right.type }
    if left.literal == .null { return right.type }
    if widens(left.type, to: right.type) { return right.type }
    if widens(right.type, to: left.type) { return left.type }
    if case .text? = left.literal { return right.type }
    if case .text? = right.literal { return left.type }
    return nil
  }

  private static func literal(_ value: Value, to type: DataType, span: SourceSpan) throws -> Value? {
    switch (value, type) {
    case (.null, _): return .null
    case (.integer(let number), .double): return .double(Double(number))
    case (.date(let days), .timestamp): return .timestamp(Int64(days) * microsecondsPerDay)
    case (.text(let text), .boolean), (.text(let text), .integer), (.text(let text), .double), (.text(let text), .date),
      (.text(let text), .timestamp), (.text(let text), .textList):
      guard let read = read(text, as: type) else { throw Diagnostic.unreadableLiteral(text, as: type, span: span) }
      return read
    default: return nil
    }
  }

  /// The value of a type that a text gives; nil if it gives none.
  static func read(_ text: String, as type: DataType) -> Value? {
    let text = Substring(text)
    return switch type {
    case .boolean: TextParsing.boolean(text).map { .boolean($0) }
    case .integer: TextParsing.integer(text).map { .integer($0) }
    case .double: TextParsing.double(text).map { .double($0) }
    case .date: TextParsing.date(text).map { .date($0) }
    case .timestamp: TextParsing.timestamp(text).map { .timestamp($0) }
    case .text: .text(String(text))
    case .textList: TextParsing.textList(text).map { .textList($0) }
    }
  }
}
