import ColumnStore
import FixedRandom
import Language
import Planning
import Testing

@testable import Execution

/// Grouping against a dictionary of Swift, at sizes around segments and code widths, on one thread and on two.
@Suite("Grouping", .serialized) struct GroupingTests {
  private static let span = SourceSpan(start: 0, end: 0)

  /// Texts of so many different values, in the narrowest codes.
  private func texts(rows: Int, distinct: Int, withNulls: Bool) -> Column {
    let dictionary = TextDictionary((0..<distinct).map { "value \($0 &* 7919 % distinct) \($0)" })
    let codes = (0..<rows).map { $0 &* 31 % distinct }
    let data: ColumnData =
      distinct <= 256
      ? .codes8(Buffer(codes.map { UInt8($0) }), dictionary)
      : distinct <= 65_536
        ? .codes16(Buffer(codes.map { UInt16($0) }), dictionary)
        : .codes32(Buffer(codes.map { UInt32($0) }), dictionary)
    let validity = withNulls ? Bitmap((0..<rows).map { $0 % 5 != 3 }) : nil
    return Column(type: .text, data: data, validity: validity)
  }

  private func scan(_ columns: [Column]) -> LogicalPlan {
    let table = Table(columns.enumerated().map { ("c\($0.offset)", $0.element) })
    let fields = table.descriptions.map { Field(name: $0.name, type: $0.type) }
    return .scan(Scan(name: "t", table: table, fields: fields, sources: fields.indices.map { .column($0) }))
  }

  private func key(_ plan: LogicalPlan, _ index: Int) -> Projection {
    Projection(passing: plan.fields[index], at: index, span: Self.span)
  }

  private func aggregate(_ function: AggregateFunction, _ index: Int?, _ type: DataType, _ result: DataType)
    -> Aggregate
  {
    Aggregate(
      function: function, arguments: index.map { [PlanExpression(.column($0), type: type, span: Self.span)] } ?? [],
      name: "a", type: result, span: Self.span)
  }

  /// The rows of a plan on one thread and on two, which must be the same.
  private func rows(_ plan: LogicalPlan) throws -> [[Value]] {
    let usual = WorkerPool.shared.threadCount
    defer { WorkerPool.shared.threadCount = usual }
    WorkerPool.shared.threadCount = 1
    let single = try Executor().run(plan)
    WorkerPool.shared.threadCount = 2
    let double = try Executor().run(plan)
    let rows = (0..<single.rowCount).map { single.row($0) }
    #expect(rows == (0..<double.rowCount).map { double.row($0) })
    return rows
  }

  @Test(
    "counts and sums per text",
    arguments: [
      (0, 1), (1, 1), (63, 3), (64, 3), (65, 3), (1000, 255), (1000, 256), (1000, 257), (65_535, 10), (65_536, 10),
      (65_537, 300), (131_073, 5), (70_000, 65_535), (70_000, 65_536), (70_000, 65_537),
    ], [false, true])
  func perText(_ size: (rows: Int, distinct: Int), withNulls: Bool) throws {
    let texts = texts(rows: size.rows, distinct: size.distinct, withNulls: withNulls)
    let numbers = Column(
      type: .integer, data: ColumnData(narrowing: (0..<size.rows).map { Int64($0 % 1000 - 300) }), validity: nil)
    let input = scan([texts, numbers])
    var wanted: [Value: (count: Int64, sum: Int64, least: Int64)] = [:]
    for row in 0..<size.rows {
      let number = Int64(row % 1000 - 300)
      let known = wanted[texts.value(row)] ?? (0, 0, .max)
      wanted[texts.value(row)] = (known.count + 1, known.sum + number, min(known.least, number))
    }
    let aggregates = [
      aggregate(.countRows, nil, .integer, .integer), aggregate(.sum, 1, .integer, .integer),
      aggregate(.minimum, 1, .integer, .integer),
    ]
    for count in [1, 3] {
      let found = try rows(.aggregate(input, keys: [key(input, 0)], aggregates: Array(aggregates.prefix(count))))
      #expect(found.count == wanted.count)
      for row in found {
        let known = wanted[row[0]]
        #expect(row[1] == .integer(known?.count ?? -1))
        if count == 3 { #expect(row[2] == .integer(known?.sum ?? -1) && row[3] == .integer(known?.least ?? -1)) }
      }
    }
  }

  @Test("groups of two keys come once each", arguments: [10, 70_000, 140_000])
  func twoKeys(_ count: Int) throws {
    let flags = Column(type: .boolean, data: .boolean(Bitmap((0..<count).map { $0 % 3 == 0 })), validity: nil)
    let wide = Column(
      type: .integer, data: ColumnData(narrowing: (0..<count).map { Int64($0 % 7) << 40 }),
      validity: Bitmap((0..<count).map { $0 % 11 != 5 }))
    let input = scan([flags, wide])
    let found = try rows(
      .aggregate(
        input, keys: [key(input, 0), key(input, 1)], aggregates: [aggregate(.countRows, nil, .integer, .integer)]))
    var wanted: [[Value]: Int64] = [:]
    for row in 0..<count { wanted[[flags.value(row), wide.value(row)], default: 0] += 1 }
    #expect(
      Dictionary(found.map { (Array($0.prefix(2)), $0[2]) }) { first, _ in first } == wanted.mapValues { .integer($0) })
    #expect(found.count == wanted.count)
  }

