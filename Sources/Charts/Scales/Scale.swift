import Glibc

/// Where values lie between the two ends of an axis, and the round ones among them that are written beside it.
///
/// Steps are 1, 2 or 5 times a power of ten. Of dates they are whole days, months, quarters and years.
public struct Scale: Sendable {
  /// What values are counted in.
  public enum Unit: Sendable, Hashable {
    /// As they are.
    case number
    /// Parts of a whole, written as percentages.
    case percent
    /// Days since 1970.
    case date
    /// Days since 1970, with parts of days.
    case time

    /// Whether values are places in time.
    public var isTemporal: Bool { self == .date || self == .time }
  }

  /// A round value and how it is written.
  public struct Tick: Sendable, Hashable {
    /// The value.
    public let value: Double
    /// How it is written.
    public let label: String
  }

  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// Whether equal distances are equal ratios.
  public let isLogarithmic: Bool
  /// The round values, in ascending order.
  public let ticks: [Tick]

  init(lower: Double, upper: Double, isLogarithmic: Bool = false, ticks: [Tick]) {
    self.lower = lower
    self.upper = upper
    self.isLogarithmic = isLogarithmic
    self.ticks = ticks
  }

  /// A scale that holds a range, with as many ticks as fit.
  ///
  /// - Parameters:
  ///   - isWhole: whether there is nothing between whole numbers.
  ///   - isRounded: whether the ends are moved outwards to ticks.
  ///   - fits: whether ticks have room beside each other. It is asked about fewer and fewer.
  public init(
    covering range: ClosedRange<Double>, unit: Unit, isLogarithmic: Bool = false, isWhole: Bool = false,
    isRounded: Bool = true, fits: (Scale) -> Bool
  ) {
    if unit.isTemporal {
      self = Scale.temporal(range, isDaily: unit == .date, fits: fits)
    } else if isLogarithmic, range.lowerBound > 0 {
      self = Scale.logarithmic(range, isPercent: unit == .percent, fits: fits)
    } else {
      self = Scale.linear(
        range, isPercent: unit == .percent, isWhole: isWhole && unit == .number, isRounded: isRounded, fits: fits)
    }
  }

  /// The same scale, its digits without commas.
  var withoutGroups: Scale {
    let plain = ticks.map { Tick(value: $0.value, label: $0.label.filter { $0 != "," }) }
    return Scale(lower: lower, upper: upper, isLogarithmic: isLogarithmic, ticks: plain)
  }

  /// How far along the axis a value lies: 0 at the lower end, 1 at the upper one, less or more beyond them.
  public func place(_ value: Double) -> Double {
    guard upper > lower, value.isFinite else { return value == -.infinity ? 0 : value == .infinity ? 1 : 0.5 }
    if isLogarithmic {
      return value > 0 ? (log10(value) - log10(lower)) / (log10(upper) - log10(lower)) : 0
    }
    // Halves, so that no difference overflows.
    let length = upper / 2 - lower / 2
    return length > 0 ? (value / 2 - lower / 2) / length : 0.5
  }
}
