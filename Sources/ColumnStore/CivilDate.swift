/// A day of the proleptic Gregorian calendar, and its conversion to and from the day count since 1970-01-01.
///
/// The conversions are those of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), `days_from_civil` and
/// `civil_from_days`: years are counted from March, in eras of 400 years and 146,097 days.
public struct CivilDate: Hashable, Sendable, Comparable {
  /// The astronomical year: year 0 is 1 BC.
  public var year: Int
  /// 1 ... 12.
  public var month: Int
  /// 1 ... 31.
  public var day: Int

  /// The first and the last day that a column can hold: years -9999 to 9999.
  public static let representableDays = CivilDate(unchecked: -9999, 1, 1).days...CivilDate(unchecked: 9999, 12, 31).days

  /// A day that exists; nil for the likes of 30 February, or for years outside -9999 ... 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (-9999...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.dayCount(ofMonth: month, year: year)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that lies `days` days after 1970-01-01.
  @inlinable
  public init(days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  @inlinable
  public var days: Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// 1 for Monday to 7 for Sunday (ISO 8601).
  public var isoWeekday: Int { (days + 3) - floorDivide(days + 3, 7) * 7 + 1 }

  /// 1 ... 366.
  public var dayOfYear: Int { days - CivilDate(unchecked: year, 1, 1).days + 1 }

  /// ISO 8601 week number and the year that it belongs to.
  public var isoWeek: (year: Int, week: Int) {
    let thursday = CivilDate(days: days - (isoWeekday - 1) + 3)
    return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
  }

  /// The number of days in a month of a year.
  public static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The same day `months` months later; the day is cut to the month's last (31 January + 1 month = 28 or 29 February).
  /// Nil when it leaves the years that a column can hold.
  public func adding(months: Int) -> CivilDate? {
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow else { return nil }
    let newYear = floorDivide(total, 12)
    guard (-9999...9999).contains(newYear) else { return nil }
    let newMonth = total - newYear * 12 + 1
    return CivilDate(
      year: newYear, month: newMonth, day: min(day, CivilDate.dayCount(ofMonth: newMonth, year: newYear)))
  }

  /// Earlier days come first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// Appends `YYYY-MM-DD`.
  public func append(to bytes: inout [UInt8]) {
    if year < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDigits(year.magnitude, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(month.magnitude, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(day.magnitude, width: 2, to: &bytes)
  }
}

/// The microseconds of a day.
public let microsecondsPerDay: Int64 = 86_400_000_000

/// Division that rounds towards minus infinity, so that days before 1970 fall into their own day.
@inlinable
public func floorDivide<Number: SignedInteger>(_ dividend: Number, _ divisor: Number) -> Number {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
}

/// Appends `YYYY-MM-DD HH:MM:SS`, with a fraction only where there is one.
public func appendTimestamp(_ microseconds: Int64, to bytes: inout [UInt8]) {
  let days = floorDivide(microseconds, microsecondsPerDay)
  // Wrapping, since the first day that 64 bits reach begins before their first microsecond.
  let inDay = microseconds &- days &* microsecondsPerDay
  CivilDate(days: Int(days)).append(to: &bytes)
  let seconds = inDay / 1_000_000
  bytes.append(UInt8(ascii: " "))
  appendDigits(UInt(seconds / 3600), width: 2, to: &bytes)
  bytes.append(UInt8(ascii: ":"))
  appendDigits(UInt(seconds / 60 % 60), width: 2, to: &bytes)
  bytes.append(UInt8(ascii: ":"))
  appendDigits(UInt(seconds % 60), width: 2, to: &bytes)
  let fraction = inDay % 1_000_000
  guard fraction != 0 else { return }
  bytes.append(UInt8(ascii: "."))
  appendDigits(UInt(fraction), width: 6, to: &bytes)
  while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
}

private func appendDigits(_ number: UInt, width: Int, to bytes: inout [UInt8]) {
  var divisor: UInt = 1
  for _ in 1..<width { divisor *= 10 }
  while divisor > 0 {
    bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
    divisor /= 10
  }
}
