/// What a ratio of counts with bounds can be.
///
/// All ends are found at corners: where a ratio only ever grows with one count and only ever shrinks with another, it is
/// least at the least of the first and the most of the second, and greatest at the opposite corner. The ends are the
/// nearest doubles, and rounding to the nearest keeps order: of counts below 2^53, which doubles hold exactly, no ratio
/// that is rounded likewise lies outside the ends.
public struct ShareBounds: Hashable, Sendable {
  /// The least.
  public let low: Double
  /// The most; nil where there is no limit.
  public let high: Double?

  private init(_ low: Double, _ high: Double?) {
    self.low = low
    self.high = high
  }

  /// `x / y` of two counts that have nothing to do with each other, from `x.lower / y.upper` to `x.upper / y.lower`: no
  /// limit above where `y` may be 0 or `x` is not limited, 0 below where `y` is not limited. Where `y` may be 0, it is
  /// taken not to be: there is no ratio to 0.
  ///
  /// Nil for counts that may be negative, and for a `y` that is 0.
  public static func ratio(_ x: BoundedCount, to y: BoundedCount) -> ShareBounds? {
    guard let (a, b) = ends(x), let (c, d) = ends(y), d > 0 else { return nil }
    return ShareBounds(a / d, b == 0 ? 0 : c > 0 && b.isFinite ? b / c : nil)
  }

  /// The share of a part in a whole that it lies in.
  ///
  /// With the part between `a` and `b`, the whole between `c` and `d`, and the part no larger than the whole:
  ///
  ///     a / d  <=  part / whole  <=  min(1, b / c)
  ///
  /// The ratio grows with the part and shrinks with the whole, so that it is least at `(a, d)`, which is possible as
  /// `a <= d`. If `b < c`, it is greatest at `(b, c)`. Otherwise part and whole can be the same number, and nothing is more
  /// than 1; but none of something is 0. Without knowing that the part lies in the whole the upper end would be `b / c`, or none.
  ///
  /// Nil where a part of at least `a` cannot lie in a whole of at most `d`, where the whole is 0, and for counts that may
  /// be negative.
  public static func share(of part: BoundedCount, in whole: BoundedCount) -> ShareBounds? {
    guard let (a, b) = ends(part), let (c, d) = ends(whole), a <= d, d > 0 else { return nil }
    return ShareBounds(a / d, b == 0 ? 0 : b < c ? b / c : 1)
  }

  /// The share of a part in the whole that it makes together with the rest.
  ///
  /// With the part between `a` and `b` and the rest between `c` and `d`, independently of each other:
  ///
  ///     a / (a + d)  <=  part / (part + rest)  <=  b / (b + c)
  ///
  /// `p / (p + r)` grows with `p` (its derivative is `r / (p + r)^2`) and shrinks with `r` (`-p / (p + r)^2`), so both
  /// corners are its extremes, and both are possible. That is tighter than to divide the bounds of the part by those of
  /// the sum, `a / (b + d)` to `b / (a + c)`, since `a + d <= b + d` and `b + c >= a + c`: there the same part would be at
  /// its least above the line and at its most below it. Without a limit, `b / (b + c)` comes as near to 1 as one likes,
  /// and `a / (a + d)` to 0.
  ///
  /// Where both may be 0, one is taken not to be. Nil where both are, and for counts that may be negative.
  public static func share(of part: BoundedCount, beside rest: BoundedCount) -> ShareBounds? {
    guard let (a, b) = ends(part), let (c, d) = ends(rest), b > 0 || d > 0 else { return nil }
    // Without a rest the part is all there is, without a part it is nothing.
    return ShareBounds(d == 0 ? 1 : a / (a + d), b == 0 ? 0 : b.isFinite ? b / (b + c) : 1)
  }

  /// The bounds of a count as doubles, infinity for none above; nil where it may be negative.
  private static func ends(_ count: BoundedCount) -> (Double, Double)? {
    guard let lower = count.lower, lower >= 0 else { return nil }
    return (Double(lower), count.upper.map { Double($0) } ?? .infinity)
  }
}
