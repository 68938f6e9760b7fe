/// Reads lengths of time as PostgreSQL does: `1 year 2 mons 03:04:05`, `3 04:05`, `1-2`, `1.5 days ago`, and ISO 8601's
/// `P1Y2M3DT4H5M6.5S`.
public struct IntervalParsing {
  private var bytes: ArraySlice<UInt8>
  private var months: Int128 = 0
  private var days: Int128 = 0
  private var microseconds: Int128 = 0

  /// What one of a unit is, and its names.
  public struct Unit: Sendable {
    let months: Int128
    let days: Int128
    let microseconds: Int128

    private init(months: Int128 = 0, days: Int128 = 0, microseconds: Int128 = 0) {
      self.months = months
      self.days = days
      self.microseconds = microseconds
    }

    /// One second.
    public static let second = Unit(microseconds: 1_000_000)
    /// One day.
    public static let day = Unit(days: 1)
    private static let year = Unit(months: 12)
    private static let month = Unit(months: 1)

    private static let table: [(names: [String], unit: Unit)] = [
      (["millennium", "millennia", "mil", "mils"], Unit(months: 12_000)),
      (["century", "centuries", "c", "cent"], Unit(months: 1200)),
      (["decade", "decades", "dec", "decs"], Unit(months: 120)),
      (["year", "years", "y", "yr", "yrs"], year), (["halfyear", "half", "semester"], Unit(months: 6)),
      (["quarter", "quarters", "q", "qtr"], Unit(months: 3)), (["month", "months", "mon", "mons"], month),
      (["week", "weeks", "w"], Unit(days: 7)), (["day", "days", "d"], day),
      (["hour", "hours", "h", "hr", "hrs"], Unit(microseconds: 3_600_000_000)),
      (["minute", "minutes", "m", "min", "mins"], Unit(microseconds: 60_000_000)),
      (["second", "seconds", "s", "sec", "secs"], second),
      (["millisecond", "milliseconds", "ms", "msec", "msecs"], Unit(microseconds: 1000)),
      (["microsecond", "microseconds", "us", "usec", "usecs"], Unit(microseconds: 1)),
    ]

    private static let byName: [String: Unit] = table.reduce(into: [:]) { units, entry in
      for name in entry.names { units[name] = entry.unit }
    }

    /// The unit of a name, singular, plural or short; nil for none.
    public init?(named name: String) {
      guard let unit = Unit.byName[name.lowercased()] else { return nil }
      self = unit
    }
  }

  /// The length that a text gives; a number without a unit is one of `unit`. Nil for a text that is none.
  public static func interval(_ text: Substring, unit: Unit = .second) -> Interval? {
    var parsing = IntervalParsing(bytes: Array(text.utf8)[...])
    guard parsing.read(unit) else { return nil }
    return Interval(months: parsing.months, days: parsing.days, microseconds: parsing.microseconds)
  }

  private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  private mutating func read(_ plain: Unit) -> Bool {
    skipSpaces()
    guard !bytes.isEmpty else { return false }
    if skip(UInt8(ascii: "P")) { return readISO() }
    var isAny = false
    while !bytes.isEmpty {
      if isAny, word(isPeeking: true).lowercased() == "ago" {
        _ = word()
        skipSpaces()
        (months, days, microseconds) = (-months, -days, -microseconds)
        return bytes.isEmpty
      }
      guard let number = number() else { return false }
      if skip(UInt8(ascii: ":")) {
        guard let clock = clock(number) else { return false }
        microseconds += clock
      } else if bytes.first == UInt8(ascii: "-"), !number.hasPoint {
        _ = skip(UInt8(ascii: "-"))
        guard let rest = self.number(), !rest.isNegative, rest.whole < 12, !rest.hasPoint else { return false }
        months += (number.whole * 12 + rest.whole) * (number.isNegative ? -1 : 1)
      } else {
        skipSpaces()
        let name = word()
        if !name.isEmpty {
          guard let unit = Unit(named: name) else { return false }
          add(number, unit)
        } else {
          // A number before a time of day stands for days.
          guard bytes.isEmpty || looksLikeClock else { return false }
          add(number, looksLikeClock ? .day : plain)
        }
      }
      skipSpaces()
      isAny = true
      guard isBounded else { return false }
    }
    return true
  }

  /// Keeps sums far inside 128 bits, however long the text is.
  private var isBounded: Bool {
    months.magnitude < 1 << 40 && days.magnitude < 1 << 40 && microseconds.magnitude < 1 << 70
  }

