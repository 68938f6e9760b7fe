import ColumnStore
import Execution
import Planning
import Testing

/// How many rows are expected, and what a profile tells of those that came.
@Suite("Estimates and profiles") struct EstimateTests {
  private func session() -> TestSession {
    let session = TestSession()
    let numbers = Column(type: .integer, values: (0..<1000).map { .integer($0) })
    let tens = Column(type: .integer, values: (0..<1000).map { $0 % 10 == 9 ? .null : .integer($0 % 10) })
    session.define("t", Table([("n", numbers), ("r", tens)]))
    session.define("u", Table([("n", numbers.slice(0..<100))]))
    return session
  }

  @Test(
    "rows expected",
    arguments: [
      ("from t |> where n < 250", 250.0), ("from t |> where n = 5", 1),
      // 900 rows have one of nine values.
      ("from t |> where r = 5", 100), ("from t |> where r is null", 100), ("from t |> where r is not null", 900),
      ("from t |> where n < 500 and r = 5", 50), ("from t |> where n < 500 or r is null", 550),
      ("from t |> aggregate count(*) group by r", 9), ("from t |> aggregate sum(n)", 1), ("from t |> limit 7", 7),
      ("from t |> order by n |> limit 7 offset 998", 2), ("select * from t, u where t.n = u.n;", 100),
      ("select * from t, u;", 100_000), ("select * from t left join u on t.n = u.n;", 1000),
      ("from t |> union all (from t)", 2000), ("select distinct r from t;", 9),
    ])
  func rows(_ sample: (query: String, rows: Double)) throws {
    let estimate = try #require(PlanReport(try session().plan(sample.query)).lines.first?.estimate)
    #expect(abs(estimate - sample.rows) <= sample.rows / 100)
  }

  @Test("a profile counts the rows of every operator once")
  func profile() throws {
    let plan = try session().plan(
      "select r, count(*) as c from t join u on t.n = u.n where t.n >= 20 group by r order by c desc, r limit 3;")
    let profile = PlanProfile(plan)
    let table = try Executor(profile: profile).run(plan)
    #expect(table.rowCount == 3)
    let report = PlanReport(plan, profile: profile)
    func rows(_ name: String) -> [Int?] {
      report.lines.filter { $0.text.hasPrefix(name) }.map { $0.counts?.rows }
    }
    #expect(rows("limit") == [3] && rows("sort") == [3] && rows("aggregate") == [10])
    #expect(rows("inner join") == [80])
    #expect(rows("filter") == [980, 80])
    #expect(report.lines.allSatisfy { ($0.counts?.bytes ?? -1) >= 0 && ($0.counts?.time ?? .zero) >= .zero })
    #expect(try Executor().run(plan).rowCount == 3)
  }
}
