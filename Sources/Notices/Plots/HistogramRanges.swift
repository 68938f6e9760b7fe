import ColumnStore
import Formats
import Glibc
import Planning

/// Makes of extremes and quartiles the ranges of a histogram.
///
/// They are as long as D. Freedman and P. Diaconis have it, "On the histogram as a density estimator: L2 theory" (1981):
/// twice the distance of the quartiles over the cube root of how many values there are; where that distance is 0 as H. A.
/// Sturges has it, "The choice of a class interval" (1926). That is rounded up to 1, 2 or 5 times a power of ten, or to a
/// length of calendars, and there are at most 30 of them. Where some values lie so far out that the ranges would cover
/// more than twice the quartiles and three times their distance on both sides, those go into open ranges at the ends.
struct HistogramRanges: TableTransform {
  let name = "ranges of a histogram"
  let fields: [Field] =
    ["dividend", "divisor"].map { Field(name: $0, type: .double) } + [Field(name: "months", type: .boolean)]
    + ["shift", "first", "last"].map { Field(name: $0, type: .double) }
    + ["opens_low", "opens_high"].map { Field(name: $0, type: .boolean) }
  private let kind: BinnedValue

  private static let mostRanges = 30.0

  init(_ kind: BinnedValue) { self.kind = kind }

  func apply(to table: Table) -> Table {
    let numbers = table.columns.map { column -> Double? in
      switch table.rowCount > 0 ? column.value(0) : .null {
      case .integer(let number): Double(number)
      case .double(let number): number
      default: nil
      }
    }
    let row = row(numbers)
    return Table(
      descriptions: fields.map(\.description),
      columns: fields.indices.map { Column(type: fields[$0].type, values: [row[$0]]) },
      rowCount: 1)
  }

  /// - Parameter numbers: how many, the extremes, those that are finite, and the quartiles.
  private func row(_ numbers: [Double?]) -> [Value] {
    guard numbers.count == 7, let count = numbers[0], let lowest = numbers[1], let highest = numbers[2],
      let least = numbers[3], let most = numbers[4], let q1 = numbers[5], let q3 = numbers[6], count > 0
    else { return fields.map { _ in .null } }
    var (from, to) = (least, most)
    let reach = 3 * (q3 - q1)
    let core = (max(least, q1 - reach), min(most, q3 + reach))
    if reach > 0, to / 2 - from / 2 > core.1 - core.0 { (from, to) = core }
    var length = 2 * (q3 - q1) / cbrt(count)
    if length <= 0 { length = (to - from) / (log2(count).rounded(.up) + 1) }
    length = max(length, to / Self.mostRanges - from / Self.mostRanges)
    let step = step(length, around: from)
    func range(_ value: Double) -> Double { (value + step.shift) * step.divisor / step.dividend }
    func number(_ value: Double) -> Double {
      step.isMonths ? (month(value) / step.dividend).rounded(.down) : range(value).rounded(.down)
    }
    var (first, last) = (number(from), number(to))
    // An end that is no multiple lies in a range of its own, which an open one takes up.
    let (opensLow, opensHigh) = (lowest < from, highest > to)
    if opensLow { first -= 1 }
    if opensHigh { last += 1 }
    return [
      .double(step.dividend), .double(step.divisor), .boolean(step.isMonths), .double(step.shift), .double(first),
      .double(last), .boolean(opensLow), .boolean(opensHigh),
    ]
  }

  private func step(_ length: Double, around value: Double) -> (
    dividend: Double, divisor: Double, isMonths: Bool, shift: Double
  ) {
    if case .number(let isWhole) = kind {
      let usual = length > 0 ? length : max(value.magnitude / 10, isWhole ? 1 : 1e-9)
      var step = RoundStep(atLeast: max(usual, value.magnitude * 1e-12))
      if isWhole { step.becomeWhole() }
      let quotient = step.quotient
      return (quotient.dividend, quotient.divisor, false, 0)
    }
    let lengths = kind.lengths
    let chosen = lengths.first { $0.length >= length } ?? lengths[lengths.count - 1]
    if let months = chosen.months { return (months, 1, true, 0) }
    // Weeks begin on Mondays: 1969-12-29 was one.
    return (chosen.length, 1, false, chosen.length == 7 * kind.day ? 3 * kind.day : 0)
  }

