import Charts
import ColumnStore
import Language

extension ChartEncoding {
  /// The columns of the rows that `plot` has computed: the keys in front, and behind them the values.
  init(_ plot: PlotOperator, _ columns: [ColumnDescription]) {
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
    self.init(
      kind: Chart.Kind(plot.kind), x: hasPlace ? 0 : nil, series: Array((hasPlace ? 1 : 0)..<max(1, keyCount)),
      measures: measures)
    if keyCount == 0 { series = [] }
    title = plot.title ?? ""
    isLogarithmic = plot.isLogarithmic
  }
}

extension Chart.Kind {
  /// What a word of `plot` draws.
  init(_ kind: PlotOperator.Kind) {
    self =
      switch kind {
      case .bar: .bar
      case .line: .line
      case .stacked: .stacked
      case .heatmap: .heatmap
      case .hist: .histogram
      case .box: .box
      case .lorenz: .lorenz
      case .survival: .survival
      }
  }
}
