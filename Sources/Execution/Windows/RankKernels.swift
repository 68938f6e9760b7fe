import ColumnStore
import Language
import Planning

extension WindowRows {
  /// A function of the row's place among the rows of its partition.
  func rank(_ operation: WindowOperation) throws -> Column {
    switch operation {
    case .percentRank, .cumulativeDistribution:
      let result = MutableBuffer<Double>(count: count)
      try forEachPartition { _, partition in
        let others = Double(partition.count - 1)
        forEachPeers(partition) { peers in
          let before = Double(peers.lowerBound - partition.lowerBound)
          let part =
            operation == .percentRank
            ? (others == 0 ? 0 : before / others)
            : Double(peers.upperBound - partition.lowerBound) / Double(partition.count)
          for place in peers { result.pointer[Int(rows.pointer[place])] = part }
        }
      }
      return Column(type: .double, data: .double(result.frozen()))
    default:
      let result = MutableBuffer<Int64>(count: count)
      try forEachPartition { _, partition in
        guard operation != .rowNumber else {
          for place in partition { result.pointer[Int(rows.pointer[place])] = Int64(place - partition.lowerBound + 1) }
          return
        }
        var different: Int64 = 0
        forEachPeers(partition) { peers in
          different += 1
          let rank = operation == .denseRank ? different : Int64(peers.lowerBound - partition.lowerBound + 1)
          for place in peers { result.pointer[Int(rows.pointer[place])] = rank }
        }
      }
      return Column(type: .integer, data: .integer64(result.frozen()))
    }
  }

  /// Which of some parts each row is in: the first parts have one row more where the rows do not divide. How many parts
  /// is asked of the partition's first row.
  func tiles(_ counts: Column, span: SourceSpan) throws -> Column {
    let parts = counts.widened()
    let result = MutableBuffer<Int64>(count: count)
    let valid = MutableBuffer<UInt8>(count: count, zeroed: true)
    try forEachPartition { _, partition in
      guard let first = partition.first, !counts.isNull(Int(rows[first])) else { return }
      guard parts[Int(rows[first])] > 0 else { throw ExecutionError.notPositive(function: "ntile", span: span) }
      let wanted = Int(min(parts[Int(rows[first])], Int64(partition.count)))
      let (size, larger) = partition.count.quotientAndRemainder(dividingBy: wanted)
      for place in partition {
        let number = place - partition.lowerBound
        let inLarger = larger * (size + 1)
        let part = number < inLarger ? number / (size + 1) : larger + (number - inLarger) / size
        let row = Int(rows.pointer[place])
        result.pointer[row] = Int64(part + 1)
        valid.pointer[row] = 1
      }
    }
    return Column(type: .integer, data: .integer64(result.frozen()), validity: Bitmap(flags: valid.frozen()))
  }
}

extension Bitmap {
  /// The validity that a byte per row gives, 1 where there is a value; nil when all are there. Bytes can be written by
  /// several workers at once, bits cannot.
  init?(flags: Buffer<UInt8>) {
    guard let validity = packBits(flags.count, { flags.pointer[$0] != 0 }).validity else { return nil }
    self = validity
  }
}
