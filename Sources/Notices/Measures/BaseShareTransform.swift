import ColumnStore
import Planning

/// Turns sums of counts and of their bases, side by side, into one row per group and item with the share.
struct BaseShareTransform: TableTransform {
  /// A column that a share is asked of.
  struct Part {
    let name: String
    /// Whether the sum of the rest of its base stands behind that of its base.
    let hasRest: Bool
  }

  let name = "share of"
  let fields: [Field]
  private let groupCount: Int
  private let parts: [Part]

  init(groups: [Field], parts: [Part], type: DataType) {
    groupCount = groups.count
    self.parts = parts
    let isCount = type == .count
    fields =
      groups + [
        Field(name: "item", type: .text), Field(name: "count", type: type), Field(name: "of", type: type),
        Field(name: "share", type: .double, display: .share(within: nil)),
        Field(name: "low", type: .double, display: isCount ? .leastPercent : .percent),
        Field(name: "high", type: .double, display: isCount ? .mostPercent : .percent),
        Field(name: "unknown", type: .integer),
      ]
  }

  var hiddenCellRule: HiddenCellRule? {
    HiddenCellRule(keyCount: groupCount + 1, rowsPerRow: parts.count, sumsCounts: true)
  }

  func apply(to table: Table) -> Table {
    var builders = fields.map { ColumnBuilder(type: $0.type, capacity: table.rowCount * parts.count) }
    for row in 0..<table.rowCount {
      let sums = table.columns.map { $0.value(row) }
      var next = groupCount
      for part in parts {
        let rest = part.hasRest ? sums[next + 2] : nil
        let unknown = sums[next + (part.hasRest ? 3 : 2)]
        let values =
          sums[..<groupCount] + [.text(part.name)] + measured(part: sums[next], whole: sums[next + 1], rest: rest)
          + [unknown]
        for (index, value) in values.enumerated() { builders[index].append(value) }
        next += part.hasRest ? 4 : 3
      }
    }
    return Table(
      descriptions: fields.map(\.description), columns: builders.map { $0.finish() },
      rowCount: table.rowCount * parts.count)
  }

  /// The count, its base, the share and the ends of its interval. A part larger than its whole has a share, which says
  /// that something is wrong with the counts, but no interval.
  private func measured(part: Value, whole: Value, rest: Value?) -> [Value] {
    if case .count(let count) = part, case .count(let all) = whole { return bounded(count, all, rest) }
    guard let partNumber = number(part), let wholeNumber = number(whole), wholeNumber > 0 else {
      return [part, whole, .null, .null, .null]
    }
    let interval = WilsonInterval(part: partNumber, whole: wholeNumber)
    return [
      part, whole, .double(partNumber / wholeNumber), interval.map { .double($0.low) } ?? .null,
      interval.map { .double($0.high) } ?? .null,
    ]
  }

  /// The same of counts with bounds: the share where it is one number, and its bounds. A part that cannot lie in its whole
  /// has neither.
  private func bounded(_ part: BoundedCount, _ whole: BoundedCount, _ rest: Value?) -> [Value] {
    var bounds = ShareBounds.share(of: part, in: whole)
    if case .count(let rest)? = rest { bounds = ShareBounds.share(of: part, beside: rest) }
    let high = bounds?.high
    return [
      .count(part), .count(whole), bounds.map { $0.low == high ? .double($0.low) : .null } ?? .null,
      bounds.map { .double($0.low) } ?? .null, high.map { .double($0) } ?? .null,
    ]
  }

  private func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .double(let number): number
    case .decimal(let number): number.double
    default: nil
    }
  }
}
