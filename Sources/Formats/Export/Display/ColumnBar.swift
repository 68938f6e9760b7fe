import ColumnStore

/// The bars beside the numbers of one column, all on one scale that begins at 0.
///
/// ```
/// 58.3% █████├──┼──┤     an interval of three cells or more: what is full is below its low end
///  2.9% ▌                a narrower one, or none: the number itself, in eighths of a cell
///  NULL ██├────┤         only the bounds are known
///  NULL ██├───────       there is no upper bound
/// ```
///
/// Without Unicode: `#####|--+--|`, and `.` for less than half a cell.
struct ColumnBar {
  /// The cells of a bar where there is room, and the fewest that are worth it.
  static let widest = 20
  static let narrowest = 8

  /// What the right end of every bar stands for.
  let scale: Double

  private let values: Column
  private let low: Column?
  private let high: Column?
  private let unicode: Bool

  /// Bars for the rows that are shown; nil where none of them has anything to draw.
  init?(_ values: Column, low: Column?, high: Column?, rows: [Range<Int>], unicode: Bool) {
    self.values = values
    self.low = low
    self.high = high
    self.unicode = unicode
    var most = 0.0
    for row in rows.lazy.joined() {
      for column in [values, low, high] {
        most = max(most, column.flatMap { ColumnBar.number($0.value(row)) } ?? 0)
      }
    }
    guard most > 0 else { return nil }
    scale = ColumnBar.roundScale(most)
  }

  /// The bar of a row, no wider than `width` cells; empty for what is not known, and for what is not above 0.
  func text(_ row: Int, width: Int) -> String {
    let value = ColumnBar.number(values.value(row))
    guard let low = self.low.flatMap({ ColumnBar.number($0.value(row)) }) else {
      return value.map { bar($0, width) } ?? ""
    }
    let high = self.high.flatMap { ColumnBar.number($0.value(row)) }
    // A number that has a low end and no high one is not bounded from above.
    let first = min(width - 1, Int(cells(low, width)))
    let last = high.map { max(first, min(width - 1, Int(cells($0, width).rounded(.up)) - 1)) } ?? width
    if let value, last - first < 2 { return bar(value, width) }
    let marks = unicode ? Marks.unicode : Marks.ascii
    var line = [Character](repeating: marks.full, count: first)
    line += [Character](repeating: marks.line, count: min(last, width - 1) - first + 1)
    if let value {
      let place = min(width - 1, Int(cells(value, width)))
      if place > first, place < last { line[place] = marks.middle }
    }
    line[first] = last == first ? marks.only : marks.start
    if last > first, last < width { line[last] = marks.end }
    return String(line)
  }

  /// A bar up to a number, in eighths of a cell; what is above 0 is never nothing.
  private func bar(_ value: Double, _ width: Int) -> String {
    guard value > 0 else { return "" }
    let eighths = min(width * 8, max(1, Int((cells(value, width) * 8).rounded())))
    if unicode {
      return String(repeating: "█", count: eighths / 8) + (eighths % 8 == 0 ? "" : ColumnBar.parts[eighths % 8 - 1])
    }
    return String(repeating: "#", count: eighths / 8) + (eighths % 8 == 0 ? "" : eighths % 8 < 4 ? "." : "#")
  }

  /// Where a number lies, from 0 to `width`.
  private func cells(_ value: Double, _ width: Int) -> Double { min(value / scale, 1) * Double(width) }

  /// What stands for an interval.
  private struct Marks {
    let full: Character
    let start: Character
    let line: Character
    let middle: Character
    let end: Character
    /// An interval of one cell.
    let only: Character

    static let unicode = Marks(full: "█", start: "├", line: "─", middle: "┼", end: "┤", only: "│")
    static let ascii = Marks(full: "#", start: "|", line: "-", middle: "+", end: "|", only: "|")
  }

  private static let parts = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// A number that a bar can stand for: finite, and not below 0.
  private static func number(_ value: Value) -> Double? {
    let number: Double
    switch value {
    case .integer(let integer): number = Double(integer)
    case .double(let double): number = double
    case .decimal(let decimal): number = decimal.double
    default: return nil
    }
    return number.isFinite && number >= 0 ? number : nil
  }

  /// The least of 1, 2, 5, 10, 20, 50 ... and of their tenths, hundredths ... that is not below a number.
  static func roundScale(_ number: Double) -> Double {
    var power = 1.0
    while power < number { power *= 10 }
    // Going down divides what is exact, so that 0.1 is 0.1.
    var divisor = 1.0
    while number <= power / (divisor * 10), divisor < 1e15 { divisor *= 10 }
    for part in [10.0, 5, 2] where number <= power / (divisor * part) { return power / (divisor * part) }
    return power / divisor
  }
}
