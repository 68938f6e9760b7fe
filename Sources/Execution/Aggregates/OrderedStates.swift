import ColumnStore
import Planning

/// Where a row stands in the order that an aggregate takes its rows in: by the keys of its `order by`, then by its place
/// in the input.
struct RowPlace: Sendable {
  let keys: [Value]
  let row: Int

  /// The place of a row of a batch.
  init(_ input: AggregateInput, _ row: Int) {
    keys = input.order.map { $0.value(row) }
    self.row = input.firstRow + row
  }

  /// Whether this place comes before another.
  func precedes(_ other: RowPlace, _ order: [SortKey]) -> Bool {
    for (index, key) in order.enumerated() {
      let left = keys[index]
      let right = other.keys[index]
      if left.isNull || right.isNull {
        if left.isNull && right.isNull { continue }
        return left.isNull == key.nullsFirst
      }
      let comparison = RowFunctions.compare(left, right)
      if comparison != 0 { return (comparison < 0) != key.isDescending }
    }
    return row < other.row
  }
}

/// The value of the first or last row of each group.
final class ChosenRowState: AggregateState {
  private let type: DataType
  private let order: [SortKey]
  private let isLast: Bool
  private var chosen: [(place: RowPlace, value: Value)?] = []

  init(type: DataType, order: [SortKey], isLast: Bool) {
    self.type = type
    self.order = order
    self.isLast = isLast
  }

  func grow(_ groupCount: Int) {
    if groupCount > chosen.count { chosen.append(contentsOf: repeatElement(nil, count: groupCount - chosen.count)) }
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    input.forEach { row, group in
      // Without an order, rows come to a worker one after the other: only the last ones replace what is there.
      if order.isEmpty, !isLast, let known = chosen[group], known.place.row < input.firstRow + row { return }
      take(RowPlace(input, row), group) { column.value(row) }
    }
  }

  private func take(_ place: RowPlace, _ group: Int, _ value: () -> Value) {
    if let known = chosen[group], known.place.precedes(place, order) != isLast { return }
    chosen[group] = (place, value())
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? ChosenRowState else { return }
    for (group, entry) in other.chosen.enumerated() {
      if let entry { take(entry.place, Int(map[group])) { entry.value } }
    }
  }

  func finish() -> Column { Column(type: type, values: chosen.map { $0?.value ?? .null }) }
}

/// The texts of each group, joined.
final class ConcatenationState: AggregateState {
  private let separator: String
  private let order: [SortKey]
  private var texts: [[(place: RowPlace, text: String)]] = []

  init(separator: String, order: [SortKey]) {
    self.separator = separator
    self.order = order
  }

  func grow(_ groupCount: Int) {
    if groupCount > texts.count { texts.append(contentsOf: repeatElement([], count: groupCount - texts.count)) }
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    input.forEach { row, group in
      texts[group].append((RowPlace(input, row), column.value(row).description))
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? ConcatenationState else { return }
    for (group, entries) in other.texts.enumerated() { texts[Int(map[group])].append(contentsOf: entries) }
  }

  func finish() -> Column {
    Column(
      type: .text,
      values: texts.map { entries in
        if entries.isEmpty { return .null }
        let sorted = entries.sorted { $0.place.precedes($1.place, order) }
        return .text(sorted.map(\.text).joined(separator: separator))
      })
  }
}
