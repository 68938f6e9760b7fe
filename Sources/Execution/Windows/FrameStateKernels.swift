import ColumnStore
import Planning

/// Aggregates of frames by the states that groups use, for functions that have no way of their own.
struct FrameStates: Sendable {
  let aggregate: Aggregate
  private let arguments: [Column]
  private let order: [Column]
  private let taken: Bitmap?
  private let rows: WindowRows
  private let context: ExecutionContext

  /// How many rows are fed to a state at a time.
  private static let feedLimit = Segment.rowCount

  /// The arguments, order keys and taken rows are by row; they are brought into the window's order here.
  init(
    aggregate: Aggregate, arguments: [Column], order: [Column], taken: Bitmap?, rows: WindowRows,
    context: ExecutionContext
  ) {
    self.aggregate = aggregate
    self.arguments = arguments.map { $0.gather(rows.rows) }
    self.order = order.map { $0.gather(rows.rows) }
    self.taken = taken.map { taken in
      let result = MutableBitmap(count: rows.count)
      for place in 0..<rows.count where taken[Int(rows.rows.pointer[place])] { result.set(place) }
      return result.frozen()
    }
    self.rows = rows
    self.context = context
  }

  /// The aggregate of each row's partition.
  func perPartition() throws -> Column {
    let results = ChunkResults()
    try rows.forEachChunk { partitions in
      let state = AggregateStates.make(aggregate)
      state.grow(partitions.count)
      let all = rows.starts[partitions.lowerBound]..<rows.starts[partitions.upperBound]
      var partition = 0
      for start in stride(from: all.lowerBound, to: all.upperBound, by: Self.feedLimit) {
        try context.checkCancellation()
        let places = start..<min(start + Self.feedLimit, all.upperBound)
        let groups = MutableBuffer<UInt32>(count: places.count)
        for place in places {
          while rows.starts[partitions.lowerBound + partition + 1] <= place { partition += 1 }
          groups[place - start] = UInt32(truncatingIfNeeded: partition)
        }
        feed(state, places, groups.frozen())
      }
      results.add(try state.finish(), from: partitions.lowerBound)
    }
    let values = results.concatenated(type: aggregate.type)
    let source = MutableBuffer<UInt32>(count: rows.count)
    try rows.forEachPartition { partition, places in
      for place in places { source.pointer[Int(rows.rows.pointer[place])] = UInt32(truncatingIfNeeded: partition) }
    }
    return values.gather(source.frozen())
  }

  /// The aggregate of each row's frame, where within a partition frames begin at its first row and only grow.
  func growing(_ frames: ExcludedFrames) throws -> Column {
    try byFrame { partitions, number in
      var builder = ColumnBuilder(type: aggregate.type)
      for partition in partitions {
        let places = rows.starts[partition]..<rows.starts[partition + 1]
        let state = AggregateStates.make(aggregate)
        state.grow(1)
        var known = places.lowerBound..<places.lowerBound
        for place in places {
          let frame = frames.frames[place]
          if place == places.lowerBound || frame.upperBound > known.upperBound {
            try context.checkCancellation()
            for start in stride(from: known.upperBound, to: frame.upperBound, by: Self.feedLimit) {
              let added = start..<min(start + Self.feedLimit, frame.upperBound)
              feed(state, added, Buffer(repeating: 0, count: added.count))
            }
            known = frame
            builder.append(try state.finish().value(0))
          }
          number(place, builder.count - 1)
        }
      }
      return builder.finish()
    }
  }

  /// The aggregate of each row's frame, each different frame on its own.
  func perFrame(_ frames: ExcludedFrames) throws -> Column {
    try byFrame { partitions, number in
      var parts: [Column] = []
      var state = AggregateStates.make(aggregate)
      var finished = 0
      var open = 0
      var fed = 0
      var places: [UInt32] = []
      var groups: [UInt32] = []
      func flush() throws {
        try context.checkCancellation()
        state.grow(open)
        feed(state, gathering: Buffer(places), Buffer(groups), firstRow: fed)
        fed += places.count
        places.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
      }
      for partition in partitions {
        var last: Range<Int>?
        for place in rows.starts[partition]..<rows.starts[partition + 1] {
          let frame = frames.frames[place]
          if frames.exclusion != .noOthers || frame != last {
            open += 1
            for piece in frames.pieces(place) {
              for index in piece {
                places.append(UInt32(truncatingIfNeeded: index))
                groups.append(UInt32(truncatingIfNeeded: open - 1))
                if places.count >= Self.feedLimit { try flush() }
              }
            }
          }
          last = frame
          number(place, finished + open - 1)
          if open >= Self.feedLimit {
            try flush()
            parts.append(try state.finish())
            finished += open
            open = 0
            state = AggregateStates.make(aggregate)
            last = nil
          }
        }
      }
      try flush()
      parts.append(try state.finish())
      return Column.concatenated(parts, type: aggregate.type)
    }
  }

  /// Puts together what `body` computes for runs of partitions: a column of results, and by the function that it is given
  /// which of them belongs to a place.
  private func byFrame(_ body: @Sendable (Range<Int>, (_ place: Int, _ result: Int) -> Void) throws -> Column) throws
    -> Column
  {
    let results = ChunkResults()
    let numbers = MutableBuffer<UInt32>(count: rows.count)
    try rows.forEachChunk { partitions in
      let column = try body(partitions) { place, result in numbers[place] = UInt32(truncatingIfNeeded: result) }
      results.add(column, from: partitions.lowerBound)
    }
    let firsts = results.firstResults
    let source = MutableBuffer<UInt32>(count: rows.count)
    try rows.forEachChunk { partitions in
      let first = firsts[partitions.lowerBound] ?? 0
      for place in rows.starts[partitions.lowerBound]..<rows.starts[partitions.upperBound] {
        source.pointer[Int(rows.rows.pointer[place])] = numbers.pointer[place] + first
      }
    }
    return results.concatenated(type: aggregate.type).gather(source.frozen())
  }

  private func feed(_ state: any AggregateState, _ places: Range<Int>, _ groups: Buffer<UInt32>) {
    state.update(
      AggregateInput(
        groups: groups, count: places.count, arguments: arguments.map { $0.slice(places) },
        order: order.map { $0.slice(places) }, mask: taken?.slice(places), firstRow: places.lowerBound))
  }

  private func feed(
    _ state: any AggregateState, gathering places: Buffer<UInt32>, _ groups: Buffer<UInt32>, firstRow: Int
  ) {
    let mask = taken.map { taken in Bitmap(places.map { taken[Int($0)] }) }
    state.update(
      AggregateInput(
        groups: groups, count: places.count, arguments: arguments.map { $0.gather(places) },
        order: order.map { $0.gather(places) }, mask: mask, firstRow: firstRow))
  }
}
