import Formats

/// The place in a picture where values go up, with its axes.
struct SVGPlot {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let scale: Scale

  private static let usualHeight = 300.0

  init(_ picture: SVGChart, top: Double) {
    let chart = picture.chart
    let range = chart.valueRange ?? 0...1
    let height = picture.height ?? Self.usualHeight
    scale = Scale(
      covering: chart.isLogarithmic ? range : min(0, range.lowerBound)...max(0, range.upperBound), unit: chart.unit,
      isLogarithmic: chart.isLogarithmic, isWhole: chart.isWhole
    ) { Double($0.ticks.count) * 28 <= height + 28 }
    let labels = scale.ticks.map { displayWidth($0.label) }.max() ?? 0
    left = SVGChart.margin + Double(labels) * SVGChart.letter + 8
    self.top = top
    self.height = height
    width = max(40, picture.width - left - 2 * SVGChart.margin - 8)
  }

  /// How far down a value lies.
  func y(_ value: Double) -> Double { top + (1 - min(max(scale.place(value), 0), 1)) * height }

  /// How far right a place of 0 to 1 lies.
  func x(_ place: Double) -> Double { left + place * width }
}

extension SVGChart {
  /// Axes with their ticks: the values at the left, the positions of a scale below.
  mutating func drawAxes(_ plot: SVGPlot, below: Scale) {
    for tick in plot.scale.ticks {
      line(plot.left, plot.y(tick.value), plot.left + plot.width, plot.y(tick.value), kind: "grid")
      text(tick.label, plot.left - 8, plot.y(tick.value) + 4, kind: "tick", anchor: "end")
    }
    for tick in below.ticks {
      let x = plot.x(below.place(tick.value))
      line(x, plot.top + plot.height, x, plot.top + plot.height + 5, kind: "axis")
      text(tick.label, x, plot.top + plot.height + 20, kind: "tick", anchor: "middle")
    }
    let axis = plot.y(plot.scale.isLogarithmic ? plot.scale.lower : 0)
    line(plot.left, axis, plot.left + plot.width, axis, kind: "axis")
    text(
      elided(chart.xLabel, cells: letters(plot.width)), plot.left + plot.width, plot.top + plot.height + 38,
      kind: "label", anchor: "end")
    top = plot.top + plot.height + 44
  }

  /// The place for a plot below what was drawn, with the name of its values above it.
  mutating func beginPlot() -> SVGPlot {
    top += 10
    text(elided(chart.yLabel, cells: letters(width - 2 * Self.margin)), Self.margin, top, kind: "label")
    top += 14
    return SVGPlot(self, top: top)
  }
}
