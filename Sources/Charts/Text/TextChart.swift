import Formats

/// A chart drawn with characters: blocks that are eighths of a cell, and Braille patterns of two times four dots.
///
/// Colours only add to it: without them series are told apart by what is written and by the marks that they are made of.
public struct TextChart {
  let chart: Chart
  let width: Int
  let height: Int
  let style: ChartStyle?
  /// What is said of it besides the chart's own notes.
  private(set) var notes: [String] = []

  /// The least width in which something can be told.
  public static let leastWidth = 20

  /// A chart that is at most so many cells wide.
  ///
  /// - Parameter height: the lines between its axes, for charts that are not a line for each category.
  public init(_ chart: Chart, width: Int, height: Int? = nil, style: ChartStyle? = nil) {
    self.chart = chart
    self.width = max(TextChart.leastWidth, width)
    self.height = max(2, height ?? min(15, max(5, width / 7)))
    self.style = style
  }

  /// The chart, its last line with a line end.
  public var text: String {
    var (lines, notes) = chart.valueRange == nil ? ([plain("nothing to draw")], []) : body
    if !chart.title.isEmpty {
      lines = wrappedText(visibleText(chart.title), width: width).map { heading($0) } + lines
    }
    var text = lines.map { $0.text(style) + "\n" }.joined()
    for note in chart.notes + notes {
      for line in wrappedText("note: " + note, width: width) {
        text += (style?(.foot, line) ?? line) + "\n"
      }
    }
    return text
  }

  private var body: (lines: [StyledLine], notes: [String]) {
    switch (chart.kind, chart.positions) {
    case (.heatmap, _): HeatmapText(self).drawn
    case (.box, _): (RowsText(self).lines, [])
    case (_, .categories) where chart.kind != .line: (RowsText(self).lines, [])
    case (.line, _), (.lorenz, _), (.survival, _): (LinesText(self).lines, [])
    default: ColumnsText(self).drawn
    }
  }

  func plain(_ text: String) -> StyledLine {
    var line = StyledLine()
    line.append(text)
    return line
  }

  func heading(_ text: String) -> StyledLine {
    var line = StyledLine()
    line.append(text, .header)
    return line
  }

  /// What the marks of each series look like, on as many lines as needed; none for one series without a name.
  func legend(_ marks: [Character]) -> [StyledLine] {
    guard chart.series.count > 1 else { return [] }
    var lines: [StyledLine] = []
    var line = StyledLine()
    for (number, series) in chart.series.enumerated() {
      let name = elided(series.name, cells: max(4, width - 2))
      if line.width > 0, line.width + 4 + displayWidth(name) > width {
        lines.append(line)
        line = StyledLine()
      }
      if line.width > 0 { line.append("  ") }
      line.append(String(marks[number % marks.count]), .series(number))
      line.append(" " + name)
    }
    return lines + [line]
  }
}

/// What series are filled with, so that they can be told apart without colour.
enum Glyphs {
  /// What bars and parts of them are filled with.
  static let fills: [Character] = ["█", "▒", "░", "▓", "▞", "▚", "▤"]
  /// What lines are marked with.
  static let marks: [Character] = ["●", "○", "■", "□", "▲", "△", "◆"]
  /// Blocks from the left, of one eighth of a cell to seven.
  static let fromLeft: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  /// Blocks from below, of one eighth of a cell to seven.
  static let fromBelow: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"]
}
