import Formats

/// The axes of a chart whose values go up: labels and a line on the left, an axis below, and the cells between them.
struct PlotFrame {
  let scale: Scale
  let width: Int
  let height: Int
  private let labelWidth: Int

  /// Cells for a picture whose values lie in a range.
  init(_ picture: TextChart, range: ClosedRange<Double>) {
    let chart = picture.chart
    let height = picture.height
    self.height = height
    scale = Scale(
      covering: range, unit: chart.unit, isLogarithmic: chart.isLogarithmic, isWhole: chart.isWhole
    ) { scale in
      let rows = scale.ticks.map { PlotFrame.row($0.value, scale, height: height) }
      return zip(rows, rows.dropFirst()).allSatisfy { $0 - $1 > 1 || $0 > $1 && height < 8 }
    }
    labelWidth = scale.ticks.map { displayWidth($0.label) }.max() ?? 0
    width = max(8, picture.width - labelWidth - 2)
  }

  /// The line in which a value lies, counted from the top; the lower end of the scale lies in the line of the axis.
  static func row(_ value: Double, _ scale: Scale, height: Int) -> Int {
    height - Int((min(max(scale.place(value), 0), 1) * Double(height)).rounded())
  }

  /// The picture with its axes, and what they are.
  func lines(_ cells: [[Cell]], above label: String, x: Scale?, width plotWidth: Int, xLabel: String) -> [StyledLine] {
    var labels = Array(repeating: "", count: height + 1)
    for tick in scale.ticks { labels[PlotFrame.row(tick.value, scale, height: height)] = tick.label }
    var lines: [StyledLine] = []
    var head = StyledLine()
    head.append(elided(label, cells: labelWidth + 2 + width), .header)
    if head.width > 0 { lines.append(head) }
    func start(_ label: String, _ tick: String, _ line: String) -> StyledLine {
      var start = StyledLine()
      start.pad(to: labelWidth - displayWidth(label))
      start.append(label, .type)
      start.append(label.isEmpty ? " " + line : " " + tick, .border)
      return start
    }
    for row in 0..<height {
      var line = start(labels[row], "┤", "│")
      line.append(cells[row])
      lines.append(line)
    }
    guard let x else { return lines }
    var axis = start(labels[height], "┼", "└")
    axis.append(TickLine.axis(x, width: plotWidth), .border)
    var below = [axis, TickLine.labels(x, width: plotWidth, indent: labelWidth + 2)]
    if !xLabel.isEmpty {
      let end = labelWidth + 2 + plotWidth
      if below[1].width + 2 + displayWidth(xLabel) > end { below.append(StyledLine()) }
      let name = elided(xLabel, cells: labelWidth + 2 + width)
      below[below.count - 1].pad(to: end - displayWidth(name))
      below[below.count - 1].append(name, .header)
    }
    return lines + below
  }
}
