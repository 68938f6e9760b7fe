import ColumnStore

/// How many values an aggregate has taken in each group.
///
/// Somebody counts the rows of every group in any case where groups have dense numbers. Then only the rows without a value
/// are counted here, of which there are few or none, and told apart at the end.
struct ValueCounts {
  /// Whether the rows of each group are counted elsewhere, so that `take` will be called before anything is asked.
  let areGiven: Bool
  /// Rows without a value where counts are given, empty as long as there are none; else values.
  private let counts = GroupArray<Int64>(filledWith: 0)
  /// The rows of each group, once they are given.
  private var given: Buffer<Int64>?
  private var groupCount = 0

  /// - Parameter areGiven: whether the rows of all groups come with `take`.
  init(areGiven: Bool) { self.areGiven = areGiven }

  /// Makes room for groups below a number.
  mutating func grow(_ groupCount: Int) {
    self.groupCount = groupCount
    if !areGiven { counts.grow(groupCount) }
  }

  /// One count for each group, for a loop that adds one for every value; nil where rows are counted elsewhere.
  var pointer: UnsafeMutablePointer<Int64>? { areGiven ? nil : counts.pointer }

  /// Notes the rows that are left out, where rows are counted elsewhere.
  func noteMissing(_ input: AggregateInput) {
    guard areGiven, let mask = input.mask else { return }
    counts.grow(groupCount)
    let (counts, groups) = (counts.pointer, input.groups.pointer)
    precondition(input.groups.count >= mask.count)
    mask.inverted().forEachTrue { counts[Int(groups[$0])] += 1 }
  }

  /// Takes over what another one has counted.
  func merge(_ other: ValueCounts, map: Buffer<UInt32>) {
    if other.counts.isEmpty { return }
    counts.grow(groupCount)
    for group in 0..<other.counts.count { counts[Int(map[group])] += other.counts[group] }
  }

  /// Takes how many rows each group has.
  mutating func take(_ rowCounts: Buffer<Int64>) {
    guard areGiven else { return }
    precondition(rowCounts.count >= groupCount)
    given = rowCounts
  }

  /// Whether every row had a value. Then so has every group that is asked for, since where rows are counted elsewhere groups
  /// without any are left out.
  var areOfAllRows: Bool { areGiven && counts.isEmpty }

  /// How many values each group has.
  var all: Buffer<Int64> {
    guard let given else { return counts.values }
    if counts.isEmpty { return given }
    counts.grow(groupCount)
    let result = MutableBuffer<Int64>(count: groupCount)
    for group in 0..<groupCount { result.pointer[group] = given.pointer[group] - counts.pointer[group] }
    return result.frozen()
  }
}
