import ColumnStore
import Planning

/// The rows of an input as a window sees them: partition after partition, each in order.
///
/// Functions work on *places*, numbers in this order; `rows` says which row of the input stands at a place.
struct WindowRows: Sendable {
  /// The row at each place.
  let rows: Buffer<UInt32>
  /// The place where each partition begins, and at the end the number of rows.
  let starts: Buffer<Int>
  /// 1 at each place where a group of peers begins; empty where nobody asked for peers.
  let beginsPeers: Buffer<UInt8>
  /// The only key of the order; nil where there are several or none.
  let key: (values: Column, order: SortKey)?
  private let chunks: [Range<Int>]
  private let context: ExecutionContext

  /// Groups and sorts the rows of an input.
  init(_ layout: WindowLayout, _ input: WindowInput, needsPeers: Bool) throws {
    let keys = try layout.order.map { try input.column($0.expression) }
    let words = zip(keys, layout.order).flatMap {
      SortOperator.sortWords($0, isDescending: $1.isDescending, nullsFirst: $1.nullsFirst)
    }
    let (rows, starts) = try WindowRows.grouped(layout.partition, input)
    let chunks = WindowRows.chunks(starts)
    let flags = MutableBuffer<UInt8>(count: needsPeers ? input.rowCount : 0, zeroed: true)
    try WorkerPool.shared.run(parts: chunks.count) { chunk, _ in
      try input.context.checkCancellation()
      var sorter = PartitionSorter(words)
      for partition in chunks[chunk] {
        let range = starts.pointer[partition]..<starts.pointer[partition + 1]
        let own = UnsafeMutableBufferPointer(start: rows.pointer + range.lowerBound, count: range.count)
        if !words.isEmpty { sorter.sort(own) }
        if needsPeers { sorter.flagPeers(own, flags.pointer + range.lowerBound) }
      }
    }
    self.rows = rows.frozen()
    self.starts = starts
    beginsPeers = flags.frozen()
    key = keys.count == 1 ? (keys[0], layout.order[0]) : nil
    self.chunks = chunks
    context = input.context
  }

  var count: Int { rows.count }
  var partitionCount: Int { starts.count - 1 }

  /// Calls `body` with the number and the places of every partition, on all threads.
  func forEachPartition(_ body: @Sendable (Int, Range<Int>) throws -> Void) throws {
    let starts = starts
    try forEachChunk { partitions in
      for partition in partitions {
        try body(partition, starts.pointer[partition]..<starts.pointer[partition + 1])
      }
    }
  }

  /// Calls `body` with runs of partitions that are enough work for a thread, on all threads.
  func forEachChunk(_ body: @Sendable (Range<Int>) throws -> Void) throws {
    try WorkerPool.shared.run(parts: chunks.count) { chunk, _ in
      try context.checkCancellation()
      try body(chunks[chunk])
    }
  }

  /// Calls `body` with the places of every group of peers of a partition, in order.
  @inline(__always)
  func forEachPeers(_ partition: Range<Int>, _ body: (Range<Int>) throws -> Void) rethrows {
    var start = partition.lowerBound
    while start < partition.upperBound {
      var end = start + 1
      while end < partition.upperBound, beginsPeers[end] == 0 { end += 1 }
      try body(start..<end)
      start = end
    }
  }

  /// Values that were worked out place by place, as the input has its rows.
  func inInputOrder<Element: BitwiseCopyable & Sendable>(_ values: Buffer<Element>) -> Buffer<Element> {
    precondition(values.count == count)
    let result = MutableBuffer<Element>(count: count)
    for place in 0..<count { result.pointer[Int(rows.pointer[place])] = values.pointer[place] }
    return result.frozen()
  }

  // MARK: Making

  /// The rows by partition, in the input's order within each, and where the partitions begin.
  private static func grouped(_ keys: [PlanExpression], _ input: WindowInput) throws -> (
    MutableBuffer<UInt32>, Buffer<Int>
  ) {
    let count = input.rowCount
    let rows = MutableBuffer<UInt32>(count: count)
    guard !keys.isEmpty else {
      for row in 0..<count { rows.pointer[row] = UInt32(truncatingIfNeeded: row) }
      return (rows, Buffer(count == 0 ? [0] : [0, count]))
    }
    let (groups, groupCount) = try input.groups(keys)
    let places = MutableBuffer<Int>(repeating: 0, count: groupCount + 1)
    precondition(groups.count == count)
    for row in 0..<count { places.pointer[Int(groups.pointer[row]) + 1] += 1 }
    for group in 0..<groupCount { places.pointer[group + 1] += places.pointer[group] }
    let starts = MutableBuffer<Int>(count: groupCount + 1)
    var partitionCount = 0
    for group in 0..<groupCount where places.pointer[group] < places.pointer[group + 1] {
      starts.pointer[partitionCount] = places.pointer[group]
      partitionCount += 1
    }
    starts.pointer[partitionCount] = count
    for row in 0..<count {
      let group = Int(groups.pointer[row])
      rows.pointer[places.pointer[group]] = UInt32(truncatingIfNeeded: row)
      places.pointer[group] += 1
    }
    return (rows, starts.frozen().slice(0..<partitionCount + 1))
  }

  private static func chunks(_ starts: Buffer<Int>) -> [Range<Int>] {
    var chunks: [Range<Int>] = []
    var first = 0
    for partition in 1..<starts.count
    where partition == starts.count - 1 || starts[partition] - starts[first] >= Segment.rowCount / 4 {
      chunks.append(first..<partition)
      first = partition
    }
    return chunks
  }
}
