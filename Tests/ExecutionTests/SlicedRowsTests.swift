import ColumnStore
import FixedRandom
import Language
import Testing

@testable import Execution

/// Rows that are brought together by stretches of groups before the states take them, against states that take them as
/// they come.
@Suite("Rows of many dense groups") struct SlicedRowsTests {
  private static let span = SourceSpan(start: 0, end: 0)

  private func states() -> [any AggregateState] {
    [
      CountState(areGiven: true), IntegerSumState(isAverage: false, countsAreGiven: true, span: Self.span),
      IntegerSumState(isAverage: true, countsAreGiven: true, span: Self.span),
      DoubleSumState(isAverage: false, countsAreGiven: true),
      ExtremeState(type: .integer, isMaximum: true, countsAreGiven: true),
      ExtremeState(type: .double, isMaximum: false, countsAreGiven: true),
    ]
  }

  /// Some rows: the groups, a number that is missing now and then in some batches, and one that never is.
  private func inputs(_ generator: inout FixedGenerator, rows: Int, groupCount: Int, hasNulls: Bool) -> [AggregateInput]
  {
    let groups = Buffer((0..<rows).map { _ in UInt32(generator.below(groupCount)) })
    // Narrow in some batches and wide in others.
    let wide = generator.oneIn(3)
    let numbers = Column(
      type: .integer,
      data: ColumnData(narrowing: (0..<rows).map { _ in Int64(generator.below(100) - 50) * (wide ? 1 << 40 : 1) }),
      validity: hasNulls ? Bitmap((0..<rows).map { _ in !generator.oneIn(9) }) : nil)
    let doubles = Column(
      type: .double, data: .double(Buffer((0..<rows).map { _ in Double(generator.below(1 << 20)) / 8 })))
    return [[], [numbers], [numbers], [doubles], [numbers], [doubles]].map { arguments in
      AggregateInput(
        groups: groups, count: rows, arguments: arguments, order: [], mask: arguments.first?.validity, firstRow: 0)
    }
  }

  @Test("what comes out is the same", arguments: [1, 16_384, 16_385, 300_000, 5_000_000], [false, true])
  func sameResults(_ groupCount: Int, _ hasNulls: Bool) throws {
    var generator = FixedGenerator(seed: UInt64(groupCount))
    let (direct, brought) = (states(), states())
    var held = SlicedRows(groupCount: groupCount, heldRows: 3000)
    let counts = MutableBuffer<Int64>(repeating: 0, count: groupCount)
    let countsBrought = MutableBuffer<Int64>(repeating: 0, count: groupCount)
    for state in direct + brought { state.grow(groupCount) }
    func flush() {
      let groups = held.flush(into: brought)
      #expect(groups.map { $0 >> 14 } == groups.map { $0 >> 14 }.sorted() || groupCount > 1 << 22)
      for group in groups { countsBrought[Int(group)] += 1 }
    }
    for rows in [0, 1, 999, 2500, 64, 4000, 1700] {
      let inputs = inputs(&generator, rows: rows, groupCount: groupCount, hasNulls: hasNulls && rows != 64)
      for (state, input) in zip(direct, inputs) { state.update(input) }
      for group in inputs[0].groups { counts[Int(group)] += 1 }
      held.append(inputs[0].groups, inputs)
      if held.isFull { flush() }
    }
    flush()
    #expect(counts.frozen().elementsEqual(countsBrought.frozen()))
    // Groups without rows, which most of the largest case are, are not asked for.
    let sample = (0..<groupCount).filter { counts[$0] > 0 }.prefix(20_000)
    for (first, second) in zip(direct, brought) {
      first.take(rowCounts: counts.frozen())
      second.take(rowCounts: counts.frozen())
      let (wanted, found) = (try first.finish(), try second.finish())
      #expect(sample.allSatisfy { wanted.value($0) == found.value($0) })
    }
  }

  @Test func aQueryOfManyGroupsCountsEveryRowOnce() throws {
    let (rowCount, groupCount) = (400_000, 300_000)
    var generator = FixedGenerator(seed: 7)
    let groups = (0..<rowCount).map { _ in Int64(generator.below(groupCount)) }
    let values = (0..<rowCount).map { Int64($0 % 1000) }
    let session = TestSession()
    session.define(
      "t",
      Table([
        ("g", Column(type: .integer, data: ColumnData(narrowing: groups))),
        (
          "v",
          Column(
            type: .integer, data: ColumnData(narrowing: values), validity: Bitmap((0..<rowCount).map { $0 % 10 != 0 }))
        ),
      ]))
    let answer = try #require(
      try session.run(
        "select g, count(*) as n, count(v) as k, sum(v) as s, min(v) as low from t group by g order by g;"))
    var known: [Int64: (rows: Int64, values: [Int64])] = [:]
    for row in 0..<rowCount {
      known[groups[row], default: (0, [])].rows += 1
      if row % 10 != 0 { known[groups[row]]?.values.append(values[row]) }
    }
    #expect(answer.rowCount == known.count)
    var wrong = 0
    for (row, group) in known.keys.sorted().enumerated() {
      guard let (rows, values) = known[group] else { continue }
      let wanted: [Value] = [
        .integer(group), .integer(rows), .integer(Int64(values.count)),
        values.isEmpty ? .null : .integer(values.reduce(0, +)), values.min().map { .integer($0) } ?? .null,
      ]
      if answer.row(row) != wanted { wrong += 1 }
    }
    #expect(wrong == 0)
  }
}
