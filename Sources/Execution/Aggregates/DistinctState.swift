import ColumnStore
import Planning

/// Feeds another state each different value of a group once, in the order in which the input first had them.
final class DistinctState: AggregateState {
  private let pairs: HashGrouper
  private let inner: any AggregateState
  private let extra: [PlanExpression]
  private let orderCount: Int
  private var groupCount = 0

  init(of aggregate: Aggregate, dictionary: TextDictionary?, feeding inner: any AggregateState) {
    pairs = HashGrouper(types: [.integer, aggregate.arguments[0].type], dictionaries: [nil, dictionary])
    self.inner = inner
    extra = Array(aggregate.arguments.dropFirst())
    orderCount = aggregate.order.count
  }

  func grow(_ groupCount: Int) { self.groupCount = max(self.groupCount, groupCount) }

  func update(_ input: AggregateInput) {
    guard let argument = input.arguments.first else { return }
    var groups = input.groups.slice(0..<input.count)
    var values = argument
    if let mask = input.mask {
      let rows = mask.trueIndices()
      groups = Buffer(rows.map { groups[Int($0)] })
      values = argument.gather(rows)
    }
    let numbers = Column(type: .integer, data: .integer64(Buffer(groups.map { Int64($0) })))
    _ = pairs.groups([numbers, values], count: groups.count, firstRow: input.firstRow)
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? DistinctState else { return }
    var columns = other.pairs.keyColumns()
    let groups = columns[0].widened().map { Int64(map[Int($0)]) }
    columns[0] = Column(type: .integer, data: .integer64(Buffer(groups)))
    _ = pairs.merge(other.pairs, keys: columns)
  }

  func finish() throws -> Column {
    inner.grow(groupCount)
    let order = pairs.order()
    let columns = pairs.keyColumns().map { $0.gather(order) }
    let constants = extra.map { Column(repeating: $0.literal ?? .null, type: $0.type, count: order.count) }
    inner.update(
      AggregateInput(
        groups: Buffer(columns[0].widened().map { UInt32(truncatingIfNeeded: $0) }), count: order.count,
        arguments: [columns[1]] + constants,
        // Distinct values can be ordered by themselves only.
        order: Array(repeating: columns[1], count: orderCount), mask: columns[1].validity, firstRow: 0))
    return try inner.finish()
  }
}
