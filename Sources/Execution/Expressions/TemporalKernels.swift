import ColumnStore
import Planning

/// Timestamps moved by a length of time, and how far timestamps are apart, over whole columns. What `TemporalArithmetic`
/// does with single values is the same.
enum TemporalKernels {
  /// A sum or difference; nil for operands of other kinds, and where the rows have to be looked at one by one.
  static func calculate(
    _ function: ScalarFunction, _ left: Operand, _ right: Operand, _ expression: PlanExpression, count: Int
  ) throws -> Column? {
    switch (function, left, right) {
    case (.add, .column(let column), .constant(.interval(let interval))):
      return try shifted(column, by: interval, sign: 1, expression)
    case (.subtract, .column(let column), .constant(.interval(let interval))):
      return try shifted(column, by: interval, sign: -1, expression)
    case (.subtract, .column(let later), .column(let earlier)):
      guard case .timestamp(let first) = later.data, case .timestamp(let second) = earlier.data else { return nil }
      precondition(first.count >= count && second.count >= count)
      return distances(count, Bitmap.both(later.validity, earlier.validity)) {
        (first.pointer[$0], second.pointer[$0])
      }
    case (.subtract, .column(let later), .constant(.timestamp(let earlier))):
      guard case .timestamp(let first) = later.data else { return nil }
      precondition(first.count >= count)
      return distances(count, later.validity) { (first.pointer[$0], earlier) }
    case (.subtract, .constant(.timestamp(let later)), .column(let earlier)):
      guard case .timestamp(let second) = earlier.data else { return nil }
      precondition(second.count >= count)
      return distances(count, earlier.validity) { (later, second.pointer[$0]) }
    default: return nil
    }
  }

  /// Timestamps moved by days and what is shorter; months are not of one length.
  private static func shifted(_ column: Column, by interval: Interval, sign: Int128, _ expression: PlanExpression)
    throws
    -> Column?
  {
    guard case .timestamp(let instants) = column.data, interval.months == 0,
      // Their opposites do not exist.
      interval.days != .min, interval.microseconds != .min
    else { return nil }
    let day = Int128(microsecondsPerDay)
    let days = CivilDate.representableDays
    let distance = sign * (Int128(interval.days) * day + Int128(interval.microseconds))
    guard let step = Int64(exactly: distance) else { return nil }
    let lowest = Int64(clamping: Int128(days.lowerBound) * day - distance)
    let highest = Int64(clamping: Int128(days.upperBound + 1) * day - 1 - distance)
    let result = MutableBuffer<Int64>(count: instants.count)
    var isOutside = false
    for row in 0..<instants.count {
      let instant = instants.pointer[row]
      isOutside = isOutside || instant < lowest || instant > highest
      result.pointer[row] = instant &+ step
    }
    if isOutside {
      // What lies where there is no value does not count.
      for row in 0..<instants.count where column.validity?[row] ?? true {
        let instant = instants.pointer[row]
        if instant < lowest || instant > highest { throw ExecutionError.dateOutOfRange(span: expression.span) }
      }
    }
    return Column(type: .timestamp, data: .timestamp(result.frozen()), validity: column.validity)
  }

  /// Days and the rest; nil where a distance is beyond 64 bits.
  private static func distances(_ count: Int, _ validity: Bitmap?, _ ends: (Int) -> (later: Int64, earlier: Int64))
    -> Column?
  {
    let result = MutableBuffer<Interval>(count: count)
    var isBeyond = false
    for row in 0..<count {
      let (later, earlier) = ends(row)
      let (distance, overflow) = later.subtractingReportingOverflow(earlier)
      isBeyond = isBeyond || overflow
      result.pointer[row] = Interval(
        days: Int32(truncatingIfNeeded: distance / microsecondsPerDay), microseconds: distance % microsecondsPerDay)
    }
    return isBeyond ? nil : Column(type: .interval, data: .interval(result.frozen()), validity: validity)
  }
}
