import ColumnStore
import Language
import Planning

/// Aggregates that a frame's rows add to and can be taken out of again: what a frame has is what there is up to its end
/// less what there is up to its beginning. Every frame takes the same short time.
extension WindowRows {
  /// How many rows of each frame are taken.
  func counts(in frames: ExcludedFrames, taken: Bitmap?) throws -> Column {
    let result = MutableBuffer<Int64>(count: count)
    let counted = taken.map { CountedPlaces($0, self) }
    try forEachPartition { _, partition in
      for place in partition {
        var total = 0
        for piece in frames.pieces(place) { total += counted?.count(in: piece) ?? piece.count }
        result.pointer[Int(rows.pointer[place])] = Int64(total)
      }
    }
    return Column(type: .integer, data: .integer64(result.frozen()))
  }

  /// Whether all, or some, of a frame's rows are true; NULL where it has none that says anything.
  func truths(_ values: Column, isEvery: Bool, in frames: ExcludedFrames, taken: Bitmap?) throws -> Column {
    guard case .boolean(let bits) = values.data else { return .nulls(type: .boolean, count: count) }
    let all = try counts(in: frames, taken: taken)
    let hits = isEvery ? bits.inverted() : bits
    let found = try counts(in: frames, taken: Bitmap.both(hits, taken))
    let (totals, foundCounts) = (all.widened(), found.widened())
    let truths = MutableBitmap(count: count)
    let valid = MutableBitmap(count: count)
    for row in 0..<count where totals.pointer[row] > 0 {
      valid.set(row)
      if (foundCounts.pointer[row] > 0) != isEvery { truths.set(row) }
    }
    return Column(type: .boolean, data: .boolean(truths.frozen()), validity: valid.frozenValidity())
  }

  /// The sum or mean of integers, in 128 bits.
  func integerSums(_ values: Column, isAverage: Bool, in frames: ExcludedFrames, taken: Bitmap?, span: SourceSpan)
    throws
    -> Column
  {
    let numbers = values.widened()
    precondition(numbers.count == count)
    let sums = MutableBuffer<Int64>(count: count)
    let means = MutableBuffer<Double>(count: isAverage ? count : 0)
    let valid = MutableBuffer<UInt8>(count: count, zeroed: true)
    let counted = taken.map { CountedPlaces($0, self) }
    try forEachPartition { _, partition in
      let base = partition.lowerBound
      let upTo = MutableBuffer<Int128>(count: partition.count + 1)
      var total: Int128 = 0
      for place in partition {
        upTo.pointer[place - base] = total
        let row = Int(rows.pointer[place])
        // 128 bits hold 2^64 values of 64 bits, so the sum cannot overflow.
        if taken.map({ $0[row] }) ?? true { total &+= Int128(numbers.pointer[row]) }
      }
      upTo.pointer[partition.count] = total
      for place in partition {
        var sum: Int128 = 0
        var size = 0
        for piece in frames.pieces(place) where !piece.isEmpty {
          sum &+= upTo[piece.upperBound - base] &- upTo[piece.lowerBound - base]
          size += counted?.count(in: piece) ?? piece.count
        }
        guard size > 0 else { continue }
        let row = Int(rows.pointer[place])
        valid.pointer[row] = 1
        if isAverage {
          means.pointer[row] = Double(sum) / Double(size)
        } else if let fitting = Int64(exactly: sum) {
          sums.pointer[row] = fitting
        } else {
          throw ExecutionError.overflow(operation: "the sum", operands: "\(size) values", span: span)
        }
      }
    }
    let validity = Bitmap(flags: valid.frozen())
    return isAverage
      ? Column(type: .double, data: .double(means.frozen()), validity: validity)
      : Column(type: .integer, data: .integer64(sums.frozen()), validity: validity)
  }
}
