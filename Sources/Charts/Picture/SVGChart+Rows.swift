import Formats

extension SVGChart {
  private static let bar = 20.0

  /// Bars that lie, or boxes: categories one below the other.
  mutating func drawRows() {
    if chart.kind == .stacked { drawLegend() }
    let isGrouped = chart.kind == .bar && chart.series.count > 1
    let names = chart.positions.names.map { elided($0, cells: 32) }
    let seriesNames = isGrouped ? chart.series.map { elided($0.name, cells: 24) } : []
    func longest(_ texts: [String]) -> Double { Double(texts.map(displayWidth).max() ?? 0) * Self.letter }
    let labelWidth = max(longest(names), longest([elided(chart.xLabel, cells: 32)])) + 14
    let nameWidth = isGrouped ? longest(seriesNames) + 8 : 0
    let texts = chart.rowTexts(isShort: false)
    let valueWidth = longest(texts.joined().map(\.self))
    let left = Self.margin + labelWidth + nameWidth
    let barWidth = max(80, width - left - valueWidth - 2 * Self.margin)
    let range = chart.valueRange ?? 0...1
    let scale = Scale(
      covering: chart.kind == .box || chart.isLogarithmic ? range : min(0, range.lowerBound)...max(0, range.upperBound),
      unit: chart.unit, isLogarithmic: chart.isLogarithmic, isWhole: chart.isWhole
    ) { Self.fits($0, width: barWidth) }
    func x(_ value: Double) -> Double { left + min(max(scale.place(value), 0), 1) * barWidth }

    top += 10
    text(elided(chart.xLabel, cells: 32), Self.margin, top, kind: "label")
    text(elided(chart.yLabel, cells: letters(barWidth)), left, top, kind: "label")
    top += 8
    let start = top
    let shown = names.indices.map { place in
      isGrouped ? chart.series.indices.filter { chart.series[$0].marks[place].state != .absent } : [0]
    }
    let gap = isGrouped ? 6.0 : 2
    let end = start + Double(shown.joined().count) * Self.bar + Double(names.count) * gap
    for tick in scale.ticks {
      line(x(tick.value), start, x(tick.value), end + 4, kind: "grid")
      text(tick.label, x(tick.value), end + 18, kind: "tick", anchor: "middle")
    }
    for (place, numbers) in shown.enumerated() {
      text(names[place], Self.margin, top + 15)
      for number in numbers {
        if isGrouped { text(seriesNames[number], Self.margin + labelWidth, top + 15) }
        drawRow(place, number, x)
        text(texts[place][isGrouped ? number : 0], left + barWidth + 8, top + 15)
        top += Self.bar
      }
      top += gap
    }
    let axis = x(scale.isLogarithmic || scale.lower > 0 ? scale.lower : 0)
    line(axis, start, axis, end, kind: "axis")
    top += 26
  }

  /// Whether no labels touch.
  static func fits(_ scale: Scale, width: Double) -> Bool {
    let centres = scale.ticks.map { tick in
      (place: scale.place(tick.value) * width, half: Double(tick.label.count) * letter / 2 + 5)
    }
    return zip(centres, centres.dropFirst()).allSatisfy { $1.place - $0.place > $0.half + $1.half }
  }

  private mutating func drawRow(_ place: Int, _ number: Int, _ x: (Double) -> Double) {
    switch chart.kind {
    case .stacked:
      var (above, below) = (0.0, 0.0)
      for (index, series) in chart.series.enumerated() {
        guard let value = series.marks[place].value else { continue }
        let from = value < 0 ? below : above
        if value < 0 { below += value } else { above += value }
        let ends = [x(from), x(from + value)].sorted()
        rectangle(ends[0], top + 2, ends[1] - ends[0], Self.bar - 4, fill: ChartPalette.series(index))
      }
    case .box: drawBox(place, x)
    default: drawBar(chart.series[number].marks[place], number, x)
    }
  }

  private mutating func drawBar(_ mark: Chart.Mark, _ number: Int, _ x: (Double) -> Double) {
    let zero = x(chart.isLogarithmic ? -.infinity : 0)
    guard mark.state == .drawn else {
      if mark.state != .absent {
        text(mark.state == .hidden ? Presentation.hiddenText : mark.text, zero + 4, top + 15, kind: "note")
      }
      return
    }
    let colour = ChartPalette.series(number)
    let end = x(mark.value ?? mark.low ?? 0)
    rectangle(min(zero, end), top + 2, (end - zero).magnitude, Self.bar - 4, fill: colour)
    let middle = top + Self.bar / 2
    if mark.value == nil {
      // Somewhere between bounds: a paler bar, open at its end where there is no upper one.
      let far = mark.high.map(x) ?? x(.greatestFiniteMagnitude)
      rectangle(end, top + 2, far - end, Self.bar - 4, fill: colour, opacity: 0.3)
      if mark.isOpen { text("→", far - 4, top + 15, anchor: "end") }
      return
    }
    guard mark.low != nil || mark.high != nil else { return }
    let (from, to) = (mark.low.map(x) ?? end, mark.high.map(x) ?? end)
    line(from, middle, to, middle, kind: "whisker")
    for (bound, place) in [(mark.low, from), (mark.high, to)] where bound != nil {
      line(place, middle - 4, place, middle + 4, kind: "whisker")
    }
  }

  private mutating func drawBox(_ place: Int, _ x: (Double) -> Double) {
    let marks = Dictionary(chart.series.map { ($0.name, $0.marks[place]) }) { first, _ in first }
    guard let q1 = marks["q1"]?.value, let median = marks["median"]?.value, let q3 = marks["q3"]?.value else {
      let text = marks["median"]?.state == .hidden ? Presentation.hiddenText : marks["median"]?.text ?? ""
      return self.text(text, x(-.infinity) + 4, top + 15, kind: "note")
    }
    let middle = top + Self.bar / 2
    for (end, side) in [("low", q1), ("high", q3)] {
      guard let far = marks[end]?.value else { continue }
      line(x(side), middle, x(far), middle, kind: "whisker")
      line(x(far), middle - 5, x(far), middle + 5, kind: "whisker")
    }
    rectangle(x(q1), top + 2, max(1, x(q3) - x(q1)), Self.bar - 4, fill: ChartPalette.series(0), opacity: 0.6)
    line(x(median), top + 2, x(median), top + Self.bar - 2, kind: "whisker")
    for (name, end) in [("min", "low"), ("max", "high")] {
      guard let far = marks[name]?.value, far != marks[end]?.value else { continue }
      writer.element(
        "circle",
        ["class": "whisker", "cx": SVGWriter.number(x(far)), "cy": SVGWriter.number(middle), "r": "3"])
    }
  }
}
