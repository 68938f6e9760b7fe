import ColumnStore
import Planning
import Testing

/// What the optimiser makes of plans. That the rows stay the same is what the query files and the differential test show.
@Suite("Optimised plans") struct OptimiserPlanTests {
  @Test(
    "shapes",
    arguments: [
      // Only the columns that are used are read.
      ("select s from t;", "scan(s)"),
      ("from t |> where i > 1 |> select s", "project1 < filter1 < scan(i,s)"),
      ("select sum(i) from t;", "aggregate < scan(i)"),
      ("from t |> share s", "sort < share < aggregate < scan(s)"),
      // Filters become one and move down to the table.
      ("from t |> where i > 1 |> where s = 'a' |> select d", "project1 < filter2 < scan(i,s,d)"),
      ("from t |> select i as x, s |> where x > 1", "project2 < filter1 < scan(i,s)"),
      ("from t |> order by d |> where i > 1 |> select s", "project1 < sort < project2 < filter1 < scan(i,s,d)"),
      (
        "from t |> aggregate count(*) as n group by s |> where s = 'a' and n > 1",
        "project2 < filter1 < aggregate < filter1 < scan(s)"
      ),
      // What may fail stays where it was written.
      (
        "from t |> aggregate count(*) as n group by s |> where cast(s as integer) > 1",
        "project2 < filter1 < aggregate < scan(s)"
      ),
      // A limit tells the order how many rows are wanted.
      ("from t |> order by i |> limit 3 offset 1 |> select i", "limit < sort(4) < scan(i)"),
      // Conditions on one side of a join go to that side; equalities become keys.
      (
        "select n from t, u where t.i = u.i and s = 'a' and n > 10;",
        "project1 < inner1 [project1 < filter1 < scan(i,s)] [filter1 < scan(i,n)]"
      ),
      (
        "select s, n from t left join u on t.i = u.i where s = 'a';",
        "project2 < left1 [filter1 < scan(i,s)] [scan(i,n)]"
      ),
    ])
  func shapes(_ sample: (query: String, shape: String)) throws {
    let found = try PlanShape.session().plan(sample.query).shape
    #expect(found == sample.shape)
  }

  @Test("fields keep their names and types")
  func fields() throws {
    for query in [
      "select s as x, i + 1 as y, d from t where i > 1 order by d desc limit 1;",
      "from t |> join u using (i) |> aggregate sum(n) as total group by s |> order by total",
      "from t |> share s by i", "select * from t union all by name select 1 as z;",
    ] {
      let plain = TestSession(isOptimised: false)
      try plain.run("let t := select * from (values (1, 'a', 1.5), (2, 'b', 2.5)) as v(i, s, d)")
      try plain.run("let u := select * from (values (1, 10), (3, 30)) as v(i, n)")
      let optimised = try PlanShape.session().plan(query).fields
      let resolved = try plain.plan(query).fields
      #expect(optimised.map(\.name) == resolved.map(\.name) && optimised.map(\.type) == resolved.map(\.type))
    }
  }
}
