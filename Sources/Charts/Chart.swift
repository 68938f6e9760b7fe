/// A chart as a plain value: what is drawn, where, and what has to be known to read it. Two renderers draw it, `TextChart`
/// with characters and `SVGChart` as a picture, and neither knows where it came from.
///
/// ```
/// let chart = try Chart(of: table, encoding: ChartEncoding(kind: .bar, x: 0, value: 2), texts: texts)
/// print(TextChart(chart, width: 80).text)
/// ```
public struct Chart: Sendable {
  /// What is drawn.
  public enum Kind: Sendable, Hashable {
    /// A bar for each value.
    case bar
    /// A line through the values of each series.
    case line
    /// Bars that are made of a part for each series.
    case stacked
    /// A field for each pair of a position and a series, shaded by its value.
    case heatmap
    /// A bar for each range of values.
    case histogram
    /// Median, quartiles and whiskers at each position; the series are those five.
    case box
    /// The parts that the smallest have, with the line on which all would have the same.
    case lorenz
    /// A line that stays level up to the next position.
    case survival
  }

  /// Where the marks stand.
  public enum Positions: Sendable, Hashable {
    /// One after the other, under these names.
    case categories([String])
    /// At these places of a scale, in ascending order: numbers, or days since 1970.
    case points([Double], Scale.Unit)
    /// From one place of a scale to another, in ascending order; an infinite end is an open one.
    case ranges([ClosedRange<Double>], Scale.Unit)

    /// How many there are.
    public var count: Int {
      switch self {
      case .categories(let names): names.count
      case .points(let points, _): points.count
      case .ranges(let ranges, _): ranges.count
      }
    }
  }

  /// What stands at a position.
  public struct Mark: Sendable, Hashable {
    /// Whether there is something to draw.
    public enum State: Sendable, Hashable {
      /// There is a value.
      case drawn
      /// The value is NULL, or no number that can be drawn.
      case missing
      /// There is a value, and it is not told.
      case hidden
      /// There is no row.
      case absent
    }
    /// Whether there is something to draw.
    public var state: State
    /// The value; nil where only bounds are known.
    public var value: Double?
    /// The least that it can be.
    public var low: Double?
    /// The most that it can be; nil together with a `low` means that there is no upper bound.
    public var high: Double?
    /// The value as people read it.
    public var text: String

    /// A mark.
    public init(
      _ state: State = .drawn, value: Double? = nil, low: Double? = nil, high: Double? = nil, text: String = ""
    ) {
      self.state = state
      self.value = value
      self.low = low
      self.high = high
      self.text = text
    }

    /// Whether the value has no upper bound.
    public var isOpen: Bool { state == .drawn && value == nil && high == nil }

    /// All places that it takes.
    var places: [Double] { state == .drawn ? [value, low, high].compactMap(\.self) : [] }
  }

  /// Marks that belong together, one for each position.
  public struct Series: Sendable, Hashable {
    /// What it is called; empty where it is the only one.
    public var name: String
    /// The marks, in the order of the positions.
    public var marks: [Mark]

    /// A series.
    public init(name: String, marks: [Mark]) {
      self.name = name
      self.marks = marks
    }
  }

  /// What is drawn.
  public var kind: Kind
  /// What stands above it; empty for nothing.
  public var title: String
  /// What the positions are.
  public var xLabel: String
  /// What the values are.
  public var yLabel: String
  /// Where the marks stand.
  public var positions: Positions
  /// What the values are counted in.
  public var unit: Scale.Unit
  /// Whether all values are whole numbers.
  public var isWhole: Bool
  /// Whether equal distances are equal ratios.
  public var isLogarithmic: Bool
  /// The marks.
  public var series: [Series]
  /// What the bounds of the values are.
  public var boundsLabel = "from low to high"
  /// What has to be known to read it: what is left out, hidden or not known, and the footnotes of the rows.
  public var notes: [String]
  /// The rows that it was made of, as people read them: a line of names and one for each row.
  public var rows: [[String]]

  /// A chart without marks.
  public init(
    kind: Kind, title: String = "", xLabel: String = "", yLabel: String = "", positions: Positions = .categories([]),
    unit: Scale.Unit = .number, isWhole: Bool = false, isLogarithmic: Bool = false, series: [Series] = [],
    notes: [String] = [], rows: [[String]] = []
  ) {
    self.kind = kind
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.positions = positions
    self.unit = unit
    self.isWhole = isWhole
    self.isLogarithmic = isLogarithmic
    self.series = series
    self.notes = notes
    self.rows = rows
  }

  /// Whether any mark says where its value surely lies.
  var hasIntervals: Bool {
    series.contains { $0.marks.contains { $0.state == .drawn && ($0.low != nil || $0.high != nil) } }
  }

  /// Whether any mark is in a state.
  func has(_ state: Mark.State) -> Bool { series.contains { $0.marks.contains { $0.state == state } } }

  /// Whether marks of one position stand on top of each other.
  var isStacked: Bool { kind == .stacked || kind == .histogram && series.count > 1 }

  /// The least and the most of all values; nil where there are none.
  var valueRange: ClosedRange<Double>? {
    // How many values a box is made of is told and not drawn.
    let drawn = kind == .box ? series.filter { $0.name != "n" && $0.name != "outside" } : series
    let all = isStacked ? stackHeights : drawn.flatMap { $0.marks.flatMap(\.places) }
    guard let least = all.min(), let most = all.max() else { return nil }
    return least...most
  }

  /// For each position the sum of what is below zero, and of what is above.
  private var stackHeights: [Double] {
    (0..<positions.count).flatMap { place -> [Double] in
      let values = series.compactMap { $0.marks[place].value }
      let sums = [values.filter { $0 < 0 }.reduce(0, +), values.filter { $0 > 0 }.reduce(0, +)]
      // A sum beyond all doubles is drawn up to the end of the axis.
      let ends = sums.map { min(max($0, -.greatestFiniteMagnitude), .greatestFiniteMagnitude) }
      return values.isEmpty ? [] : ends
    }
  }
}
