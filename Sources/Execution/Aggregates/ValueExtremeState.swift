import ColumnStore

/// The smallest or largest of values that are neither texts nor words of 64 bits: long decimals, intervals, lists. Of equal
/// values that are written in different ways (one month and thirty days) the first in the input is kept.
final class ValueExtremeState: AggregateState {
  private let type: DataType
  private let isMaximum: Bool
  private var best: [(value: Value, row: Int)?] = []

  init(type: DataType, isMaximum: Bool) {
    self.type = type
    self.isMaximum = isMaximum
  }

  func grow(_ groupCount: Int) {
    if groupCount > best.count { best.append(contentsOf: repeatElement(nil, count: groupCount - best.count)) }
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    input.forEach { row, group in take(column.value(row), input.firstRow + row, group) }
  }

  private func take(_ value: Value, _ row: Int, _ group: Int) {
    if let known = best[group] {
      let order = RowFunctions.compare(value, known.value)
      guard order == 0 ? row < known.row : (order > 0) == isMaximum else { return }
    }
    best[group] = (value, row)
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? ValueExtremeState else { return }
    for (group, entry) in other.best.enumerated() {
      if let entry { take(entry.value, entry.row, Int(map[group])) }
    }
  }

  func finish() -> Column { Column(type: type, values: best.map { $0?.value ?? .null }) }
}
