import ColumnStore
import Formats
import Glibc

extension Chart {
  /// The most rows that a chart is made of.
  public static let mostRows = 1_000_000
  /// The most categories of one axis that are drawn.
  public static let mostCategories = 20
  /// The most series that are drawn, each with a colour of its own.
  public static let mostSeries = 7

  /// A chart of a table.
  ///
  /// - Parameters:
  ///   - presentation: how values are shown, which are hidden, and the footnotes.
  ///   - categories: how many categories are drawn; the others are told of in a note.
  /// - Throws: `ChartError`.
  public init(
    of table: Table, encoding: ChartEncoding, presentation: Presentation, mostCategories: Int = Chart.mostCategories
  ) throws {
    guard table.rowCount <= Chart.mostRows else {
      throw ChartError.tooMany(rows: table.rowCount, most: Chart.mostRows)
    }
    let reader = ChartReader(table, encoding, PresentedCells(table, presentation: presentation))
    self.init(kind: encoding.kind, title: encoding.title, isLogarithmic: encoding.isLogarithmic)
    let names = table.descriptions.map(\.name)
    xLabel = visibleText(encoding.xLabel ?? encoding.x.map { names[$0] } ?? "")
    yLabel = visibleText(encoding.yLabel ?? encoding.measures.map { names[$0.value] }.joined(separator: ", "))
    if let label = encoding.boundsLabel { boundsLabel = label }
    unit = reader.unit
    isWhole = reader.isWhole
    (positions, series) = try reader.marks()
    rows = reader.rows
    notes = reader.notes(on: series)
    leaveOutCategories(most: mostCategories)
    leaveOutSeries()
    leaveOutForLogarithm()
    notes += presentation.notes.map(visibleText)
  }
}

/// Reads marks out of a table.
private struct ChartReader {
  let table: Table
  let encoding: ChartEncoding
  let cells: PresentedCells

  init(_ table: Table, _ encoding: ChartEncoding, _ cells: PresentedCells) {
    self.table = table
    self.encoding = encoding
    self.cells = cells
  }

  var unit: Scale.Unit {
    guard let first = encoding.measures.first?.value else { return .number }
    let description = table.descriptions[first]
    return description.display.isFraction ? .percent : Scale.Unit(of: description.type)
  }

  var isWhole: Bool {
    encoding.measures.allSatisfy { [.integer, .count].contains(table.descriptions[$0.value].type) }
  }

  /// The values of all columns, as people read them.
  var rows: [[String]] {
    let columns = Array(table.columns.indices)
    return [table.descriptions.map { visibleText($0.name) }]
      + (0..<min(table.rowCount, 1000)).map { row in columns.map { visibleText(cells.text(row: row, column: $0)) } }
  }

  // MARK: Marks

  func marks() throws -> (Chart.Positions, [Chart.Series]) {
    let places = places()
    var names: [String] = []
    var numbers: [SeriesKey: Int] = [:]
    var marks: [[Chart.Mark]] = []
    // The keys of boxes all say where they stand.
    let keys = encoding.kind == .box ? [] : encoding.series
    for row in 0..<table.rowCount {
      let own = keys.map { table.columns[$0].value(row) }
      for (order, measure) in encoding.measures.enumerated() {
        let key = SeriesKey(values: own, measure: order)
        let number = numbers[key] ?? names.count
        if number == names.count {
          let measured = encoding.measures.count > 1 ? [table.descriptions[measure.value].name] : []
          numbers[key] = number
          names.append(
            (keys.map { cells.text(row: row, column: $0) } + measured).map(visibleText)
              .joined(separator: " · "))
          marks.append(Array(repeating: Chart.Mark(.absent), count: places.positions.count))
        }
        guard let place = places.ofRow[row] else { continue }
        guard marks[number][place].state == .absent else {
          throw ChartError.severalRows(
            position: places.name(of: row, in: cells, encoding), series: own.isEmpty ? "" : names[number])
        }
        marks[number][place] = mark(measure, row)
      }
    }
    return (places.positions, zip(names, marks).map { Chart.Series(name: $0, marks: $1) })
  }

