import Formats

/// Fields of shades: a column for each position, a line for each series.
struct HeatmapText {
  private let chart: Chart
  private let picture: TextChart
  private let levels: HeatmapLevels

  private static let shades: [Character] = ["·", "░", "▒", "▓", "█"]

  init(_ picture: TextChart) {
    self.picture = picture
    chart = picture.chart
    levels = HeatmapLevels(chart, count: Self.shades.count)
  }

  /// The lines, and what is to be said of them.
  var drawn: (lines: [StyledLine], notes: [String]) {
    let names = chart.positions.names
    let longest = max(chart.series.map { displayWidth($0.name) }.max() ?? 0, displayWidth(chart.xLabel))
    let labelWidth = min(longest, max(6, picture.width / 4))
    let room = max(4, picture.width - labelWidth - 1)
    let shown = min(names.count, room / 2)
    let cellWidth = min(room / max(1, shown), max(6, (names.map(displayWidth).max() ?? 0) + 1, longestValue + 4))
    let hasValues = cellWidth >= longestValue + 4
    var lines = header(names.prefix(shown), labelWidth, cellWidth)
    for series in chart.series {
      var line = StyledLine()
      line.append(elided(series.name, cells: labelWidth))
      line.pad(to: labelWidth + 1)
      for (place, mark) in series.marks.prefix(shown).enumerated() {
        let (character, kind) = shade(mark)
        let count = hasValues ? 2 : max(1, cellWidth - 1)
        line.append(String(repeating: String(character), count: count), kind)
        if hasValues, mark.state == .drawn { line.append(" " + mark.text.prefix { $0 != " " }) }
        line.pad(to: labelWidth + 1 + (place + 1) * cellWidth)
      }
      lines.append(line)
    }
    let left = names.count - shown
    return (
      lines + key,
      left > 0 ? ["\(Chart.counted(left, "more column")) left out: too narrow for them"] : []
    )
  }

  private var longestValue: Int {
    chart.series.flatMap(\.marks).map { displayWidth(String($0.text.prefix { $0 != " " })) }.max() ?? 0
  }

  /// The names of the columns, beside each other or, where they are narrow, downwards.
  private func header(_ names: some Collection<String>, _ labelWidth: Int, _ cellWidth: Int) -> [StyledLine] {
    if cellWidth >= 5 {
      var line = StyledLine()
      line.append(elided(chart.xLabel, cells: labelWidth), .header)
      for (place, name) in names.enumerated() {
        line.pad(to: labelWidth + 1 + place * cellWidth)
        line.append(elided(name, cells: cellWidth - 1), .header)
      }
      return [line]
    }
    let height = min(8, names.map { Array($0).count }.max() ?? 0)
    let texts = names.map { Array(elided($0, cells: height)) }
    return (0..<height).map { row in
      var line = StyledLine()
      for (place, text) in texts.enumerated() {
        line.pad(to: labelWidth + 1 + place * cellWidth)
        let index = row - (height - text.count)
        if index >= 0 { line.append(String(text[index]), .header) }
      }
      return line
    }
  }

  private func shade(_ mark: Chart.Mark) -> (Character, Presentation.SpanKind?) {
    switch mark.state {
    case .absent: (" ", nil)
    case .hidden: ("?", .null)
    case .missing: ("-", .null)
    case .drawn:
      ((mark.value ?? mark.low).map { Self.shades[levels.level($0)] } ?? "→", .series(0))
    }
  }

  /// What the shades mean.
  private var key: [StyledLine] {
    var lines = [StyledLine()]
    lines[0].append(elided(chart.yLabel, cells: picture.width), .header)
    var parts = zip(Self.shades, levels.labels).map { "\($0) \($1)" }
    if chart.has(.hidden) { parts.append("? hidden") }
    if chart.has(.missing) { parts.append("- NULL") }
    for part in parts {
      if lines[lines.count - 1].width + 2 + displayWidth(part) > picture.width { lines.append(StyledLine()) }
      if lines[lines.count - 1].width > 0 { lines[lines.count - 1].append("  ") }
      lines[lines.count - 1].append(part, .foot)
    }
    return lines
  }
}

/// The steps into which values are put to be shaded: equally long ones between round ends.
struct HeatmapLevels {
  let scale: Scale
  let count: Int
  /// What each level holds.
  let labels: [String]

  init(_ chart: Chart, count: Int) {
    let range = chart.valueRange ?? 0...1
    let isRatio = chart.isLogarithmic && range.lowerBound > 0
    scale = Scale(
      covering: isRatio ? range : min(0, range.lowerBound)...range.upperBound, unit: chart.unit,
      isLogarithmic: isRatio, isWhole: chart.isWhole
    ) { $0.ticks.count <= count + 1 }
    let ticks = scale.ticks
    self.count = max(1, min(count, ticks.count - 1))
    labels = (0..<self.count).map { level in
      level + 1 < ticks.count ? "\(ticks[level].label) to \(ticks[level + 1].label)" : ""
    }
  }

  /// The level of a value, from 0 on; a value between two has the lower one's number.
  func level(_ value: Double) -> Int {
    let above = scale.ticks.dropFirst().firstIndex { value < $0.value } ?? scale.ticks.count
    return min(max(0, above - 1), count - 1)
  }
}
