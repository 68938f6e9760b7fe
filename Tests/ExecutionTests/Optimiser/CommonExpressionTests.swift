import Planning
import Testing

@Suite("Common expressions") struct CommonExpressionTests {
  private func plan(_ query: String) throws -> [String] {
    let session = TestSession()
    try session.run("let t := select * from (values (1, 'a', 1.5), (2, 'b', 2.5)) as v(i, s, d)")
    return PlanText.lines(try session.plan(query))
  }

  @Test("what is computed twice is computed once, below")
  func projections() throws {
    let lines = try plan("select d * 2 + 1 as x, d * 2 - 1 as y, i from t;")
    #expect(lines[0].hasPrefix("project #1 + 1 as x, #1 - 1 as y, i"))
    #expect(lines[1].hasPrefix("└─ project i, d * 2 as #1"))
  }

  @Test("aggregates of one expression read it once")
  func aggregates() throws {
    let lines = try plan("select sum(d * 2), max(d * 2) from t;")
    #expect(lines.filter { $0.contains("d * 2") }.count == 1)
  }

  @Test("what may fail, and what is computed once, stays where it is")
  func leftAlone() throws {
    #expect(try plan("select cast(s as integer) + 1 as x, cast(s as integer) - 1 as y from t;").count == 2)
    #expect(try plan("select d * 2 as x, d * 3 as y from t;").count == 2)
  }

  @Test("the rows are the same")
  func rows() throws {
    let session = TestSession()
    try session.run("let t := select * from (values (1, 'a', 1.5), (2, 'b', 2.5)) as v(i, s, d)")
    let table = try #require(
      try session.run(
        "select sum(case when upper(s) = 'A' then d * 2 end) as x, sum(d * 2) as y, count(distinct upper(s)) from t;"))
    #expect(table.row(0) == [.double(3), .double(8), .integer(2)])
  }
}
