import ColumnStore
import Planning

/// Turns sums of counts and of their bases, side by side, into one row per group and item with the share.
struct BaseShareTransform: TableTransform {
  let name = "share of"
  let fields: [Field]
  private let groupCount: Int
  private let items: [String]
  private let type: DataType

  init(groups: [Field], items: [String], type: DataType) {
    groupCount = groups.count
    self.items = items
    self.type = type
    fields =
      groups + [
        Field(name: "item", type: .text), Field(name: "count", type: type), Field(name: "of", type: type),
        Field(name: "share", type: .double, display: .percent), Field(name: "low", type: .double, display: .percent),
        Field(name: "high", type: .double, display: .percent), Field(name: "unknown", type: .integer),
      ]
  }

  func apply(to table: Table) -> Table {
    var builders = fields.map { ColumnBuilder(type: $0.type, capacity: table.rowCount * items.count) }
    for row in 0..<table.rowCount {
      for (number, item) in items.enumerated() {
        let first = groupCount + number * 3
        let values =
          (0..<groupCount).map { table.columns[$0].value(row) } + [.text(item)]
          + measured(part: table.columns[first].value(row), whole: table.columns[first + 1].value(row))
          + [table.columns[first + 2].value(row)]
        for (index, value) in values.enumerated() { builders[index].append(value) }
      }
    }
    return Table(
      descriptions: fields.map(\.description), columns: builders.map { $0.finish() },
      rowCount: table.rowCount * items.count)
  }

  /// The count, its base, the share and the ends of its interval. A part larger than its whole has a share, which says
  /// that something is wrong with the counts, but no interval.
  private func measured(part: Value, whole: Value) -> [Value] {
    guard let partNumber = number(part), let wholeNumber = number(whole), wholeNumber > 0 else {
      return [part, whole, .null, .null, .null]
    }
    let interval = WilsonInterval(part: partNumber, whole: wholeNumber)
    return [
      part, whole, .double(partNumber / wholeNumber), interval.map { .double($0.low) } ?? .null,
      interval.map { .double($0.high) } ?? .null,
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
