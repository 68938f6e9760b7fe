import ColumnStore
import Language

/// Arithmetic on numbers, and on dates, times and lengths of time.
extension Binder {
  /// A sum, difference, product, quotient or rest.
  func arithmetic(
    _ function: ScalarFunction, _ symbol: String, _ left: PlanExpression, _ right: PlanExpression, span: SourceSpan
  ) throws -> PlanExpression {
    if let temporal = try temporal(function, left, right, span: span) { return temporal }
    if let counts = try counts(function, symbol, left, right, span: span) { return counts }
    if TypeFamily(left.type) == .decimal || TypeFamily(right.type) == .decimal,
      let exact = try decimal(function, symbol, left, right, span: span)
    {
      return exact
    }
    let isReal = function == .divide || left.type == .double || right.type == .double
    let type: DataType =
      isReal || TypeFamily(left.type) == .decimal || TypeFamily(right.type) == .decimal
        || (left.type == .text && right.type == .text) ? .double : .integer
    let operands = [try number(left, type, symbol), try number(right, type, symbol)]
    let common: DataType = operands.contains { $0.type == .double } ? .double : .integer
    return PlanExpression(
      .call(function, try operands.map { try number($0, common, symbol) }), type: common, span: span)
  }

  /// The expression as a number of a type; a text written out may be one.
  func number(_ expression: PlanExpression, _ type: DataType, _ symbol: String) throws -> PlanExpression {
    if let coerced = try Coercion.coerce(expression, to: type) { return coerced }
    if expression.type == .integer || expression.type == .double { return expression }
    let help = expression.type == .text ? "if the texts are published numbers: figure(...)" : nil
    throw Diagnostic.wrongType(
      "each side of `\(symbol)`", expected: "a number", found: expression.type, span: expression.span, help: help)
  }

  /// An operation on the bits of integers.
  func bits(_ function: ScalarFunction, _ symbol: String, _ operands: [PlanExpression], span: SourceSpan) throws
    -> PlanExpression
  {
    let integers = try operands.map { operand in
      if let integer = try Coercion.coerce(operand, to: .integer) { return integer }
      throw Diagnostic.wrongType(
        "what `\(symbol)` works on", expected: "an integer", found: operand.type, span: operand.span)
    }
    return PlanExpression(.call(function, integers), type: .integer, span: span)
  }

  // MARK: Decimals

  /// Exact arithmetic; nil where one side is a double that is not written out, or for a quotient, which is a double.
  ///
  /// The result has the digits that every result needs, up to 38: a sum one more than the longer operand, a product those of
  /// both, as SQL has it and DuckDB does.
  private func decimal(
    _ function: ScalarFunction, _ symbol: String, _ left: PlanExpression, _ right: PlanExpression, span: SourceSpan
  ) throws -> PlanExpression? {
    guard function != .divide else { return nil }
    var operands = [left, right]
    for (index, operand) in operands.enumerated() where operand.literal != nil && operand.type == .text {
      // A text written out may be a number.
      if case .text(let text)? = operand.literal, let number = Decimal(text[...]) {
        operands[index] = PlanExpression(
          .literal(.double(number.double)), type: .double, span: operand.span, written: text)
      }
    }
    if let null = operands.firstIndex(where: { $0.literal == .null }) {
      operands[null] = PlanExpression(.literal(.null), type: operands[1 - null].type, span: operands[null].span)
    }
    guard let first = Coercion.exactType(operands[0]), let second = Coercion.exactType(operands[1]) else { return nil }
    let (one, other) = (Conversions.digits(first), Conversions.digits(second))
    let limit = Decimal.precisionLimit
    let scale = max(one.places, other.places)
    func exact(_ expression: PlanExpression, _ type: DataType) throws -> PlanExpression {
      if let coerced = try Coercion.coerce(expression, to: type) { return coerced }
      return PlanExpression(.cast(expression, lenient: false), type: type, span: expression.span)
    }
    let result: DataType
    var types = [DataType]()
    switch function {
    case .multiply:
      let places = one.places + other.places
      guard places <= limit else {
        throw Diagnostic(
          "the product of \(article(first)) and \(article(second)) would have \(places) digits behind the point",
          at: span,
          help: "a decimal has at most \(limit) digits; cast one side to fewer, or to double")
      }
      result = .decimal(precision: min(one.whole + other.whole + places, limit), scale: places)
      types = [first, second].map { type in
        let digits = Conversions.digits(type)
        return .decimal(precision: digits.whole + digits.places, scale: digits.places)
      }
    case .integerDivide:
      result = .decimal(precision: min(max(one.whole + other.places, 1), limit), scale: 0)
      types = Array(repeating: Conversions.commonDecimal(first, second), count: 2)
    case .modulo:
      result = Conversions.commonDecimal(first, second)
      types = [result, result]
    default:
      result = .decimal(precision: min(max(one.whole, other.whole) + scale + 1, limit), scale: scale)
      types = [result, result]
    }
    return PlanExpression(
      .call(function, try zip(operands, types).map { try exact($0, $1) }), type: result, span: span)
  }

  // MARK: Dates, times and lengths of time

