import Formats

/// Bars that lie, a line for each: categories one below the other, each with its series.
///
/// ```
/// country     share
/// TR        │ ███████████▓▓▓░░    62.1%  55.0% to 68.7%
/// IN        │ ████▓░              24.0%  19.5% to 29.1%
///           └─┬─────────┬─────
///             0%       50%
/// ```
struct RowsText {
  private let chart: Chart
  private let picture: TextChart
  private let labelWidth: Int
  private let nameWidth: Int
  private let valueWidth: Int
  private let barWidth: Int
  private let scale: Scale
  private let texts: [[String]]

  private static let leastBar = 5

  init(_ picture: TextChart) {
    self.picture = picture
    chart = picture.chart
    let width = picture.width
    let labels = chart.positions.names
    labelWidth = min(max(labels.map(displayWidth).max() ?? 0, displayWidth(chart.xLabel)), max(6, width / 4))
    let names = chart.kind == .bar && chart.series.count > 1 ? chart.series.map(\.name) : []
    nameWidth = min(names.map { displayWidth($0) + 1 }.max() ?? 0, max(5, width / 5))
    let room = width - labelWidth - nameWidth - 2
    // The longest texts that leave the bars some room: with bounds, without, none.
    let choices = [chart.rowTexts(isShort: false), chart.rowTexts(isShort: true)]
    let widths = choices.map { $0.joined().map(displayWidth).max() ?? 0 }
    let fitting = widths.firstIndex { room - $0 - 1 >= max(Self.leastBar, room / 3) }
    texts = fitting.map { choices[$0] } ?? []
    valueWidth = fitting.map { widths[$0] } ?? 0
    barWidth = max(Self.leastBar, room - (valueWidth > 0 ? valueWidth + 1 : 0))
    let range = chart.valueRange ?? 0...1
    let isBox = chart.kind == .box
    let barWidth = barWidth
    scale = Scale(
      covering: isBox || chart.isLogarithmic ? range : min(0, range.lowerBound)...max(0, range.upperBound),
      unit: chart.unit, isLogarithmic: chart.isLogarithmic, isWhole: chart.isWhole
    ) { TickLine.fits($0, width: barWidth) }
  }

  var lines: [StyledLine] {
    var lines: [StyledLine] = []
    if chart.kind == .stacked { lines += picture.legend(Glyphs.fills) }
    if !chart.xLabel.isEmpty || !chart.yLabel.isEmpty { lines.append(header) }
    let isGrouped = chart.kind == .bar
    for (place, label) in chart.positions.names.enumerated() {
      // Of several series those without a row have no bar.
      let shown = chart.series.indices.filter { chart.series[$0].marks[place].state != .absent }
      let numbers = isGrouped ? chart.series.count > 1 ? shown : Array(chart.series.indices) : [0]
      for (order, number) in numbers.enumerated() {
        var line = start(order == 0 ? label : "", isGrouped ? number : nil)
        line.append(cells(place, number))
        if !texts.isEmpty {
          let text = texts[place][number]
          line.append(" ")
          line.pad(to: picture.width - displayWidth(text))
          line.append(text, .number)
        }
        lines.append(line)
      }
    }
    var axis = StyledLine()
    axis.pad(to: labelWidth + nameWidth + 1)
    axis.append("└" + TickLine.axis(scale, width: barWidth), .border)
    lines += [axis, TickLine.labels(scale, width: barWidth, indent: labelWidth + nameWidth + 2)]
    return lines + key
  }

  private var header: StyledLine {
    var line = StyledLine()
    line.append(elided(chart.xLabel, cells: labelWidth), .header)
    line.pad(to: labelWidth + nameWidth + 2)
    line.append(elided(chart.yLabel, cells: picture.width - line.width), .header)
    return line
  }

  private func start(_ label: String, _ number: Int?) -> StyledLine {
    var line = StyledLine()
    line.append(elided(label, cells: labelWidth))
    line.pad(to: labelWidth)
    if let number, nameWidth > 0 {
      line.append(" ")
      line.append(elided(chart.series[number].name, cells: nameWidth - 1), .series(number))
    }
    line.pad(to: labelWidth + nameWidth)
    line.append(" │", .border)
    return line
  }

  /// What the shades mean.
  private var key: [StyledLine] {
    var parts: [String] = []
    if chart.kind == .box {
      parts.append("├─┤ whiskers, ▒ between the quartiles, █ median")
      if chart.series.contains(where: { $0.name == "max" }) { parts.append("∘ farthest value outside") }
    } else if chart.kind == .bar, chart.hasIntervals {
      parts.append("▓░ \(chart.boundsLabel)")
    }
    if chart.kind == .bar, chart.series.contains(where: { $0.marks.contains(where: \.isOpen) }) {
      parts.append("→ no upper bound")
    }
    guard !parts.isEmpty else { return [] }
    return wrappedText(parts.joined(separator: ", "), width: picture.width).map { text in
      var line = StyledLine()
      line.append(text, .foot)
      return line
    }
  }

  // MARK: Cells

  private func cells(_ place: Int, _ number: Int) -> [Cell] {
    switch chart.kind {
    case .stacked: stack(place)
    case .box: box(place)
    default: bar(chart.series[number].marks[place], number)
    }
  }

  /// How many cells from the left a value lies, whole and part.
  private func offset(_ value: Double) -> Double { min(max(scale.place(value), 0), 1) * Double(barWidth) }

