/// The score interval of a share: which true shares are compatible with `part` of `whole` observed.
///
/// E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927), as written by
/// R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), method 3:
///
///     (2 n p + z² ± z √(z² + 4 n p (1 - p))) / (2 (n + z²))
///
/// It never leaves 0 ... 1, and stays honest for small counts and for shares of none or all.
public struct WilsonInterval: Hashable, Sendable {
  /// The lower end, 0 ... 1.
  public let low: Double
  /// The upper end, 0 ... 1.
  public let high: Double

  /// The point of the normal distribution that 97.5 % lie below: for an interval of 95 %.
  public static let z95 = 1.959963984540054

  /// The interval for `part` of `whole`; nil when the whole is not positive or the part does not lie within it.
  public init?(part: Double, whole: Double, z: Double = WilsonInterval.z95) {
    guard whole > 0, part >= 0, part <= whole else { return nil }
    let square = z * z
    let centre = 2 * part + square
    let spread = z * (square + 4 * part * (1 - part / whole)).squareRoot()
    let scale = 2 * (whole + square)
    // At the ends the formula is exactly 0 or 1, which rounding must not spoil.
    low = part == 0 ? 0 : max(0, (centre - spread) / scale)
    high = part == whole ? 1 : min(1, (centre + spread) / scale)
  }
}
