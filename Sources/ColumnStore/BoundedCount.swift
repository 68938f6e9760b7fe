/// A count that need not be one number: the fewest and the most that it can be.
///
///     BoundedCount("over 500")     // 501+
///     BoundedCount("0-499")        // 0-499
///     BoundedCount("around 250")   // 250~
///
/// `around 250` names a number and states no bounds. That number is kept and written back, and is in no calculation: the
/// bounds are then those of any count of things, which is 0 or more. Nothing ever takes a number between two bounds for
/// the count.
public struct BoundedCount: Hashable, BitwiseCopyable, Sendable {
  // Two bounds in order, `Int64.min` and `Int64.max` standing for none. Bounds in the wrong order are no bounds: then
  // `high` is the number that was named. So every two words are a count.
  private let low: Int64
  private let high: Int64

  private init(low: Int64, high: Int64) {
    self.low = low
    self.high = high
  }

  /// A count that is one number.
  public init(_ number: Int64) { self.init(low: number, high: number) }

  /// A count between two bounds, both of them possible; nil stands for no bound.
  ///
  /// Nil where the bounds are in the wrong order, or so large that they could not be told from none.
  public init?(lower: Int64?, upper: Int64?) {
    guard lower != nil || upper != .min, upper != nil || lower != .max else { return nil }
    let (low, high) = (lower ?? .min, upper ?? .max)
    guard low <= high else { return nil }
    self.init(low: low, high: high)
  }

  /// A count of which only a number near it was named; nil for a number below 0.
  public static func around(_ number: Int64) -> BoundedCount? {
    number < 0 || number == .max ? nil : BoundedCount(low: .max, high: number)
  }

  /// The least that it can be; nil where it has no lower bound, which only differences have not.
  public var lower: Int64? {
    if low > high { return 0 }
    return low == .min && high != .min ? nil : low
  }

  /// The most that it can be; nil where it has no upper bound.
  public var upper: Int64? { low > high || high == .max && low != .max ? nil : high }

  /// The number, where it is one.
  public var exact: Int64? { low == high ? low : nil }

  /// The number that was named where no bounds were stated: 250 for `around 250`.
  public var approximate: Int64? { low > high ? high : nil }

  /// A number by whose order counts are sorted, and which is different for different ones: by the lower bound, then by the
  /// upper one, and at the end, by the number named, those that have no bounds of their own.
  public var orderKey: Int128 { Int128(low) << 64 | Int128(UInt64(bitPattern: high) ^ 1 << 63) }

  /// Appends the text, which reads back as the same count: `12`, `500+`, `0-499`, `250~`; of differences also `-5 to 10`,
  /// `? to 10`, `? to ?`, where `?` stands for no bound.
  public func append(to bytes: inout [UInt8]) {
    if let number = exact ?? approximate {
      appendDecimal(number, to: &bytes)
      if low > high { bytes.append(UInt8(ascii: "~")) }
      return
    }
    guard let lower else {
      bytes.append(contentsOf: "? to \(upper.map(String.init) ?? "?")".utf8)
      return
    }
    appendDecimal(lower, to: &bytes)
    guard let upper else {
      bytes.append(UInt8(ascii: "+"))
      return
    }
    bytes.append(contentsOf: (lower < 0 ? " to " : "-").utf8)
    appendDecimal(upper, to: &bytes)
  }
}

extension BoundedCount: CustomStringConvertible {
  /// The text, which reads back as the same count.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