  private func bar(_ mark: Chart.Mark, _ number: Int) -> [Cell] {
    var cells = Array(repeating: Cell(), count: barWidth)
    guard mark.state == .drawn else {
      let isHidden = mark.state == .hidden
      return text(mark.state == .absent ? "" : isHidden ? Presentation.hiddenText : mark.text, in: cells)
    }
    let zero = scale.isLogarithmic ? 0 : offset(0)
    func fill(_ from: Double, _ to: Double, _ character: Character) {
      for cell in Int(min(from, to).rounded())..<max(Int(min(from, to).rounded()), Int(max(from, to).rounded()))
      where cell < barWidth { cells[cell] = Cell(character: character, kind: .series(number)) }
    }
    let end = mark.value.map(offset) ?? mark.low.map(offset) ?? zero
    if mark.value != nil, mark.low == nil, mark.high == nil {
      if end >= zero { fillEighths(from: zero, to: end, &cells, number) } else { fill(end, zero, "█") }
      if let value = mark.value, value != 0, cells.allSatisfy({ $0.character == " " }) {
        cells[min(Int(zero), barWidth - 1)] = Cell(character: value > 0 ? "▏" : "▕", kind: .series(number))
      }
      return cells
    }
    fill(zero, end, "█")
    if let low = mark.low, mark.value != nil { fill(max(offset(low), min(zero, end)), end, "▓") }
    if let high = mark.high {
      fill(end, offset(high), "░")
    } else if mark.isOpen {
      fill(end, Double(barWidth), "░")
      cells[barWidth - 1] = Cell(character: "→", kind: .series(number))
    }
    return cells
  }

  private func fillEighths(from zero: Double, to end: Double, _ cells: inout [Cell], _ number: Int) {
    let first = Int(zero.rounded())
    let eighths = max(0, Int(((end - Double(first)) * 8).rounded()))
    for cell in 0..<(eighths + 7) / 8 where first + cell < barWidth {
      let rest = eighths - cell * 8
      let character: Character = rest >= 8 ? "█" : Glyphs.fromLeft[rest - 1]
      cells[first + cell] = Cell(character: character, kind: .series(number))
    }
  }

  private func stack(_ place: Int) -> [Cell] {
    var cells = Array(repeating: Cell(), count: barWidth)
    var (above, below) = (0.0, 0.0)
    for (number, series) in chart.series.enumerated() {
      guard let value = series.marks[place].value else { continue }
      let from = value < 0 ? below : above
      if value < 0 { below += value } else { above += value }
      let ends = [offset(from), offset(from + value)].map { Int($0.rounded()) }.sorted()
      for cell in ends[0]..<ends[1] where cell < barWidth {
        cells[cell] = Cell(character: Glyphs.fills[number % Glyphs.fills.count], kind: .series(number))
      }
    }
    return cells
  }

  private func box(_ place: Int) -> [Cell] {
    var cells = Array(repeating: Cell(), count: barWidth)
    let marks = Dictionary(chart.series.map { ($0.name, $0.marks[place]) }) { first, _ in first }
    func cell(_ name: String) -> Int? {
      marks[name]?.value.map { min(barWidth - 1, Int(min(max(scale.place($0), 0), 1) * Double(barWidth - 1) + 0.5)) }
    }
    guard
      let (first, middle, last) = cell("q1").flatMap({ q1 in
        cell("median").flatMap { median in cell("q3").map { (q1, median, $0) } }
      })
    else {
      let isHidden = marks["median"]?.state == .hidden
      return text(isHidden ? Presentation.hiddenText : marks["median"]?.text ?? "", in: cells)
    }
    func put(_ range: ClosedRange<Int>, _ character: Character) {
      for index in range { cells[index] = Cell(character: character, kind: .series(0)) }
    }
    for name in ["min", "max"] { if let far = cell(name) { put(far...far, "∘") } }
    if let low = cell("low"), low < first {
      put(low...first, "─")
      put(low...low, "├")
    }
    if let high = cell("high"), high > last {
      put(last...high, "─")
      put(high...high, "┤")
    }
    put(first...last, "▒")
    put(middle...middle, "█")
    return cells
  }

  /// A text in place of a bar.
  private func text(_ text: String, in cells: [Cell]) -> [Cell] {
    let characters = Array(elided(text, cells: barWidth)).filter { displayWidth(String($0)) == 1 }
    return characters.map { Cell(character: $0, kind: .null) } + cells.dropFirst(characters.count)
  }
}

extension Chart.Positions {
  /// The names of categories; none for other positions.
  var names: [String] { if case .categories(let names) = self { names } else { [] } }
}

extension Chart {
  /// What stands behind each bar: for each position a text for each series, or one for all where they share a line.
  func rowTexts(isShort: Bool) -> [[String]] {
    (0..<positions.count).map { place in
      switch kind {
      case .bar:
        return series.map { series in
          let mark = series.marks[place]
          return mark.state != .drawn ? "" : isShort ? String(mark.text.prefix { $0 != " " }) : mark.text
        }
      case .box:
        let named = Dictionary(series.map { ($0.name, $0.marks[place].text) }) { first, _ in first }
        let short = named["median"] ?? ""
        let outside = named["outside"].flatMap { $0 == "0" || isShort ? nil : "  \($0) outside" } ?? ""
        return ["\(short)\(isShort ? "" : "  n \(named["n"] ?? "")")\(outside)"]
      default: return [""]
      }
    }
  }
}
