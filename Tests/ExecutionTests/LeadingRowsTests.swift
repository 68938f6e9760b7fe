import ColumnStore
import FixedRandom
import Planning
import Testing

@testable import Execution

/// The first rows of each partition: asked for so that only they are looked for, they are those that numbering all rows
/// finds, in the same order.
@Suite("Leading rows") struct LeadingRowsTests {
  private func session(rows: Int) -> TestSession {
    var generator = FixedGenerator(seed: 77)
    let picks = (0..<rows).map { _ in Int.random(in: 0..<1_000_000, using: &generator) }
    func validity(_ step: Int) -> Bitmap { Bitmap(picks.map { $0 % step != 0 }) }
    let special: [Double] = [.nan, 0, -0.0, .infinity, -.infinity]
    let dictionary = TextDictionary((0..<7).map { "part \($0)" })
    let session = TestSession()
    session.define(
      "t",
      Table([
        ("id", Column(type: .integer, data: ColumnData(narrowing: (0..<rows).map { Int64($0) }))),
        (
          "p",
          Column(type: .integer, data: ColumnData(narrowing: picks.map { Int64($0 % 100) }), validity: validity(37))
        ),
        ("q", Column(type: .text, data: .codes8(Buffer(picks.map { UInt8($0 % 7) }), dictionary))),
        (
          "d",
          Column(
            type: .double, data: .double(Buffer(picks.map { $0 % 50 < 5 ? special[$0 % 50] : Double($0) / 3 })),
            validity: validity(41))
        ),
        ("x", Column(type: .double, data: .double(Buffer(picks.map { Double($0 % 1000) / 8 })))),
        ("few", Column(type: .integer, data: ColumnData(narrowing: picks.map { Int64($0 / 100 % 5) }))),
        ("edge", Column(type: .integer, data: .integer64(Buffer(picks.map { $0 % 3 == 0 ? Int64.min : .max })))),
        (
          "wide",
          Column(
            type: .decimal(precision: 30, scale: 0), data: .decimal128(Buffer(picks.map { Int128($0 % 90) << 70 })))
        ),
      ]))
    return session
  }

  private func rows(_ table: Table) -> [[Value]] { (0..<table.rowCount).map { table.row($0) } }

  @Test(
    "are those that numbering all rows finds",
    arguments: ["row_number", "rank", "dense_rank"],
    [
      "partition by p order by x desc", "partition by p order by d", "partition by q order by d desc nulls last",
      "partition by q, p order by few, x", "partition by p order by few desc", "order by d nulls first",
      "partition by p order by edge desc", "partition by p order by edge", "partition by p order by wide, id desc",
      "partition by p % 10 order by x", "partition by p order by q, x",
    ])
  func sameRows(_ function: String, _ window: String) throws {
    let session = session(rows: 5000)
    try compare(session, function, window, [("r <= 2", "r + 0 <= 2"), ("5 > r and r > 1", "5 > r + 0 and r > 1")])
  }

  @Test("are found by several workers", arguments: ["row_number", "rank", "dense_rank"])
  func severalParts(_ function: String) throws {
    let session = session(rows: 65_537)
    try compare(session, function, "partition by q, few order by few, d desc", [("r = 2", "r + 0 = 2")])
    try compare(session, function, "partition by p order by x desc", [("r < 3", "r + 0 < 3")])
  }

  private func compare(
    _ session: TestSession, _ function: String, _ window: String, _ conditions: [(fast: String, slow: String)]
  ) throws {
    for (fast, slow) in conditions {
      let numbered = "select id, r from (select id, \(function)() over (\(window)) r from t) where "
      let found = try #require(try session.run(numbered + fast))
      let wanted = try #require(try session.run(numbered + slow))
      #expect(rows(found) == rows(wanted), "\(fast)")
    }
  }

  @Test("several ranks of one window are right in the rows that are left")
  func severalRanks() throws {
    let session = session(rows: 10_000)
    let ranks =
      "row_number() over w a, rank() over w b, dense_rank() over w c from t window w as (partition by p order by few)"
    for name in ["a", "b", "c"] {
      let found = try #require(try session.run("select * from (select id, \(ranks)) where \(name) <= 3"))
      let wanted = try #require(try session.run("select * from (select id, \(ranks)) where \(name) + 0 <= 3"))
      #expect(rows(found) == rows(wanted))
    }
  }

  @Test("only rows that may be among the first are left")
  func fewRows() throws {
    let session = session(rows: 10_000)
    let plan = try session.plan("select id from t qualify row_number() over (partition by q order by x) <= 2")
    var filter = plan
    while filter.rankLimit == nil, let below = filter.inputs.first { filter = below }
    let limit = try #require(filter.rankLimit)
    #expect(limit.count == 2 && limit.limited == .rowNumber)
    let input = try session.run(try #require(filter.inputs.first?.inputs.first))
    let leading = try #require(try LeadingRows(limit, WindowInput(input, ExecutionContext())))
    // Seven partitions; equal numbers in other workers' rows may be left as well, but hardly.
    #expect((14...100).contains(try leading.table().rowCount))
  }

  @Test("a limit is on ranks of one window only")
  func limits() throws {
    let session = session(rows: 10)
    func limit(_ query: String) throws -> RankLimit? {
      var plan = try session.plan(query)
      while plan.rankLimit == nil, let below = plan.inputs.first { plan = below }
      return plan.rankLimit
    }
    let start = "select id from t qualify "
    #expect(try limit(start + "rank() over (order by x) < 5")?.count == 4)
    #expect(
      try limit(start + "rank() over (order by x) < 5 and dense_rank() over (order by x) <= 3")?.limited == .denseRank)
    #expect(try limit(start + "rank() over (order by x) >= 5") == nil)
    #expect(try limit(start + "rank() over (order by x) <= id") == nil)
    #expect(try limit(start + "row_number() over () <= 5") == nil)
    #expect(try limit(start + "rank() over (order by x) <= 5 and sum(x) over (order by x) > 3") == nil)
    #expect(try limit(start + "rank() over (order by x) <= 5 and rank() over (order by id) < 9") == nil)
    #expect(try limit(start + "rank() over (order by x) <= 5 or id = 3") == nil)
  }
}
