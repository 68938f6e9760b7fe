import ColumnStore
import Planning

/// Keeps some rows by chance, in their order.
///
/// Every row, or run of rows, has a number that the seed and its place in the input make by hashing; those with the smallest
/// numbers are kept. So the choice is the same every time, whatever the threads and whatever rows are asked for besides.
struct SampleOperator {
  private let sample: SamplePlan
  private let context: ExecutionContext

  /// How many neighbouring rows `system` keeps or leaves out together.
  private static let runLength = 1024

  init(_ sample: SamplePlan, _ context: ExecutionContext) {
    self.sample = sample
    self.context = context
  }

  func run(_ table: Table) throws -> Table {
    guard table.rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    try context.checkCancellation()
    let rows = Buffer(chosen(of: table.rowCount))
    if rows.count == table.rowCount { return table }
    return Table(
      descriptions: table.descriptions, columns: table.columns.map { $0.gather(rows) }, rowCount: rows.count,
      note: table.note)
  }

  /// The rows that are kept, in order.
  private func chosen(of count: Int) -> [UInt32] {
    switch (sample.method, sample.amount) {
    case (.reservoir, .rows(let wanted)): return smallest(min(wanted, count), of: count)
    case (.reservoir, .percent(let part)):
      return smallest(min(count, Int((Double(count) * part / 100).rounded())), of: count)
    case (let method, let amount):
      guard case .percent(let part) = amount else { return [] }
      let length = method == .system ? Self.runLength : 1
      return (0..<count).lazy.filter { isKept($0 / length, part) }.map { UInt32(truncatingIfNeeded: $0) }
    }
  }

  private func number(_ place: Int) -> UInt64 {
    hashWord(combineHashes(hashWord(UInt64(bitPattern: sample.seed)), UInt64(truncatingIfNeeded: place)))
  }

  private func isKept(_ place: Int, _ percent: Double) -> Bool {
    // 53 bits of the number, as a part of 1.
    percent >= 100 || Double(number(place) >> 11) * 0x1p-53 < percent / 100
  }

  private func smallest(_ wanted: Int, of count: Int) -> [UInt32] {
    guard wanted > 0 else { return [] }
    guard wanted < count else { return (0..<count).map { UInt32(truncatingIfNeeded: $0) } }
    let numbers = (0..<count).map { Int64(bitPattern: number($0) ^ 1 << 63) }
    var copy = numbers
    let threshold = copy.withUnsafeMutableBufferPointer { $0.select(wanted - 1) }
    // Of equal numbers, which hardly ever occur, the first rows are kept.
    var equal = wanted - numbers.lazy.filter { $0 < threshold }.count
    return numbers.indices.filter { row in
      if numbers[row] == threshold {
        equal -= 1
        return equal >= 0
      }
      return numbers[row] < threshold
    }.map { UInt32(truncatingIfNeeded: $0) }
  }
}