  /// What tells series from each other.
  private struct SeriesKey: Hashable {
    let values: [Value]
    let measure: Int
  }

  private func mark(_ measure: ChartEncoding.Measure, _ row: Int) -> Chart.Mark {
    let text = visibleText(cells.text(row: row, column: measure.value))
    let column = table.columns[measure.value]
    if column.isNull(row) {
      return Chart.Mark(cells.isHidden(row: row, column: measure.value) ? .hidden : .missing, text: text)
    }
    if case .count(let count) = column.value(row), count.exact == nil {
      return Chart.Mark(low: count.lower.map(Double.init), high: count.upper.map(Double.init), text: text)
    }
    guard let value = number(measure.value, row), value.isFinite else { return Chart.Mark(.missing, text: text) }
    func bound(_ column: Int?) -> Double? {
      column.flatMap { number($0, row) }.flatMap { $0.isFinite ? $0 : nil }
    }
    var mark = Chart.Mark(
      value: value, low: bound(measure.low), high: bound(measure.high), text: shortText(measure.value, row))
    let bounds = [measure.low, measure.high].compactMap(\.self).map {
      table.columns[$0].isNull(row) ? "?" : shortText($0, row)
    }
    if bounds.count == 2, mark.low != nil || mark.high != nil { mark.text += "  \(bounds[0]) to \(bounds[1])" }
    return mark
  }

  /// A value as it stands beside a mark: of doubles without a look of their own four digits, or all before the point.
  private func shortText(_ column: Int, _ row: Int) -> String {
    guard case .double(let number) = table.columns[column].value(row), !table.descriptions[column].display.isFraction
    else { return visibleText(cells.text(row: row, column: column)) }
    return Chart.shortText(number)
  }

  /// A value as a number, and of a time the days since 1970; nil for NULL.
  private func number(_ column: Int, _ row: Int) -> Double? {
    switch table.columns[column].value(row) {
    case .integer(let number): Double(number)
    case .double(let number): number
    case .decimal(let number): number.double
    case .count(let count): count.exact.map(Double.init)
    case .date(let days): Double(days)
    case .timestamp(let instant): Double(instant) / Double(microsecondsPerDay)
    case .boolean(let flag): flag ? 1 : 0
    default: nil
    }
  }

  // MARK: Positions

  /// The positions, and for each row which one it has; nil for a row without any.
  private struct Places {
    var positions: Chart.Positions
    var ofRow: [Int?]

    func name(of row: Int, in cells: PresentedCells, _ encoding: ChartEncoding) -> String {
      encoding.x.map { visibleText(cells.text(row: row, column: $0)) } ?? ""
    }
  }

  private func places() -> Places {
    guard let x = encoding.x else {
      return Places(positions: .categories([""]), ofRow: Array(repeating: 0, count: table.rowCount))
    }
    let type = table.descriptions[x].type
    let unit = table.descriptions[x].display.isFraction ? .percent : Scale.Unit(of: type)
    if let end = encoding.end { return ranges(x, end, unit) }
    let isScale = unit.isTemporal || type.isNumeric && ![.bar, .stacked, .heatmap, .box].contains(encoding.kind)
    guard isScale, encoding.kind != .heatmap, encoding.kind != .box else { return categories(x) }
    let values = (0..<table.rowCount).map { row in number(x, row).flatMap { $0.isFinite ? $0 : nil } }
    let points = Set(values.compactMap(\.self)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(points, points.indices))
    return Places(positions: .points(points, unit), ofRow: values.map { $0.flatMap { numbers[$0] } })
  }

