import ColumnStore

/// How many rows each of some groups has, counted in as little memory as can be: what does not fit a cache costs most.
final class GroupRowCounts {
  private let groupCount: Int
  /// All rows, but for those of `recent`; empty as long as those are all.
  private let settled = GroupArray<Int64>(filledWith: 0)
  /// Rows in half the memory, as long as they are too few to overflow, but for those of `latest`.
  private let recent = GroupArray<UInt32>(filledWith: 0)
  private var recentRows = 0
  /// Rows in an eighth of the memory, where there are many groups. A count that overflows is carried to `recent`.
  private let latest = GroupArray<UInt8>(filledWith: 0)
  private let partial = MutableBuffer<UInt32>(count: 4 * fewGroups)

  /// Groups up to which rows are compared with each of them.
  private static let veryFewGroups = 24
  /// Groups up to which rows are counted batch by batch.
  private static let fewGroups = 1024
  /// Groups that a thread is worth.
  private static let stretch = 1 << 18

  /// No rows so far.
  init(groupCount: Int) {
    self.groupCount = groupCount
    recent.grow(groupCount)
    if groupCount > Self.fewGroups { latest.grow(groupCount) }
  }

  // MARK: Counting

  /// Counts rows of these groups, which are below the number of groups.
  func add<Group: FixedWidthInteger & UnsignedInteger>(_ groups: Buffer<Group>) {
    precondition(groups.count <= Int(UInt32.max))
    prepare(for: groups.count)
    if groupCount <= Self.veryFewGroups, let codes = groups as? Buffer<UInt8> {
      recent.tally(codes)
    } else if groupCount <= Self.fewGroups {
      countInTurn(groups.pointer, groups.count)
    } else {
      let (totals, latest, groups, count) = (recent.pointer, latest.pointer, groups.pointer, groups.count)
      for row in 0..<count {
        let group = Int(truncatingIfNeeded: groups[row])
        latest[group] &+= 1
        if latest[group] == 0 { totals[group] &+= 1 << 8 }
      }
    }
  }

  private func prepare(for rows: Int) {
    if recentRows > Int(UInt32.max) - rows { settle() }
    recentRows += rows
  }

  /// Keeps four counts of each group in turn, so that equal neighbours do not wait for each other's addition.
  private func countInTurn<Group: FixedWidthInteger & UnsignedInteger>(_ groups: UnsafePointer<Group>, _ count: Int) {
    let (size, totals, counts) = (groupCount, recent.pointer, partial.pointer)
    counts.update(repeating: 0, count: 4 * size)
    var row = 0
    while row + 4 <= count {
      counts[Int(truncatingIfNeeded: groups[row])] &+= 1
      counts[size + Int(truncatingIfNeeded: groups[row + 1])] &+= 1
      counts[2 * size + Int(truncatingIfNeeded: groups[row + 2])] &+= 1
      counts[3 * size + Int(truncatingIfNeeded: groups[row + 3])] &+= 1
      row += 4
    }
    while row < count {
      counts[Int(truncatingIfNeeded: groups[row])] &+= 1
      row += 1
    }
    for group in 0..<size {
      totals[group] &+= counts[group] &+ counts[size + group] &+ counts[2 * size + group] &+ counts[3 * size + group]
    }
  }

  /// Takes over how many of some rows each group has.
  func add(rows: Int, _ count: (Int) -> UInt32) {
    prepare(for: rows)
    let totals = recent.pointer
    for group in 0..<groupCount { totals[group] &+= count(group) }
  }

  /// Takes over how many rows each group has, on all threads where there are many groups; the other one is not used any more.
  func add(_ other: GroupRowCounts) {
    precondition(groupCount == other.groupCount)
    guard settled.isEmpty, other.settled.isEmpty, recentRows <= Int(UInt32.max) - other.recentRows else {
      let (own, others) = (settledCounts, other.settledCounts)
      for group in 0..<groupCount { settled.pointer[group] = own[group] + others[group] }
      return
    }
    let (totals, others) = (recent.shared, other.recent.shared)
    let latest = self.latest.isEmpty ? nil : (self.latest.shared, other.latest.shared)
    forEachStretch { groups in
      for group in groups { totals.pointer[group] &+= others.pointer[group] }
      guard let (own, others) = latest else { return }
      for group in groups { totals.pointer[group] &+= UInt32(own.pointer[group]) &+ UInt32(others.pointer[group]) }
      (own.pointer + groups.lowerBound).update(repeating: 0, count: groups.count)
    }
    recentRows += other.recentRows
  }

  /// Calls `body` with all groups, in stretches, on all threads.
  private func forEachStretch(_ body: @Sendable (Range<Int>) -> Void) {
    let groupCount = groupCount
    WorkerPool.shared.forEach(parts: (groupCount + Self.stretch - 1) / Self.stretch) { part in
      body(part * Self.stretch..<min((part + 1) * Self.stretch, groupCount))
    }
  }

  /// Carries what is in `latest` over to `recent`.
  private func carry() {
    if self.latest.isEmpty { return }
    let (latest, totals) = (self.latest.pointer, recent.pointer)
    for group in 0..<groupCount { totals[group] &+= UInt32(latest[group]) }
    latest.update(repeating: 0, count: groupCount)
  }

  /// Rows per group, all of them in one place.
  private var settledCounts: UnsafePointer<Int64> {
    settle()
    return UnsafePointer(settled.pointer)
  }

  private func settle() {
    settled.grow(groupCount)
    if recentRows == 0 { return }
    carry()
    let recent = self.recent.pointer
    for group in 0..<groupCount { settled.pointer[group] += Int64(recent[group]) }
    recent.update(repeating: 0, count: groupCount)
    recentRows = 0
  }

  // MARK: Asking

  /// The rows of every group.
  var all: Buffer<Int64> {
    carry()
    let recent = recent.pointer
    let result = MutableBuffer<Int64>(count: groupCount)
    for group in 0..<groupCount {
      result.pointer[group] = Int64(recent[group]) + (settled.isEmpty ? 0 : settled.pointer[group])
    }
    return result.frozen()
  }

  /// The groups that have rows.
  func groupsWithRows() -> Buffer<UInt32> {
    if settled.isEmpty {
      carry()
      return recent.values.notEqual(to: 0).trueIndices()
    }
    settle()
    return settled.values.notEqual(to: 0).trueIndices()
  }

  /// How many rows each of the groups has.
  func column(of groups: Buffer<UInt32>) -> Column {
    if settled.isEmpty, recentRows <= Int(Int32.max) {
      carry()
      let counts = recent.pointer
      let result = MutableBuffer<Int32>(count: groups.count)
      for (row, group) in groups.enumerated() { result.pointer[row] = Int32(truncatingIfNeeded: counts[Int(group)]) }
      return Column(type: .integer, data: .integer32(result.frozen()))
    }
    let counts = settledCounts
    let result = MutableBuffer<Int64>(count: groups.count)
    for (row, group) in groups.enumerated() { result.pointer[row] = counts[Int(group)] }
    return Column(type: .integer, data: ColumnData(narrowing: result.frozen()))
  }
}
