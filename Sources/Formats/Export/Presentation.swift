import ColumnStore

/// How a table should look to a reader. Nothing here changes what formats for programs write.
public struct Presentation: Sendable {
  /// The side on which the texts of a column stand.
  public enum Alignment: Sendable, Hashable {
    /// Left, as texts do.
    case left
    /// Right, as numbers do.
    case right
  }

  /// What a span of the output is, for whoever colours it.
  public enum SpanKind: Sendable, Hashable {
    /// A column's name.
    case header
    /// The type below the name.
    case type
    /// A cell without a value.
    case null
    /// A number, date, time or truth value.
    case number
    /// Lines and corners.
    case border
    /// A cell with characters that are shown escaped.
    case escape
    /// The line below the table.
    case foot
    /// A bar beside a number.
    case bar
    /// What belongs to a series of a chart, counted from 0.
    case series(Int)
  }

  /// A bar beside each number of a column, on one scale from 0 for all of them.
  public struct Bar: Sendable, Hashable {
    /// The columns that hold the ends of each number's interval.
    public var low: String?
    /// The column of the upper ends.
    public var high: String?

    /// A bar, with whiskers where the columns of the ends are given.
    public init(low: String? = nil, high: String? = nil) {
      self.low = low
      self.high = high
    }
  }

  /// Columns of ratios that are shown as percentages with so many decimals: 0.975 with 1 is `97.5%`.
  public var percentDecimals: [String: Int] = [:]
  /// Which way percentages are rounded, where not to the nearest: bounds away from what they bound.
  public var percentRounding: [String: FloatingPointRoundingRule] = [:]
  /// Columns of doubles that are shown with so many decimals.
  public var decimals: [String: Int] = [:]
  /// Texts to show instead of a column's values, one per row, so that shares can add up to exactly 100 %.
  /// A list that is not as long as the table is not used.
  public var displayTexts: [String: [String]] = [:]
  /// Columns that a box draws bars beside, as far as there is room; by name.
  public var bars: [String: Bar] = [:]
  /// Sides that differ from the usual: numbers and dates right, everything else left.
  public var alignments: [String: Alignment] = [:]
  /// The most rows that a box shows, half from the start and half from the end; nil shows all.
  public var maxRows: Int?
  /// After how many rows a box repeats names and types, for readers who see a window of it at a time; nil for never.
  public var rowsBetweenHeaders: Int?
  /// The terminal cells that a box may be wide; nil for as wide as it needs.
  public var width: Int?
  /// What stands for a missing value.
  public var nullText = "NULL"
  /// The rows in which a column's value is there but not to be seen: one bit a row, and for reading only what is NULL.
  public var hiddenRows: [String: Bitmap] = [:]
  /// What stands for such a value.
  public static let hiddenText = "hidden"
  /// Whether lines are drawn with box characters, or with `+-|`. Texts are written as they are.
  public var unicode = true
  /// How long the query took; a box tells it in its foot.
  public var elapsedSeconds: Double?
  /// What else a foot says of the result.
  public var remarks: [String] = []
  /// How more can be seen, where something was left out or cut.
  public var hintOfMore: String?
  /// Footnotes, for the formats that show them.
  public var notes: [String] = []
  /// Puts colour round a text that was measured before; nil for none.
  public var style: (@Sendable (SpanKind, String) -> String)?

  /// Whether nobody waits for the result any more.
  public var isCancelled: @Sendable () -> Bool = { false }

  /// The usual look.
  public init() {}

  /// The text in the style of its kind.
  func styled(_ kind: SpanKind, _ text: String) -> String {
    guard let style, !text.isEmpty else { return text }
    return style(kind, text)
  }
}
