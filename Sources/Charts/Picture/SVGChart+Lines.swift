import Formats

extension SVGChart {
  /// Lines through the values of each series, with a band between their bounds; broken where a value is missing.
  mutating func drawLines() {
    drawLegend(isLine: true)
    let plot = beginPlot()
    let (places, below) = LineGeometry.horizontal(chart) { Self.fits($0, width: plot.width) }
    drawAxes(plot, below: below)
    if chart.kind == .lorenz { line(plot.x(0), plot.y(0), plot.x(1), plot.y(1), kind: "axis") }
    let slots = LineGeometry.slots(chart)
    for (number, series) in chart.series.enumerated() {
      for run in LineGeometry.runs(chart, series, slots) {
        let points = run.map { (x: plot.x(below.place(places[$0])), mark: series.marks[$0]) }
        drawBand(points, number, plot)
        let line = stepped(points.compactMap { point in point.mark.value.map { (point.x, plot.y($0)) } })
        if line.count > 1 { stroke(line, number, width: 2) }
        if line.count == 1, let only = line.first { drawPoint(only, number) }
        for point in points where point.mark.value == nil { drawBounds(point.mark, point.x, number, plot) }
      }
    }
  }

  /// A curve that stays level up to its next point, where it is one of survival.
  private func stepped(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard chart.kind == .survival else { return points }
    return points.enumerated().flatMap { index, point in
      index == 0 ? [point] : [(x: point.x, y: points[index - 1].y), point]
    }
  }

  private mutating func drawBand(_ points: [(x: Double, mark: Chart.Mark)], _ number: Int, _ plot: SVGPlot) {
    let bounded = points.filter { $0.mark.value != nil && $0.mark.low != nil && $0.mark.high != nil }
    guard bounded.count > 1 else { return }
    let lower = stepped(bounded.map { ($0.x, plot.y($0.mark.low ?? 0)) })
    let upper = stepped(bounded.map { ($0.x, plot.y($0.mark.high ?? 0)) })
    let path = (upper + lower.reversed()).map { "\(SVGWriter.number($0.x)),\(SVGWriter.number($0.y))" }
    writer.element(
      "polygon",
      ["points": path.joined(separator: " "), "fill": ChartPalette.series(number), "fill-opacity": "0.2"])
  }

  private mutating func drawPoint(_ point: (x: Double, y: Double), _ number: Int) {
    writer.element(
      "circle",
      [
        "cx": SVGWriter.number(point.x), "cy": SVGWriter.number(point.y), "r": "3.5",
        "fill": ChartPalette.series(number),
      ])
  }

  /// A value of which only bounds are known: a line between them, with an arrow where there is no upper one.
  private mutating func drawBounds(_ mark: Chart.Mark, _ x: Double, _ number: Int, _ plot: SVGPlot) {
    stroke([(x, plot.y(mark.low ?? plot.scale.lower)), (x, plot.y(mark.high ?? plot.scale.upper))], number, width: 4)
    if mark.high == nil { text("↑", x, plot.top + 4, anchor: "middle") }
  }
}

extension LineGeometry {
  /// The positions that a line leads through without a break.
  static func runs(_ chart: Chart, _ series: Chart.Series, _ slots: Chart.Slots) -> [[Int]] {
    var runs: [[Int]] = [[]]
    for (place, mark) in series.marks.enumerated() {
      if slots.isRegular && slots.isAfterGap(place) { runs.append([]) }
      if mark.state == .drawn {
        runs[runs.count - 1].append(place)
      } else if mark.state != .absent || slots.isRegular || chart.positions.areNames {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }
}
