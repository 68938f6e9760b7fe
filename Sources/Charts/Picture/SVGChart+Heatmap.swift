import Formats

extension SVGChart {
  /// Fields of shades: a column for each position, a line for each series.
  mutating func drawHeatmap() {
    let names = chart.positions.names
    let labels = chart.series.map { elided($0.name, cells: 32) }
    let labelWidth = Double(max(labels.map(displayWidth).max() ?? 0, 4)) * Self.letter + 12
    let left = Self.margin + labelWidth
    let cell = (width - left - Self.margin) / Double(max(1, names.count))
    let cellHeight = 24.0
    let levels = HeatmapLevels(chart, count: 7)
    top += 10
    text(elided(chart.yLabel, cells: letters(width - 2 * Self.margin)), Self.margin, top, kind: "label")
    top += 16
    for (place, name) in names.enumerated() {
      let x = left + (Double(place) + 0.5) * cell
      text(elided(name, cells: max(1, letters(cell) - 1)), x, top, kind: "tick", anchor: "middle")
    }
    text(elided(chart.xLabel, cells: letters(labelWidth)), Self.margin, top, kind: "label")
    top += 6
    for (number, series) in chart.series.enumerated() {
      if !labels[number].isEmpty { text(labels[number], left - 8, top + 16, anchor: "end") }
      for (place, mark) in series.marks.enumerated() {
        let x = left + Double(place) * cell
        let shown = String(mark.text.prefix { $0 != " " })
        let hasRoom = Double(displayWidth(shown) + 1) * Self.letter < cell
        switch mark.state {
        case .absent: continue
        case .hidden: text("?", x + cell / 2, top + 16, kind: "note", anchor: "middle")
        case .missing: text("-", x + cell / 2, top + 16, kind: "note", anchor: "middle")
        case .drawn:
          let level = (mark.value ?? mark.low).map { Double(levels.level($0)) / Double(max(1, levels.count - 1)) } ?? 0
          rectangle(x, top, cell - 1, cellHeight - 1, fill: ChartPalette.shade(level))
          guard hasRoom else { continue }
          writer.element(
            "text",
            [
              "x": SVGWriter.number(x + cell / 2), "y": SVGWriter.number(top + 16), "text-anchor": "middle",
              "style": "fill:\(level > 0.5 ? "#ffffff" : "#1f2328")",
            ], shown)
        }
      }
      top += cellHeight
    }
    drawLevels(levels)
  }

  private mutating func drawLevels(_ levels: HeatmapLevels) {
    top += 16
    var x = Self.margin
    for (level, label) in levels.labels.enumerated() {
      let length = 24 + Double(displayWidth(label)) * Self.letter + 14
      if x > Self.margin, x + length > width - Self.margin {
        x = Self.margin
        top += Self.line
      }
      rectangle(x, top - 6, 18, 12, fill: ChartPalette.shade(Double(level) / Double(max(1, levels.count - 1))))
      text(label, x + 24, top + 4, kind: "tick")
      x += length
    }
    top += Self.line
  }
}
