/// One value on its own, where speed does not matter: a literal, a parameter, a cell that is printed.
public enum Value: Hashable, Sendable {
  /// No value: unknown, not given, not applicable.
  case null
  /// A truth value.
  case boolean(Bool)
  /// A whole number.
  case integer(Int64)
  /// A floating-point number.
  case double(Double)
  /// An exact number.
  indirect case decimal(Decimal)
  /// A text.
  case text(String)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since midnight; 24:00:00 is the last one.
  case time(Int64)
  /// Microseconds since 1970-01-01 00:00:00 UTC.
  case timestamp(Int64)
  /// A length of time.
  case interval(Interval)
  /// A count with bounds.
  case count(BoundedCount)
  /// A list of values of one type, NULL among them.
  indirect case list([Value], of: DataType)

  /// A list of texts.
  public static func textList(_ items: [String]) -> Value { .list(items.map { .text($0) }, of: .text) }

  /// The type, or nil for NULL, which fits every type.
  public var type: DataType? {
    switch self {
    case .null: nil
    case .boolean: .boolean
    case .integer: .integer
    case .double: .double
    case .decimal(let number): .decimal(precision: max(number.digitCount, number.scale, 1), scale: number.scale)
    case .text: .text
    case .date: .date
    case .time: .time
    case .timestamp: .timestamp
    case .interval: .interval
    case .count: .count
    case .list(_, let element): .list(element)
    }
  }

  /// Whether this is NULL.
  public var isNull: Bool { self == .null }
}

extension Value: CustomStringConvertible {
  /// The text that files hold; NULL is empty.
  public var description: String {
    var bytes: [UInt8] = []
    appendText(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text that files hold: exact, without grouping of digits. NULL appends nothing.
  public func appendText(to bytes: inout [UInt8]) {
    switch self {
    case .null: break
    case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .integer(let number): appendDecimal(number, to: &bytes)
    case .double(let number): appendDouble(number, to: &bytes)
    case .decimal(let number): number.append(to: &bytes)
    case .text(let text): bytes.append(contentsOf: text.utf8)
    case .date(let days): CivilDate(days: Int(days)).append(to: &bytes)
    case .time(let microseconds): appendClock(microseconds.magnitude, to: &bytes)
    case .timestamp(let microseconds): appendTimestamp(microseconds, to: &bytes)
    case .interval(let interval): interval.append(to: &bytes)
    case .count(let count): count.append(to: &bytes)
    case .list(let items, _): appendJSONList(items, to: &bytes)
    }
  }

  /// Appends the value as JSON has it: numbers and truth values as they are, NULL as `null`, everything else in quotes,
  /// doubles that are no numbers among them.
  public func appendJSON(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .double(let number) where !number.isFinite: appendJSONString(description.utf8, to: &bytes)
    case .boolean, .integer, .double, .decimal, .list: appendText(to: &bytes)
    case .text, .date, .time, .timestamp, .interval, .count: appendJSONString(description.utf8, to: &bytes)
    }
  }
}

/// Appends a whole number in decimal digits.
@inlinable
public func appendDecimal(_ number: Int64, to bytes: inout [UInt8]) {
  var magnitude = number.magnitude
  if magnitude < 10 {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: magnitude))
    return
  }
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
    var position = 20
    while magnitude > 0 {
      let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
      position -= 1
      digits[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: remainder)
      magnitude = quotient
    }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[position..<20]))
  }
}

/// Appends the shortest decimal text that reads back as the same double; whole numbers below 10^15 keep one decimal
/// place off (`3`, not `3.0`), since a column's type is known without it.
public func appendDouble(_ number: Double, to bytes: inout [UInt8]) {
  if number == number.rounded(), number.magnitude < 1e15 {
    if number == 0, number.sign == .minus { bytes.append(UInt8(ascii: "-")) }
    appendDecimal(Int64(number), to: &bytes)
    return
  }
  if number.isNaN {
    bytes.append(contentsOf: "NaN".utf8)
    return
  }
  bytes.append(contentsOf: number.description.utf8)
}

/// Appends a list as a JSON array.
public func appendJSONList(_ items: [Value], to bytes: inout [UInt8]) {
  bytes.append(UInt8(ascii: "["))
  for (index, item) in items.enumerated() {
    if index > 0 { bytes.append(UInt8(ascii: ",")) }
    item.appendJSON(to: &bytes)
  }
  bytes.append(UInt8(ascii: "]"))
}

/// Appends a JSON string with its quotes; control characters are escaped (RFC 8259, section 7).
public func appendJSONString(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
  let hexDigits = Array("0123456789abcdef".utf8)
  bytes.append(UInt8(ascii: "\""))
  for byte in text {
    switch byte {
    case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    case 0..<0x20, 0x7F:
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(hexDigits[Int(byte >> 4)])
      bytes.append(hexDigits[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
  bytes.append(UInt8(ascii: "\""))
}
