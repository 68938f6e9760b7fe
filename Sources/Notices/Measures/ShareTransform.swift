import ColumnStore
import Planning

/// Adds to counted rows what part of their group each count is, with its interval.
struct ShareTransform: TableTransform {
  let name = "share"
  let fields: [Field]
  private let groupCount: Int

  /// - Parameter input: the fields of the groups, of the items, and last of the count.
  init(input: [Field], groupCount: Int) {
    self.groupCount = groupCount
    let groups = input.prefix(groupCount).map(\.name)
    fields =
      input + [
        Field(name: "share", type: .double, display: .share(within: groups)),
        Field(name: "low", type: .double, display: .percent), Field(name: "high", type: .double, display: .percent),
      ]
  }

  var hiddenCellRule: HiddenCellRule? {
    HiddenCellRule(keyCount: fields.count - 4, totalKeyCount: groupCount)
  }

  func apply(to table: Table) -> Table {
    let counts = table.columns[table.columns.count - 1].widened()
    let groups = GroupNumbers(table.columns.prefix(groupCount), rowCount: table.rowCount)
    var totals = [Int64](repeating: 0, count: groups.count)
    for row in 0..<table.rowCount { totals[groups[row]] += counts[row] }
    let shares = MutableBuffer<Double>(count: table.rowCount)
    let lows = MutableBuffer<Double>(count: table.rowCount)
    let highs = MutableBuffer<Double>(count: table.rowCount)
    for row in 0..<table.rowCount {
      let part = Double(counts[row])
      let whole = Double(totals[groups[row]])
      let interval = WilsonInterval(part: part, whole: whole)
      shares[row] = part / whole
      lows[row] = interval?.low ?? 0
      highs[row] = interval?.high ?? 1
    }
    let added = [shares, lows, highs].map { Column(type: .double, data: .double($0.frozen())) }
    return Table(
      descriptions: fields.map(\.description), columns: table.columns + added, rowCount: table.rowCount)
  }
}

/// Numbers the different combinations of values in some columns.
struct GroupNumbers {
  private var numbers: [Int] = []
  /// How many combinations there are.
  private(set) var count = 1

  init(_ columns: some Sequence<Column>, rowCount: Int) {
    let columns = Array(columns)
    guard !columns.isEmpty else { return }
    var known: [[Value]: Int] = [:]
    numbers.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      let next = known.count
      let key = columns.map { $0.value(row) }
      numbers.append(known[key] ?? next)
      if known[key] == nil { known[key] = next }
    }
    count = known.count
  }

  /// The number of a row's combination.
  subscript(row: Int) -> Int { numbers.isEmpty ? 0 : numbers[row] }
}
