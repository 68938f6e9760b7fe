import ColumnStore
import Language
import Planning

/// Dates and times made of others, on single values.
enum TimeFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .atTimeZone: inZone { rules, instant, call in try timestamp(rules.local(at: instant), call) },
    .fromTimeZone: inZone { rules, local, call in try timestamp(rules.instant(ofLocal: local), call) },
    .utcOffset: inZone { rules, instant, _ in
      let seconds = rules.offset(at: floorDivide(instant, 1_000_000))
      return .interval(Interval(microseconds: Int64(seconds) * 1_000_000))
    },
    .formatByTemplate: RowFunction { values in
      instant(values[1]).map { .text(DateFormat.format($0, values.text(0) ?? "")) } ?? .null
    },
    .parseDateByTemplate: RowFunction { values in
      let instant = DateFormat.parse(values.text(1) ?? "", values.text(0) ?? "")
      return instant.map { .date(Int32(clamping: floorDivide($0, microsecondsPerDay))) } ?? .null
    },
    .parseTimestampByTemplate: RowFunction { values in
      DateFormat.parse(values.text(1) ?? "", values.text(0) ?? "").map { .timestamp($0) } ?? .null
    },
    .dateElapsed: RowFunction { values in
      guard let part = values.text(0).flatMap(DatePart.init(rawValue:)), let from = instant(values[1]),
        let to = instant(values[2])
      else { return .null }
      return .integer(from <= to ? elapsed(part, from, to) : -elapsed(part, to, from))
    },
    .age: RowFunction(failing: { values, call in
      guard let later = instant(values[0]), let earlier = instant(values[1]) else { return .null }
      return .interval(later >= earlier ? age(later, earlier) : negated(age(earlier, later)))
    }),
    .dateBin: RowFunction(failing: { values, call in try bin(values, call) }),
    .lastDay: RowFunction { values in
      guard let instant = instant(values[0]) else { return .null }
      let date = CivilDate(days: Int(floorDivide(instant, microsecondsPerDay)))
      let last = CivilDate.dayCount(ofMonth: date.month, year: date.year)
      return CivilDate(year: date.year, month: date.month, day: last).map { .date(Int32(clamping: $0.days)) } ?? .null
    },
    .makeTimestamp: RowFunction { values in
      if values.count == 1 { return values.integer(0).flatMap(inRange) ?? .null }
      let numbers = (0..<5).compactMap { values.integer($0).flatMap { Int(exactly: $0) } }
      guard numbers.count == 5, let date = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]),
        let time = timeOfDay(numbers[3], numbers[4], values.double(5) ?? 0)
      else { return .null }
      return .timestamp(Int64(date.days) * microsecondsPerDay + time)
    },
    .makeTime: RowFunction { values in
      guard let hour = values.integer(0).flatMap({ Int(exactly: $0) }),
        let minute = values.integer(1).flatMap({ Int(exactly: $0) })
      else { return .null }
      return timeOfDay(hour, minute, values.double(2) ?? 0).map { .time($0) } ?? .null
    },
    .toTimestamp: RowFunction(failing: { values, call in
      if let text = values.text(0) {
        return DateTemplate(values.text(1) ?? "").parse(text).map { .timestamp($0) } ?? .null
      }
      guard let seconds = values.double(0), seconds.magnitude < 1e15 else { return .null }
      return try timestamp(Int64(exactly: (seconds * 1e6).rounded()), call)
    }),
    .toDate: RowFunction { values in
      guard let text = values.text(0), let instant = DateTemplate(values.text(1) ?? "").parse(text) else {
        return .null
      }
      return .date(Int32(clamping: floorDivide(instant, microsecondsPerDay)))
    },
    .toText: RowFunction { values in
      instant(values[0]).map { .text(DateTemplate(values.text(1) ?? "").format($0)) } ?? .null
    },
    .epochMilliseconds: RowFunction(failing: { values, call in
      if let milliseconds = values.integer(0) { return try timestamp(scaled(milliseconds, 1000), call) }
      return instant(values[0]).map { .integer(floorDivide($0, 1000)) } ?? .null
    }),
    .unixSeconds: RowFunction { instant($0[0]).map { .integer(floorDivide($0, 1_000_000)) } ?? .null },
    .unixMilliseconds: RowFunction { instant($0[0]).map { .integer(floorDivide($0, 1000)) } ?? .null },
    .unixMicroseconds: RowFunction { instant($0[0]).map { .integer($0) } ?? .null },
    .timestampOfSeconds: RowFunction(failing: { try timestamp(scaled($0.integer(0) ?? 0, 1_000_000), $1) }),
    .timestampOfMilliseconds: RowFunction(failing: { try timestamp(scaled($0.integer(0) ?? 0, 1000), $1) }),
    .timestampOfMicroseconds: RowFunction(failing: { try timestamp($0.integer(0), $1) }),
  ]

  // MARK: Parts

  /// A date or timestamp in microseconds since 1970.
  private static func instant(_ value: Value) -> Int64? {
    switch value {
    case .date(let days): Int64(days) &* microsecondsPerDay
    case .timestamp(let instant): instant
    default: nil
    }
  }

  private static func scaled(_ number: Int64, _ unit: Int64) -> Int64? {
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow ? nil : product
  }

  /// The timestamp, if its year is one that there is.
  private static func inRange(_ instant: Int64) -> Value? {
    CivilDate.representableDays.contains(Int(floorDivide(instant, microsecondsPerDay))) ? .timestamp(instant) : nil
  }

  private static func timestamp(_ instant: Int64?, _ call: PlanExpression) throws -> Value {
    guard let value = instant.flatMap(inRange) else { throw ExecutionError.dateOutOfRange(span: call.span) }
    return value
  }

  private static func timeOfDay(_ hour: Int, _ minute: Int, _ second: Double) -> Int64? {
    guard (0..<24).contains(hour), (0..<60).contains(minute), second >= 0, second < 60 else { return nil }
    return Int64(hour * 60 + minute) * 60_000_000 + Int64((second * 1e6).rounded())
  }

  // MARK: Zones

  private static func inZone(
    _ body: @escaping @Sendable (TimeZoneRules, Int64, PlanExpression) throws -> Value
  ) -> RowFunction {
    RowFunction(preparing: { constants, call in
      func rules(_ values: [Value?]) throws -> TimeZoneRules? {
        for case .text(let name)? in values {
          guard let rules = TimeZoneRules.named(name) else {
            throw ExecutionError.unknownTimeZone(name: name, span: call.span)
          }
          return rules
        }
        return nil
      }
      let prepared = try rules(constants)
      return { values in
        guard let rules = try prepared ?? rules(values), let instant = values.compactMap(instant).first else {
          return .null
        }
        return try body(rules, instant, call)
      }
    })
  }

  // MARK: Lengths of time

  /// Whole months between two instants, the first not after the second: as many as can be added to the first. A day that
  /// its month does not have is its last.
  private static func months(_ from: Int64, _ to: Int64) -> Int {
    let fromDay = floorDivide(from, microsecondsPerDay)
    let start = CivilDate(days: Int(fromDay))
    let end = CivilDate(days: Int(floorDivide(to, microsecondsPerDay)))
    let count = (end.year - start.year) * 12 + end.month - start.month
    guard let moved = start.adding(months: count) else { return count }
    return Int64(moved.days) * microsecondsPerDay + from - fromDay * microsecondsPerDay <= to ? count : count - 1
  }

  private static func elapsed(_ part: DatePart, _ from: Int64, _ to: Int64) -> Int64 {
    let monthsOf: [DatePart: Int] = [
      .month: 1, .quarter: 3, .halfyear: 6, .year: 12, .isoyear: 12, .decade: 120, .century: 1200, .millennium: 12_000,
    ]
    if let size = monthsOf[part] { return Int64(months(from, to) / size) }
    // Both lie inside the years that there are, so that the difference fits.
    let distance = Int128(to) - Int128(from)
    let unit =
      DateArithmetic.microseconds(in: part) ?? (part == .week ? 7 : 1)
      * (part == .epoch ? 1_000_000 : microsecondsPerDay)
    return Int64(clamping: distance / Int128(unit))
  }

  /// Years, months, days and the rest as PostgreSQL counts them: field by field, days borrowed from the month of the
  /// earlier time.
  private static func age(_ later: Int64, _ earlier: Int64) -> Interval {
    let start = CivilDate(days: Int(floorDivide(earlier, microsecondsPerDay)))
    let end = CivilDate(days: Int(floorDivide(later, microsecondsPerDay)))
    var months = (end.year - start.year) * 12 + end.month - start.month
    var days = end.day - start.day
    var rest =
      later - floorDivide(later, microsecondsPerDay) * microsecondsPerDay
      - (earlier - floorDivide(earlier, microsecondsPerDay) * microsecondsPerDay)
    if rest < 0 {
      rest += microsecondsPerDay
      days -= 1
    }
    if days < 0 {
      days += CivilDate.dayCount(ofMonth: start.month, year: start.year)
      months -= 1
    }
    return Interval(months: Int32(clamping: months), days: Int32(clamping: days), microseconds: rest)
  }

  private static func negated(_ interval: Interval) -> Interval {
    Interval(months: 0 &- interval.months, days: 0 &- interval.days, microseconds: 0 &- interval.microseconds)
  }

  private static func bin(_ values: [Value], _ call: PlanExpression) throws -> Value {
    guard case .interval(let step) = values[0], let instant = instant(values[1]) else { return .null }
    let result: Int64?
    if step.months != 0 {
      guard step.days == 0, step.microseconds == 0, step.months > 0 else { return .null }
      let origin = values.count > 2 ? Self.instant(values[2]) ?? 0 : 946_684_800_000_000
      result = monthBin(Int(step.months), instant, origin)
    } else {
      let width = Int128(step.days) * Int128(microsecondsPerDay) + Int128(step.microseconds)
      guard width > 0 else { return .null }
      let origin = values.count > 2 ? Self.instant(values[2]) ?? 0 : 946_857_600_000_000
      let distance = Int128(instant) - Int128(origin)
      let floor = distance >= 0 ? distance / width : -((width - 1 - distance) / width)
      result = Int64(exactly: Int128(origin) + floor * width)
    }
    let bin = try timestamp(result, call)
    guard call.type == .date, case .timestamp(let start) = bin else { return bin }
    return .date(Int32(clamping: floorDivide(start, microsecondsPerDay)))
  }

  private static func monthBin(_ size: Int, _ instant: Int64, _ origin: Int64) -> Int64? {
    let originDay = floorDivide(origin, microsecondsPerDay)
    let start = CivilDate(days: Int(originDay))
    let inDay = origin - originDay * microsecondsPerDay
    func at(_ bins: Int) -> Int64? {
      start.adding(months: bins * size).map { Int64($0.days) * microsecondsPerDay + inDay }
    }
    let date = CivilDate(days: Int(floorDivide(instant, microsecondsPerDay)))
    let distance = (date.year - start.year) * 12 + date.month - start.month
    let bins = floorDivide(distance, size)
    guard let candidate = at(bins) else { return nil }
    return candidate <= instant ? candidate : at(bins - 1)
  }
}
