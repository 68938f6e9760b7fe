/// A sum of doubles kept as an unevaluated pair, high and low, with about 106 bits.
///
/// Sums of doubles depend on the order of the additions, and workers take rows in no fixed order. With twice the bits
/// the rounded result no longer does, and is right to the last digit besides. The additions are those of T. J. Dekker,
/// "A Floating-Point Technique for Extending the Available Precision" (1971), and D. E. Knuth's two-sum (TAOCP 2, 4.2.2).
struct DoubleDouble: BitwiseCopyable, Sendable {
  var high: Double = 0
  var low: Double = 0

  init(high: Double = 0, low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// An integer, exactly.
  init(_ number: Int64) {
    high = Double(number)
    // Beyond 53 bits it was rounded, maybe to a number that no Int64 is.
    low = number.magnitude < 1 << 53 ? 0 : Double(Int128(number) - Int128(high))
  }

  /// Adds a double.
  @inline(__always)
  mutating func add(_ value: Double) {
    let sum = high + value
    let part = sum - high
    let error = (high - (sum - part)) + (value - part)
    high = sum
    low += error
  }

  /// Adds another sum.
  @inline(__always)
  mutating func add(_ other: DoubleDouble) {
    add(other.high)
    low += other.low
  }

  /// Adds a square, exactly but for the last of the bits.
  @inline(__always)
  mutating func addSquare(_ value: Double) { addProduct(value, value) }

  /// The nearest double. Beyond the range of doubles, or with an infinity among the values, the low part is meaningless.
  var value: Double { high.isFinite ? high + low : high }

  /// The pair with its parts not overlapping.
  var normalised: DoubleDouble {
    let sum = high + low
    return DoubleDouble(high: sum, low: low - (sum - high))
  }

  /// The difference of two sums.
  static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    var result = left
    result.add(-right.high)
    result.low -= right.low
    return result.normalised
  }

  /// Adds a product, exactly but for the last of the bits.
  @inline(__always)
  mutating func addProduct(_ left: Double, _ right: Double) {
    let product = left * right
    let error = (-product).addingProduct(left, right)
    add(product)
    low += error
  }

  /// The square of a sum, divided by a count.
  func squared(over count: Double) -> DoubleDouble { multiplied(by: self, over: count) }

  /// The product of two sums, divided by a count.
  func multiplied(by other: DoubleDouble, over count: Double) -> DoubleDouble {
    let left = normalised
    let right = other.normalised
    let product = left.high * right.high
    let error = (-product).addingProduct(left.high, right.high) + left.high * right.low + left.low * right.high
    let quotient = product / count
    let remainder = product.addingProduct(-quotient, count) + error
    return DoubleDouble(high: quotient, low: remainder / count).normalised
  }
}
