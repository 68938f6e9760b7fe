import ColumnStore
import FixedRandom
import Language
import Planning
import Testing

@testable import Execution

/// Grouping in partitions against a dictionary of Swift: the same groups in the order of their first rows, whatever the
/// keys, the threads and the rounds.
@Suite("Many groups", .serialized) struct ManyGroupsTests {
  private static let span = SourceSpan(start: 0, end: 0)

  /// What is known of a group.
  private struct Known {
    var keys: [Value]
    var count: Int64 = 0
    var sum: Int64?
    var filteredSum: Int64?
    var first: Value
    var different: Set<Int64> = []
  }

  /// A table in parts of few rows.
  private struct SmallParts: RowSource {
    let table: TableSource
    let partBound = 701
    var rowBound: Int { table.rowBound }
    var partCount: Int { (rowBound + partBound - 1) / partBound }
    func part(_ index: Int) -> Batch {
      let range = index * partBound..<min((index + 1) * partBound, rowBound)
      return Batch(columns: table.columns.map { $0.slice(range) }, count: range.count)
    }
    func domain(_ column: Int) -> ColumnDomain { table.domain(column) }
  }

  private struct Input {
    var keys: [Column]
    /// Whole numbers with gaps.
    var number: Column
    /// Which rows a filter leaves.
    var flag: Column
    var rowCount: Int { flag.count }
  }

  private func expression(_ index: Int, _ column: Column) -> PlanExpression {
    PlanExpression(.column(index), type: column.type, span: Self.span)
  }

  private func input(rows: Int, _ keys: [Column]) -> Input {
    let numbers = (0..<rows).map { Int64($0 &* 7919 % 1009 - 500) }
    return Input(
      keys: keys,
      number: Column(
        type: .integer, data: ColumnData(narrowing: numbers), validity: Bitmap((0..<rows).map { $0 % 7 != 3 })),
      flag: Column(
        type: .boolean, data: .boolean(Bitmap((0..<rows).map { $0 % 3 != 0 })),
        validity: Bitmap((0..<rows).map { $0 % 5 != 1 })))
  }

  /// A value as it is told from others: there is one zero and one NaN.
  private func name(_ value: Value) -> String {
    guard case .double(let number) = value else { return "\(value)" }
    return number == 0 ? "zero" : number.isNaN ? "nan" : "\(number.bitPattern)"
  }

  private func expected(_ input: Input) -> [Known] {
    var groups: [Known] = []
    var numbers: [String: Int] = [:]
    for row in 0..<input.rowCount {
      let keys = input.keys.map { $0.value(row) }
      let name = keys.map(name).joined(separator: "|")
      let group = numbers[name] ?? groups.count
      if group == groups.count {
        groups.append(Known(keys: keys, first: input.number.value(row)))
        numbers[name] = group
      }
      groups[group].count += 1
      guard case .integer(let number) = input.number.value(row) else { continue }
      groups[group].sum = (groups[group].sum ?? 0) + number
      groups[group].different.insert(number)
      if input.flag.value(row) == .boolean(true) {
        groups[group].filteredSum = (groups[group].filteredSum ?? 0) + number
      }
    }
    return groups
  }

  private func aggregates(_ input: Input) -> [Aggregate] {
    let number = expression(input.keys.count, input.number)
    func aggregate(_ function: AggregateFunction, _ arguments: [PlanExpression]) -> Aggregate {
      Aggregate(function: function, arguments: arguments, name: "a", type: .integer, span: Self.span)
    }
    var filtered = aggregate(.sum, [number])
    filtered.filter = expression(input.keys.count + 1, input.flag)
    var different = aggregate(.count, [number])
    different.isDistinct = true
    return [aggregate(.countRows, []), aggregate(.sum, [number]), filtered, aggregate(.first, [number]), different]
  }

