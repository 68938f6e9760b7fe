import ColumnStore

/// The parts of a date or time that functions take by name.
public enum DatePart: String, Sendable, CaseIterable, Hashable {
  case millennium, century, decade, year, isoyear, halfyear, quarter, month, week, day, hour, minute, second,
    millisecond
  case microsecond, dayOfWeek, isoDayOfWeek, dayOfYear, epoch, timezone

  /// Whether values of a type have the part: a time of day has no year, a length of time no day of the week.
  func exists(in type: DataType) -> Bool {
    switch (type, self) {
    case (.time, .hour), (.time, .minute), (.time, .second), (.time, .millisecond), (.time, .microsecond),
      (.time, .epoch):
      true
    case (.time, _), (.interval, .dayOfWeek), (.interval, .isoDayOfWeek), (.interval, .dayOfYear),
      (.interval, .isoyear):
      false
    default: true
    }
  }

  /// The part that a name means, singular or plural, with PostgreSQL's abbreviations; nil for none.
  public init?(named name: String) {
    switch name.lowercased() {
    case "y", "yr", "year", "years": self = .year
    case "halfyear", "half", "semester": self = .halfyear
    case "q", "qtr", "quarter", "quarters": self = .quarter
    case "mon", "month", "months": self = .month
    case "w", "week", "weeks", "weekofyear": self = .week
    case "d", "day", "days", "dayofmonth": self = .day
    case "h", "hr", "hour", "hours": self = .hour
    case "min", "minute", "minutes": self = .minute
    case "s", "sec", "second", "seconds": self = .second
    case "ms", "millisecond", "milliseconds": self = .millisecond
    case "us", "microsecond", "microseconds": self = .microsecond
    case "dow", "dayofweek", "weekday": self = .dayOfWeek
    case "isodow": self = .isoDayOfWeek
    case "doy", "dayofyear": self = .dayOfYear
    case "epoch": self = .epoch
    // Timestamps are in UTC, so these are 0.
    case "timezone", "timezone_hour", "timezone_minute": self = .timezone
    case "decade", "decades": self = .decade
    case "century", "centuries": self = .century
    case "millennium", "millennia": self = .millennium
    case "isoyear": self = .isoyear
    default: return nil
    }
  }
}
