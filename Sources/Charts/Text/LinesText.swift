import Formats

/// Lines of Braille dots through the values of each series, with its mark on some of them; where a value is missing between
/// two, the line is broken.
struct LinesText {
  private let chart: Chart
  private let picture: TextChart
  private let frame: PlotFrame
  private let x: Scale
  private let places: [Double]
  private let slots: Chart.Slots

  init(_ picture: TextChart) {
    self.picture = picture
    chart = picture.chart
    let range = chart.valueRange ?? 0...1
    let frame = PlotFrame(
      picture, range: chart.isLogarithmic ? range : min(0, range.lowerBound)...max(0, range.upperBound))
    self.frame = frame
    (places, x) = LineGeometry.horizontal(chart) { TickLine.fits($0, width: frame.width) }
    slots = LineGeometry.slots(chart)
  }

  var lines: [StyledLine] {
    var canvas = BrailleCanvas(width: frame.width, height: frame.height)
    var marks: [(row: Int, column: Int, cell: Cell)] = []
    if chart.kind == .lorenz {
      canvas.line(from: (0, frame.height * 4 - 1), to: (frame.width * 2 - 1, 0), every: 4, .border)
    }
    for (number, series) in chart.series.enumerated() {
      // The bounds of several would hide each other.
      for side in chart.series.count == 1 ? [\Chart.Mark.low, \Chart.Mark.high] : [] {
        draw(series, number, every: 3, on: &canvas) { $0[keyPath: side] }
      }
      draw(series, number, every: 1, on: &canvas) { $0.value }
      marks += self.marks(series, number)
    }
    var cells = canvas.cells
    for mark in marks { cells[mark.row][mark.column] = mark.cell }
    var key: [StyledLine] = []
    if chart.hasIntervals {
      let text = chart.series.count == 1 ? "⠒ value, ⠄⠄ its bounds, low and high" : "low and high are not drawn: `last`"
      key = [picture.plain(elided(text, cells: picture.width))]
    }
    return picture.legend(Glyphs.marks)
      + frame.lines(cells, above: chart.yLabel, x: x, width: frame.width, xLabel: chart.xLabel) + key
  }

  /// The dot of a value.
  private func dot(_ place: Int, _ value: Double) -> (x: Int, y: Int) {
    let part = min(max(frame.scale.place(value), 0), 1)
    let across = x.place(places[place]) * Double(frame.width * 2 - 1)
    return (Int(across.rounded()), Int(((1 - part) * Double(frame.height * 4 - 1)).rounded()))
  }

  private func draw(
    _ series: Chart.Series, _ number: Int, every: Int, on canvas: inout BrailleCanvas, _ value: (Chart.Mark) -> Double?
  ) {
    var last: (x: Int, y: Int)?
    for (place, mark) in series.marks.enumerated() {
      // Rows of other series have their own positions on scales without a grid.
      if mark.state == .absent, !slots.isRegular, !chart.positions.areNames { continue }
      guard mark.state == .drawn, let here = value(mark).map({ dot(place, $0) }) else {
        last = nil
        continue
      }
      let isJoined = last != nil && !(slots.isRegular && slots.isAfterGap(place))
      if let last, isJoined {
        if chart.kind == .survival {
          canvas.line(from: last, to: (here.x, last.y), every: every, .series(number))
          canvas.line(from: (here.x, last.y), to: here, every: every, .series(number))
        } else {
          canvas.line(from: last, to: here, every: every, .series(number))
        }
      } else {
        canvas.dot(here.x, here.y, .series(number))
      }
      last = here
    }
  }

  /// Whether a line leads from one position to the next.
  private func isJoined(_ place: Int, _ next: Int, _ series: Chart.Series) -> Bool {
    guard place >= 0, next < series.marks.count else { return false }
    if series.marks[place].state != .drawn || series.marks[next].state != .drawn {
      // Between the positions of other series a line without a grid goes on.
      return !slots.isRegular && !chart.positions.areNames && series.marks.count(where: { $0.state == .drawn }) > 1
    }
    return !(slots.isRegular && slots.isAfterGap(next))
  }

