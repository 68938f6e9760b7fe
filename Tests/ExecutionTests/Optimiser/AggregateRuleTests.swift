import ColumnStore
import Planning
import Testing

/// Aggregates and `distinct` that need less than they ask for.
@Suite("Aggregate rules") struct AggregateRuleTests {
  @Test(
    "shapes",
    arguments: [
      // What statistics know is not counted again.
      ("select count(*), count(s), min(i), max(i) from t;", "project4 < scan()"),
      ("select count(*) from t where i > 1;", "aggregate < project0 < filter1 < scan(i)"),
      ("select min(s) from t;", "aggregate < scan(s)"),
      ("select count(distinct i) from t;", "aggregate < scan(i)"),
      // Different rows are different already.
      ("select distinct s, count(*) from t group by s;", "aggregate < scan(s)"),
      ("from t |> distinct |> where i > 1 |> distinct", "distinct < filter1 < scan(i,s,d)"),
      ("select distinct count(*) from t group by s;", "distinct < project1 < aggregate < scan(s)"),
      ("select i from t intersect select n from u;", "intersect [scan(i)] [scan(i)]"),
      ("select distinct i from (select i from t intersect select n from u) as x;", "intersect [scan(i)] [scan(i)]"),
      // One union, made different once.
      (
        "select i from t union select n from u union all select i from u;",
        "union [distinct < union [scan(i)] [scan(i)]] [scan(i)]"
      ),
      (
        "select i from t union select n from u union select i from u;", "distinct < union [scan(i)] [scan(i)] [scan(i)]"
      ),
      // An order that nobody sees.
      ("from t |> order by d |> aggregate count(distinct s)", "aggregate < scan(s)"),
      ("from t |> order by d |> aggregate first(s)", "aggregate < project1 < sort < scan(s,d)"),
    ])
  func shapes(_ sample: (query: String, shape: String)) throws {
    let found = try PlanShape.session().plan(sample.query).shape
    #expect(found == sample.shape)
  }

  @Test("statistics give what counting gives")
  func values() throws {
    let session = TestSession()
    try session.run(
      "let t := select * from (values (3, date '2021-02-01'), (NULL, NULL), (-5, date '2020-01-01')) as v(i, d)")
    let row = try session.run(
      "select count(*), count(i), count(1), min(i), max(i), min(d), max(d), count(null) from t;")
    let days = [18262, 18659].map { Value.date(Int32($0)) }
    #expect(
      row?.row(0) == [.integer(3), .integer(2), .integer(3), .integer(-5), .integer(3), days[0], days[1], .integer(0)])
    let none = try session.run("select min(i), max(i), count(*) from (select * from t limit 0) as x;")
    #expect(none?.row(0) == [.null, .null, .integer(0)])
  }
}
