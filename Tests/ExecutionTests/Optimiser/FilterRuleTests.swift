import ColumnStore
import Planning
import Testing

/// Where filters go, what statistics and constants decide of them, and what is left of a plan without rows.
@Suite("Filter rules") struct FilterRuleTests {
  private func shape(_ query: String) throws -> String { try PlanShape.session().plan(query).shape }

  @Test(
    "decided by statistics: i is 1 or 2, n is 10 or 30",
    arguments: [
      ("select i from t where i > 2;", "scan(i)"),
      ("select i from t where i >= 2;", "filter1 < scan(i)"),
      ("select i from t where i >= 1;", "scan(i)"),
      ("select i from t where i = 0;", "scan(i)"),
      ("select i from t where i <> 7 and i > 1;", "filter1 < scan(i)"),
      ("select i from t where i in (5, 6, 7);", "scan(i)"),
      ("select i from t where i is null;", "scan(i)"),
      ("select i from t where s is not null;", "scan(i)"),
      ("select i from t where i + 1 > 3;", "scan(i)"),
      ("select i from t where not (i < 3);", "scan(i)"),
      ("select i from t where i < 0 or i > 2;", "scan(i)"),
      ("select i from t where d > 100;", "project1 < filter1 < scan(i,d)"),
    ])
  func decided(_ sample: (query: String, shape: String)) throws {
    let found = try shape(sample.query)
    #expect(found == sample.shape)
  }

  @Test("a filter that no row passes gives no rows, one that all pass gives all")
  func decidedRows() throws {
    let session = try PlanShape.session()
    for (condition, count) in [
      ("i > 2", 0), ("i >= 2", 1), ("i >= 1", 2), ("i is null", 0), ("i in (5, 6, 7)", 0), ("not (i < 3)", 0),
      ("i < 0 or i > 2", 0), ("null", 0), ("i = null", 0), ("1 = 1", 2), ("1 = 2", 0),
    ] {
      #expect(try session.run("select * from t where \(condition);")?.rowCount == count, "\(condition)")
    }
  }

  @Test(
    "constants",
    arguments: [
      ("select i from t where 1 = 1 and i > 1;", "filter1 < scan(i)"),
      ("select i + (1 + 2) as x from t where true or i > 1;", "project1 < scan(i)"),
      ("select i from t where 1 > 2 or i > 1;", "filter1 < scan(i)"),
      ("select i from t where case when 1 = 2 then s = 'a' else i > 1 end;", "filter1 < scan(i)"),
      // `s = 'b'` is common to both alternatives.
      ("select i from t where (s = 'b' and i > 1) or (s = 'b' and i < 2);", "project1 < filter2 < scan(i,s)"),
      // What fails is left for the rows that reach it.
      ("select i from t where i > 1 and cast('x' as integer) = 1;", "filter2 < scan(i)"),
    ])
  func constants(_ sample: (query: String, shape: String)) throws {
    let found = try shape(sample.query)
    #expect(found == sample.shape)
  }

  @Test(
    "without rows",
    arguments: [
      ("select t.i from t join u on t.i = u.i where n > 30;", "scan(i)"),
      ("select t.i, n from t left join (select * from u where n > 30) as u on t.i = u.i;", "project2 < scan(i)"),
      ("select sum(i) from t where i > 2;", "aggregate < scan(i)"),
      ("select s, count(*) from t where i > 2 group by s;", "scan(s,count)"),
      ("select i from t where i > 2 union all select n from u;", "scan(i)"),
      ("select i from t where i > 2 intersect select n from u;", "scan(i)"),
      ("select i from t except all select n from u where n > 30;", "scan(i)"),
      ("from t |> where i > 2 |> order by d |> limit 3 |> select i", "scan(i)"),
      ("from t |> limit 0 |> select i", "scan(i)"),
    ])
  func withoutRows(_ sample: (query: String, shape: String)) throws {
    let found = try shape(sample.query)
    #expect(found == sample.shape)
  }

  @Test(
    "outer joins",
    arguments: [
      // What compares a column that was filled up rejects the row.
      (
        "select s, n from t left join u on t.i = u.i where n > 10;",
        "project2 < inner1 [scan(i,s)] [filter1 < scan(i,n)]"
      ),
      (
        "select s, n from t right join u on t.i = u.i where s = 'a';",
        "project2 < inner1 [filter1 < scan(i,s)] [scan(i,n)]"
      ),
      (
        "select s, n from t full join u on t.i = u.i where s = 'a';",
        "project2 < left1 [filter1 < scan(i,s)] [scan(i,n)]"
      ),
      (
        "select s, n from t full join u on t.i = u.i where n > 10;",
        "project2 < right1 [scan(i,s)] [filter1 < scan(i,n)]"
      ),
      (
        "select s, n from t full join u on t.i = u.i where d < n;",
        "project2 < inner1+ [scan(i,s,d)] [scan(i,n)]"
      ),
      // These let it pass.
      (
        "select s, n from t left join u on t.i = u.i where n is null;",
        "project2 < filter1 < left1 [scan(i,s)] [scan(i,n)]"
      ),
      (
        "select s, n from t left join u on t.i = u.i where coalesce(n, 11) > 10;",
        "project2 < filter1 < left1 [scan(i,s)] [scan(i,n)]"
      ),
      (
        "select s, n from t left join u on t.i = u.i where n > 10 or s = 'a';",
        "project2 < filter1 < left1 [scan(i,s)] [scan(i,n)]"
      ),
    ])
  func outerJoins(_ sample: (query: String, shape: String)) throws {
    let found = try shape(sample.query)
    #expect(found == sample.shape)
  }

  @Test(
    "further down",
    arguments: [
      ("from (select distinct i, s from t) |> where s = 'a' |> select i", "project1 < distinct < filter1 < scan(i,s)"),
      (
        "from (select i from t intersect select n from u) |> where i > 1",
        "intersect [filter1 < scan(i)] [scan(i)]"
      ),
      // Through a projection that computes, to a side of a join.
      (
        "from (select upper(s) as x, n from t join u on t.i = u.i) |> where x = 'A' |> select n",
        "project1 < inner1 [project1 < filter1 < scan(i,s)] [scan(i,n)]"
      ),
      // Not to be computed twice for nothing, and not to fail for rows that were no candidates.
      (
        "from (select upper(s) as x, i from t) |> where x = 'A' |> select i",
        "project1 < filter1 < project2 < scan(i,s)"
      ),
      (
        "from (select cast(s as integer) as x, n from t join u on t.i = u.i) |> where x = 1 |> select n",
        "project1 < filter1 < project2 < inner1 [scan(i,s)] [scan(i,n)]"
      ),
    ])
  func furtherDown(_ sample: (query: String, shape: String)) throws {
    let found = try shape(sample.query)
    #expect(found == sample.shape)
  }

  @Test("segments are ruled out by their statistics")
  func segments() throws {
    let session = TestSession()
    let numbers = Column(type: .integer, values: (0..<200_000).map { .integer($0) })
    let table = Table([("n", numbers)])
    session.define("t", table)
    let count = try session.run("select count(*) from t where n > 150000 and n < 150011;")
    #expect(count?.row(0) == [.integer(10)])
    #expect(table.knownStatistics(0)?.segments.count == 4)
  }
}
