/// An exact number: a whole number of units of 10^-`scale`, of at most 38 digits.
public struct Decimal: Hashable, Sendable {
  /// How many units.
  public var units: Int128
  /// How many digits stand behind the point.
  public var scale: Int

  /// The most digits that a decimal has.
  public static let precisionLimit = 38

  /// Decimals of up to so many digits are stored in 64 bits, longer ones in 128.
  public static let narrowPrecision = 18

  /// 10^0 ... 10^38.
  public static let powersOfTen: [Int128] = (0..<precisionLimit).reduce(into: [1]) { powers, index in
    powers.append(powers[index] * 10)
  }

  /// So many units of 10^-`scale`.
  public init(units: Int128, scale: Int) {
    self.units = units
    self.scale = scale
  }

  /// How many digits the units have; 1 for zero.
  public var digitCount: Int { max(1, Decimal.powersOfTen.firstIndex { units.magnitude < $0 } ?? 39) }

  /// The number with another number of digits behind the point, halves rounded away from zero; nil where it does not fit
  /// `precision` digits.
  public func rescaled(precision: Int, scale newScale: Int) -> Decimal? {
    let result: Int128
    if newScale >= scale {
      let (product, overflow) = units.multipliedReportingOverflow(by: Decimal.powersOfTen[newScale - scale])
      guard !overflow else { return nil }
      result = product
    } else {
      result = Decimal.divideRounding(units, Decimal.powersOfTen[scale - newScale])
    }
    guard Decimal.fits(result, precision: precision) else { return nil }
    return Decimal(units: result, scale: newScale)
  }

  /// Whether a number of units has at most `precision` digits.
  @inlinable
  public static func fits(_ units: Int128, precision: Int) -> Bool {
    units.magnitude < powersOfTen[precision].magnitude
  }

  /// The quotient by a positive divisor, halves rounded away from zero.
  @inlinable
  public static func divideRounding(_ units: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, remainder) = units.quotientAndRemainder(dividingBy: divisor)
    // Half of the divisor rounded up, so that nothing is doubled beyond 128 bits.
    guard remainder.magnitude >= (divisor.magnitude + 1) / 2 else { return quotient }
    return units < 0 ? quotient - 1 : quotient + 1
  }

  /// The nearest double.
  public var double: Double {
    let magnitude = units.magnitude
    // Both are exact up to 2^53 and 10^22, so their quotient is rounded once.
    if magnitude < 1 << 53, scale <= 22 {
      return Double(Int64(truncatingIfNeeded: units)) / Double(Decimal.powersOfTen[scale])
    }
    return Double(description) ?? .nan
  }
}

extension Decimal: CustomStringConvertible {
  /// The number with all digits behind the point: `1.50`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the number with all digits behind the point.
  public func append(to bytes: inout [UInt8]) {
    if units < 0 { bytes.append(UInt8(ascii: "-")) }
    var magnitude = units.magnitude
    let start = bytes.count
    var written = 0
    repeat {
      // Eighteen digits at a time, since divisions of 128 bits are slow.
      let (high, low) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
      var part = UInt64(low)
      magnitude = high
      for _ in 0..<18 where magnitude > 0 || part > 0 || written <= scale {
        if written == scale, scale > 0 { bytes.append(UInt8(ascii: ".")) }
        bytes.append(UInt8(ascii: "0") + UInt8(part % 10))
        part /= 10
        written += 1
      }
    } while magnitude > 0 || written <= scale
    bytes[start...].reverse()
  }
}

extension Decimal {
  /// The number that a text gives, with as many digits behind the point as it is written with: digits with a point or
  /// without, a sign and an exponent. Nil for anything else, or beyond 38 digits.
  public init?(_ text: Substring) {
    guard let written = WrittenNumber(text) else { return nil }
    let scale = max(0, written.digits.count - written.point)
    guard scale <= Decimal.precisionLimit, let number = written.decimal(precision: Decimal.precisionLimit, scale: scale)
    else { return nil }
    self = number
  }

  /// The number that a text gives, halves rounded away from zero; nil for a text that is none or does not fit.
  public init?(_ text: Substring, precision: Int, scale: Int) {
    guard let number = WrittenNumber(text)?.decimal(precision: precision, scale: scale) else { return nil }
    self = number
  }
}

/// A number as its digits are written.
private struct WrittenNumber {
  let isNegative: Bool
  /// Without leading zeros.
  let digits: [UInt8]
  /// How many digits stand before the point; may lie outside of them.
  let point: Int

  init?(_ text: Substring) {
    var bytes = Array(text.utf8)[...]
    while bytes.first == 0x20 || bytes.first == 0x09 { bytes.removeFirst() }
    while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
    isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    var digits: [UInt8] = []
    var place: Int?
    var count = 0
    while let byte = bytes.first {
      if byte == UInt8(ascii: "."), place == nil {
        place = digits.count
      } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
        digits.append(byte - UInt8(ascii: "0"))
        count += 1
      } else {
        break
      }
      bytes.removeFirst()
    }
    guard count > 0 else { return nil }
    var exponent = 0
    if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
      guard let value = Int(String(decoding: bytes.dropFirst(), as: UTF8.self)), value.magnitude < 1 << 32 else {
        return nil
      }
      exponent = value
      bytes = []
    }
    guard bytes.isEmpty else { return nil }
    let zeros = digits.prefix { $0 == 0 }.count
    self.digits = Array(digits.dropFirst(zeros))
    point = (place ?? digits.count) - zeros + exponent
  }

  func decimal(precision: Int, scale: Int) -> Decimal? {
    if digits.isEmpty { return Decimal(units: 0, scale: scale) }
    let kept = point + scale
    guard kept <= precision else { return nil }
    var units: Int128 = 0
    for index in 0..<max(0, kept) { units = units * 10 + (index < digits.count ? Int128(digits[index]) : 0) }
    if kept >= 0, kept < digits.count, digits[kept] >= 5 { units += 1 }
    guard Decimal.fits(units, precision: precision) else { return nil }
    return Decimal(units: isNegative ? -units : units, scale: scale)
  }
}
