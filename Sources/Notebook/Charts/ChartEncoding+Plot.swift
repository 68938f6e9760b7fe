import Charts
import ColumnStore
import Language

extension ChartEncoding {
  /// The columns of the rows that `plot` has computed: the keys in front, and behind them the values.
  init(_ plot: PlotOperator, _ columns: [ColumnDescription]) {
    let last = columns.count
    switch plot.kind {
    case .bar, .line, .stacked, .heatmap: self = ChartEncoding.given(plot, columns)
    case .hist:
      // Where each range begins, where it ends, how many.
      self.init(
        kind: .histogram, x: last - 3, end: last - 2, series: Array(0..<last - 3), measures: [Measure(last - 1)])
      xLabel = String(columns[last - 3].name.dropLast("_from".count))
    case .lorenz:
      // The part of the rows, the part of the sum, the coefficient.
      self.init(kind: .lorenz, x: last - 3, series: Array(0..<last - 3), measures: [Measure(last - 2)])
    case .survival:
      // The time, the part that lasts, its interval, how many were left.
      self.init(
        kind: .survival, x: last - 5, series: Array(0..<last - 5),
        measures: [Measure(last - 4, low: last - 3, high: last - 2)])
    case .box:
      let count = columns.suffix(9).first?.name == "n" ? 9 : 4
      let keyCount = max(0, last - count)
      self.init(
        kind: .box, x: keyCount > 0 ? 0 : nil, series: keyCount > 0 ? Array(1..<keyCount) : [],
        measures: (keyCount..<last).map { Measure($0) })
      yLabel = columns.last?.note
    }
    // Of shares of what was counted, and not of counts that have bounds themselves.
    if let measure = measures.first, let low = measure.low, case .share = columns[measure.value].display,
      columns[low].display == .percent
    {
      boundsLabel = "95 % Wilson interval"
    }
    title = plot.title ?? ""
    isLogarithmic = plot.isLogarithmic
  }

  /// The kinds whose rows are those before `plot`.
  private static func given(_ plot: PlotOperator, _ columns: [ColumnDescription]) -> ChartEncoding {
    let names = columns.map(\.name)
    let hasBounds =
      plot.values.count <= 1 && names.count >= 3 && names.suffix(2) == ["low", "high"]
      && (plot.groups.isEmpty || names.count == plot.groups.count + 3)
    let measureCount = hasBounds ? 3 : max(1, plot.values.count)
    let keyCount = max(0, plot.groups.isEmpty ? names.count - measureCount : plot.groups.count)
    let measures =
      hasBounds
      ? [Measure(keyCount, low: keyCount + 1, high: keyCount + 2)] : (keyCount..<names.count).map { Measure($0) }
    // A single key of parts that are put together parts them, and does not place them.
    let hasPlace = keyCount > 1 || keyCount == 1 && (plot.kind != .stacked || measures.count > 1)
    return ChartEncoding(
      kind: plot.kind.drawn, x: hasPlace ? 0 : nil, series: Array((0..<keyCount).dropFirst(hasPlace ? 1 : 0)),
      measures: measures)
  }
}

extension PlotOperator.Kind {
  /// What the kinds draw whose rows are those before `plot`.
  fileprivate var drawn: Chart.Kind {
    switch self {
    case .line: .line
    case .stacked: .stacked
    case .heatmap: .heatmap
    default: .bar
    }
  }
}