  @Test("sums of doubles do not depend on the threads")
  func doubles() throws {
    var generator = FixedGenerator(seed: 8)
    let values = (0..<200_000).map { _ in Double.random(in: -1e12...1e12, using: &generator) }
    let input = scan([Column(type: .double, data: .double(Buffer(values)), validity: nil)])
    let found = try rows(
      .aggregate(
        input, keys: [],
        aggregates: [
          aggregate(.sum, 0, .double, .double), aggregate(.average, 0, .double, .double),
          aggregate(.variance, 0, .double, .double), aggregate(.median, 0, .double, .double),
        ]))
    #expect(found.count == 1)
  }

  @Test("more than a hundred keys, and none")
  func manyKeys() throws {
    let columns = (0..<130).map { index in
      Column(type: .integer, values: [.integer(1), index == 129 ? .null : .integer(1), .integer(1)])
    }
    #expect(try rows(.distinct(scan(columns))).count == 2)
    let empty = Table(descriptions: [], columns: [], rowCount: 5)
    let plan = LogicalPlan.scan(Scan(name: "e", table: empty, fields: [], sources: []))
    #expect(try Executor().run(.distinct(plan)).rowCount == 1)
    #expect(try Executor().run(.setOperation(.intersect, plan, plan, keepsDuplicates: true)).rowCount == 5)
    #expect(try Executor().run(.setOperation(.except, plan, plan, keepsDuplicates: false)).rowCount == 0)
    #expect(try Executor().run(.limit(plan, count: nil, offset: 3)).rowCount == 2)
    #expect(try Executor().run(.limit(plan, count: .max, offset: .max)).rowCount == 0)
  }

  @Test(
    "a sort of many rows is stable and complete", arguments: [65_535, 65_536, 131_073],
    [(every: 13, areNulls: true), (every: 20_011, areNulls: false)])
  func sort(_ count: Int, _ some: (every: Int, areNulls: Bool)) throws {
    let keys = Column(
      type: .integer, data: ColumnData(narrowing: (0..<count).map { Int64($0 * 7919 % 100) }),
      validity: Bitmap((0..<count).map { ($0 % some.every == 0) != some.areNulls }))
    let input = scan([keys, Column(type: .integer, data: ColumnData(narrowing: (0..<count).map { Int64($0) }))])
    for nullsFirst in [true, false] {
      let sortKey = SortKey(
        expression: PlanExpression(.column(0), type: .integer, span: Self.span), isDescending: true,
        nullsFirst: nullsFirst)
      let order = (0..<count).sorted { left, right in
        let (first, second) = (keys.value(left), keys.value(right))
        guard case .integer(let x) = first, case .integer(let y) = second else {
          return first.isNull == second.isNull ? left < right : first.isNull == nullsFirst
        }
        return x == y ? left < right : x > y
      }
      for limit in [nil, 5, 100] {
        let table = try Executor().run(.sort(input, keys: [sortKey], limit: limit))
        let found = (0..<table.rowCount).map { table.columns[1].value($0) }
        #expect(found == order.prefix(limit ?? count).map { .integer(Int64($0)) })
      }
    }
  }

  @Test("a query stops soon after it is cancelled")
  func cancellation() throws {
    let input = scan([Column(type: .integer, data: ColumnData(narrowing: (0..<300_000).map { Int64($0) }))])
    let plans: [LogicalPlan] = [
      .aggregate(input, keys: [key(input, 0)], aggregates: []), .distinct(input),
      .sort(input, keys: [], limit: nil), .setOperation(.except, input, input, keepsDuplicates: false),
      .join(JoinPlan(kind: .inner, left: input, right: input, equalities: [], condition: nil)),
      .project(input, [key(input, 0)]),
      .limit(.project(input, [key(input, 0)]), count: 100_000, offset: 0),
    ]
    for plan in plans {
      let executor = Executor(context: ExecutionContext(isCancelled: { true }))
      #expect(throws: ExecutionError.self) { _ = try executor.run(plan) }
    }
  }
}