  /// The marks on the lines: on values that stand alone, and where there are several series on some of each, far enough
  /// from each other.
  private func marks(_ series: Chart.Series, _ number: Int) -> [(row: Int, column: Int, cell: Cell)] {
    var marks: [(row: Int, column: Int, cell: Cell)] = []
    let drawn = series.marks.indices.filter { series.marks[$0].state == .drawn }
    for (order, place) in drawn.enumerated() {
      let mark = series.marks[place]
      guard let value = mark.value else {
        marks += bounds(mark, place, number)
        continue
      }
      let here = dot(place, value)
      let isAlone = !isJoined(place - 1, place, series) && !isJoined(place, place + 1, series)
      let isFar = marks.last.map { here.x / 2 - $0.column >= 10 } ?? (order == 0)
      guard isAlone || chart.series.count > 1 && (isFar || order == drawn.count - 1) else { continue }
      let glyph = chart.series.count > 1 ? Glyphs.marks[number % Glyphs.marks.count] : "•"
      marks.append((here.y / 4, here.x / 2, Cell(character: glyph, kind: .series(number))))
    }
    return marks
  }

  /// A value of which only bounds are known: from the lower one to the upper one, or to an arrow at the top.
  private func bounds(_ mark: Chart.Mark, _ place: Int, _ number: Int) -> [(row: Int, column: Int, cell: Cell)] {
    let low = dot(place, mark.low ?? frame.scale.lower)
    let high = mark.high.map { dot(place, $0) } ?? (x: low.x, y: 0)
    var marks: [(row: Int, column: Int, cell: Cell)] = []
    for row in high.y / 4...max(low.y / 4, high.y / 4) {
      let isOpenEnd = mark.high == nil && row == high.y / 4
      marks.append((row, low.x / 2, Cell(character: isOpenEnd ? "↑" : "┊", kind: .series(number))))
    }
    return marks
  }
}

/// Where the points of lines lie from left to right.
enum LineGeometry {
  /// The place of each position, and the scale that holds them.
  static func horizontal(_ chart: Chart, fits: (Scale) -> Bool) -> (places: [Double], scale: Scale) {
    switch chart.positions {
    case .points(let points, let unit):
      let range = (points.first ?? 0)...(points.last ?? 1)
      let isWhole = points.allSatisfy { $0 == $0.rounded() }
      let scale = Scale(covering: range, unit: unit, isWhole: isWhole, isRounded: false, fits: fits)
      // What can be years is written as they are.
      let areYears = isWhole && unit == .number && range.lowerBound >= 1900 && range.upperBound <= 2100
      return (points, areYears ? scale.withoutGroups : scale)
    case .ranges(let ranges, let unit):
      let points = ranges.map { $0.lowerBound.isFinite ? $0.lowerBound : $0.upperBound }
      let range = (points.first ?? 0)...(points.last ?? 1)
      return (points, Scale(covering: range, unit: unit, isRounded: false, fits: fits))
    case .categories(let names):
      let places = names.indices.map(Double.init)
      let upper = Double(max(1, names.count - 1))
      // Every name, every second one ... until they fit.
      for step in 1...max(1, names.count) {
        let ticks = Swift.stride(from: 0, to: names.count, by: step).map {
          Scale.Tick(value: Double($0), label: elided(names[$0], cells: 16))
        }
        let scale = Scale(lower: 0, upper: upper, ticks: ticks)
        if fits(scale) { return (places, scale) }
      }
      return (places, Scale(lower: 0, upper: upper, ticks: []))
    }
  }

  /// The grid on which positions lie, if any.
  static func slots(_ chart: Chart) -> Chart.Slots {
    if case .points(let points, let unit) = chart.positions { return Chart.Slots(points, unit) }
    return Chart.Slots((0..<chart.positions.count).map(Double.init), .number)
  }
}

extension Chart.Positions {
  var areNames: Bool { if case .categories = self { true } else { false } }
}
