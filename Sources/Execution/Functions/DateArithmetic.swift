import ColumnStore
import Planning

/// Calendar arithmetic on days and microseconds since 1970-01-01 UTC.
enum DateArithmetic {
  /// The microseconds of a part shorter than a day; nil for days and longer parts.
  static func microseconds(in part: DatePart) -> Int64? {
    switch part {
    case .hour: 3_600_000_000
    case .minute: 60_000_000
    case .second: 1_000_000
    case .millisecond: 1000
    case .microsecond: 1
    default: nil
    }
  }

  /// The first day of the part that a day lies in.
  static func truncate(days: Int, to part: DatePart) -> Int {
    let date = CivilDate(days: days)
    func first(_ year: Int, _ month: Int) -> Int { CivilDate(year: year, month: month, day: 1)?.days ?? days }
    switch part {
    case .millennium: return first(floorDivide(date.year - 1, 1000) * 1000 + 1, 1)
    case .century: return first(floorDivide(date.year - 1, 100) * 100 + 1, 1)
    case .decade: return first(floorDivide(date.year, 10) * 10, 1)
    case .year: return first(date.year, 1)
    case .halfyear: return first(date.year, (date.month - 1) / 6 * 6 + 1)
    case .quarter: return first(date.year, (date.month - 1) / 3 * 3 + 1)
    case .month: return first(date.year, date.month)
    case .week: return days - (date.isoWeekday - 1)
    case .isoyear:
      let fourth = first(date.isoWeek.year, 1) + 3
      return fourth - (CivilDate(days: fourth).isoWeekday - 1)
    default: return days
    }
  }

  /// The beginning of the part that an instant lies in.
  static func truncate(microseconds instant: Int64, to part: DatePart) -> Int64 {
    if let unit = microseconds(in: part) { return floorDivide(instant, unit) &* unit }
    let days = floorDivide(instant, microsecondsPerDay)
    return Int64(truncate(days: Int(days), to: part)) &* microsecondsPerDay
  }

  /// A part of an instant as a number.
  static func part(_ part: DatePart, of instant: Int64) -> Int64 {
    let days = floorDivide(instant, microsecondsPerDay)
    let inDay = instant &- days &* microsecondsPerDay
    switch part {
    case .hour: return inDay / 3_600_000_000
    case .minute: return inDay / 60_000_000 % 60
    case .second: return inDay / 1_000_000 % 60
    case .millisecond: return inDay / 1000 % 60_000
    case .microsecond: return inDay % 60_000_000
    case .epoch: return floorDivide(instant, 1_000_000)
    case .timezone: return 0
    default: break
    }
    let date = CivilDate(days: Int(days))
    return switch part {
    case .millennium: Int64(floorDivide(date.year - 1, 1000) + 1)
    case .century: Int64(floorDivide(date.year - 1, 100) + 1)
    case .decade: Int64(floorDivide(date.year, 10))
    case .isoyear: Int64(date.isoWeek.year)
    case .year: Int64(date.year)
    case .halfyear: Int64((date.month + 5) / 6)
    case .quarter: Int64((date.month + 2) / 3)
    case .month: Int64(date.month)
    case .week: Int64(date.isoWeek.week)
    case .dayOfWeek: Int64(date.isoWeekday % 7)
    case .isoDayOfWeek: Int64(date.isoWeekday)
    case .dayOfYear: Int64(date.dayOfYear)
    default: Int64(date.day)
    }
  }

  /// A part of a length of time as a number, as PostgreSQL has it: months count within their year, hours may be many.
  static func part(_ part: DatePart, of interval: Interval) -> Int64 {
    let months = Int64(interval.months)
    let time = interval.microseconds
    switch part {
    case .millennium: return months / 12_000
    case .century: return months / 1200
    case .decade: return months / 120
    case .halfyear: return months % 12 / 6 + 1
    case .quarter: return months % 12 / 3 + 1
    case .month: return months % 12
    case .week: return Int64(interval.days / 7)
    case .day: return Int64(interval.days)
    case .hour: return time / 3_600_000_000
    case .minute: return time / 60_000_000 % 60
    case .second: return time / 1_000_000 % 60
    case .millisecond: return time / 1000 % 60_000
    case .microsecond: return time % 60_000_000
    case .epoch: return Int64(seconds(interval).rounded(.down))
    default: return months / 12
    }
  }

  /// The seconds of a length of time: a year counts as 365.25 days, another month as 30, as in PostgreSQL.
  static func seconds(_ interval: Interval) -> Double {
    let days = Double(interval.months / 12) * 365.25 + Double(interval.months % 12) * 30 + Double(interval.days)
    return days * 86_400 + Double(interval.microseconds) / 1e6
  }

  /// How many beginnings of a part lie after `from` and up to `to`; negative the other way round. Nil beyond 64 bits.
  static func difference(_ part: DatePart, from: Int64, to: Int64) -> Int64? {
    if let unit = microseconds(in: part) {
      let (units, overflow) = floorDivide(to, unit).subtractingReportingOverflow(floorDivide(from, unit))
      return overflow ? nil : units
    }
    let fromDay = floorDivide(from, microsecondsPerDay)
    let toDay = floorDivide(to, microsecondsPerDay)
    switch part {
    case .week: return floorDivide(toDay + 3, 7) - floorDivide(fromDay + 3, 7)
    case .halfyear: return months(toDay) / 6 - months(fromDay) / 6
    case .quarter: return months(toDay) / 3 - months(fromDay) / 3
    case .month: return months(toDay) - months(fromDay)
    case .year, .decade, .century, .millennium, .isoyear:
      return DateArithmetic.part(part, of: to) - DateArithmetic.part(part, of: from)
    case .epoch: return floorDivide(to, 1_000_000) - floorDivide(from, 1_000_000)
    default: return toDay - fromDay
    }
  }

  /// Months since the year -10,000, so never negative.
  private static func months(_ day: Int64) -> Int64 {
    let date = CivilDate(days: Int(day))
    return Int64((date.year + 10_000) * 12 + date.month - 1)
  }
}
