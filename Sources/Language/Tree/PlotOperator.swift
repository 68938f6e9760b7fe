/// `plot kind [values] [by x [, series]] [title 'text'] [log] [width n] [height n] [save 'file']`: a chart of the rows.
///
/// The clauses after the values come in any order, each at most once. What is not said is found out from the columns.
///
/// ```
/// share action by country |> plot bar             each share with its interval
/// plot bar sum(accounts) by country               a bar for each country
/// timeline action by month |> plot line           a line for each action
/// plot hist reach log save 'reach.svg'            a picture in a file
/// ```
public struct PlotOperator: Sendable, Hashable {
  /// What is drawn.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A bar for each value.
    case bar
    /// A line through the values of each series.
    case line
    /// Bars that are made of a part for each series.
    case stacked
    /// A field for each pair of keys, shaded by its value.
    case heatmap
    /// How many values lie in each of equally long ranges.
    case hist
    /// Median, quartiles and whiskers of each group.
    case box
    /// Which part of the whole the smallest have: the curve of M. O. Lorenz, 1905.
    case lorenz
    /// Which part lasts longer than a time: the curve of E. L. Kaplan and P. Meier, 1958.
    case survival

    /// What is drawn, in a line.
    public var summary: String {
      switch self {
      case .bar: "a bar for each value, with the interval or bounds that it has"
      case .line: "a line through the values of each series, broken where one is missing"
      case .stacked: "bars that are made of a part for each series"
      case .heatmap: "a field for each pair of keys, shaded by its value"
      case .hist: "how many values lie in each of equally long ranges"
      case .box: "median, quartiles and whiskers of each group"
      case .lorenz: "which part of the whole the smallest have, with Gini's coefficient"
      case .survival: "which part lasts longer than a time, behind `latency`"
      }
    }
  }
  /// What is drawn.
  public let kind: Kind
  /// What the length or place of a mark says; empty where it is to be found.
  public let values: [NamedExpression]
  /// `by country, action`: where a mark stands, and what parts it into series; empty where that is to be found
  public let groups: [NamedExpression]
  /// `title 'text'`
  public let title: String?
  /// `log`: equal distances are equal ratios
  public let isLogarithmic: Bool
  /// `width 60`: in cells on a terminal, in pixels in a picture; nil for as much as there is
  public let width: Int?
  /// `height 20`
  public let height: Int?
  /// `save 'chart.svg'`: where to put it, and not on the screen
  public let path: PathText?

  /// A chart of the rows.
  public init(
    kind: Kind, values: [NamedExpression] = [], groups: [NamedExpression] = [], title: String? = nil,
    isLogarithmic: Bool = false, width: Int? = nil, height: Int? = nil, path: PathText? = nil
  ) {
    self.kind = kind
    self.values = values
    self.groups = groups
    self.title = title
    self.isLogarithmic = isLogarithmic
    self.width = width
    self.height = height
    self.path = path
  }

  /// The same chart, drawn and not saved.
  public var withoutPath: PlotOperator {
    PlotOperator(
      kind: kind, values: values, groups: groups, title: title, isLogarithmic: isLogarithmic, width: width,
      height: height)
  }
}
