import ColumnStore
import Planning
import Synchronization

/// Groups of which there are many: rows are first brought into partitions by the hash of their keys, so that every group
/// is in one of them; then each partition is grouped and aggregated by one worker in a table that its cache holds. Nothing
/// is left to be merged.
///
/// S. Manegold, P. Boncz, M. Kersten, "Optimizing Main-Memory Join on Modern Hardware" (2002), of which the
/// partitioning is; here for grouping.
struct PartitionedGrouping {
  private let source: any RowSource
  private let keys: [GroupKey]
  private let aggregates: [Aggregate]
  private let evaluator: Evaluator
  private let context: ExecutionContext
  private let layout: PackedKeys
  private let partitionBits: Int
  private let roundRows: Int
  private let makeStates: @Sendable () -> [any AggregateState]

  /// With fewer groups a table of all of them fits the cache, too, and the tables of all workers are soon merged.
  static let leastGroups = 1 << 13

  /// Of fewer parts none is worth a look beforehand.
  static let leastParts = 16

  /// How many groups a partition should have: their words, slots and states together fit a processor's second cache.
  private static let groupsPerPartition = 1 << 15

  /// - Parameters:
  ///   - layout: how the keys become words.
  ///   - expectedGroups: how many groups there are, about.
  ///   - roundRows: how many rows are held in partitions before these are worked on; more come in the next round.
  ///   - makeStates: makes a state for each aggregate.
  init(
    _ source: any RowSource, keys: [GroupKey], _ layout: PackedKeys, aggregates: [Aggregate],
    expectedGroups: Int, roundRows: Int = 1 << 24, _ evaluator: Evaluator, _ context: ExecutionContext,
    _ makeStates: @escaping @Sendable () -> [any AggregateState]
  ) {
    self.source = source
    self.keys = keys
    self.layout = layout
    self.aggregates = aggregates
    self.evaluator = evaluator
    self.context = context
    self.roundRows = roundRows
    self.makeStates = makeStates
    // Several for each thread, so that all end at about the same time.
    let wanted = max(expectedGroups / Self.groupsPerPartition, WorkerPool.shared.threadCount * 8)
    partitionBits = min(10, Int.bitWidth - (wanted - 1).leadingZeroBitCount)
  }

  /// One row per group, in the order in which the input first had them: the keys' columns, then the aggregates'.
  func run() throws -> Batch {
    let partitions = (0..<1 << partitionBits).map { _ in GroupedPartition(width: layout.width, makeStates) }
    var haveNulls = keys.map { _ in false }
    var part = 0
    var rowCount = 0
    while part < source.partCount {
      let (parts, next) = try round(from: part, firstRow: rowCount)
      part = next
      for part in parts {
        rowCount += part.rows.rows.count
        for key in keys.indices where part.haveNulls[key] { haveNulls[key] = true }
      }
      try WorkerPool.shared.run(parts: partitions.count) { partition, _ in
        try context.checkCancellation()
        partitions[partition].take(parts, partition)
        if next == source.partCount { try partitions[partition].finish() }
      }
    }
    return try placed(partitions, rowCount, haveNulls)
  }

  /// The rows of the next parts, as many as are worked on in one go, and the part behind them.
  private func round(from start: Int, firstRow: Int) throws -> (parts: [PartitionedPart], next: Int) {
    var result: [PartitionedPart] = []
    var part = start
    var rowCount = 0
    while part < source.partCount, rowCount < roundRows {
      // The bound is of one part, but not to be trusted: after some parts it is seen how many more there is room for.
      let room = (roundRows - rowCount) / max(source.partBound, 1)
      let count = min(max(room, WorkerPool.shared.threadCount), source.partCount - part)
      let first = part
      let made = Mutex<[PartitionedPart?]>(Array(repeating: nil, count: count))
      try WorkerPool.shared.run(parts: count) { index, _ in
        try context.checkCancellation()
        let rows = try partitioned(source.part(first + index))
        made.withLock { $0[index] = rows }
      }
      for var part in made.withLock({ $0 }).compactMap({ $0 }) where part.rows.rows.count > 0 {
        part.firstRow = firstRow + rowCount
        rowCount += part.rows.rows.count
        result.append(part)
      }
      part += count
    }
    return (result, part)
  }

  private func partitioned(_ batch: Batch) throws -> PartitionedPart {
    let columns = try keys.map { try $0.column(batch, evaluator) }
    let rows = PartitionedRows(columns, count: batch.count, layout, partitionBits: partitionBits)
    return PartitionedPart(
      rows: rows, haveNulls: columns.map { $0.validity != nil },
      inputs: try AggregateRows.rows(aggregates, batch, rows.rows, evaluator))
  }

  private func placed(_ partitions: [GroupedPartition], _ rowCount: Int, _ haveNulls: [Bool]) throws -> Batch {
    let filled = partitions.filter { $0.groupCount > 0 }
    let counts = filled.map(\.groupCount)
    let placement = try GroupPlacement(filled.map(\.firstRows), rowCount: rowCount)
    let groupCount = placement.groupCount
    if groupCount == 0 {
      return Batch(
        columns: (keys.map(\.resultType) + aggregates.map(\.type)).map { .nulls(type: $0, count: 0) }, count: 0)
    }
    let words = filled.map(\.words)
    let keyColumns = zip(layout.fields, haveNulls).map {
      PlacedKey($0, words, width: layout.width, groupCount: groupCount, hasNulls: $1)
    }
    let parts = aggregates.indices.map { index in filled.map { $0.results[index] } }
    let values = parts.map { PlacedValues($0, groupCount: groupCount) }
    let numbers = values.contains { $0 == nil } ? PlacedNumbers(counts) : nil
    let placedColumns: [any PlacedColumn] =
      keyColumns + values.compactMap { $0 } + (numbers.map { [$0] } ?? [])
    try placement.place(placedColumns, context)
    let results = parts.indices.map { index in
      if let placed = values[index] { return placed.column() }
      let all = Column.concatenated(parts[index], type: aggregates[index].type)
      return numbers.map { all.gather($0.order) } ?? all
    }
    return Batch(columns: zip(keys, keyColumns).map { $0.decoded($1.column()) } + results, count: groupCount)
  }
}

/// The rows of a part by partition, with what the aggregates take.
struct PartitionedPart: Sendable {
  /// The rows.
  let rows: PartitionedRows
  /// Where the part's row 0 stands in the whole input.
  var firstRow = 0
  /// For each key, whether some row may have none.
  let haveNulls: [Bool]
  /// One per aggregate, in the order of `rows`.
  let inputs: [AggregateRows]
}
