import ColumnStore
import Planning
import Testing

/// In what order joins are run, and where their conditions go.
@Suite("Join order") struct JoinOrderTests {
  /// Tables by their size, `k` counting from 0 and `r` repeating the numbers below 100.
  private static let tables = [("big", 20_000), ("middle", 2_000), ("small", 100)].map { name, count in
    let keys = Column(type: .integer, values: (0..<Int64(count)).map { .integer($0) })
    let rest = Column(type: .integer, values: (0..<Int64(count)).map { .integer($0 % 100) })
    return (name, Table([("k", keys), ("r", rest)]))
  }

  /// Those, and `tiny` of 3 rows with texts.
  private func session() throws -> TestSession {
    let session = TestSession()
    for (name, table) in Self.tables { session.define(name, table) }
    try session.run("let tiny := select * from (values (1, '1'), (2, 'x'), (3, NULL)) as v(k, s)")
    return session
  }

  /// The tables in the order of the plan's text, joined ones in brackets.
  private func nesting(_ plan: LogicalPlan) -> String {
    switch plan {
    case .scan(let scan): scan.name
    case .join(let join): "(\(nesting(join.left)) \(nesting(join.right)))"
    default: plan.inputs.map(nesting).joined(separator: " ")
    }
  }

  @Test(
    "orders",
    arguments: [
      // The smaller side is held, the larger one streams.
      ("select count(*) from big, small where big.r = small.k;", "(big small)"),
      ("select count(*) from small, big where big.r = small.k;", "(big small)"),
      ("select count(*) from small join big on small.k = big.r;", "(big small)"),
      // What no condition connects is not multiplied first.
      (
        "select count(*) from big, middle, small where big.k = middle.k and middle.r = small.k;", "((big middle) small)"
      ),
      (
        "select count(*) from big, small, middle where big.k = middle.k and middle.r = small.k;", "((big middle) small)"
      ),
      // A filter makes a large table small.
      ("select count(*) from big, middle where big.k = middle.k and big.r = 5;", "(middle big)"),
      // Few rows are joined as written.
      (
        "select count(*) from tiny as a, tiny as b, small where a.k = small.k and b.k = small.k;", "((tiny tiny) small)"
      ),
      // An outer join stays where it is.
      ("select count(*) from small left join big on small.k = big.k;", "(small big)"),
      // A projection between joins does not hide them.
      ("from small |> join middle using (k) |> join big using (k) |> aggregate count(*)", "(middle (big small))"),
      ("select count(*) from small join (select k as key from big) as b on b.key = small.k;", "(big small)"),
    ])
  func orders(_ sample: (query: String, nesting: String)) throws {
    let found = nesting(try session().plan(sample.query))
    #expect(found == sample.nesting)
  }

  @Test(
    "conditions",
    arguments: [
      // What is equal to a constant makes its equals so, and the join needs no key for it.
      (
        "select 1 as one from middle, small where middle.k = small.k and small.k = 5;",
        "project1 < inner0 [project0 < filter1 < scan(k)] [project0 < filter1 < scan(k)]"
      ),
      // Columns of one table that equal the same one of another are compared there.
      (
        "select 1 as one from middle, small where middle.k = small.k and middle.r = small.k;",
        "project1 < inner1 [project1 < filter1 < scan(k,r)] [scan(k)]"
      ),
      // Three equal columns need two keys.
      (
        "select 1 as one from tiny as a, tiny as b, tiny as c where a.k = b.k and b.k = c.k and a.k = c.k;",
        "project1 < inner1 [project1 < inner1 [scan(k)] [scan(k)]] [scan(k)]"
      ),
      // A comparison of two tables goes where both are there first.
      (
        "select 1 as one from tiny as a, tiny as b, tiny as c where a.k < b.k and b.k = c.k;",
        "project1 < inner1 [project1 < inner0+ [scan(k)] [scan(k)]] [scan(k)]"
      ),
      // Sums that cannot overflow are keys; casts that may fail wait until all tables are joined.
      (
        "select 1 as one from tiny as a, tiny as b, tiny as c where a.k + 1 = b.k and b.k = c.k;",
        "project1 < inner1 [project1 < inner1 [scan(k)] [scan(k)]] [scan(k)]"
      ),
      (
        "select 1 as one from tiny as a, tiny as b, tiny as c where cast(a.s as integer) = 1 and b.k = c.k and a.k = b.k;",
        "project1 < inner1+ [project2 < inner1 [scan(k,s)] [scan(k)]] [scan(k)]"
      ),
    ])
  func conditions(_ sample: (query: String, shape: String)) throws {
    let found = try session().plan(sample.query).shape
    #expect(found == sample.shape)
  }

  @Test("columns and rows stay the same")
  func rows() throws {
    let queries = [
      "select * from small, big, middle where big.k = middle.k and middle.r = small.k and small.k < 1 order by 3 limit 2;",
      "from small |> join middle using (k) |> join big using (k) |> where k > 97 |> order by 1",
      "select count(*), sum(big.r) from small, big where big.k = small.k and big.k <> small.r;",
    ]
    let expected: [[[Int64]]] = [
      [[0, 0, 0, 0, 0, 0], [0, 0, 100, 0, 100, 0]], [[98, 98, 98, 98], [99, 99, 99, 99]], [[0]],
    ]
    for (query, rows) in zip(queries, expected) {
      let table = try #require(try session().run(query))
      let found = (0..<table.rowCount).map { row in table.row(row).filter { !$0.isNull } }
      #expect(found == rows.map { $0.map { .integer($0) } })
    }
    let names = try session().plan(queries[1]).fields.map(\.name)
    #expect(names == ["k", "r", "r", "r"])
  }

  @Test("64 tables in a row")
  func manyTables() throws {
    let session = TestSession()
    let numbers = Column(type: .integer, values: (0..<10).map { .integer($0) })
    for number in 1...64 { session.define("t\(number)", Table([("a\(number)", numbers), ("b\(number)", numbers)])) }
    let tables = (1...64).map { "t\($0)" }.joined(separator: ",")
    // Written so that neighbours in `from` have nothing to do with each other.
    let conditions = (1..<64).map { "a\($0 * 5 % 64 + 1) = b\(($0 + 1) * 5 % 64 + 1)" }.joined(separator: " and ")
    let table = try session.run("select a1, a2, a64 from \(tables) where \(conditions) and a9 = 7;")
    // 5, 10, ..., 320 modulo 64 visits every table once, so all columns are equal.
    #expect(
      table.map { table in (0..<table.rowCount).map { table.row($0) } } == [[.integer(7), .integer(7), .integer(7)]])
  }

  @Test("more tables than a set holds")
  func tooManyTables() throws {
    let session = TestSession()
    session.define("t", Table([("k", Column(type: .integer, values: [.integer(1), .integer(2)]))]))
    let tables = (0..<80).map { "t as t\($0)" }.joined(separator: ",")
    let conditions = (1..<80).map { "t\($0).k = t\($0 - 1).k" }.joined(separator: " and ")
    let table = try session.run("select t0.k, t79.k from \(tables) where \(conditions) order by 1;")
    #expect(
      table.map { table in (0..<table.rowCount).map { table.row($0) } }
        == [[.integer(1), .integer(1)], [.integer(2), .integer(2)]])
  }
}
