import ColumnStore
import FixedRandom
import Testing

@testable import Execution

/// Rows counted by group in bytes and words, against counts in an array.
@Suite("Rows of groups", .serialized) struct GroupRowCountsTests {
  /// The counts of each group, whatever way they are asked for.
  private func expect(_ counts: GroupRowCounts, are wanted: [Int64]) {
    #expect(Array(counts.all) == wanted)
    let groups = wanted.indices.filter { wanted[$0] > 0 }
    #expect(counts.groupsWithRows.map { Int($0) } == groups)
    let column = counts.column
    #expect(column.count == groups.count)
    #expect(groups.indices.allSatisfy { column.value($0) == .integer(wanted[groups[$0]]) })
  }

  @Test(
    "of several workers, where one group has many",
    arguments: [1, 24, 25, 1024, 1025, 65_536, (1 << 18) - 1, 1 << 18, (1 << 18) + 1], [1, 3])
  func workers(_ groupCount: Int, _ workerCount: Int) {
    var generator = FixedGenerator(seed: UInt64(groupCount + workerCount))
    var wanted = [Int64](repeating: 0, count: groupCount)
    let workers = (0..<workerCount).map { _ in GroupRowCounts(groupCount: groupCount) }
    for worker in workers {
      for rows in [0, 1, 255, 256, 257, 70_001] {
        let isLopsided = generator.oneIn(2)
        let groups = (0..<rows).map { _ in
          isLopsided && !generator.oneIn(5) ? UInt32(groupCount - 1) : UInt32(generator.below(groupCount))
        }
        worker.add(Buffer(groups))
        for group in groups { wanted[Int(group)] += 1 }
      }
    }
    for other in workers.dropFirst() { workers[0].add(other) }
    expect(workers[0], are: wanted)
  }

  @Test("codes of each width", arguments: [3, 200])
  func codes(_ groupCount: Int) {
    var generator = FixedGenerator(seed: 9)
    let groups = (0..<70_001).map { _ in generator.below(groupCount) }
    let counts = (0..<3).map { _ in GroupRowCounts(groupCount: groupCount) }
    counts[0].add(Buffer(groups.map { UInt8($0) }))
    counts[1].add(Buffer(groups.map { UInt16($0) }))
    counts[2].add(Buffer(groups.map { UInt32($0) }))
    var wanted = [Int64](repeating: 0, count: groupCount)
    for group in groups { wanted[group] += 1 }
    for counts in counts { expect(counts, are: wanted) }
  }

  @Test("the first groups, the last, and none", arguments: [10, 2000])
  func gaps(_ groupCount: Int) {
    for chosen in [[], [0], [0, 1, 2], [UInt32(groupCount - 1)], [1, 2], [0, 2]] as [[UInt32]] {
      let counts = GroupRowCounts(groupCount: groupCount)
      counts.add(Buffer(chosen + chosen))
      expect(counts, are: (0..<groupCount).map { chosen.contains(UInt32($0)) ? 2 : 0 })
    }
  }

  @Test("more rows than 32 bits can tell", arguments: [10, 2000])
  func overflow(_ groupCount: Int) {
    let counts = GroupRowCounts(groupCount: groupCount)
    let many = Int(UInt32.max) - 5
    counts.add(Buffer([UInt32](repeating: 4, count: 300)))
    for _ in 0..<3 { counts.add(rows: many) { $0 == 4 ? UInt32(many) : 0 } }
    counts.add(Buffer([4, 4, 7] as [UInt32]))
    expect(counts, are: (0..<groupCount).map { $0 == 4 ? 3 * Int64(many) + 302 : $0 == 7 ? 1 : 0 })
  }
}
