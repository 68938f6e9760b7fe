import Formats

/// A chart drawn as a picture: an SVG document (W3C, "Scalable Vector Graphics 2") without scripts, with a title, a
/// description, and the rows as a table for screen readers.
public struct SVGChart {
  let chart: Chart
  /// The width in pixels.
  let width: Double
  /// The height of what is drawn between the axes, in pixels; nil for the usual one.
  let height: Double?
  var writer = SVGWriter()
  /// Where the next thing is drawn.
  var top = 16.0

  /// The width where none is said.
  public static let usualWidth = 800
  /// The space left and right.
  static let margin = 16.0
  /// About how wide a letter is.
  static let letter = 7.2
  /// From one line of text to the next.
  static let line = 18.0

  /// A chart of a width, with a height between its axes.
  public init(_ chart: Chart, width: Int? = nil, height: Int? = nil) {
    self.chart = chart
    self.width = Double(max(200, min(width ?? SVGChart.usualWidth, 20_000)))
    self.height = height.map { Double(max(40, min($0, 20_000))) }
  }

  /// The document.
  public var text: String {
    var drawing = self
    drawing.drawAll()
    let size = (SVGWriter.number(width), SVGWriter.number(drawing.top + 4))
    var document = SVGWriter()
    document.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    document.begin(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": size.0, "height": size.1, "viewBox": "0 0 \(size.0) \(size.1)",
      ])
    document.element("title", [:], chart.spokenTitle)
    document.element("desc", [:], chart.spokenText)
    document.raw(ChartPalette.sheet)
    document.element("rect", ["class": "paper", "width": "100%", "height": "100%"])
    document.begin("g", ["role": "img", "aria-label": chart.spokenText])
    document.raw(drawing.writer.text)
    document.end()
    document.drawData(chart.rows)
    document.end()
    return document.text
  }

  private mutating func drawAll() {
    if !chart.title.isEmpty {
      for line in wrappedText(visibleText(chart.title), width: letters(width * 0.8)) {
        top += 8
        text(line, Self.margin, top, kind: "title")
        top += 14
      }
    }
    if chart.valueRange == nil {
      text("nothing to draw", Self.margin, top + 8, kind: "label")
      top += 20
    } else {
      switch (chart.kind, chart.positions) {
      case (.heatmap, _): drawHeatmap()
      case (.box, _): drawRows()
      case (_, .categories) where chart.kind != .line: drawRows()
      case (.line, _), (.lorenz, _), (.survival, _): drawLines()
      default: drawColumns()
      }
    }
    for note in (key.map { [$0] } ?? []) + chart.notes.map({ "note: " + $0 }) {
      for line in wrappedText(note, width: letters(width - 2 * Self.margin)) {
        top += 16
        text(line, Self.margin, top, kind: "note")
      }
    }
    top += 12
  }

  /// What is drawn besides the values; nil for nothing.
  private var key: String? {
    if chart.kind == .box {
      let hasEnds = chart.series.contains { $0.name == "max" }
      return "from quartile to quartile, with the median" + (hasEnds ? "; whiskers; the farthest values outside" : "")
    }
    let isBetween = chart.series.contains { $0.marks.contains { $0.state == .drawn && $0.value == nil } }
    if isBetween { return "pale: between the least and the most that is known; an arrow: no upper bound" }
    guard chart.hasIntervals, chart.kind != .stacked, chart.kind != .heatmap else { return nil }
    return chart.kind == .line || chart.kind == .survival
      ? "pale: \(chart.boundsLabel)" : "whiskers: \(chart.boundsLabel)"
  }

  // MARK: Parts

  /// How many letters have room in a width.
  func letters(_ width: Double) -> Int { max(3, Int(width / Self.letter)) }

  mutating func text(_ text: String, _ x: Double, _ y: Double, kind: String = "", anchor: String = "start") {
    writer.element(
      "text",
      ["class": kind, "x": SVGWriter.number(x), "y": SVGWriter.number(y), "text-anchor": anchor], text)
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, kind: String) {
    writer.element(
      "line",
      [
        "class": kind, "x1": SVGWriter.number(x1), "y1": SVGWriter.number(y1), "x2": SVGWriter.number(x2),
        "y2": SVGWriter.number(y2),
      ])
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: String, opacity: Double = 1
  ) {
    writer.element(
      "rect",
      [
        "x": SVGWriter.number(x), "y": SVGWriter.number(y), "width": SVGWriter.number(max(0, width)),
        "height": SVGWriter.number(max(0, height)), "fill": fill, "fill-opacity": SVGWriter.number(opacity),
      ])
  }

  /// What belongs to which series, on as many lines as needed; nothing for one series.
  mutating func drawLegend(isLine: Bool = false) {
    guard chart.series.count > 1 else { return }
    var x = Self.margin
    top += 6
    for (number, series) in chart.series.enumerated() {
      let name = elided(series.name, cells: 40)
      let length = 26 + Double(displayWidth(name)) * Self.letter + 14
      if x > Self.margin, x + length > width - Self.margin {
        x = Self.margin
        top += Self.line
      }
      if isLine {
        stroke([(x, top), (x + 20, top)], number, width: 2.5)
      } else {
        rectangle(x, top - 6, 20, 12, fill: ChartPalette.series(number))
      }
      text(name, x + 26, top + 4)
      x += length
    }
    top += Self.line
  }

  /// A line through points, in the colour of a series and broken in its way.
  mutating func stroke(_ points: [(x: Double, y: Double)], _ number: Int, width: Double) {
    let path = points.map { "\(SVGWriter.number($0.x)),\(SVGWriter.number($0.y))" }.joined(separator: " ")
    writer.element(
      "polyline",
      [
        "points": path, "fill": "none", "stroke": ChartPalette.series(number), "stroke-width": SVGWriter.number(width),
        "stroke-dasharray": ChartPalette.dashes[number % ChartPalette.dashes.count],
      ])
  }
}

extension Chart {
  /// What it is called: its title, or what it shows by what.
  var spokenTitle: String { title.isEmpty ? [yLabel, xLabel].filter { !$0.isEmpty }.joined(separator: " by ") : title }

  /// What it shows, in a sentence for those who do not see it.
  var spokenText: String {
    let name: String
    switch kind {
    case .bar: name = "bar chart"
    case .line: name = "line chart"
    case .stacked: name = "stacked bar chart"
    case .heatmap: name = "heat map"
    case .histogram: name = "histogram"
    case .box: name = "box plot"
    case .lorenz: name = "Lorenz curve"
    case .survival: name = "survival curve"
    }
    let names = series.map(\.name).filter { !$0.isEmpty }
    return spokenTitle + ": " + name + (names.count > 1 && kind != .box ? " of " + names.joined(separator: ", ") : "")
      + ", " + Chart.counted(max(0, rows.count - 1), "row") + " in the table that follows"
  }
}

extension SVGWriter {
  /// Rows for screen readers, which are not seen.
  fileprivate mutating func drawData(_ rows: [[String]]) {
    guard let names = rows.first else { return }
    begin("g", ["class": "data", "role": "table", "aria-label": "data"])
    for (number, row) in rows.enumerated() {
      begin("g", ["role": "row"])
      for (column, cell) in row.enumerated() where column < names.count {
        element("text", ["role": number == 0 ? "columnheader" : "cell", "x": "0", "y": "0"], cell)
      }
      end()
    }
    end()
  }
}
