import ColumnStore
import Language
import Planning

/// Makes of the counts of durations one row per group: how many, how many open, median and quartiles.
struct LatencyTransform: TableTransform {
  let name = "latency"
  let fields: [Field]
  let groupCount: Int
  let unit: LatencyOperator.Unit
  private let until: Int64?

  /// A transform of rows of groups, state, value, count and latest time, in the order of the first three.
  init(groups: [Field], unit: LatencyOperator.Unit, until: Int64?) {
    groupCount = groups.count
    self.unit = unit
    self.until = until
    fields =
      groups
      + ["n", "open"].map { Field(name: $0, type: .integer) }
      + ["median", "low", "high", "q1", "q3"].map { Field(name: $0, type: .double) }
      + [
        Field(name: "unit", type: .text), Field(name: "negative", type: .integer),
        Field(name: "unknown", type: .integer),
      ]
  }

  func apply(to table: Table) -> Table {
    let latest = latest(table)
    var builders = fields.map { ColumnBuilder(type: $0.type) }
    var total = Counts()
    for rows in groups(table) {
      let counts = Counts(of: rows, table, from: groupCount, latest: latest)
      total.add(counts)
      let values = (0..<groupCount).map { table.columns[$0].value(rows.lowerBound) } + row(counts)
      for (index, value) in values.enumerated() { builders[index].append(value) }
    }
    let columns = builders.map { $0.finish() }
    return Table(descriptions: fields.map(\.description), columns: columns, rowCount: columns[0].count)
      .adding(notes(total, latest: latest))
  }

  /// The time up to which things were looked at.
  func latest(_ table: Table) -> Int64 { until ?? table.columns[groupCount + 3].valueRange?.upperBound ?? 0 }

  /// The rows of each group; without groups all rows, even where there are none.
  func groups(_ table: Table) -> [Range<Int>] {
    guard groupCount > 0 else { return [0..<table.rowCount] }
    var ranges: [Range<Int>] = []
    var first = 0
    while first < table.rowCount {
      var end = first + 1
      while end < table.rowCount, isSameGroup(first, end, table) { end += 1 }
      ranges.append(first..<end)
      first = end
    }
    return ranges
  }

  private func isSameGroup(_ first: Int, _ row: Int, _ table: Table) -> Bool {
    (0..<groupCount).allSatisfy { table.columns[$0].value(first) == table.columns[$0].value(row) }
  }

  private func row(_ counts: Counts) -> [Value] {
    let curve = KaplanMeier(counts.durations)
    let interval = curve.interval(ofQuantile: 0.5)
    let times = [curve.quantile(0.5), interval.low, interval.high, curve.quantile(0.25), curve.quantile(0.75)]
    return [.integer(Int64(counts.ended + counts.open)), .integer(Int64(counts.open))]
      + times.map { $0.map { .double($0 / Double(unit.microseconds)) } ?? .null }
      + [.text(unit.rawValue), .integer(Int64(counts.negative)), .integer(Int64(counts.unknown))]
  }

  /// The footnotes to rows of a group each, or to the points of curves.
  func notes(_ total: Counts, latest: Int64, ofCurve isCurve: Bool = false) -> [TableNote] {
    let interval = isCurve ? "part that lasts (log-log)" : "median (Brookmeyer and Crowley)"
    var notes = [TableNote("low to high is the 95 % interval of the \(interval)")]
    if total.open > 0 {
      let known = until == nil ? "the latest time among the rows" : "until"
      notes.append(
        TableNote(
          "\(total.open) open, known to be so at \(Value.timestamp(latest)) UTC (\(known))",
          detail: isCurve ? "the curve is Kaplan and Meier's" : "median and quartiles are Kaplan and Meier's"))
    }
    if total.negative > 0 {
      notes.append(TableNote("left out: \(total.negative) that ended before they began"))
    }
    return notes
  }

  /// What the rows of a group tell.
  struct Counts {
    var durations: [(duration: Int64, ended: Int, open: Int)] = []
    var ended = 0
    var open = 0
    var negative = 0
    var unknown = 0

    init() {}

    init(of rows: Range<Int>, _ table: Table, from column: Int, latest: Int64) {
      var open: [(duration: Int64, count: Int)] = []
      for row in rows {
        guard case .integer(let number) = table.columns[column].value(row),
          case .integer(let counted) = table.columns[column + 2].value(row)
        else { continue }
        let count = Int(counted)
        var value: Int64 = 0
        if case .integer(let known) = table.columns[column + 1].value(row) { value = known }
        switch LatencyMeasure.State(rawValue: number) {
        case .ended:
          durations.append((value, count, 0))
          ended += count
        case .open:
          open.append((latest - value, count))
          self.open += count
        case .negative: negative += count
        case .unknown, nil: unknown += count
        }
      }
      merge(open.reversed())
    }

    /// Puts what is open among what has ended; both are in the order of their durations.
    private mutating func merge(_ open: [(duration: Int64, count: Int)]) {
      guard !open.isEmpty else { return }
      var merged: [(duration: Int64, ended: Int, open: Int)] = []
      merged.reserveCapacity(durations.count + open.count)
      var next = 0
      for duration in durations {
        while next < open.count, open[next].duration < duration.duration {
          merged.append((open[next].duration, 0, open[next].count))
          next += 1
        }
        if next < open.count, open[next].duration == duration.duration {
          merged.append((duration.duration, duration.ended, open[next].count))
          next += 1
        } else {
          merged.append(duration)
        }
      }
      merged += open[next...].map { ($0.duration, 0, $0.count) }
      durations = merged
    }

    mutating func add(_ other: Counts) {
      ended += other.ended
      open += other.open
      negative += other.negative
      unknown += other.unknown
    }
  }
}
