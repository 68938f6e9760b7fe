import ColumnStore
import Language
import Planning

extension WindowRows {
  /// The taken rows that are the first in their partition with their value: where frames begin with the partition, an
  /// aggregate of different values is one of these rows.
  ///
  /// - Parameter numbers: for each row the number of its value, below `numberCount`.
  func firstOccurrences(_ numbers: Buffer<UInt32>, _ numberCount: Int, taken: Bitmap?) throws -> Bitmap? {
    let isFirst = MutableBuffer<UInt8>(count: count, zeroed: true)
    try forEachChunk { partitions in
      var seenIn = [Int32](repeating: -1, count: numberCount)
      for partition in partitions {
        let number = Int32(truncatingIfNeeded: partition - partitions.lowerBound)
        for place in starts[partition]..<starts[partition + 1] {
          let row = Int(rows.pointer[place])
          guard taken.map({ $0[row] }) ?? true, seenIn[Int(numbers[row])] != number else { continue }
          seenIn[Int(numbers[row])] = number
          isFirst.pointer[row] = 1
        }
      }
    }
    return Bitmap(flags: isFirst.frozen())
  }

  /// How many different values each frame has, of which nothing is excluded, and the sum of these if they are integers:
  /// values are counted as rows come and go.
  func distinctTotals(
    _ numbers: Buffer<UInt32>, _ numberCount: Int, summing values: Buffer<Int64>?, in frames: Frames, taken: Bitmap?
  ) throws -> (counts: Buffer<Int64>, sums: Buffer<Int128>) {
    let counts = MutableBuffer<Int64>(count: count)
    let sums = MutableBuffer<Int128>(count: values == nil ? 0 : count)
    try forEachChunk { partitions in
      var present = [Int32](repeating: 0, count: numberCount)
      for partition in partitions {
        let places = starts[partition]..<starts[partition + 1]
        var different: Int64 = 0
        var sum: Int128 = 0
        func change(_ range: Range<Int>, _ change: Int32) {
          for place in range {
            let row = Int(rows.pointer[place])
            guard taken.map({ $0[row] }) ?? true else { continue }
            let number = Int(numbers[row])
            let before = present[number]
            present[number] = before + change
            guard before == 0 || before + change == 0 else { continue }
            different += Int64(change)
            if let values { sum &+= Int128(values[row]) * Int128(change) }
          }
        }
        var known = places.lowerBound..<places.lowerBound
        for place in places {
          known = known.moved(to: frames[place], change)
          let row = Int(rows.pointer[place])
          counts.pointer[row] = different
          if values != nil { sums.pointer[row] = sum }
        }
        change(known, -1)
      }
    }
    return (counts.frozen(), sums.frozen())
  }
}

extension Range<Int> {
  /// The next frame of a partition, which begins and ends no earlier than this one: `change` is called with the places
  /// that go, and with those that come.
  @inline(__always)
  func moved(to frame: Range<Int>, _ change: (Range<Int>, Int32) -> Void) -> Range<Int> {
    change(lowerBound..<Swift.min(upperBound, frame.lowerBound), -1)
    change(Swift.max(upperBound, frame.lowerBound)..<frame.upperBound, 1)
    return frame
  }
}