  private func categories(_ x: Int) -> Places {
    var names: [String] = []
    var numbers: [[Value]: Int] = [:]
    let columns = [x] + (encoding.kind == .box ? encoding.series : [])
    let ofRow = (0..<table.rowCount).map { row -> Int? in
      let value = columns.map { table.columns[$0].value(row) }
      if let known = numbers[value] { return known }
      numbers[value] = names.count
      names.append(columns.map { visibleText(cells.text(row: row, column: $0)) }.joined(separator: " · "))
      return names.count - 1
    }
    return Places(positions: .categories(names), ofRow: ofRow)
  }

  private func ranges(_ start: Int, _ end: Int, _ unit: Scale.Unit) -> Places {
    let ranges = (0..<table.rowCount).map { row -> ClosedRange<Double>? in
      let (from, to) = (number(start, row) ?? -.infinity, number(end, row) ?? .infinity)
      // What has neither end is no range: rows without a value.
      return from <= to && (from.isFinite || to.isFinite) ? from...to : nil
    }
    let sorted = Set(ranges.compactMap(\.self)).sorted { $0.lowerBound < $1.lowerBound }
    let numbers = Dictionary(uniqueKeysWithValues: zip(sorted, sorted.indices))
    return Places(positions: .ranges(sorted, unit), ofRow: ranges.map { $0.flatMap { numbers[$0] } })
  }

  // MARK: Notes

  func notes(on series: [Chart.Series]) -> [String] {
    let missing = series.reduce(0) { $0 + $1.marks.count { $0.state == .missing } }
    var notes: [String] = []
    if missing > 0, encoding.kind != .box {
      notes.append("\(Chart.counted(missing, "value")) not drawn: NULL or no finite number")
    }
    guard let x = encoding.x else { return notes }
    let name = visibleText(encoding.xLabel ?? table.descriptions[x].name)
    if let end = encoding.end { return notes + notesOnRanges(x, end, name) }
    let places = places()
    let lost = places.ofRow.count { $0 == nil }
    if lost > 0 { notes.append("\(Chart.counted(lost, "row")) not drawn: no finite \(name)") }
    return notes
  }

  /// What lies in open ranges and in none.
  private func notesOnRanges(_ start: Int, _ end: Int, _ name: String) -> [String] {
    var counts = (below: 0.0, above: 0.0, none: 0.0)
    var edges = (low: "", high: "")
    for row in 0..<table.rowCount {
      let count = encoding.measures.first.flatMap { number($0.value, row) } ?? 0
      switch (table.columns[start].isNull(row), table.columns[end].isNull(row)) {
      case (true, true): counts.none += count
      case (true, false):
        counts.below += count
        edges.low = cells.text(row: row, column: end)
      case (false, true):
        counts.above += count
        edges.high = cells.text(row: row, column: start)
      default: break
      }
    }
    func counted(_ count: Double) -> String { Chart.counted(Int(count), "value") }
    return [
      edges.low.isEmpty ? nil : "the first bar is open: \(counted(counts.below)) below \(edges.low)",
      edges.high.isEmpty ? nil : "the last bar is open: \(counted(counts.above)) of \(edges.high) or more",
      counts.none > 0 ? "\(Chart.counted(Int(counts.none), "row")) not drawn: no \(name)" : nil,
    ].compactMap(\.self)
  }
}

extension Chart {
  /// A number with four digits, or with all that it has before the point.
  static func shortText(_ number: Double) -> String {
    guard number == 0 || number.magnitude >= 1e-6 && number.magnitude < 1e15 else {
      return Value.double(number).description
    }
    let exponent = number == 0 ? 0 : Int(log10(number.magnitude).rounded(.down))
    let step = RoundStep(1, exponent: min(0, exponent - 3))
    var text = step.text(of: (number / step.value).rounded(), isPercent: false)
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text
  }

  /// `1 row`, `1,200 rows`.
  static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(groupedDigits(String(count))) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}

extension Scale.Unit {
  /// What values of a type are counted in.
  fileprivate init(of type: DataType) {
    switch type {
    case .date: self = .date
    case .timestamp: self = .time
    default: self = .number
    }
  }
}
