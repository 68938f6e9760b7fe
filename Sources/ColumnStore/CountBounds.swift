/// The two ends of what a count can be, with room for what is calculated of them: interval arithmetic (R. E. Moore,
/// "Interval Analysis", 1966) on whole numbers.
///
/// Every operation gives the narrowest bounds that hold whatever numbers the operands are between their own, each
/// independently of the other: `x - x` is not 0.
public struct CountBounds: Hashable, BitwiseCopyable, Sendable {
  /// The least; `-CountBounds.none` where there is no bound.
  public private(set) var lower: Int128
  /// The most; `CountBounds.none` where there is no bound.
  public private(set) var upper: Int128

  /// Beyond every bound.
  private static let none = Int128.max

  /// The bounds of a count.
  public init(_ count: BoundedCount) {
    lower = count.lower.map { Int128($0) } ?? -CountBounds.none
    upper = count.upper.map { Int128($0) } ?? CountBounds.none
  }

  private init(lower: Int128, upper: Int128) {
    self.lower = lower
    self.upper = upper
  }

  /// The count with these bounds; nil where a bound does not fit 64 bits, or where they exclude each other.
  public var count: BoundedCount? {
    guard lower == -CountBounds.none || Int64(exactly: lower) != nil,
      upper == CountBounds.none || Int64(exactly: upper) != nil
    else { return nil }
    return BoundedCount(lower: Int64(exactly: lower), upper: Int64(exactly: upper))
  }

  /// Whether no number lies between them.
  public var isEmpty: Bool { lower > upper }

  /// Both taken negative.
  public var negated: CountBounds { CountBounds(lower: -upper, upper: -lower) }

  /// `[a, b] + [c, d] = [a + c, b + d]`. Sums of less than 2^63 counts fit.
  public static func + (left: CountBounds, right: CountBounds) -> CountBounds {
    CountBounds(lower: sum(left.lower, right.lower), upper: sum(left.upper, right.upper))
  }

  /// `[a, b] * [c, d]`: from the least to the greatest of `ac`, `ad`, `bc`, `bd`. Of counts that fit 64 bits.
  public static func * (left: CountBounds, right: CountBounds) -> CountBounds {
    var result = CountBounds(lower: none, upper: -none)
    for first in [left.lower, left.upper] {
      for second in [right.lower, right.upper] {
        let corner = product(first, second)
        result.lower = min(result.lower, corner)
        result.upper = max(result.upper, corner)
      }
    }
    return result
  }

  /// The smaller of two numbers: the least of the lower and of the upper bounds.
  public func minimum(_ other: CountBounds) -> CountBounds {
    CountBounds(lower: min(lower, other.lower), upper: min(upper, other.upper))
  }

  /// The larger of two numbers: the greatest of the lower and of the upper bounds.
  public func maximum(_ other: CountBounds) -> CountBounds {
    CountBounds(lower: max(lower, other.lower), upper: max(upper, other.upper))
  }

  /// What lies between both pairs of bounds; empty where nothing does.
  public func intersection(_ other: CountBounds) -> CountBounds {
    CountBounds(lower: max(lower, other.lower), upper: min(upper, other.upper))
  }

  private static func sum(_ first: Int128, _ second: Int128) -> Int128 {
    first.magnitude == none.magnitude ? first : second.magnitude == none.magnitude ? second : first + second
  }

  private static func product(_ first: Int128, _ second: Int128) -> Int128 {
    // None of nothing is nothing, however many there could be.
    if first == 0 || second == 0 { return 0 }
    guard first.magnitude == none.magnitude || second.magnitude == none.magnitude else { return first * second }
    return first.signum() * second.signum() * none
  }
}

extension BoundedCount {
  /// Whether it is less than another; nil where that is not known.
  public func isLess(than other: BoundedCount) -> Bool? {
    let (bounds, others) = (CountBounds(self), CountBounds(other))
    return bounds.upper < others.lower ? true : bounds.lower >= others.upper ? false : nil
  }

  /// Whether it is the same number as another; nil where that is not known.
  public func isEqual(to other: BoundedCount) -> Bool? {
    if let exact, let number = other.exact { return exact == number }
    return CountBounds(self).intersection(CountBounds(other)).isEmpty ? false : nil
  }
}
