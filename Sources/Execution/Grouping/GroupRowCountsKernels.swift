import ColumnStore

/// How many rows each of some groups has. What a worker counts stays in a table of its own; the tables of all workers are
/// added up when somebody asks, and from then on nothing may be counted.
final class GroupRowCounts {
  private let groupCount: Int
  /// Its own, and those taken over.
  private var tables: [GroupRowTable]
  /// The rows of every group.
  private lazy var totals = Column(
    type: .integer,
    data: tables.reduce(0) { $0 + $1.rowCount } <= Int(Int32.max) ? .integer32(total()) : .integer64(total()))

  /// Groups that a thread is worth.
  private static let stretch = 1 << 18

  /// No rows so far.
  init(groupCount: Int) {
    self.groupCount = groupCount
    tables = [GroupRowTable(groupCount: groupCount)]
  }

  /// Counts rows of these groups, which are below the number of groups.
  func add<Group: FixedWidthInteger & UnsignedInteger>(_ groups: Buffer<Group>) { tables[0].add(groups) }

  /// Takes over how many of some rows each group has.
  func add(rows: Int, _ count: (Int) -> UInt32) { tables[0].add(rows: rows, count) }

  /// Takes over how many rows each group has; the other one is not used any more.
  func add(_ other: GroupRowCounts) {
    precondition(groupCount == other.groupCount)
    tables += other.tables
  }

  /// The rows of every group.
  var all: Buffer<Int64> { total() }

  /// The groups that have rows.
  private(set) lazy var groupsWithRows: Buffer<UInt32> =
    switch totals.data {
    case .integer32(let counts): counts.greater(than: 0).trueIndices()
    default: totals.widened().greater(than: 0).trueIndices()
    }

  /// How many rows each of the groups has that have any.
  var column: Column {
    let groups = groupsWithRows
    // Where none is left out before the last one, they are the first ones.
    if let last = groups.last, Int(last) + 1 == groups.count { return totals.slice(0..<groups.count) }
    return totals.gather(groups)
  }

  /// The rows of every group, added up on all threads where there are many groups.
  private func total<Number: FixedWidthInteger & BitwiseCopyable & Sendable>() -> Buffer<Number> {
    let groupCount = groupCount
    let result = MutableBuffer<Number>(count: groupCount)
    let latest = tables.map(\.latest.values)
    let recent = tables.map(\.recent.values)
    let settled = tables.map(\.settled.values)
    WorkerPool.shared.forEach(parts: (groupCount + Self.stretch - 1) / Self.stretch) { part in
      let groups = part * Self.stretch..<min((part + 1) * Self.stretch, groupCount)
      (result.pointer + groups.lowerBound).update(repeating: 0, count: groups.count)
      for counts in latest { counts.add(groups, to: result) }
      for counts in recent { counts.add(groups, to: result) }
      for counts in settled { counts.add(groups, to: result) }
    }
    return result.frozen()
  }
}

/// What one worker has counted, in as little memory as can be: what does not fit a cache costs most.
private final class GroupRowTable {
  private let groupCount: Int
  /// All rows that have been counted.
  private(set) var rowCount = 0
  /// All of them, but for those of `recent`; empty as long as those are all.
  let settled = GroupArray<Int64>(filledWith: 0)
  /// Rows in half the memory, as long as they are too few to overflow, but for those of `latest`; empty until there are any.
  let recent = GroupArray<UInt32>(filledWith: 0)
  private var recentRows = 0
  /// Rows in an eighth of the memory, where there are many groups. What overflows is carried to `recent`.
  let latest = GroupArray<UInt8>(filledWith: 0)
  /// The groups whose count has overflowed.
  private var overflown = MutableBuffer<UInt32>(count: 0)
  private let partial = MutableBuffer<UInt32>(count: 4 * fewGroups)

  /// Groups up to which rows are compared with each of them.
  private static let veryFewGroups = 24
  /// Groups up to which rows are counted batch by batch.
  private static let fewGroups = 1024

  init(groupCount: Int) {
    self.groupCount = groupCount
    if groupCount > Self.fewGroups { latest.grow(groupCount) } else { recent.grow(groupCount) }
  }

  func add<Group: FixedWidthInteger & UnsignedInteger>(_ groups: Buffer<Group>) {
    precondition(groups.count <= Int(UInt32.max))
    prepare(for: groups.count)
    if groupCount <= Self.veryFewGroups, let codes = groups as? Buffer<UInt8> {
      recent.tally(codes)
    } else if groupCount <= Self.fewGroups {
      countInTurn(groups.pointer, groups.count)
    } else {
      countInBytes(groups.pointer, groups.count)
    }
  }

  func add(rows: Int, _ count: (Int) -> UInt32) {
    prepare(for: rows)
    recent.grow(groupCount)
    let recent = recent.pointer
    for group in 0..<groupCount { recent[group] &+= count(group) }
  }

  private func prepare(for rows: Int) {
    if recentRows > Int(UInt32.max) - rows { settle() }
    recentRows += rows
    rowCount += rows
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

  private func countInBytes<Group: FixedWidthInteger & UnsignedInteger>(_ groups: UnsafePointer<Group>, _ count: Int) {
    if overflown.count < count { overflown = MutableBuffer(count: max(count, Segment.rowCount)) }
    let (latest, overflown) = (latest.pointer, overflown.pointer)
    var found = 0
    for row in 0..<count {
      let group = Int(truncatingIfNeeded: groups[row])
      latest[group] &+= 1
      if latest[group] == 0 {
        overflown[found] = UInt32(truncatingIfNeeded: group)
        found += 1
      }
    }
    if found == 0 { return }
    recent.grow(groupCount)
    for index in 0..<found { recent[Int(overflown[index])] &+= 1 << 8 }
  }

  /// Carries everything over to `settled`.
  private func settle() {
    settled.grow(groupCount)
    let (all, totals) = (0..<groupCount, settled.shared)
    latest.values.add(all, to: totals)
    recent.values.add(all, to: totals)
    latest.pointer.update(repeating: 0, count: latest.count)
    recent.pointer.update(repeating: 0, count: recent.count)
    recentRows = 0
  }
}

extension Buffer where Element: FixedWidthInteger {
  /// Adds the counts of some groups to totals; nothing where there are no counts.
  fileprivate func add<Number: FixedWidthInteger>(_ groups: Range<Int>, to totals: MutableBuffer<Number>) {
    if isEmpty { return }
    precondition(groups.lowerBound >= 0 && groups.upperBound <= Swift.min(count, totals.count))
    let (counts, totals) = (pointer, totals.pointer)
    for group in groups { totals[group] &+= Number(truncatingIfNeeded: counts[group]) }
  }
}
