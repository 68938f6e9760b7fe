import ColumnStore

/// How many rows.
final class CountState: AggregateState {
  private var counts: ValueCounts
  private let onlyTrue: Bool
  private var groupCount = 0

  /// - Parameters:
  ///   - onlyTrue: whether only rows whose argument is true are counted.
  ///   - areGiven: whether the rows of each group are counted elsewhere; not with `onlyTrue`.
  init(onlyTrue: Bool = false, areGiven: Bool = false) {
    precondition(!onlyTrue || !areGiven)
    self.onlyTrue = onlyTrue
    counts = ValueCounts(areGiven: areGiven)
  }

  var isIndependent: Bool { true }
  var isDivisible: Bool { true }

  func grow(_ groupCount: Int) {
    self.groupCount = groupCount
    counts.grow(groupCount)
  }

  func update(_ input: AggregateInput) {
    guard let target = counts.pointer else { return counts.noteMissing(input) }
    if onlyTrue {
      guard case .boolean(let bits)? = input.arguments.first?.data else { return }
      input.forEach { row, group in if bits[row] { target[group] += 1 } }
    } else {
      input.forEach { _, group in target[group] += 1 }
    }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? CountState else { return }
    counts.merge(other.counts, map: map)
  }

  func take(rowCounts: Buffer<Int64>) { counts.take(rowCounts) }

  func finish() -> Column { Column(type: .integer, data: ColumnData(narrowing: counts.all.slice(0..<groupCount))) }
}

/// Whether all, or some, rows are true; NULL for a group without a value.
final class TruthState: AggregateState {
  private let seen = GroupArray<UInt8>(filledWith: 0)
  private let isEvery: Bool

  init(isEvery: Bool) { self.isEvery = isEvery }

  func grow(_ groupCount: Int) { seen.grow(groupCount) }

  func update(_ input: AggregateInput) {
    guard case .boolean(let bits)? = input.arguments.first?.data else { return }
    let target = seen.pointer
    input.forEach { row, group in target[group] |= bits[row] ? 1 : 2 }
  }

  func merge(_ other: any AggregateState, map: Buffer<UInt32>) {
    guard let other = other as? TruthState else { return }
    for group in 0..<other.seen.count { seen[Int(map[group])] |= other.seen[group] }
  }

  func finish() -> Column {
    Column(
      type: .boolean,
      values: (0..<seen.count).map { group in
        seen[group] == 0 ? .null : .boolean(isEvery ? seen[group] & 2 == 0 : seen[group] & 1 == 1)
      })
  }
}
