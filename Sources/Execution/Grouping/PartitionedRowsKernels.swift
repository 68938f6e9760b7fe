import ColumnStore

/// The rows of a part by partition: first those whose hash begins with the smallest bits; the rows of a partition stay
/// in their order.
struct PartitionedRows: Sendable {
  /// The words of the keys, row by row.
  let words: Buffer<UInt64>
  /// Which row of the part each is.
  let rows: Buffer<UInt32>
  /// Where each partition begins, and at the end the number of rows.
  let starts: Buffer<UInt32>

  /// How many rows are packed before their partitions are counted: few enough that their words are still near.
  private static let blockRows = 2048

  /// Packs the keys of a part and sorts its rows by the first bits of their hashes.
  ///
  /// - Parameters:
  ///   - columns: one per key, each with a value in every row.
  ///   - partitionBits: from 1 to 16; there are that power of two of partitions.
  init(_ columns: [Column], count: Int, _ layout: PackedKeys, partitionBits: Int) {
    precondition(columns.count == layout.fields.count && columns.allSatisfy { $0.count == count })
    precondition((1...16).contains(partitionBits))
    let width = layout.width
    let packed = MutableBuffer<UInt64>(count: count * width)
    let partitions = MutableBuffer<UInt16>(count: count)
    let starts = MutableBuffer<UInt32>(count: 1 << partitionBits + 1, zeroed: true)
    let shift = UInt64(64 - partitionBits)
    var first = 0
    while first < count {
      let block = first..<min(first + Self.blockRows, count)
      layout.pack(columns, block, into: packed.pointer + first * width)
      for row in block {
        let hash =
          width == 1
          ? hashWord(packed.pointer[row]) : PackedKeys.hash(packed.pointer + row * width, width: width)
        let partition = Int(truncatingIfNeeded: hash &>> shift)
        partitions.pointer[row] = UInt16(truncatingIfNeeded: partition)
        starts.pointer[partition + 1] &+= 1
      }
      first = block.upperBound
    }
    for partition in 0..<1 << partitionBits { starts.pointer[partition + 1] += starts.pointer[partition] }
    let places = MutableBuffer<UInt32>(count: starts.count)
    places.pointer.update(from: starts.pointer, count: starts.count)
    let words = MutableBuffer<UInt64>(count: count * width)
    let rows = MutableBuffer<UInt32>(count: count)
    for row in 0..<count {
      let partition = Int(partitions.pointer[row])
      let place = Int(places.pointer[partition])
      places.pointer[partition] &+= 1
      rows.pointer[place] = UInt32(truncatingIfNeeded: row)
      if width == 1 {
        words.pointer[place] = packed.pointer[row]
      } else {
        for word in 0..<width { words.pointer[place * width + word] = packed.pointer[row * width + word] }
      }
    }
    self.words = words.frozen()
    self.rows = rows.frozen()
    self.starts = starts.frozen()
  }

  /// The places of a partition's rows.
  func places(_ partition: Int) -> Range<Int> { Int(starts[partition])..<Int(starts[partition + 1]) }
}
