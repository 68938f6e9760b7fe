import ColumnStore
import Planning

/// The values of each group as a list, in the order given or else that of the input; NULL is among them. As
/// a text it is a JSON array.
final class ListState: AggregateState {
  private let type: DataType
  private let order: [SortKey]
  private var groups: [[(place: RowPlace, value: Value)]] = []

  init(type: DataType, order: [SortKey]) {
    self.type = type
    self.order = order
  }

  func grow(_ groupCount: Int) {
    if groupCount > groups.count { groups.append(contentsOf: repeatElement([], count: groupCount - groups.count)) }
  }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    input.forEach { row, group in groups[group].append((RowPlace(input, row), column.value(row))) }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? ListState else { return }
    for (group, entries) in other.groups.enumerated() { groups[Int(map[group])].append(contentsOf: entries) }
  }

  func finish() -> Column {
    Column(
      type: type,
      values: groups.map { entries in
        if entries.isEmpty { return .null }
        let sorted = entries.sorted { $0.place.precedes($1.place, order) }
        let list = Value.list(sorted.map(\.value), of: type.element ?? .text)
        return type == .text ? .text(list.description) : list
      })
  }
}
