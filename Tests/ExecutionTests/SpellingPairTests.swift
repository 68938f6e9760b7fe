import Planning
import Testing

/// The same query in SQL and in pipes gives the same plan: nothing below the resolver knows how a query was spelt.
@Suite("SQL and pipes") struct SpellingPairTests {
  private func session() throws -> TestSession {
    let session = TestSession()
    try session.run("let t := select * from (values (1, 'a', 1.5), (2, 'b', 2.5), (2, null, 0.5)) as v(i, s, d)")
    try session.run("let u := select * from (values (1, 10), (3, 30)) as v(i, n)")
    try session.run("let w = select i, sum(d) as total from t group by i")
    return session
  }

  @Test(
    "give the same plan",
    arguments: [
      // Projections
      ("select * from t;", "from t"),
      ("select i, s from t;", "from t |> select i, s"),
      ("select i + 1 as x, upper(s) as y from t;", "from t |> select i + 1 as x, upper(s) as y"),
      ("select *, i * 2 as twice from t;", "from t |> extend i * 2 as twice"),
      ("select * exclude (s) from t;", "from t |> drop s"),
      ("select * replace (i + 1 as i) from t;", "from t |> set i = i + 1"),
      ("select i as k, s, d from t;", "from t |> rename i as k"),
      ("select x.i from t as x;", "from t as x |> select x.i"),
      ("select distinct s from t;", "from t |> select distinct s"),
      ("select distinct s from t;", "from t |> select s |> distinct"),
      // Filters
      ("select i from t where d > 1;", "from t |> where d > 1 |> select i"),
      ("select * from t where i > 1 and s = 'a';", "from t |> where i > 1 |> where s = 'a' |> select *"),
      ("select * from t where s like 'a%' or i in (1, 2);", "from t |> where s like 'a%' or i in (1, 2) |> select *"),
      (
        "select x from (select i + 1 as x from t) as q where x > 2;",
        "from t |> select i + 1 as x |> where x > 2 |> select x"
      ),
      // Aggregates
      ("select count(*) as n from t;", "from t |> aggregate count(*) as n"),
      ("select s, sum(i) as total from t group by s;", "from t |> aggregate sum(i) as total group by s"),
      (
        "select s, sum(i) as total from t group by s order by s;",
        "from t |> aggregate sum(i) as total group and order by s"
      ),
      (
        "select upper(s) as key, count(*) as n from t where i > 0 group by key;",
        "from t |> where i > 0 |> aggregate count(*) as n group by upper(s) as key"
      ),
      (
        "select s, count(*) as n from t group by s having count(*) > 1;",
        "from t |> aggregate count(*) as n group by s |> where n > 1"
      ),
      ("select s from t group by s;", "from t |> aggregate group by s"),
      (
        "select count(distinct s) as n, max(d) filter (where i > 1) as m from t;",
        "from t |> aggregate count(distinct s) as n, max(d) filter (where i > 1) as m"
      ),
      // Order
      ("select * from t order by i desc, s;", "from t |> order by i desc, s"),
      ("select i from t order by i nulls first limit 2;", "from t |> select i |> order by i nulls first |> limit 2"),
      ("select * from t order by d limit 1 offset 1;", "from t |> order by d |> limit 1 offset 1"),
      ("select * from t limit 2;", "from t |> limit 2 |> select *"),
      // Joins
      ("select * from t join u on t.i = u.i;", "from t |> join u on t.i = u.i |> select *"),
      ("select * from t join u using (i);", "from t |> join u using (i)"),
      (
        "select * from t left join u on t.i = u.i and u.n > 5;",
        "from t |> left join u on t.i = u.i and u.n > 5 |> select *"
      ),
      ("select * from t full join u using (i);", "from t |> full join u using (i)"),
      ("select * from t cross join u;", "from t |> cross join u |> select *"),
      ("select * from t semi join u on t.i = u.i;", "from t |> semi join u on t.i = u.i |> select *"),
      ("select * from t anti join u using (i);", "from t |> anti join u using (i) |> select *"),
      (
        "select t.s, u.n from t join u on t.i = u.i where u.n > 5;",
        "from t |> join u on t.i = u.i |> where u.n > 5 |> select t.s, u.n"
      ),
      // Sets
      ("select i from t union all select i from u;", "from t |> select i |> union all (select i from u)"),
      ("select i from t union select i from u;", "from t |> select i |> union distinct (from u |> select i)"),
      ("select i from t except select i from u;", "from t |> select i |> except distinct (select i from u)"),
      ("select i from t intersect select i from u;", "from t |> select i |> intersect distinct (from u |> select i)"),
      // Queries in queries
      ("select * from (select i from t) as q;", "from (from t |> select i) as q"),
      ("select * from w where total > 1;", "from w |> where total > 1"),
      (
        "with q as (select i from t) select count(*) as n from q;",
        "with q as (from t |> select i) from q |> aggregate count(*) as n"
      ),
      (
        "select * from t where i in (select i from u where n > 5);",
        "from t |> where i in (from u |> where n > 5 |> select i) |> select *"
      ),
      (
        "select * from t where exists (select 1 from u where u.i = t.i);",
        "from t |> where exists (from u |> where u.i = t.i |> select 1) |> select *"
      ),
      (
        "select i, (select max(n) from u) as m from t;",
        "from t |> select i, (from u |> aggregate max(n)) as m"
      ),
      // Windows
      (
        "select *, row_number() over (partition by s order by i) as place from t;",
        "from t |> extend row_number() over (partition by s order by i) as place"
      ),
      ("values (1, 'a'), (2, 'b');", "from (values (1, 'a'), (2, 'b'))"),
      // Half in SQL, half in pipes
      ("select s, d from t where i > 1;", "select * from t where i > 1 |> select s, d"),
      ("select s, d from t where i > 1;", "from t select s, d where i > 1;"),
    ])
  func samePlan(_ sql: String, _ pipes: String) throws {
    let session = try session()
    let plans = try (PlanText.lines(session.plan(sql)), PlanText.lines(session.plan(pipes)))
    #expect(
      plans.0 == plans.1, "\(sql)\n\(plans.0.joined(separator: "\n"))\n\(pipes)\n\(plans.1.joined(separator: "\n"))")
  }
}
