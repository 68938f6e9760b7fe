import ColumnStore

/// Sorts the rows of many words at once: the words' ranges are packed into as few as they need, and rows are put in order
/// by eleven bits at a time, the least significant first, by all workers together. It is stable, and linear in the rows.
///
/// Least significant digit radix sort; D. E. Knuth, TAOCP 3, 5.2.5.
struct RadixSort {
  private struct Pair: BitwiseCopyable, Sendable {
    var word: UInt64
    var row: UInt32
  }

  private static let digitBits = 11
  private static let digits = 1 << digitBits

  private let rowCount: Int
  private let context: ExecutionContext
  /// Each with its number of bits, the most significant first.
  private let words: [(values: Buffer<UInt64>, bits: Int)]

  /// - Parameter words: the most significant first, each with a value for every row.
  init(_ words: [Buffer<UInt64>], rowCount: Int, _ context: ExecutionContext) throws {
    self.rowCount = rowCount
    self.context = context
    var packed: [(values: Buffer<UInt64>, bits: Int)] = []
    for word in words {
      try context.checkCancellation()
      let (low, high) = RadixSort.range(word)
      let bits = UInt64.bitWidth - (high &- low).leadingZeroBitCount
      if bits == 0 { continue }
      if let last = packed.last, last.bits + bits <= UInt64.bitWidth {
        packed[packed.count - 1] = (RadixSort.joined(last.values, word, low: low, bits: bits), last.bits + bits)
      } else {
        packed.append((RadixSort.lowered(word, by: low), bits))
      }
    }
    self.words = packed
  }

  /// The rows in their order.
  func rows() throws -> Buffer<UInt32> {
    var rows: Buffer<UInt32>?
    for word in words.reversed() { rows = try sorted(rows, word.values, bits: word.bits) }
    return rows ?? Buffer((0..<UInt32(truncatingIfNeeded: rowCount)).map { $0 })
  }

  // MARK: Words

  private static func range(_ word: Buffer<UInt64>) -> (UInt64, UInt64) {
    var (low, high): (UInt64, UInt64) = (.max, 0)
    for index in 0..<word.count {
      low = min(low, word.pointer[index])
      high = max(high, word.pointer[index])
    }
    return word.isEmpty ? (0, 0) : (low, high)
  }

  private static func lowered(_ word: Buffer<UInt64>, by low: UInt64) -> Buffer<UInt64> {
    let result = MutableBuffer<UInt64>(count: word.count)
    inSegments(word.count) { for index in $0 { result.pointer[index] = word.pointer[index] &- low } }
    return result.frozen()
  }

  private static func joined(_ upper: Buffer<UInt64>, _ lower: Buffer<UInt64>, low: UInt64, bits: Int) -> Buffer<UInt64>
  {
    let result = MutableBuffer<UInt64>(count: upper.count)
    inSegments(upper.count) {
      for index in $0 { result.pointer[index] = upper.pointer[index] << UInt64(bits) | (lower.pointer[index] &- low) }
    }
    return result.frozen()
  }

  private static func inSegments(_ count: Int, _ body: @Sendable (Range<Int>) -> Void) {
    WorkerPool.shared.forEach(parts: Segment.count(rows: count)) { part in body(Segment.range(part, rows: count)) }
  }

  // MARK: Sorting

  /// The rows, which are in some order already, by one word.
  private func sorted(_ rows: Buffer<UInt32>?, _ word: Buffer<UInt64>, bits: Int) throws -> Buffer<UInt32> {
    precondition(word.count == rowCount && rows.map { $0.count == rowCount } ?? true)
    var pairs = MutableBuffer<Pair>(count: rowCount)
    var others = MutableBuffer<Pair>(count: rowCount)
    let first = pairs
    RadixSort.inSegments(rowCount) {
      for index in $0 {
        let row = rows.map { $0.pointer[index] } ?? UInt32(truncatingIfNeeded: index)
        first.pointer[index] = Pair(word: word[Int(row)], row: row)
      }
    }
    for shift in stride(from: 0, to: bits, by: RadixSort.digitBits) {
      try pass(pairs, into: others, shift: UInt64(shift))
      swap(&pairs, &others)
    }
    let result = MutableBuffer<UInt32>(count: rowCount)
    let last = pairs
    RadixSort.inSegments(rowCount) { for index in $0 { result.pointer[index] = last.pointer[index].row } }
    return result.frozen()
  }

  /// One digit. Every worker has a range of the pairs, and a place of its own for each digit's pairs of that range.
  private func pass(_ pairs: MutableBuffer<Pair>, into target: MutableBuffer<Pair>, shift: UInt64) throws {
    let (rowCount, digits, mask) = (rowCount, RadixSort.digits, UInt64(RadixSort.digits - 1))
    let chunks = max(1, min(WorkerPool.shared.threadCount, Segment.count(rows: rowCount)))
    let places = MutableBuffer<Int>(count: chunks * digits, zeroed: true)
    @Sendable func range(_ chunk: Int) -> Range<Int> { rowCount * chunk / chunks..<rowCount * (chunk + 1) / chunks }
    try WorkerPool.shared.run(parts: chunks) { chunk, _ in
      try context.checkCancellation()
      let counts = places.pointer + chunk * digits
      for index in range(chunk) { counts[Int(truncatingIfNeeded: pairs.pointer[index].word >> shift & mask)] += 1 }
    }
    var total = 0
    for digit in 0..<digits {
      for chunk in 0..<chunks {
        let place = chunk * digits + digit
        let count = places.pointer[place]
        places.pointer[place] = total
        total += count
      }
    }
    try WorkerPool.shared.run(parts: chunks) { chunk, _ in
      try context.checkCancellation()
      let next = places.pointer + chunk * digits
      for index in range(chunk) {
        let pair = pairs.pointer[index]
        let digit = Int(truncatingIfNeeded: pair.word >> shift & mask)
        target.pointer[next[digit]] = pair
        next[digit] &+= 1
      }
    }
  }
}