  /// What a sum, difference, product or quotient is called on, and what it gives. A sum or product may also stand the other
  /// way round.
  private static let temporalRules: [(function: ScalarFunction, left: DataType, right: DataType, result: DataType)] = [
    (.add, .date, .time, .timestamp), (.add, .date, .interval, .timestamp), (.add, .timestamp, .interval, .timestamp),
    (.add, .time, .interval, .time), (.add, .interval, .interval, .interval),
    (.subtract, .timestamp, .timestamp, .interval), (.subtract, .date, .timestamp, .interval),
    (.subtract, .timestamp, .date, .interval), (.subtract, .time, .time, .interval),
    (.subtract, .date, .interval, .timestamp), (.subtract, .timestamp, .interval, .timestamp),
    (.subtract, .time, .interval, .time), (.subtract, .interval, .interval, .interval),
    (.multiply, .interval, .double, .interval), (.divide, .interval, .double, .interval),
  ]

  private func temporal(
    _ function: ScalarFunction, _ left: PlanExpression, _ right: PlanExpression, span: SourceSpan
  ) throws -> PlanExpression? {
    switch (function, left.type, right.type) {
    case (.add, .date, .integer): return PlanExpression(.call(.addDays, [left, right]), type: .date, span: span)
    case (.add, .integer, .date): return PlanExpression(.call(.addDays, [right, left]), type: .date, span: span)
    case (.subtract, .date, .integer):
      let days = PlanExpression(.call(.negate, [right]), type: .integer, span: right.span)
      return PlanExpression(.call(.addDays, [left, days]), type: .date, span: span)
    case (.subtract, .date, .date):
      return PlanExpression(.call(.daysBetween, [left, right]), type: .integer, span: span)
    case (.add, .text, .interval), (.subtract, .text, .interval):
      guard let instant = try Coercion.coerce(left, to: .timestamp) else { break }
      return try temporal(function, instant, right, span: span)
    case (.add, .interval, .text):
      guard let instant = try Coercion.coerce(right, to: .timestamp) else { break }
      return try temporal(function, instant, left, span: span)
    default: break
    }
    func fits(_ expression: PlanExpression, _ type: DataType) -> Bool {
      expression.type == type || (type == .double && expression.type.isNumeric)
    }
    let mayTurn = function == .add || function == .multiply
    for rule in Binder.temporalRules where rule.function == function {
      var operands = [left, right]
      if !(fits(left, rule.left) && fits(right, rule.right)) {
        guard mayTurn, fits(right, rule.left), fits(left, rule.right) else { continue }
        operands = [right, left]
      }
      if rule.right == .double { operands[1] = try number(operands[1], .double, "*") }
      if rule.result == .interval, rule.left == .date || rule.right == .date {
        operands = try operands.map { try Coercion.coerce($0, to: .timestamp) ?? $0 }
      }
      var type = rule.result
      if rule.left == .date, case .interval(let interval)? = operands[1].literal, interval.microseconds == 0 {
        // Whole months and days lead from day to day.
        type = .date
      }
      return PlanExpression(.call(function, operands), type: type, span: span)
    }
    let isTemporal = [left, right].contains { [.date, .time, .timestamp, .interval].contains($0.type) }
    guard isTemporal, left.literal != .null, right.literal != .null else {
      if !isTemporal { return nil }
      // With a NULL of no type beside it the result is NULL, of the type that a length of time would give.
      let known = left.literal == .null ? right : left
      return PlanExpression(.literal(.null), type: known.type, span: span)
    }
    throw Diagnostic(
      "\(article(left.type)) and \(article(right.type)) cannot be \(Binder.verb(function))", at: span,
      help: left.type == .interval || right.type == .interval
        ? nil : "add or take away a length of time: x + interval '1 day'")
  }

  private static func verb(_ function: ScalarFunction) -> String {
    switch function {
    case .add: "added"
    case .subtract: "subtracted"
    case .multiply: "multiplied"
    default: "divided"
    }
  }

  /// `interval '1 day'`, `interval 3 months`, `interval (x) hour`.
  mutating func bind(interval amount: Language.Expression, unit: Identifier?, span: SourceSpan) throws -> PlanExpression
  {
    var unitOfAmount = IntervalParsing.Unit.second
    if let unit {
      guard let known = IntervalParsing.Unit(named: unit.text) else {
        throw Diagnostic(
          "`\(unit.text)` is no unit of time", at: unit.span,
          help: "units: year, month, week, day, hour, minute, second")
      }
      unitOfAmount = known
    }
    let bound = try bind(amount)
    if bound.literal == .null { return PlanExpression(.literal(.null), type: .interval, span: span) }
    if let text = bound.literal.map({ bound.written ?? $0.description }) {
      guard let interval = IntervalParsing.interval(text[...], unit: unitOfAmount) else {
        throw Diagnostic(
          "this is not a length of time", at: amount.span,
          help: "for example: interval '1 day', interval '3 months', interval 24 hours")
      }
      return PlanExpression(.literal(.interval(interval)), type: .interval, span: span)
    }
    guard bound.type.isNumeric, let one = IntervalParsing.interval("1", unit: unitOfAmount) else {
      throw Diagnostic.wrongType(
        "the amount of an interval", expected: "a number", found: bound.type, span: bound.span)
    }
    let literal = PlanExpression(.literal(.interval(one)), type: .interval, span: span)
    return PlanExpression(
      .call(.multiply, [literal, try number(bound, .double, "interval")]), type: .interval, span: span)
  }
}
