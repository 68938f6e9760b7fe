import ColumnStore

/// Brings groups that were numbered partition by partition into the order in which the input first had them.
///
/// Within a partition the first rows ascend already, so the groups whose first rows lie in a stretch of the input are a
/// range of each partition. A stretch is ordered by marking those rows and counting the marks before each.
struct GroupPlacement: Sendable {
  /// The groups of all partitions.
  let groupCount: Int
  private let firstRows: [Buffer<Int>]
  private let stretchRows: Int
  private let stretchCount: Int
  /// For each partition, the first group of each stretch and the number of groups.
  private let bounds: Buffer<UInt32>
  /// The place of each stretch's first group.
  private let firstPlaces: [Int]

  /// - Parameters:
  ///   - firstRows: for each partition the first row of each of its groups, ascending.
  ///   - rowCount: the rows of the input.
  init(_ firstRows: [Buffer<Int>], rowCount: Int) throws {
    self.firstRows = firstRows
    groupCount = firstRows.reduce(0) { $0 + $1.count }
    guard groupCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    stretchRows = max(Segment.rowCount, rowCount / 4096 + 1)
    stretchCount = (rowCount + stretchRows - 1) / stretchRows
    let (stretchRows, stretchCount) = (stretchRows, stretchCount)
    let bounds = MutableBuffer<UInt32>(count: firstRows.count * (stretchCount + 1))
    try WorkerPool.shared.run(parts: firstRows.count) { partition, _ in
      let target = bounds.pointer + partition * (stretchCount + 1)
      let rows = firstRows[partition]
      var group = 0
      for stretch in 0...stretchCount {
        group = Self.firstGroup(rows, from: group, notBefore: stretch * stretchRows)
        target[stretch] = UInt32(truncatingIfNeeded: group)
      }
    }
    var firstPlaces = Array(repeating: 0, count: stretchCount + 1)
    for partition in firstRows.indices {
      let first = partition * (stretchCount + 1)
      for stretch in 0..<stretchCount {
        firstPlaces[stretch + 1] += Int(bounds[first + stretch + 1]) - Int(bounds[first + stretch])
      }
    }
    for stretch in 0..<stretchCount { firstPlaces[stretch + 1] += firstPlaces[stretch] }
    self.bounds = bounds.frozen()
    self.firstPlaces = firstPlaces
  }

  private static func firstGroup(_ rows: Buffer<Int>, from start: Int, notBefore row: Int) -> Int {
    // It is mostly a little further on: the step doubles until it is passed.
    var low = start
    var step = 32
    while low + step < rows.count, rows.pointer[low + step] < row {
      low += step
      step *= 2
    }
    var high = min(low + step, rows.count)
    while low < high {
      let middle = low + (high - low) / 2
      if rows.pointer[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Lets each column of the result put its values where they belong, stretch by stretch on all threads.
  func place(_ columns: [any PlacedColumn], _ context: ExecutionContext) throws {
    try WorkerPool.shared.run(parts: stretchCount) { stretch, _ in
      try context.checkCancellation()
      let groups = places(stretch)
      for column in columns { column.place(groups) }
    }
  }

  private func places(_ stretch: Int) -> PlacedGroups {
    let first = stretch * stretchRows
    let ranges = firstRows.indices.map { partition in
      let bound = partition * (stretchCount + 1) + stretch
      return Int(bounds[bound])..<Int(bounds[bound + 1])
    }
    let marks = MutableBuffer<UInt32>(count: stretchRows, zeroed: true)
    for (partition, range) in ranges.enumerated() {
      let rows = firstRows[partition].pointer
      for group in range { marks.pointer[rows[group] - first] = 1 }
    }
    var place = UInt32(truncatingIfNeeded: firstPlaces[stretch])
    for row in 0..<stretchRows {
      let mark = marks.pointer[row]
      marks.pointer[row] = place
      place &+= mark
    }
    let places = MutableBuffer<UInt32>(count: firstPlaces[stretch + 1] - firstPlaces[stretch])
    var target = places.pointer
    for (partition, range) in ranges.enumerated() {
      let rows = firstRows[partition].pointer
      for group in range {
        target.pointee = marks.pointer[rows[group] - first]
        target += 1
      }
    }
    return PlacedGroups(ranges: ranges, places: places.frozen())
  }
}

/// Some groups of every partition, and where they come in the result.
struct PlacedGroups {
  /// For each partition, which of its groups.
  let ranges: [Range<Int>]
  /// Their places, partition by partition.
  let places: Buffer<UInt32>

  /// Calls `body(partition, group, place)` for every group, all of a partition together.
  @inline(__always)
  func forEach<Source>(_ source: (Int) -> Source, _ body: (Source, Int, Int) -> Void) {
    var position = places.pointer
    for (partition, range) in ranges.enumerated() where !range.isEmpty {
      let source = source(partition)
      for group in range {
        body(source, group, Int(position.pointee))
        position += 1
      }
    }
  }
}
