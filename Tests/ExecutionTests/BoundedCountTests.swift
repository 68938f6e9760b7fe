import ColumnStore
import FixedRandom
import Testing

/// Random numbers, each known within bounds that hold it: whatever is asked of the bounds must hold of the numbers.
@Suite("Counts with bounds in queries") struct BoundedCountTests {
  private static let queries: [String] = [
    "select id, x + y as r from t order by id", "select id, x - y as r from t order by id",
    "select id, x * y as r from t order by id", "select id, -x as r from t order by id",
    "select id, greatest(x, y, 40) as r from t order by id", "select id, least(x, y) as r from t order by id",
    "select g, sum(x) as r from t group by g order by g", "select g, min(x) as r from t group by g order by g",
    "select g, max(x) as r from t group by g order by g",
    "select id, sum(x - y) over (order by id rows 3 preceding) as r from t order by id",
    "select id, max(x) over (partition by g order by id) as r from t order by id",
    "select id, min(y) over (partition by g) as r from t order by id",
    "select id, case when id % 2 = 0 then x else 7 end as r from t order by id",
  ]
  private static let conditions = [
    "x < y", "x <= y", "x > y", "x >= y", "x = y", "x <> y", "x in (3, 50, 71)", "x between 20 and y", "not (x < 60)",
    "x + 5 < y or x = 9", "(x, y) < (y, 40)",
  ]

  /// Two tables with the same rows: of numbers, and of bounds that hold these.
  private func session(_ seed: UInt64, rows: Int) -> TestSession {
    var generator = FixedGenerator(seed: seed)
    func bounds(_ number: Int64) -> Value {
      let below = number - Int64(generator.below(30))
      let above = number + Int64(generator.below(30))
      let count: BoundedCount? =
        switch generator.below(5) {
        case 0: BoundedCount(number)
        case 1: BoundedCount(lower: below, upper: nil)
        case 2: BoundedCount.around(above)
        case 3: BoundedCount(lower: 0, upper: above)
        default: BoundedCount(lower: below, upper: above)
        }
      return .count(count ?? BoundedCount(number))
    }
    var columns: [[Value]] = Array(repeating: [], count: 6)
    for id in 0..<rows {
      let numbers = [0, 1].map { _ in Int64(generator.below(100)) }
      columns[0].append(.integer(Int64(id)))
      columns[1].append(.integer(Int64(generator.below(7))))
      for (index, number) in numbers.enumerated() {
        let isMissing = generator.oneIn(12)
        columns[2 + index].append(isMissing ? .null : .integer(number))
        columns[4 + index].append(isMissing ? .null : bounds(number))
      }
    }
    let session = TestSession()
    func define(_ name: String, _ type: DataType, _ first: Int) {
      let types: [DataType] = [.integer, .integer, type, type]
      let numbers = [0, 1, first, first + 1]
      session.define(
        name,
        Table(zip(["id", "g", "x", "y"], zip(types, numbers)).map { ($0, Column(type: $1.0, values: columns[$1.1])) }))
    }
    define("exact", .integer, 2)
    define("bounded", .count, 4)
    return session
  }

  private func both(_ query: String, _ session: TestSession) throws -> [(exact: Value, bounded: Value)] {
    func rows(_ table: String) throws -> [Value] {
      let table = try #require(try session.run(query.replacing(" t ", with: " \(table) ") + ";"))
      let column = table.columns[table.columns.count - 1]
      return (0..<table.rowCount).map { column.value($0) }
    }
    return Array(zip(try rows("exact"), try rows("bounded")))
  }

  @Test("bounds always hold the number", arguments: [1, 2, 3] as [UInt64])
  func results(_ seed: UInt64) throws {
    let session = session(seed, rows: 300)
    for query in Self.queries {
      let rows = try both(query, session)
      #expect(!rows.isEmpty)
      for (exact, bounded) in rows {
        guard case .integer(let number) = exact, case .count(let count) = bounded else {
          #expect(exact.isNull && bounded.isNull, "\(query)")
          continue
        }
        #expect(count.lower ?? .min <= number && number <= count.upper ?? .max, "\(query): \(number) in \(count)")
      }
    }
  }

  @Test("what is known of bounds is so of the number", arguments: [4, 5, 6] as [UInt64])
  func truths(_ seed: UInt64) throws {
    let session = session(seed, rows: 300)
    for condition in Self.conditions {
      let rows = try both("select id, \(condition) as r from t order by id", session)
      #expect(rows.contains { !$0.bounded.isNull }, "\(condition)")
      for (exact, bounded) in rows where !bounded.isNull { #expect(exact == bounded, "\(condition)") }
      let kept = try both("select count(*) as r from t where \(condition)", session)
      guard case .integer(let all) = kept[0].exact, case .integer(let some) = kept[0].bounded else { continue }
      #expect(some <= all, "\(condition)")
    }
  }

  @Test("the ground that counts of one number have in common holds it", arguments: [7, 8] as [UInt64])
  func common(_ seed: UInt64) throws {
    var generator = FixedGenerator(seed: seed)
    let truths = (0..<40).map { _ in Int64(generator.below(100)) }
    var groups: [Value] = []
    var counts: [Value] = []
    for row in 0..<400 {
      let truth = truths[row % 40]
      groups.append(.integer(Int64(row % 40)))
      let lower = truth - Int64(generator.below(20))
      counts.append(
        .count(BoundedCount(lower: lower, upper: truth + Int64(generator.below(20))) ?? BoundedCount(truth)))
    }
    let session = TestSession()
    session.define(
      "t", Table([("g", Column(type: .integer, values: groups)), ("x", Column(type: .count, values: counts))]))
    let table = try #require(
      try session.run("select common(x), contradict(x), max(lower(x)), min(upper(x)) from t group by g order by g;"))
    for row in 0..<40 {
      guard case .count(let found) = table.columns[0].value(row) else {
        Issue.record("nothing in common")
        continue
      }
      #expect(found.lower ?? 0 <= truths[row] && truths[row] <= found.upper ?? 0)
      #expect(table.columns[1].value(row) == .boolean(false))
      #expect(table.columns[2].value(row) == found.lower.map { .integer($0) })
      #expect(table.columns[3].value(row) == found.upper.map { .integer($0) })
    }
  }
}
