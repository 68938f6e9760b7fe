import ColumnStore
import Language
import Planning

/// Sums, differences, products and quotients of dates, times and lengths of time, on single values.
enum TemporalArithmetic {
  /// The result as a value of `type`; nil for operands that are not of this kind.
  static func call(_ function: ScalarFunction, _ values: [Value], as type: DataType, _ span: SourceSpan) throws
    -> Value?
  {
    guard let left = values.first else { return nil }
    let right = values.count > 1 ? values[1] : .null
    switch (function, left, right) {
    case (.negate, .interval(let interval), _): return .interval(try negated(interval, span))
    case (.add, .interval(let first), .interval(let second)): return .interval(try sum(first, second, span))
    case (.subtract, .interval(let first), .interval(let second)):
      return .interval(try sum(first, try negated(second, span), span))
    case (.add, .date(let days), .time(let time)): return try timestamp(Int128(days) * day + Int128(time), span)
    case (.add, .time(let time), .interval(let interval)): return .time(shifted(time, by: interval.microseconds))
    case (.subtract, .time(let time), .interval(let interval)):
      return .time(shifted(time, by: 0 &- interval.microseconds % microsecondsPerDay))
    case (.add, _, .interval(let interval)): return try shifted(left, by: interval, as: type, span)
    case (.subtract, _, .interval(let interval)):
      return try shifted(left, by: try negated(interval, span), as: type, span)
    case (.subtract, .timestamp(let later), .timestamp(let earlier)):
      let (distance, overflow) = later.subtractingReportingOverflow(earlier)
      guard !overflow, let days = Int32(exactly: distance / microsecondsPerDay) else {
        throw ExecutionError.intervalOutOfRange(span: span)
      }
      return .interval(Interval(days: days, microseconds: distance % microsecondsPerDay))
    case (.subtract, .time(let later), .time(let earlier)): return .interval(Interval(microseconds: later - earlier))
    case (.multiply, .interval(let interval), .double(let factor)):
      return .interval(try scaled(interval, span) { $0 * factor })
    case (.divide, .interval(let interval), .double(let divisor)):
      return divisor == 0 ? .null : .interval(try scaled(interval, span) { $0 / divisor })
    default: return nil
    }
  }

  private static let day = Int128(microsecondsPerDay)

  private static func negated(_ interval: Interval, _ span: SourceSpan) throws -> Interval {
    try made(-Int128(interval.months), -Int128(interval.days), -Int128(interval.microseconds), span)
  }

  private static func sum(_ first: Interval, _ second: Interval, _ span: SourceSpan) throws -> Interval {
    try made(
      Int128(first.months) + Int128(second.months), Int128(first.days) + Int128(second.days),
      Int128(first.microseconds) + Int128(second.microseconds), span)
  }

  private static func made(_ months: Int128, _ days: Int128, _ microseconds: Int128, _ span: SourceSpan) throws
    -> Interval
  {
    guard let interval = Interval(months: months, days: days, microseconds: microseconds) else {
      throw ExecutionError.intervalOutOfRange(span: span)
    }
    return interval
  }

  /// A time of day goes round the clock.
  private static func shifted(_ time: Int64, by microseconds: Int64) -> Int64 {
    let sum = time % microsecondsPerDay + microseconds % microsecondsPerDay
    return sum - floorDivide(sum, microsecondsPerDay) * microsecondsPerDay
  }

  /// Months are added first, then days, then the rest, as in PostgreSQL; a day that its month does not have is its last.
  private static func shifted(_ value: Value, by interval: Interval, as type: DataType, _ span: SourceSpan) throws
    -> Value?
  {
    let instant: Int64
    switch value {
    case .date(let days): instant = Int64(days) &* microsecondsPerDay
    case .timestamp(let given): instant = given
    default: return nil
    }
    let days = floorDivide(instant, microsecondsPerDay)
    let inDay = instant &- days &* microsecondsPerDay
    guard let moved = CivilDate(days: Int(days)).adding(months: Int(interval.months)) else {
      throw ExecutionError.dateOutOfRange(span: span)
    }
    let sum =
      (Int128(moved.days) + Int128(interval.days)) * day + Int128(inDay) + Int128(interval.microseconds)
    let result = try timestamp(sum, span)
    guard type == .date, case .timestamp(let shifted) = result else { return result }
    return .date(Int32(truncatingIfNeeded: floorDivide(shifted, microsecondsPerDay)))
  }

  private static func timestamp(_ microseconds: Int128, _ span: SourceSpan) throws -> Value {
    guard let instant = Int64(exactly: microseconds),
      CivilDate.representableDays.contains(Int(floorDivide(instant, microsecondsPerDay)))
    else { throw ExecutionError.dateOutOfRange(span: span) }
    return .timestamp(instant)
  }

  /// Every part is multiplied; a fraction of a month goes to the days, thirty to the month, one of a day to the rest, as
  /// PostgreSQL does it.
  static func scaled(_ interval: Interval, _ span: SourceSpan, _ multiply: (Double) -> Double) throws -> Interval {
    func rounded(_ number: Double) -> Double { (number * 1e6).rounded(.toNearestOrEven) / 1e6 }
    let months = multiply(Double(interval.months))
    let days = multiply(Double(interval.days))
    let wholeMonths = months.rounded(.towardZero)
    let daysOfMonths = rounded((months - wholeMonths) * 30)
    var wholeDays = days.rounded(.towardZero)
    var rest = rounded(
      (days - wholeDays + daysOfMonths - daysOfMonths.rounded(.towardZero)) * 86_400)
    if rest.magnitude >= 86_400 {
      wholeDays += (rest / 86_400).rounded(.towardZero)
      rest -= (rest / 86_400).rounded(.towardZero) * 86_400
    }
    let microseconds = (multiply(Double(interval.microseconds)) + rest * 1e6).rounded(.toNearestOrEven)
    guard let months = Int32(exactly: wholeMonths),
      let days = Int32(exactly: wholeDays + daysOfMonths.rounded(.towardZero)),
      let microseconds = Int64(exactly: microseconds)
    else { throw ExecutionError.intervalOutOfRange(span: span) }
    return Interval(months: months, days: days, microseconds: microseconds)
  }
}
