/// A length of time. Months, days and the rest are kept apart, since neither months nor days are all of one length.
public struct Interval: Hashable, BitwiseCopyable, Sendable {
  /// Whole months, years among them.
  public var months: Int32
  /// Whole days, weeks among them.
  public var days: Int32
  /// Everything shorter than a day.
  public var microseconds: Int64

  /// A length of time.
  public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }

  /// A length of time made of larger numbers; nil where a part does not fit.
  public init?(months: Int128, days: Int128, microseconds: Int128) {
    guard let months = Int32(exactly: months), let days = Int32(exactly: days),
      let microseconds = Int64(exactly: microseconds)
    else { return nil }
    self.init(months: months, days: days, microseconds: microseconds)
  }

  /// The length by which intervals are compared: in microseconds, a month counted as 30 days and a day as 24 hours, as in
  /// PostgreSQL.
  @inlinable public var length: Int128 {
    (Int128(months) * 30 + Int128(days)) * Int128(microsecondsPerDay) + Int128(microseconds)
  }

  /// Appends the text as PostgreSQL writes it: `1 year 2 mons -3 days +04:05:06.5`; `00:00:00` for nothing.
  public func append(to bytes: inout [UInt8]) {
    var isFirst = true
    var wasNegative = false
    func begin(_ isNegative: Bool) {
      if !isFirst { bytes.append(UInt8(ascii: " ")) }
      if isNegative {
        bytes.append(UInt8(ascii: "-"))
      } else if wasNegative {
        bytes.append(UInt8(ascii: "+"))
      }
      isFirst = false
      wasNegative = isNegative
    }
    func part(_ number: Int32, _ unit: String) {
      guard number != 0 else { return }
      begin(number < 0)
      bytes.append(contentsOf: "\(number.magnitude) \(unit)\(number == 1 ? "" : "s")".utf8)
    }
    part(months / 12, "year")
    part(months % 12, "mon")
    part(days, "day")
    guard microseconds != 0 || isFirst else { return }
    begin(microseconds < 0)
    appendClock(microseconds.magnitude, to: &bytes)
  }
}

extension Interval: CustomStringConvertible {
  /// The text as PostgreSQL writes it.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Appends `HH:MM:SS`, with a fraction only where there is one; hours may have more than two digits.
public func appendClock(_ microseconds: UInt64, to bytes: inout [UInt8]) {
  let seconds = microseconds / 1_000_000
  func pair(_ number: UInt64) {
    if number < 10 { bytes.append(UInt8(ascii: "0")) }
    appendDecimal(Int64(number), to: &bytes)
  }
  pair(seconds / 3600)
  bytes.append(UInt8(ascii: ":"))
  pair(seconds / 60 % 60)
  bytes.append(UInt8(ascii: ":"))
  pair(seconds % 60)
  let fraction = microseconds % 1_000_000
  guard fraction != 0 else { return }
  let digits = String(fraction)
  bytes.append(UInt8(ascii: "."))
  bytes.append(contentsOf: String(repeating: "0", count: 6 - digits.utf8.count).utf8)
  bytes.append(contentsOf: digits.utf8)
  while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
}