  private func grouped(_ input: Input, inSmallParts: Bool, roundRows: Int) throws -> Batch {
    let columns = input.keys + [input.number, input.flag]
    let source = TableSource(Table(columns.enumerated().map { ("c\($0.offset)", $0.element) }))
    let aggregates = aggregates(input)
    let layout = try #require(PackedKeys(input.keys.indices.map(source.domain), types: input.keys.map(\.type)))
    return try PartitionedGrouping(
      inSmallParts ? SmallParts(table: source) : source,
      keys: input.keys.enumerated().map { .expression(expression($0.offset, $0.element)) }, layout,
      aggregates: aggregates,
      expectedGroups: 1000, roundRows: roundRows, Evaluator(rowCount: input.rowCount), ExecutionContext()
    ) { aggregates.map { AggregateStates.make($0) } }.run()
  }

  private func check(_ input: Input) throws {
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    let wanted = expected(input)
    for (threads, inSmallParts, roundRows) in [(1, false, 1 << 24), (2, false, 1 << 24), (5, true, 2000)] {
      if inSmallParts, input.rowCount > 10_000 { continue }
      WorkerPool.shared.threadCount = threads
      let found = try grouped(input, inSmallParts: inSmallParts, roundRows: roundRows)
      try #require(found.count == wanted.count)
      let width = input.keys.count
      var different = 0
      for (row, group) in wanted.enumerated() {
        let values = found.columns.map { $0.value(row) }
        let isSame =
          zip(values.prefix(width), group.keys).allSatisfy { name($0) == name($1) }
          && values.suffix(5) == [
            .integer(group.count), group.sum.map { .integer($0) } ?? .null,
            group.filteredSum.map { .integer($0) } ?? .null, group.first, .integer(Int64(group.different.count)),
          ]
        if !isSame { different += 1 }
      }
      #expect(different == 0)
    }
  }

  private func texts(_ codes: [Int], distinct: Int, _ validity: Bitmap?) -> Column {
    let dictionary = TextDictionary((0..<distinct).map { "text \($0 &* 7919 % distinct) \($0)" })
    let data: ColumnData =
      distinct <= 256
      ? .codes8(Buffer(codes.map { UInt8($0) }), dictionary)
      : distinct <= 65_536
        ? .codes16(Buffer(codes.map { UInt16($0) }), dictionary)
        : .codes32(Buffer(codes.map { UInt32($0) }), dictionary)
    return Column(type: .text, data: data, validity: validity)
  }

  @Test(
    "one key of texts or whole numbers",
    arguments: [
      (0, 1, false), (1, 1, false), (1, 1, true), (3000, 255, true), (3000, 256, false), (3000, 257, true),
      (65_535, 256, false), (65_536, 257, true), (65_537, 65_535, false), (65_537, 65_536, true),
      (65_538, 65_537, false),
    ])
  func oneKey(_ rows: Int, distinct: Int, withNulls: Bool) throws {
    let codes = (0..<rows).map { $0 &* 31 % distinct }
    // With nulls at both ends.
    let validity = withNulls ? Bitmap((0..<rows).map { $0 % 11 != 0 && $0 != rows - 1 }) : nil
    try check(input(rows: rows, [texts(codes, distinct: distinct, validity)]))
    let numbers = codes.map { Int64($0) - 100 }
    let column = Column(type: .integer, data: ColumnData(narrowing: numbers), validity: validity)
    try check(input(rows: rows, [column]))
  }

  @Test("keys of every type that is a word, in one word and in several")
  func everyType() throws {
    let rows = 5000
    var generator = FixedGenerator(seed: 21)
    let picks = (0..<rows).map { _ in Int.random(in: 0..<3000, using: &generator) }
    func validity(_ step: Int) -> Bitmap { Bitmap(picks.map { $0 % step != 0 }) }
    let special: [Double] = [.nan, -.nan, 0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude, 5e-324]
    let doubles = Column(
      type: .double, data: .double(Buffer(picks.map { $0 < 8 ? special[$0] : Double($0 % 777) / 7 })),
      validity: validity(13))
    let wide = Column(
      type: .integer,
      data: .integer64(Buffer(picks.map { $0 % 9 == 0 ? .min : $0 % 9 == 1 ? .max : Int64($0) << 40 })),
      validity: validity(17))
    let days = Column(
      type: .date, data: .date(Buffer(picks.map { Int32($0 % 300 - 150) })), validity: validity(19))
    let times = Column(type: .time, data: .time(Buffer(picks.map { Int64($0) * 1_000_000 })), validity: nil)
    let instants = Column(
      type: .timestamp, data: .timestamp(Buffer(picks.map { Int64($0 - 2000) * 1_000_003 })), validity: validity(23))
    let decimals = Column(
      type: .decimal(precision: 18, scale: 2), data: .decimal64(Buffer(picks.map { Int64($0) * 99 })), validity: nil)
    let flags = Column(
      type: .boolean, data: .boolean(Bitmap(picks.map { $0 % 2 == 0 })), validity: validity(29))
    let words = texts(picks.map { $0 % 300 }, distinct: 300, validity(31))
    for column in [doubles, wide, days, times, instants, decimals, flags] { try check(input(rows: rows, [column])) }
    try check(input(rows: rows, [flags, words, days]))
    try check(input(rows: rows, [words, doubles, flags, wide, days, times, instants, decimals]))
  }

