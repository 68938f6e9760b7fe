import ColumnStore
import Language

// Calls of date functions that stand for others.

extension Binder {
  /// `date_add(x, interval)` and its kin as the sums that they stand for; nil for other calls.
  func shifted(
    _ entry: FunctionEntry<ScalarFunction>, _ arguments: [PlanExpression], name: String, span: SourceSpan
  ) throws -> PlanExpression? {
    switch (entry.function, arguments.count) {
    case (.add, 2): return try arithmetic(.add, name, dated(arguments[0]), arguments[1], span: span)
    case (.dateElapsed, 2): return try arithmetic(.subtract, name, dated(arguments[0]), arguments[1], span: span)
    case (.add, 3), (.addParts, 3):
      guard case .text(let part)? = arguments[0].literal else { return nil }
      return try later(dated(arguments[2]), by: arguments[1], part, at: arguments[0].span, name: name, span: span)
    case (.addParts, 2):
      return try later(dated(arguments[0]), by: arguments[1], "month", at: span, name: name, span: span)
    default: return nil
    }
  }

  /// A date written as a text is one.
  private func dated(_ expression: PlanExpression) -> PlanExpression {
    guard case .text(let text)? = expression.literal else { return expression }
    let type: DataType = TextParsing.date(text[...]) == nil ? .timestamp : .date
    return (try? Coercion.coerce(expression, to: type)) ?? expression
  }

  private func later(
    _ date: PlanExpression, by count: PlanExpression, _ part: String, at partSpan: SourceSpan, name: String,
    span: SourceSpan
  ) throws -> PlanExpression {
    guard let unit = IntervalParsing.Unit(named: part), let one = IntervalParsing.interval("1", unit: unit) else {
      throw Diagnostic(
        "'\(part)' is no part of a date", at: partSpan,
        help: Diagnostic.suggestion(for: part, among: DatePart.allCases.map(\.rawValue))
          ?? "parts: year, quarter, month, week, day, hour, minute, second")
    }
    let constant = PlanExpression(.literal(.interval(one)), type: .interval, span: partSpan)
    let length = try arithmetic(.multiply, name, count, constant, span: count.span)
    let sum = try arithmetic(.add, name, date, length, span: span)
    // Whole days lead from day to day.
    guard date.type == .date, one.microseconds == 0, sum.type == .timestamp else { return sum }
    return PlanExpression(.cast(sum, lenient: false), type: .date, span: span)
  }

  /// The arguments with the part of a date first: `date_trunc(x, month)`, `date_diff(later, earlier, day)` of BigQuery.
  func partFirst(_ function: ScalarFunction, _ arguments: [PlanExpression]) -> [PlanExpression] {
    func isPart(_ expression: PlanExpression) -> Bool {
      if case .text(let name)? = expression.literal { return DatePart(named: name) != nil }
      return false
    }
    switch function {
    case .dateTruncate:
      guard arguments.count >= 2, !isPart(arguments[0]), isPart(arguments[1]) else { return arguments }
      return [arguments[1], arguments[0]] + arguments.dropFirst(2)
    case .dateDifference:
      guard arguments.count == 3, !isPart(arguments[0]), isPart(arguments[2]) else { return arguments }
      return arguments.reversed()
    default: return arguments
    }
  }

  /// `date_trunc(part, x, zone)`: cut where clocks in the zone show a beginning.
  func truncatedInZone(_ arguments: [PlanExpression], span: SourceSpan) -> PlanExpression {
    func call(_ function: ScalarFunction, _ arguments: [PlanExpression]) -> PlanExpression {
      PlanExpression(.call(function, arguments), type: .timestamp, span: span)
    }
    let local = call(.atTimeZone, [arguments[1], arguments[2]])
    return call(.fromTimeZone, [call(.dateTruncate, [arguments[0], local]), arguments[2]])
  }
}