  /// The number of the month that a day lies in.
  private func month(_ value: Double) -> Double {
    let date = CivilDate(days: Int(min(max((value / kind.day).rounded(.down), -4e8), 4e8)))
    return Double(date.year * 12 + date.month - 1)
  }
}

/// Makes of counted ranges, known by their numbers, rows with their ends, those without a value among them.
struct HistogramTransform: TableTransform {
  let name = "histogram"
  let fields: [Field]
  private let groupCount: Int
  private let kind: BinnedValue

  init(groups: [Field], value: Field, kind: BinnedValue) {
    let type: DataType = value.type == .date || value.type == .timestamp ? value.type : .double
    fields =
      groups
      + [
        Field(name: "\(value.name)_from", type: type, display: value.display),
        Field(name: "\(value.name)_below", type: type, display: value.display), Field(name: "count", type: .integer),
      ]
    groupCount = groups.count
    self.kind = kind
  }

  var hiddenCellRule: HiddenCellRule? { HiddenCellRule(keyCount: groupCount + 2) }

  func apply(to table: Table) -> Table {
    var builders = fields.map { ColumnBuilder(type: $0.type) }
    func append(_ values: [Value]) { for (index, value) in values.enumerated() { builders[index].append(value) } }
    var seen: [[Value]: Set<Double>] = [:]
    var groups: [[Value]] = []
    for row in 0..<table.rowCount {
      let keys = (0..<groupCount).map { table.columns[$0].value(row) }
      if seen[keys] == nil { groups.append(keys) }
      let bin = number(table, row, 0)
      seen[keys, default: []].formUnion(bin.map { [$0] } ?? [])
      append(keys + ends(bin, table, row) + [table.columns[groupCount + 9].value(row)])
    }
    // Ranges without values stand between those that have some.
    if table.rowCount > 0, let first = number(table, 0, 5), let last = number(table, 0, 6), last - first < 1000 {
      for keys in groups {
        for step in 0...Int(max(0, last - first)) where seen[keys]?.contains(first + Double(step)) == false {
          append(keys + ends(first + Double(step), table, 0) + [.integer(0)])
        }
      }
    }
    let columns = builders.map { $0.finish() }
    return Table(descriptions: fields.map(\.description), columns: columns, rowCount: columns.last?.count ?? 0)
  }

  private func number(_ table: Table, _ row: Int, _ column: Int) -> Double? {
    if case .double(let number) = table.columns[groupCount + column].value(row) { number } else { nil }
  }

  /// Where a range begins and ends; NULL where it is open, and for rows without a value.
  private func ends(_ bin: Double?, _ table: Table, _ row: Int) -> [Value] {
    guard let bin, let dividend = number(table, row, 1), let divisor = number(table, row, 2),
      let shift = number(table, row, 4)
    else { return [.null, .null] }
    let isMonths = table.columns[groupCount + 3].value(row) == .boolean(true)
    let opensLow = table.columns[groupCount + 7].value(row) == .boolean(true) && bin == number(table, row, 5)
    let opensHigh = table.columns[groupCount + 8].value(row) == .boolean(true) && bin == number(table, row, 6)
    func end(_ bin: Double) -> Value { value(bin * dividend / divisor - shift, isMonths: isMonths) }
    return [opensLow ? .null : end(bin), opensHigh ? .null : end(bin + 1)]
  }

  private func value(_ place: Double, isMonths: Bool) -> Value {
    if case .number = kind { return .double(place) }
    var days = place / kind.day
    if isMonths {
      let month = Int(min(max(place, -1e5), 1e5))
      let year = floorDivide(month, 12)
      guard let date = CivilDate(year: year, month: month - year * 12 + 1, day: 1) else { return .null }
      days = Double(date.days)
    }
    if case .date = kind { return .date(Int32(min(max(days, -4e6), 4e6))) }
    return .timestamp(Int64(min(max(days * 86_400, -9e12), 9e12)) * 1_000_000)
  }
}