  @Test("a text without a value in any row, and a dictionary without texts")
  func nothing() throws {
    let rows = 1000
    let nulls = Bitmap(repeating: false, count: rows)
    let empty = Column(
      type: .text, data: .codes8(Buffer(repeating: 0, count: rows), TextDictionary([])), validity: nulls)
    let numbers = Column(type: .integer, data: ColumnData(narrowing: (0..<rows).map { Int64($0 % 10) }))
    try check(input(rows: rows, [empty, numbers]))
    try check(input(rows: rows, [empty]))
  }

  @Test("six keys of few values are one word, keys without known values whole words")
  func widths() throws {
    func range(_ count: Int64) -> ColumnDomain { .range(1...count, mayBeNull: false) }
    let six = try #require(
      PackedKeys(
        [range(100), range(100), range(100_000), range(100), range(100), range(100_000)],
        types: Array(repeating: .integer, count: 6)))
    #expect(six.width == 1)
    #expect(try #require(PackedKeys([.unknown], types: [.double])).width == 1)
    #expect(try #require(PackedKeys([.unknown], types: [.integer])).width == 2)
    #expect(try #require(PackedKeys([.unknown, range(3)], types: [.timestamp, .integer])).width == 2)
    #expect(PackedKeys([.unknown], types: [.text]) == nil)
    #expect(PackedKeys([.unknown], types: [.interval]) == nil)
  }

  @Test(
    "the number of groups is estimated",
    arguments: [
      // All different; a thousand that are seen all; as many as rows lie together.
      (49_152, 49_152, 10_000_000, 9_000_000...10_000_000), (1000, 3000, 10_000_000, 1000...1001),
      (4915, 4915, 10_000_000, 900_000...1_100_000), (0, 0, 10, 0...0), (3, 9, 0, 3...3),
    ])
  func estimate(_ seen: Int, _ separate: Int, _ rows: Int, _ wanted: ClosedRange<Int>) {
    let sample = seen == 0 ? 0 : 49_152
    let found = GroupEstimate.extrapolated(groups: seen, separateGroups: separate, sample: sample, rows: rows)
    #expect(wanted.contains(found))
  }

  @Test("a query of many groups takes them in partitions, and gives the rows that a dictionary does")
  func wholeQuery() throws {
    let rows = 20_000
    let keys = (0..<rows).map { Int64($0 &* 7_777_777 % 16_001) << 33 }
    let key = Column(
      type: .integer, data: .integer64(Buffer(keys)), validity: Bitmap((0..<rows).map { $0 % 1000 != 999 }))
    let input = input(rows: rows, [key])
    let columns = input.keys + [input.number, input.flag]
    let table = Table(columns.enumerated().map { ("c\($0.offset)", $0.element) })
    let batch = try AggregateOperator(
      source: SmallParts(table: TableSource(table)), keys: [expression(0, key)], aggregates: aggregates(input),
      context: ExecutionContext()
    ).run()
    let wanted = expected(input)
    #expect(batch.count == wanted.count)
    #expect((0..<batch.count).map { batch.columns[0].value($0) } == wanted.map { $0.keys[0] })
    #expect((0..<batch.count).map { batch.columns[2].value($0) } == wanted.map { $0.sum.map { .integer($0) } ?? .null })
  }
}
