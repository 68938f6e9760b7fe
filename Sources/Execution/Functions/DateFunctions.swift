import ColumnStore
import Language
import Planning

/// Calendar functions on single values.
enum DateFunctions {
  static func call(_ function: ScalarFunction, _ values: [Value], _ span: SourceSpan) throws -> Value {
    switch function {
    case .addDays:
      guard case .date(let days) = values[0], case .integer(let count) = values[1] else { return .null }
      return try date(Int64(days).addingReportingOverflow(count), span)
    case .daysBetween:
      guard case .date(let later) = values[0], case .date(let earlier) = values[1] else { return .null }
      return .integer(Int64(later) - Int64(earlier))
    case .makeDate:
      guard case .integer(let year) = values[0], case .integer(let month) = values[1],
        case .integer(let day) = values[2],
        let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
      else { return .null }
      return .date(Int32(truncatingIfNeeded: date.days))
    case .parseDate:
      guard case .text(let text) = values[0], case .text(let format) = values[1] else { return .null }
      return DateFormat.parse(text, format).map { .timestamp($0) } ?? .null
    case .dateTruncate, .datePart:
      guard case .text(let name) = values[0], let part = DatePart(rawValue: name) else { return .null }
      switch (function, values[1]) {
      case (.dateTruncate, .date(let days)):
        return .date(Int32(truncatingIfNeeded: DateArithmetic.truncate(days: Int(days), to: part)))
      case (.dateTruncate, .timestamp(let instant)):
        return .timestamp(DateArithmetic.truncate(microseconds: instant, to: part))
      case (.datePart, .interval(let interval)): return .integer(DateArithmetic.part(part, of: interval))
      case (.datePart, .time(let time)): return .integer(DateArithmetic.part(part, of: Interval(microseconds: time)))
      default:
        guard let instant = microseconds(values[1]) else { return .null }
        return .integer(DateArithmetic.part(part, of: instant))
      }
    case .dateDifference:
      guard case .text(let name) = values[0], let part = DatePart(rawValue: name), let from = microseconds(values[1]),
        let to = microseconds(values[2])
      else { return .null }
      guard let count = DateArithmetic.difference(part, from: from, to: to) else {
        throw ExecutionError.overflow(operation: "the difference", operands: "two timestamps", span: span)
      }
      return .integer(count)
    case .epoch:
      switch values[0] {
      case .interval(let interval): return .double(DateArithmetic.seconds(interval))
      case .time(let time): return .double(Double(time) / 1e6)
      default: return microseconds(values[0]).map { .double(Double($0) / 1e6) } ?? .null
      }
    default:
      guard let instant = microseconds(values[0]) else { return .null }
      switch function {
      case .formatDate:
        guard case .text(let format) = values[1] else { return .null }
        return .text(DateFormat.format(instant, format))
      case .monthName: return .text(DateFormat.months[Int(DateArithmetic.part(.month, of: instant)) - 1])
      default: return .text(DateFormat.weekdays[Int(DateArithmetic.part(.isoDayOfWeek, of: instant)) - 1])
      }
    }
  }

  /// A date or timestamp as microseconds since 1970-01-01 UTC. Dates of the years -9999 to 9999 stay far inside 64 bits.
  private static func microseconds(_ value: Value) -> Int64? {
    switch value {
    case .date(let days): Int64(days) &* microsecondsPerDay
    case .timestamp(let instant): instant
    default: nil
    }
  }

  private static func date(_ sum: (Int64, Bool), _ span: SourceSpan) throws -> Value {
    guard !sum.1, let days = Int(exactly: sum.0), CivilDate.representableDays.contains(days) else {
      throw ExecutionError.dateOutOfRange(span: span)
    }
    return .date(Int32(truncatingIfNeeded: days))
  }
}
