import Formats

extension SVGChart {
  /// Bars that stand: ranges beside each other, or times, each with its series.
  mutating func drawColumns() {
    drawLegend()
    let plot = beginPlot()
    let slots = ColumnGeometry.slots(chart)
    let below = ColumnGeometry.axis(chart, slots) { Self.fits($0, width: plot.width) }
    drawAxes(plot, below: below)
    let isBeside = chart.kind == .bar && chart.series.count > 1
    let slot = plot.width / Double(max(1, slots.count))
    let gap = chart.positions.areRanges ? min(1, slot / 8) : slot / 5
    for (place, number) in slots.numbers.enumerated() {
      var (above, under) = (0.0, 0.0)
      let barWidth = (slot - gap) / (isBeside ? Double(chart.series.count) : 1)
      for (index, series) in chart.series.enumerated() {
        let left = plot.left + Double(number) * slot + gap / 2 + (isBeside ? Double(index) * barWidth : 0)
        let mark = series.marks[place]
        guard mark.state == .drawn else {
          if mark.state == .hidden { text("?", left + barWidth / 2, plot.y(0) - 4, kind: "note", anchor: "middle") }
          continue
        }
        guard let value = mark.value else {
          drawBounds(mark, left, barWidth, index, plot)
          continue
        }
        let from = isBeside ? 0 : value < 0 ? under : above
        if value < 0 { under += value } else { above += value }
        let start = chart.isLogarithmic && from == 0 ? plot.scale.lower : from
        let ends = [plot.y(start), plot.y(from + value)].sorted()
        rectangle(left, ends[0], barWidth, ends[1] - ends[0], fill: ChartPalette.series(index))
        if let low = mark.low, let high = mark.high {
          let middle = left + barWidth / 2
          line(middle, plot.y(low), middle, plot.y(high), kind: "whisker")
        }
      }
    }
  }

  /// A value of which only bounds are known: the lower one in full, what may come on top of it paler.
  private mutating func drawBounds(_ mark: Chart.Mark, _ left: Double, _ width: Double, _ number: Int, _ plot: SVGPlot)
  {
    let low = plot.y(mark.low ?? 0)
    let zero = plot.y(chart.isLogarithmic ? plot.scale.lower : 0)
    let colour = ChartPalette.series(number)
    rectangle(left, min(low, zero), width, (zero - low).magnitude, fill: colour)
    let high = mark.high.map { plot.y($0) } ?? plot.top
    rectangle(left, high, width, low - high, fill: colour, opacity: 0.3)
    if mark.high == nil { text("↑", left + width / 2, plot.top + 12, anchor: "middle") }
  }
}
