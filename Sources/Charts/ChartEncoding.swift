/// Which columns of a table a chart is made of, by their numbers.
public struct ChartEncoding: Sendable, Hashable {
  /// A column of values and those of its bounds.
  public struct Measure: Sendable, Hashable {
    /// The values.
    public var value: Int
    /// The least that they can be.
    public var low: Int?
    /// The most that they can be.
    public var high: Int?

    /// A column, with bounds or without.
    public init(_ value: Int, low: Int? = nil, high: Int? = nil) {
      self.value = value
      self.low = low
      self.high = high
    }
  }

  /// What is drawn.
  public var kind: Chart.Kind
  /// Where marks stand; nil where there is one position.
  public var x: Int?
  /// For ranges, where each ends.
  public var end: Int?
  /// What parts the marks into series.
  public var series: [Int]
  /// The values; several are a series each.
  public var measures: [Measure]
  /// What the bounds of the values are, where the columns' names do not say it.
  public var boundsLabel: String?
  /// What stands above it.
  public var title = ""
  /// What the positions are, where the column's name does not say it.
  public var xLabel: String?
  /// What the values are, where the columns' names do not say it.
  public var yLabel: String?
  /// Whether equal distances are equal ratios.
  public var isLogarithmic = false

  /// An encoding.
  public init(kind: Chart.Kind, x: Int?, end: Int? = nil, series: [Int] = [], measures: [Measure]) {
    self.kind = kind
    self.x = x
    self.end = end
    self.series = series
    self.measures = measures
  }
}

/// Why a table cannot be drawn.
public enum ChartError: Error, Hashable {
  /// Several rows stand at one position of one series.
  case severalRows(position: String, series: String)
  /// More marks than anybody can look at.
  case tooMany(rows: Int, most: Int)
}
