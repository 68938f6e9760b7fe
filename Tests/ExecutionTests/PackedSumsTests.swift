import ColumnStore
import FixedRandom
import Language
import Testing

@testable import Execution

/// Counts and sums that share words, against counts and sums that are kept apart.
@Suite("Packed sums", .serialized) struct PackedSumsTests {
  /// Values of one width, the least and the largest of them among the first.
  private func values(_ range: ClosedRange<Int64>, rows: Int, _ generator: inout FixedGenerator) -> [Int64] {
    let span = Int(range.upperBound - range.lowerBound)
    return (0..<rows).map { row in
      row < 2 ? (row == 0 ? range.lowerBound : range.upperBound) : range.lowerBound + Int64(generator.below(span + 1))
    }
  }

  static let ranges: [[ClosedRange<Int64>]] = [
    [0...0], [1...5, 1...15], [-128...127], [-1...1, 0...1, -5...5, 7...7], [-30_000...30_000, 1...3],
    [Int64(Int32.min)...Int64(Int32.max)],
    [Int64(Int32.max) - 3...Int64(Int32.max), Int64(Int32.min)...Int64(Int32.min)],
  ]

  @Test("sums are those of Swift", arguments: [1, 2, 1024, 1025, 4000], ranges)
  func sums(_ groupCount: Int, _ ranges: [ClosedRange<Int64>]) throws {
    var generator = FixedGenerator(seed: UInt64(groupCount))
    let layout = try #require(
      PackedSums.Layout(ranges.enumerated().map { ($0, $1) }, groupCount: groupCount))
    let packed = PackedSums(layout, groupCount: groupCount)
    var counts = [Int64](repeating: 0, count: groupCount)
    var sums = ranges.map { _ in [Int64](repeating: 0, count: groupCount) }
    var (wantedCounts, wantedSums) = (counts, sums)
    var settled = 0
    func settle(_ packed: PackedSums) {
      settled += 1
      packed.settle(
        counts: { rows, count in
          #expect(rows == (0..<groupCount).reduce(0) { $0 + Int(count($1)) })
          for group in 0..<groupCount { counts[group] += Int64(count(group)) }
        },
        sums: { field, furthest, sum in
          for group in 0..<groupCount {
            #expect(sum(group).magnitude <= furthest)
            sums[field.aggregate][group] += sum(group)
          }
        })
    }
    for rows in [0, 1, 3, 1023, 1024, 1025, 65_536, 70_001] {
      // Most rows are of one group at times, whose field must not run over.
      let isLopsided = generator.oneIn(2)
      let groups = (0..<rows).map { _ in
        isLopsided && !generator.oneIn(5) ? UInt32(groupCount - 1) : UInt32(generator.below(groupCount))
      }
      let columns = layout.fields.map { values($0.range, rows: rows, &generator) }
      packed.add(Buffer(groups), columns.map { ColumnData(narrowing: $0) }, settle: settle)
      for (row, group) in groups.enumerated() {
        wantedCounts[Int(group)] += 1
        for (field, column) in zip(layout.fields, columns) { wantedSums[field.aggregate][Int(group)] += column[row] }
      }
    }
    settle(packed)
    #expect(counts == wantedCounts)
    for field in layout.fields { #expect(sums[field.aggregate] == wantedSums[field.aggregate]) }
    // Long numbers leave no room for many rows.
    if ranges == [Int64(Int32.min)...Int64(Int32.max)] { #expect(settled > 2) }
  }

  @Test func whatDoesNotFitIsLeftOut() throws {
    let long = Int64(Int32.min)...Int64(Int32.max)
    let layout = try #require(PackedSums.Layout([(0, long), (3, long), (5, 0...1)], groupCount: 10))
    #expect(layout.fields.map(\.aggregate) == [0])
    #expect(PackedSums.Layout([(0, 0...1 << 31)], groupCount: 10) == nil)
    #expect(PackedSums.Layout([(0, long)], groupCount: 100_000) == nil)
    #expect(PackedSums.Layout([], groupCount: 10) == nil)
  }

  @Test("queries over several of them, on one thread and on three", arguments: [0, 1, 65_535, 65_537, 200_000])
  func queries(_ rowCount: Int) throws {
    var generator = FixedGenerator(seed: UInt64(rowCount))
    let keys = (0..<rowCount).map { _ in generator.below(60) }
    let numbers = (0..<rowCount).map { _ in Int64(generator.below(201)) - 100 }
    // The first segment has no missing ones, the others do.
    let gappy = (0..<rowCount).map { $0 > 65_536 && generator.oneIn(7) ? nil : Int64(generator.below(9)) }
    let session = TestSession()
    session.define(
      "t",
      Table([
        ("code", Column(type: .text, values: keys.map { .text("k\($0 / 10)\($0 % 10)") }).dictionaryEncoded()),
        ("number", Column(type: .integer, values: numbers.map { .integer($0) })),
        ("gappy", Column(type: .integer, values: gappy.map { $0.map { .integer($0) } ?? .null })),
        ("weight", Column(type: .double, values: numbers.map { .double(Double($0) / 4) })),
      ]))
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    for threads in [1, 3] {
      WorkerPool.shared.threadCount = threads
      let sums = try #require(
        try session.run("select code, sum(number), avg(number) from t group by code order by code;"))
      let mixed = try #require(
        try session.run(
          """
          select code, sum(gappy), sum(number), sum(weight), count(*), count(gappy)
          from t group by code order by code;
          """))
      let found = Set(keys).sorted()
      #expect(sums.rowCount == found.count && mixed.rowCount == found.count)
      for (row, key) in found.enumerated() {
        let rows = keys.indices.filter { keys[$0] == key }
        let sum = rows.reduce(0) { $0 + numbers[$1] }
        let values = rows.compactMap { gappy[$0] }
        let name = Value.text("k\(key / 10)\(key % 10)")
        #expect(sums.row(row) == [name, .integer(sum), .double(Double(sum) / Double(rows.count))])
        #expect(
          mixed.row(row) == [
            name, values.isEmpty ? .null : .integer(values.reduce(0, +)), .integer(sum),
            .double(Double(sum) / 4), .integer(Int64(rows.count)), .integer(Int64(values.count)),
          ])
      }
    }
  }
}
