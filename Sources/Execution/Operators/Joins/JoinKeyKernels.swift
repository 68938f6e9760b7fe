import ColumnStore
import Planning
import Synchronization

/// Numbers the keys of a join's right side, and finds the number of a left row's key.
protocol JoinKeys: Sendable {
  /// How many numbers there are.
  var count: Int { get }
  /// The number of each row's key; `UInt32.max` where it is none of the right side's or has no value. Several workers may
  /// ask at the same time.
  func numbers(_ keys: [Column], count: Int) -> Buffer<UInt32>
}

/// Whole numbers of a small range: a key's number is its distance from the smallest.
struct RangeKeys: JoinKeys {
  private let range: ClosedRange<Int64>
  let count: Int

  /// Nil unless all values of a column lie so close together that there are at most `limit`.
  init?(_ column: Column, limit: Int) {
    guard column.type == .integer || column.type == .date, let range = column.valueRange else { return nil }
    let (span, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    guard !overflow, span < limit else { return nil }
    self.range = range
    count = Int(span) + 1
  }

  func numbers(_ keys: [Column], count: Int) -> Buffer<UInt32> {
    switch keys[0].data {
    case .integer8(let values): numbers(values, keys[0].validity, count)
    case .integer16(let values): numbers(values, keys[0].validity, count)
    case .integer32(let values), .date(let values): numbers(values, keys[0].validity, count)
    case .integer64(let values): numbers(values, keys[0].validity, count)
    default: preconditionFailure("both sides of an equality have one type")
    }
  }

  private func numbers<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Number>, _ validity: Bitmap?, _ count: Int
  ) -> Buffer<UInt32> {
    precondition(values.count >= count)
    let result = MutableBuffer<UInt32>(count: count)
    let (source, target) = (values.pointer, result.pointer)
    let (low, span) = (range.lowerBound, UInt64(self.count))
    for row in 0..<count {
      let distance = UInt64(bitPattern: Int64(truncatingIfNeeded: source[row]) &- low)
      target[row] = distance < span ? UInt32(truncatingIfNeeded: distance) : .max
    }
    if let validity { hide(target, where: validity, count) }
    return result.frozen()
  }
}

/// Texts that have a dictionary: a key's number is its code.
final class CodedKeys: JoinKeys {
  private let dictionary: TextDictionary
  /// Other dictionaries that were met, with the number of each of their entries here.
  private let others = Mutex<[(dictionary: TextDictionary, numbers: Buffer<UInt32>)]>([])
  private let interner = Mutex<TextInterner?>(nil)

  /// Nil unless a column has a dictionary of at most `limit` entries.
  init?(_ column: Column, limit: Int) {
    guard let dictionary = column.dictionary, dictionary.count <= limit else { return nil }
    self.dictionary = dictionary
  }

  var count: Int { dictionary.count }

  func numbers(_ keys: [Column], count: Int) -> Buffer<UInt32> {
    let column = keys[0]
    precondition(column.count >= count)
    if let other = column.dictionary {
      return other === dictionary
        ? column.codesWithNull(Int(UInt32.max)) : column.codesWithNull(Int(UInt32.max)).looked(up: numbers(of: other))
    }
    let result = MutableBuffer<UInt32>(repeating: .max, count: count)
    interner.withLock { interner in
      let known = interner ?? made()
      interner = known
      known.find(column, count: count) { row, number in result.pointer[row] = number ?? .max }
    }
    return result.frozen()
  }

  private func made() -> TextInterner {
    let interner = TextInterner()
    for code in 0..<dictionary.count { _ = interner.intern(dictionary.bytes(code)) }
    return interner
  }

  private func numbers(of other: TextDictionary) -> Buffer<UInt32> {
    if let known = others.withLock({ $0.first { $0.dictionary === other } }) { return known.numbers }
    let numbers = interner.withLock { interner in
      let known = interner ?? made()
      interner = known
      return Buffer((0..<other.count).map { known.find(other.bytes($0)) ?? .max })
    }
    others.withLock { $0.append((other, numbers)) }
    return numbers
  }
}

/// Keys of any kind, several of them, and such whose NULLs are equal.
///
/// `@unchecked Sendable`: looking up in the grouper adds no groups.
final class HashedKeys: JoinKeys, @unchecked Sendable {
  private let grouper: HashGrouper
  private let nullsMatch: [Bool]

  init(_ grouper: HashGrouper, nullsMatch: [Bool]) {
    self.grouper = grouper
    self.nullsMatch = nullsMatch
  }

  var count: Int { grouper.groupCount }

  func numbers(_ keys: [Column], count: Int) -> Buffer<UInt32> {
    grouper.lookUp(keys, nullsMatch: nullsMatch, count: count)
  }
}

private func hide(_ numbers: UnsafeMutablePointer<UInt32>, where validity: Bitmap, _ count: Int) {
  precondition(validity.count >= count)
  for index in 0..<Bitmap.wordCount(count) {
    var missing = ~validity.words.pointer[index]
    while missing != 0 {
      let row = index << 6 + missing.trailingZeroBitCount
      if row < count { numbers[row] = .max }
      missing &= missing &- 1
    }
  }
}

extension Buffer<UInt32> {
  /// What a table says of each number; `UInt32.max` stays.
  fileprivate func looked(up table: Buffer<UInt32>) -> Buffer<UInt32> {
    let result = MutableBuffer<UInt32>(count: count)
    for index in 0..<count { result[index] = pointer[index] == .max ? .max : table[Int(pointer[index])] }
    return result.frozen()
  }
}