  private mutating func readISO() -> Bool {
    var isTime = false
    var isAny = false
    while !bytes.isEmpty {
      if !isTime, skip(UInt8(ascii: "T")) {
        isTime = true
        continue
      }
      guard let number = number(), let letter = bytes.popFirst() else { return false }
      let name: String
      switch (letter, isTime) {
      case (UInt8(ascii: "Y"), false): name = "year"
      case (UInt8(ascii: "M"), false): name = "month"
      case (UInt8(ascii: "W"), false): name = "week"
      case (UInt8(ascii: "D"), false): name = "day"
      case (UInt8(ascii: "H"), true): name = "hour"
      case (UInt8(ascii: "M"), true): name = "minute"
      case (UInt8(ascii: "S"), true): name = "second"
      default: return false
      }
      guard let unit = Unit(named: name) else { return false }
      add(number, unit)
      isAny = true
      guard isBounded else { return false }
    }
    return isAny
  }

  // MARK: Numbers

  private struct Number {
    var isNegative: Bool
    var whole: Int128
    /// In units of 10^-9.
    var fraction: Int128
    var hasPoint: Bool
  }

  private static let billion: Int128 = 1_000_000_000

  /// The parts of a unit that a fraction leaves go to the next smaller one, as in PostgreSQL.
  private mutating func add(_ number: Number, _ unit: Unit) {
    let sign: Int128 = number.isNegative ? -1 : 1
    months += sign * number.whole * unit.months
    days += sign * number.whole * unit.days
    microseconds += sign * number.whole * unit.microseconds
    let billion = IntervalParsing.billion
    if unit.months > 1 {
      months += sign * ((number.fraction * unit.months + billion / 2) / billion)
      return
    }
    let dayParts = number.fraction * (unit.months * 30 + unit.days)
    days += sign * (dayParts / billion)
    let rest = dayParts % billion * Int128(microsecondsPerDay) + number.fraction * unit.microseconds
    microseconds += sign * ((rest + billion / 2) / billion)
  }

  private mutating func number() -> Number? {
    let isNegative = skip(UInt8(ascii: "-"))
    if !isNegative { _ = skip(UInt8(ascii: "+")) }
    guard let (whole, count) = digits(limit: 19) else { return nil }
    var result = Number(isNegative: isNegative, whole: whole, fraction: 0, hasPoint: false)
    if skip(UInt8(ascii: ".")) {
      result.hasPoint = true
      let start = bytes.startIndex
      var factor = IntervalParsing.billion
      while let digit = digit() {
        factor /= 10
        result.fraction += digit * factor
      }
      return bytes.startIndex > start ? result : nil
    }
    return count > 0 ? result : nil
  }

  /// The rest of `HH:MM[:SS[.f]]` as microseconds.
  private mutating func clock(_ hours: Number) -> Int128? {
    guard !hours.hasPoint, hours.whole < 1 << 40, let (minutes, count) = digits(limit: 2), count > 0, minutes < 60
    else {
      return nil
    }
    var result = (hours.whole * 60 + minutes) * 60_000_000
    if skip(UInt8(ascii: ":")) {
      guard let seconds = number(), !seconds.isNegative, seconds.whole < 60 else { return nil }
      result += seconds.whole * 1_000_000 + (seconds.fraction + 500) / 1000
    }
    return hours.isNegative ? -result : result
  }

  private var looksLikeClock: Bool {
    var rest = bytes
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let behind = rest.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return behind.count < rest.count && behind.first == UInt8(ascii: ":")
  }

  private mutating func digits(limit: Int) -> (Int128, Int)? {
    var value: Int128 = 0
    var count = 0
    while let digit = digit() {
      count += 1
      guard count <= limit else { return nil }
      value = value * 10 + digit
    }
    return (value, count)
  }

  private mutating func digit() -> Int128? {
    guard let byte = bytes.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    bytes.removeFirst()
    return Int128(byte - UInt8(ascii: "0"))
  }

  private mutating func word(isPeeking: Bool = false) -> String {
    let letters = bytes.prefix { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
    if !isPeeking { bytes.removeFirst(letters.count) }
    return String(decoding: letters, as: UTF8.self)
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard bytes.first == byte else { return false }
    bytes.removeFirst()
    return true
  }

  private mutating func skipSpaces() {
    while bytes.first == 0x20 || bytes.first == 0x09 || bytes.first == UInt8(ascii: ",") { bytes.removeFirst() }
  }
}
