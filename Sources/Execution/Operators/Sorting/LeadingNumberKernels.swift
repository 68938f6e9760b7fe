import ColumnStore
import Synchronization

/// The rows whose numbers come first, without putting the others in order. Every segment is compared with a bound that
/// the segments before it have left, whichever thread had them.
final class LeadingNumbers: Sendable {
  private let limit: Int
  private let isDescending: Bool
  /// A number that at least `limit` rows have or have better ones than; nil before any is known.
  private let bound = Mutex<Int64?>(nil)

  /// Rows in which a first bound is looked for, for each one that is wanted.
  private static let sampleRowsPerRow = 16
  /// The fewest rows in which a first bound is looked for.
  private static let leastSampleRows = 1024

  /// - Parameter limit: how many rows are wanted, at least 1.
  private init(_ limit: Int, isDescending: Bool) {
    precondition(limit > 0)
    self.limit = limit
    self.isDescending = isDescending
  }

  /// The rows of a column that can be among the first `limit` of an order, ties included, in order of place. Texts need a
  /// dictionary.
  static func candidates(
    _ column: Column, _ limit: Int, isDescending: Bool, nullsFirst: Bool, _ context: ExecutionContext
  ) throws -> Buffer<UInt32> {
    let leading = LeadingNumbers(limit, isDescending: isDescending)
    let hasFewValues = column.count - column.nullCount < limit
    func rows<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ numbers: @escaping @Sendable (Range<Int>) -> Buffer<Number>
    ) throws -> Buffer<UInt32> {
      let found = try WorkerPool.shared.map(parts: Segment.count(rows: column.count)) { part in
        try context.checkCancellation()
        let segment = Segment.range(part, rows: column.count)
        let validity = column.validity?.slice(segment)
        var bits = leading.bits(numbers(segment), validity)
        if let validity, nullsFirst || hasFewValues { bits = bits.combined(with: validity) { $0 | ~$1 } }
        return (first: UInt32(truncatingIfNeeded: segment.lowerBound), rows: bits.trueIndices())
      }
      let result = MutableBuffer<UInt32>(count: found.reduce(0) { $0 + $1.rows.count })
      var place = 0
      for (first, rows) in found {
        for row in 0..<rows.count { result.pointer[place + row] = first &+ rows.pointer[row] }
        place += rows.count
      }
      return result.frozen()
    }
    switch column.data {
    case .integer8(let values): return try rows { values.slice($0) }
    case .integer16(let values): return try rows { values.slice($0) }
    case .integer32(let values), .date(let values): return try rows { values.slice($0) }
    case .integer64(let values), .decimal64(let values), .time(let values), .timestamp(let values):
      return try rows { values.slice($0) }
    case .codes8(let codes, let texts) where texts.isSorted: return try rows { codes.slice($0) }
    case .codes16(let codes, let texts) where texts.isSorted: return try rows { codes.slice($0) }
    case .codes32(let codes, let texts) where texts.isSorted: return try rows { codes.slice($0) }
    case .boolean, .double, .decimal128, .interval, .counts:
      return try rows { SortOperator.leadingNumbers(column.slice($0)) }
    case .codes8, .codes16, .codes32, .views, .lists:
      // What has to be put in order to be numbered is numbered once, not once a segment.
      let numbers = SortOperator.leadingNumbers(column)
      return try rows { numbers.slice($0) }
    }
  }

  /// The rows of a segment that have values and can be among the first, ties included.
  private func bits<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ numbers: Buffer<Number>, _ validity: Bitmap?
  ) -> Bitmap {
    func valid(_ bits: Bitmap) -> Bitmap { validity.map { bits.combined(with: $0, &) } ?? bits }
    guard let known = bound.withLock({ $0 }) ?? sampled(numbers, validity) else {
      return validity ?? Bitmap(repeating: true, count: numbers.count)
    }
    var last = Number(truncatingIfNeeded: known)
    let better = valid(isDescending ? numbers.greater(than: last) : numbers.less(than: last))
    // Those that equal the bound make it no better, however many they are.
    if better.trueCount >= limit, let improved = improved(numbers, among: better.trueIndices()) {
      last = Number(truncatingIfNeeded: improved)
    }
    return valid(isDescending ? numbers.atLeast(last) : numbers.atMost(last))
  }

  /// The bound once the first rows of a segment are known.
  private func sampled<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ numbers: Buffer<Number>, _ validity: Bitmap?
  ) -> Int64? {
    let wanted = max(Self.leastSampleRows, Self.sampleRowsPerRow * min(limit, Segment.rowCount))
    let sample = Bitmap(repeating: true, count: min(numbers.count, wanted))
    let valid = validity.map { sample.combined(with: $0.slice(0..<sample.count), &) } ?? sample
    return improved(numbers, among: valid.trueIndices())
  }

  /// The bound once some rows are known.
  private func improved<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ numbers: Buffer<Number>, among rows: Buffer<UInt32>
  ) -> Int64? {
    guard rows.count >= limit else { return bound.withLock { $0 } }
    var values = rows.map { Int64(truncatingIfNeeded: numbers[Int($0)]) }
    let place = isDescending ? values.count - limit : limit - 1
    let last = values.withUnsafeMutableBufferPointer { $0.select(place) }
    return bound.withLock { bound in
      let best = bound.map { isDescending ? max($0, last) : min($0, last) } ?? last
      bound = best
      return best
    }
  }
}
