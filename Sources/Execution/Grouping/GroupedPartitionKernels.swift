import ColumnStore
import Planning

/// The groups of a partition and what the aggregates know of them.
///
/// `@unchecked Sendable`: partitions are the parts of a job, each of which the pool gives to one worker, and the next job
/// begins when that one has ended.
final class GroupedPartition: @unchecked Sendable {
  private let width: Int
  private let makeStates: @Sendable () -> [any AggregateState]
  private var table: PartitionTable?
  private var states: [any AggregateState] = []
  private var rowCount = 0
  /// One column per aggregate, one row per group, once finished.
  private(set) var results: [Column] = []
  /// Where each group's first row stands in the input, once finished; ascending.
  private(set) var firstRows = Buffer<Int>([])
  /// The words of the groups' keys, once finished.
  private(set) var words = Buffer<UInt64>([])

  /// An empty partition for keys of so many words.
  init(width: Int, _ makeStates: @escaping @Sendable () -> [any AggregateState]) {
    self.width = width
    self.makeStates = makeStates
  }

  /// How many groups there are, once finished.
  var groupCount: Int { firstRows.count }

  /// Takes in the rows of parts that are in the partition of a number.
  func take(_ parts: [PartitionedPart], _ partition: Int) {
    let count = parts.reduce(0) { $0 + $1.rows.places(partition).count }
    if count == 0 { return }
    let table = table ?? PartitionTable(width: width, expectedGroups: count)
    if self.table == nil {
      self.table = table
      states = makeStates()
    }
    let groups = MutableBuffer<UInt32>(count: count)
    var position = 0
    for part in parts {
      let places = part.rows.places(partition)
      if places.isEmpty { continue }
      table.assign(
        part.rows.words.pointer + places.lowerBound * width, part.rows.rows.pointer + places.lowerBound,
        count: places.count, firstRow: part.firstRow, into: groups.pointer + position)
      position += places.count
    }
    let numbers = groups.frozen()
    for (index, state) in states.enumerated() {
      state.grow(table.groupCount)
      position = 0
      for part in parts {
        let places = part.rows.places(partition)
        if places.isEmpty { continue }
        // The rows of a partition come in the order of the input, so their places among themselves order them.
        state.update(
          part.inputs[index].input(
            places, groups: numbers.slice(position..<position + places.count), firstRow: rowCount + position))
        position += places.count
      }
    }
    rowCount += count
  }

  /// Works out the results, after which nothing else is kept.
  func finish() throws {
    guard let table else { return }
    results = try states.map { state in
      state.grow(table.groupCount)
      return try state.finish()
    }
    firstRows = table.firstRows.copied(table.groupCount)
    words = table.words.copied(table.groupCount * width)
    states = []
    self.table = nil
  }
}

extension GroupArray {
  /// A copy of the first elements.
  fileprivate func copied(_ count: Int) -> Buffer<Element> {
    precondition(count <= self.count)
    let copy = MutableBuffer<Element>(count: count)
    copy.pointer.update(from: pointer, count: count)
    return copy.frozen()
  }
}
