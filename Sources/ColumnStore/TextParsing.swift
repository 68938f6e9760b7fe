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
      let hour = scanner.number(digits: 2), hour < 24, scanner.skip(UInt8(ascii: ":")),
      let minute = scanner.number(digits: 2), minute < 60
    else { return nil }
    var second = 0
    var fraction = 0
    if scanner.skip(UInt8(ascii: ":")) {
      guard let value = scanner.number(digits: 2), value < 60 else { return nil }
      second = value
      if scanner.skip(UInt8(ascii: ".")) {
        guard let value = scanner.fraction() else { return nil }
        fraction = value
      }
    }
    guard let offset = scanner.zoneOffset(), scanner.isAtEnd else { return nil }
    return midnight + Int64((hour * 60 + minute - offset) * 60 + second) * 1_000_000 + Int64(fraction)
  }

  /// A list of texts from a JSON array of strings (`["a","b"]`); nil for anything else.
  public static func textList(_ text: Substring) -> [String]? {
    var scanner = JSONListScanner(Array(trimmed(text).utf8))
    return scanner.list()
  }

  private static func trimmed(_ text: Substring) -> Substring {
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

  /// The microseconds that the digits behind a point stand for.
  mutating func fraction() -> Int? {
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

/// Reads a JSON array of strings.
private struct JSONListScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func list() -> [String]? {
    guard skip(UInt8(ascii: "[")) else { return nil }
    var items: [String] = []
    skipSpace()
    if skip(UInt8(ascii: "]")) { return position == bytes.count ? items : nil }
    repeat {
      skipSpace()
      guard let item = string() else { return nil }
      items.append(item)
      skipSpace()
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "]")), position == bytes.count else { return nil }
    return items
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func string() -> String? {
    guard skip(UInt8(ascii: "\"")) else { return nil }
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: result, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard position < bytes.count else { return nil }
      let escape = bytes[position]
      position += 1
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
      case UInt8(ascii: "u"):
        guard let scalar = unicodeScalar() else { return nil }
        result.append(contentsOf: String(Character(scalar)).utf8)
      default: return nil
      }
    }
    return nil
  }

  private mutating func unicodeScalar() -> Unicode.Scalar? {
    guard let high = hexadecimal() else { return nil }
    if !(0xD800..<0xDC00).contains(high) { return Unicode.Scalar(high) }
    guard skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")), let low = hexadecimal(), (0xDC00..<0xE000).contains(low)
    else { return nil }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    position += 4
    return UInt32(digits, radix: 16)
  }
}
