import ColumnStore

/// How many different values, for a column that can have 64 at most: a word per group, with a bit per value.
final class SmallValueSetState: AggregateState {
  /// The least value that there could be.
  private let first: Int64
  private let sets = GroupArray<UInt64>(filledWith: 0)

  /// Nil where there could be more values.
  init?(_ domain: ColumnDomain) {
    switch domain {
    case .dictionary(let dictionary, _) where dictionary.count <= UInt64.bitWidth: first = 0
    case .boolean: first = 0
    case .range(let range, _):
      let (width, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
      guard !overflow, width < UInt64.bitWidth else { return nil }
      first = range.lowerBound
    default: return nil
    }
  }

  var isIndependent: Bool { true }

  func grow(_ groupCount: Int) { sets.grow(groupCount) }

  func update(_ input: AggregateInput) {
    guard let column = input.arguments.first else { return }
    if case .boolean(let bits) = column.data { return mark(input) { bits[$0] ? 1 : 0 } }
    let values = column.widened()
    precondition(values.count >= input.count)
    mark(input) { values.pointer[$0] &- first }
  }

  @inline(__always)
  private func mark(_ input: AggregateInput, _ place: (Int) -> Int64) {
    let sets = sets.pointer
    // A place beyond the word would be none of its bits.
    input.forEach(of: self.sets) { row, group in sets[group] |= 1 << UInt64(bitPattern: place(row)) }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? SmallValueSetState else { return }
    for group in 0..<other.sets.count { sets[Int(map[group])] |= other.sets[group] }
  }

  func finish() -> Column {
    let counts = MutableBuffer<Int8>(count: sets.count)
    for group in 0..<sets.count { counts.pointer[group] = Int8(truncatingIfNeeded: sets[group].nonzeroBitCount) }
    return Column(type: .integer, data: .integer8(counts.frozen()))
  }
}
