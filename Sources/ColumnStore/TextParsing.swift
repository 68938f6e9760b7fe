import Glibc

/// Reads values from the texts that people write; used for literals and casts. Spaces around a value are let pass.
public enum TextParsing {
  /// A whole number in decimal digits with an optional sign; nil for anything else or beyond 64 bits.
  public static func integer(_ text: Substring) -> Int64? { Int64(trimmed(text)) }

  /// A decimal number, with an exponent or without, or NaN, inf, infinity; nil for anything else.
  public static func double(_ text: Substring) -> Double? {
    let text = trimmed(text)
    guard let first = text.utf8.first,
      !text.utf8.contains(where: { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "p") })
    else { return nil }
    guard first > 0x20 else { return nil }
    return Double(text)
  }

  /// true, false, t, f, yes, no, y, n, on, off, 1, 0 in any case; nil for anything else.
  public static func boolean(_ text: Substring) -> Bool? {
    switch trimmed(text).lowercased() {
    case "true", "t", "yes", "y", "on", "1": true
    case "false", "f", "no", "n", "off", "0": false
    default: nil
    }
  }

  /// Days since 1970-01-01 of a day written as `YYYY-MM-DD`; a time after it is let pass only if it is midnight.
  public static func date(_ text: Substring) -> Int32? {
    guard let microseconds = timestamp(text), microseconds % microsecondsPerDay == 0 else { return nil }
    return Int32(truncatingIfNeeded: microseconds / microsecondsPerDay)
  }

  /// Microseconds since 1970-01-01 00:00:00 UTC of `YYYY-MM-DD[T ]HH:MM[:SS[.ffffff]][ ][Z|UTC|+HH[:MM]]`, or of a day
  /// alone for its midnight. Without a zone the time is UTC. Digits beyond microseconds are cut off.
  public static func timestamp(_ text: Substring) -> Int64? {
    var scanner = DigitScanner(Array(trimmed(text).utf8))
    let isNegative = scanner.skip(UInt8(ascii: "-"))
    guard let year = scanner.number(digits: 4), scanner.skip(UInt8(ascii: "-")), let month = scanner.number(digits: 2),
      scanner.skip(UInt8(ascii: "-")), let day = scanner.number(digits: 2),
      let date = CivilDate(year: isNegative ? -year : year, month: month, day: day)
    else { return nil }
    let midnight = Int64(date.days) * microsecondsPerDay
    if scanner.isAtEnd { return midnight }
    guard scanner.skip(UInt8(ascii: "T")) || scanner.skip(UInt8(ascii: "t")) || scanner.skip(UInt8(ascii: " ")),
      let time = scanner.clock(), time < microsecondsPerDay, let offset = scanner.zoneOffset(), scanner.isAtEnd
    else { return nil }
    return midnight + time - Int64(offset) * 60_000_000
  }

  /// Microseconds since midnight of `HH:MM[:SS[.ffffff]]`, up to 24:00. Digits beyond microseconds are cut off.
  public static func time(_ text: Substring) -> Int64? {
    var scanner = DigitScanner(Array(trimmed(text).utf8))
    guard let time = scanner.clock(), scanner.isAtEnd else { return nil }
    return time
  }

  /// The value of a type that a text gives, as `Value.description` writes it; nil where it gives none.
  public static func value(_ text: Substring, as type: DataType) -> Value? {
    switch type {
    case .boolean: boolean(text).map { .boolean($0) }
    case .integer: integer(text).map { .integer($0) }
    case .double: double(text).map { .double($0) }
    case .decimal(let precision, let scale): Decimal(text, precision: precision, scale: scale).map { .decimal($0) }
    case .text: .text(String(text))
    case .date: date(text).map { .date($0) }
    case .time: time(text).map { .time($0) }
    case .timestamp: timestamp(text).map { .timestamp($0) }
    case .interval: IntervalParsing.interval(text).map { .interval($0) }
    case .count: BoundedCount(text).map { .count($0) }
    case .list(let element): list(text, of: element).map { .list($0, of: element) }
    }
  }

  /// The items of a list written as a JSON array: `["a","b"]`, `[1,2]`, `[[1],[2,null]]`; nil for anything else. Items that
  /// are no texts may stand without quotes: `[2021-02-10]`.
  public static func list(_ text: Substring, of element: DataType) -> [Value]? {
    var scanner = JSONListScanner(Array(trimmed(text).utf8))
    guard let items = scanner.list(of: element), scanner.isAtEnd else { return nil }
    return items
  }

  static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.utf8.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
    while let last = text.utf8.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
    return text
  }
}

/// Reads digits and signs from the left.
private struct DigitScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// A number of exactly so many digits.
  mutating func number(digits: Int) -> Int? {
    guard position + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + digits] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += digits
    return value
  }

  /// Microseconds since midnight of a time of day up to 24:00.
  mutating func clock() -> Int64? {
    guard let hour = number(digits: 2), hour <= 24, skip(UInt8(ascii: ":")), let minute = number(digits: 2), minute < 60
    else { return nil }
    var microseconds = Int64(hour * 60 + minute) * 60_000_000
    if skip(UInt8(ascii: ":")) {
      guard let second = number(digits: 2), second < 60 else { return nil }
      microseconds += Int64(second) * 1_000_000
      if skip(UInt8(ascii: ".")) {
        guard let value = fraction() else { return nil }
        microseconds += Int64(value)
      }
    }
    return microseconds <= microsecondsPerDay ? microseconds : nil
  }

  /// The microseconds that the digits behind a point stand for.
  private mutating func fraction() -> Int? {
    var value = 0
    var digits = 0
    while position < bytes.count, bytes[position] >= UInt8(ascii: "0"), bytes[position] <= UInt8(ascii: "9") {
      if digits < 6 { value = value * 10 + Int(bytes[position] - UInt8(ascii: "0")) }
      digits += 1
      position += 1
    }
    guard digits > 0 else { return nil }
    while digits < 6 {
      value *= 10
      digits += 1
    }
    return value
  }

  /// The minutes east of UTC that a zone names; 0 when there is none.
  mutating func zoneOffset() -> Int? {
    if isAtEnd { return 0 }
    _ = skip(UInt8(ascii: " "))
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
    if bytes[position...].elementsEqual("UTC".utf8) {
      position = bytes.count
      return 0
    }
    let isWest = skip(UInt8(ascii: "-"))
    guard isWest || skip(UInt8(ascii: "+")), let hours = number(digits: 2), hours < 24 else { return nil }
    _ = skip(UInt8(ascii: ":"))
    let minutes = isAtEnd ? 0 : number(digits: 2)
    guard let minutes, minutes < 60 else { return nil }
    return (hours * 60 + minutes) * (isWest ? -1 : 1)
  }
}
