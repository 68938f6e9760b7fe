import Formats

/// Bars that stand: ranges beside each other, or times, each with its series.
struct ColumnsText {
  private let chart: Chart
  private let picture: TextChart
  private let frame: PlotFrame

  init(_ picture: TextChart) {
    self.picture = picture
    chart = picture.chart
    let range = chart.valueRange ?? 0...1
    frame = PlotFrame(
      picture, range: chart.isLogarithmic ? range : min(0, range.lowerBound)...max(0, range.upperBound))
  }

  /// The lines, and what is to be said of them.
  var drawn: (lines: [StyledLine], notes: [String]) {
    let slots = ColumnGeometry.slots(chart)
    let perSlot = isSideBySide ? chart.series.count : 1
    guard slots.count * perSlot <= frame.width else {
      let note = "too narrow for \(slots.count * perSlot) bars beside each other: drawn as a line"
      return (LinesText(picture).lines, [note])
    }
    let slotWidth = min(8 * perSlot, frame.width / max(1, slots.count))
    let plotWidth = slotWidth * slots.count
    var cells = Array(repeating: Array(repeating: Cell(), count: plotWidth), count: frame.height)
    // Ranges touch each other, other bars do not where there is room.
    let gap = chart.positions.areRanges ? 0 : slotWidth >= 3 * perSlot ? 1 : 0
    for (place, slot) in slots.numbers.enumerated() {
      let barWidth = max(1, (slotWidth - gap) / perSlot)
      if isSideBySide {
        for (number, series) in chart.series.enumerated() {
          let start = slot * slotWidth + number * barWidth
          draw([(series.marks[place], number)], start..<min(start + barWidth, plotWidth), &cells)
        }
      } else {
        let marks = chart.series.indices.map { (chart.series[$0].marks[place], $0) }
        let start = slot * slotWidth
        draw(marks, start..<start + max(1, slotWidth - gap), &cells)
      }
    }
    let axis = ColumnGeometry.axis(chart, slots) { TickLine.fits($0, width: plotWidth) }
    let lines =
      (chart.series.count > 1 ? picture.legend(Glyphs.fills) : [])
      + frame.lines(cells, above: chart.yLabel, x: axis, width: plotWidth, xLabel: chart.xLabel)
    return (lines + key, [])
  }

  private var isSideBySide: Bool { chart.kind == .bar && chart.series.count > 1 }

  /// What marks below bars mean.
  private var key: [StyledLine] {
    var parts: [String] = []
    if chart.hasIntervals { parts.append("┊ \(chart.boundsLabel)") }
    if chart.has(.hidden) { parts.append("? hidden") }
    guard !parts.isEmpty else { return [] }
    var line = StyledLine()
    line.append(parts.joined(separator: ", "), .foot)
    return [line]
  }

  // MARK: Cells

  private func draw(_ marks: [(mark: Chart.Mark, number: Int)], _ range: Range<Int>, _ cells: inout [[Cell]]) {
    let height = Double(frame.height)
    func offset(_ value: Double) -> Double { min(max(frame.scale.place(value), 0), 1) * height }
    let zero = frame.scale.isLogarithmic ? 0 : offset(0)
    var (above, below) = (0.0, 0.0)
    for (mark, number) in marks {
      if mark.state == .hidden {
        for column in range.prefix(1) { cells[frame.height - 1][column] = Cell(character: "?", kind: .null) }
      }
      if mark.state == .drawn, mark.value == nil {
        // Known to lie between bounds, of which the upper one may be missing.
        let low = offset(mark.low ?? 0)
        fill(low, mark.high.map(offset) ?? height, range, Cell(character: "░", kind: .series(number)), &cells)
        fill(zero, low, range, Cell(character: "█", kind: .series(number)), &cells)
      }
      guard let value = mark.value else { continue }
      let from = marks.count > 1 ? (value < 0 ? below : above) : 0
      if value < 0 { below += value } else { above += value }
      let glyph = chart.series.count > 1 ? Glyphs.fills[number % Glyphs.fills.count] : "█"
      let cell = Cell(character: glyph, kind: .series(number))
      if marks.count == 1, value >= 0, chart.series.count == 1 {
        fillEighths(zero, offset(value), range, number, value > 0, &cells)
      } else {
        fill(marks.count == 1 ? zero : offset(from), offset(from + value), range, cell, &cells)
      }
      if let low = mark.low, let high = mark.high, let column = range.dropFirst(range.count / 2).first {
        fill(offset(low), offset(high), column..<column + 1, Cell(character: "┊", kind: .border), &cells)
      }
    }
  }

  private func fill(_ from: Double, _ to: Double, _ range: Range<Int>, _ cell: Cell, _ cells: inout [[Cell]]) {
    let ends = [from, to].map { Int($0.rounded()) }.sorted()
    for level in ends[0]..<ends[1] where level < frame.height {
      for column in range { cells[frame.height - 1 - level][column] = cell }
    }
  }

  private func fillEighths(
    _ zero: Double, _ end: Double, _ range: Range<Int>, _ number: Int, _ isSomething: Bool, _ cells: inout [[Cell]]
  ) {
    let first = Int(zero.rounded())
    let eighths = max(isSomething ? 1 : 0, Int(((end - Double(first)) * 8).rounded()))
    for level in 0..<(eighths + 7) / 8 where first + level < frame.height {
      let rest = eighths - level * 8
      let character: Character = rest >= 8 ? "█" : Glyphs.fromBelow[rest - 1]
      for column in range {
        cells[frame.height - 1 - first - level][column] = Cell(character: character, kind: .series(number))
      }
    }
  }
}

extension Chart.Positions {
  var areRanges: Bool { if case .ranges = self { true } else { false } }
}
