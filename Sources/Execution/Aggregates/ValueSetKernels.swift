import ColumnStore

/// How many different values, for a column whose values lie in a range that is known, such as the codes of one dictionary:
/// a bit per value that there could be, and group.
final class ValueSetState: AggregateState {
  /// The least value that there could be, and how many from there on.
  private let first: Int64
  private let entryCount: Int
  private var sets: [MutableBitmap?] = []

  /// The most memory that the bits of all groups may take, and the most groups that a segment's work may touch.
  private static let byteLimit = 256 << 20
  private static let groupLimit = 4096

  /// Where bits for so many groups take little enough memory: beside a dictionary, or beside `rowCount` numbers.
  init?(_ domain: ColumnDomain, groupCount: Int, rowCount: Int) {
    let most: Int
    switch domain {
    case .dictionary(let dictionary, _):
      (first, entryCount, most) = (0, dictionary.count, Self.byteLimit)
    case .range(let range, _):
      let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
      guard !overflow, width < Int64.max else { return nil }
      (first, entryCount, most) = (range.lowerBound, Int(width) + 1, min(Self.byteLimit, 8 * rowCount))
    case .unknown, .boolean: return nil
    }
    let (bits, overflow) = entryCount.multipliedReportingOverflow(by: groupCount)
    guard !overflow, bits / 8 <= most, groupCount <= Self.groupLimit else { return nil }
  }

  func grow(_ groupCount: Int) {
    if groupCount > sets.count { sets.append(contentsOf: repeatElement(nil, count: groupCount - sets.count)) }
  }

  func update(_ input: AggregateInput) {
    switch input.arguments.first?.data {
    case .codes8(let codes, _)?: mark(codes, input)
    case .codes16(let codes, _)?: mark(codes, input)
    case .codes32(let codes, _)?: mark(codes, input)
    case .integer8(let values)?: mark(values, input)
    case .integer16(let values)?: mark(values, input)
    case .integer32(let values)?: mark(values, input)
    case .integer64(let values)?, .timestamp(let values)?: mark(values, input)
    case .date(let values)?: mark(values, input)
    default: preconditionFailure("the source promised a dictionary or a range")
    }
  }

  private func mark<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ input: AggregateInput
  ) {
    precondition(values.count >= input.count)
    // Groups are met in no order; their sets are made before the loop that must not stop for that.
    input.forEach { _, group in if sets[group] == nil { sets[group] = MutableBitmap(count: entryCount) } }
    let words = sets.map { $0?.words.pointer }
    words.withUnsafeBufferPointer { words in
      input.forEach { row, group in
        let place = Int(truncatingIfNeeded: Int64(truncatingIfNeeded: values.pointer[row]) &- first)
        precondition(place >= 0 && place < entryCount)
        words[group]?[place >> 6] |= 1 << UInt64(place & 63)
      }
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? ValueSetState else { return }
    for (group, set) in other.sets.enumerated() {
      guard let set else { continue }
      let target = Int(map[group])
      guard let own = sets[target] else {
        sets[target] = set
        continue
      }
      for word in 0..<Bitmap.wordCount(entryCount) { own.words.pointer[word] |= set.words.pointer[word] }
    }
  }

  func finish() -> Column {
    let counts = sets.map { Int64($0?.frozen().trueCount ?? 0) }
    return Column(type: .integer, data: ColumnData(narrowing: counts))
  }
}
