import ColumnStore

/// Between which numbers a histogram shows how a column spreads.
///
/// From the least value to the largest, but no further than one and a half times the distance between the quartiles outside
/// of them (the fences of J. W. Tukey, "Exploratory Data Analysis", 1977): so that a few large values do not leave all the
/// others in one bar. What lies outside is counted in the outermost bars.
struct HistogramEdges {
  /// In the column's own numbers: days for dates, microseconds for timestamps.
  let range: ClosedRange<Double>

  /// Nil for values without an order of numbers, and where there are none.
  init?(least: Value, lowerQuartile: Value, upperQuartile: Value, most: Value) {
    guard let least = HistogramEdges.number(least), let most = HistogramEdges.number(most) else { return nil }
    var (low, high) = (least, most)
    if let first = HistogramEdges.number(lowerQuartile), let third = HistogramEdges.number(upperQuartile), third > first
    {
      low = max(low, first - 1.5 * (third - first))
      high = min(high, third + 1.5 * (third - first))
    }
    guard low.isFinite, high.isFinite, low <= high else { return nil }
    range = low...high
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .double(let number): number
    case .decimal(let number): number.double
    case .date(let days): Double(days)
    case .time(let microseconds), .timestamp(let microseconds): Double(microseconds)
    default: nil
    }
  }

  /// A column of lists of counts as bars, one text a row.
  static func texts(of column: Column, null: String) -> [String] {
    (0..<column.count).map { row in
      guard case .list(let items, _) = column.value(row) else { return null }
      return bars(items.map { if case .integer(let count) = $0 { Int(clamping: count) } else { 0 } })
    }
  }

  /// Counts as bars of eight heights; what is not 0 is never nothing.
  static func bars(_ counts: [Int]) -> String {
    let most = counts.max() ?? 0
    guard most > 0 else { return "" }
    return String(counts.map { $0 == 0 ? " " : heights[max(0, Int((Double($0) / Double(most) * 8).rounded(.up)) - 1)] })
  }

  private static let heights: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
