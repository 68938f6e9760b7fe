import ColumnStore

/// How many different texts, for a column whose rows all use one dictionary: a bit per entry and group.
final class CodeSetState: AggregateState {
  private let entryCount: Int
  private var sets: [MutableBitmap?] = []

  /// The most memory that the bits of all groups may take, and the most groups that a segment's work may touch.
  private static let byteLimit = 256 << 20
  private static let groupLimit = 4096

  /// Whether the bits for so many groups take little enough memory.
  static func fits(_ dictionary: TextDictionary, groupCount: Int) -> Bool {
    let (bits, overflow) = dictionary.count.multipliedReportingOverflow(by: groupCount)
    return !overflow && bits / 8 <= byteLimit && groupCount <= groupLimit
  }

  init(_ dictionary: TextDictionary) { entryCount = dictionary.count }

  func grow(_ groupCount: Int) {
    if groupCount > sets.count { sets.append(contentsOf: repeatElement(nil, count: groupCount - sets.count)) }
  }

  func update(_ input: AggregateInput) {
    switch input.arguments.first?.data {
    case .codes8(let codes, _)?: mark(codes, input)
    case .codes16(let codes, _)?: mark(codes, input)
    case .codes32(let codes, _)?: mark(codes, input)
    default: preconditionFailure("the source promised a dictionary")
    }
  }

  private func mark<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Buffer<Code>, _ input: AggregateInput
  ) {
    precondition(codes.count >= input.count)
    // Groups are met in no order; their sets are made before the loop that must not stop for that.
    input.forEach { _, group in if sets[group] == nil { sets[group] = MutableBitmap(count: entryCount) } }
    let words = sets.map { $0?.words.pointer }
    words.withUnsafeBufferPointer { words in
      input.forEach { row, group in
        let code = Int(truncatingIfNeeded: codes.pointer[row])
        precondition(code < entryCount)
        words[group]?[code >> 6] |= 1 << UInt64(code & 63)
      }
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? CodeSetState else { return }
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
