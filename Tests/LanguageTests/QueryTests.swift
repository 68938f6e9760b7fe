import Testing

@testable import Language

@Suite("Queries") struct QueryTests {
  @Test(
    "SQL",
    arguments: [
      ("select 1;", "(select 1)"),
      ("select a, b as c, d e from t;", "(select a (as b c) (as d e) (from t))"),
      ("select * from s.t as x;", "(select * (from (as s.t x)))"),
      (
        "select t.*, * exclude (a, b) replace (c + 1 as c) from t;",
        "(select t.* (* (exclude a b) (replace (+ c 1) c)) (from t))"
      ),
      ("select * except (a) from t;", "(select (* (exclude a)) (from t))"),
      ("select distinct a from t;", "(select distinct a (from t))"),
      ("select distinct on (a) a, b from t;", "(select (distinct-on a) a b (from t))"),
      ("select all a from t;", "(select a (from t))"),
      (
        "pivot t on a, b in (1, 2 as two) using sum(n) as s group by c order by c;",
        "(query (from ((pivot-on (as (sum n) s) (for a) (for b (in 1 (as 2 two))) (by c)) t)) (order c))"
      ),
      (
        "select * from t as x pivot (sum(n) for a in ('p', 'q' as r)) as y;",
        "(select * (from (as ((pivot (sum n) (for a (in 'p' (as 'q' r)))) (as t x)) y)))"
      ),
      (
        "unpivot t include nulls on a, (b, c) as 'x' into name n value v, w;",
        "(from ((unpivot-on include-nulls (into v w) (name n) (of a) (of b c (as 'x'))) t))"
      ),
      ("select a, from t;", "(select a (from t))"),
      (
        "select a from t where b group by a having c qualify rank() over w = 1 order by n desc nulls last, 1 limit 3;",
        "(query (select a (from t) (where b) (group a) (having c) (qualify (= (rank (over w)) 1))) "
          + "(order (desc n nulls-last) 1) (limit 3))"
      ),
      (
        "select a, count(*) n from t where b > 1 group by a having count(*) > 2 order by n desc nulls last, 1 "
          + "limit 3 offset 2;",
        "(query (select a (as (count *) n) (from t) (where (> b 1)) (group a) (having (> (count *) 2))) "
          + "(order (desc n nulls-last) 1) (limit 3 offset 2))"
      ),
      (
        "select rank() over w from t window w as (order by a) qualify 1 = 1;",
        "(select (rank (over w)) (from t) (window w ((order a))) (qualify (= 1 1)))"
      ),
      ("select a from t group by all order by all;", "(query (select a (from t) (group all)) (order all))"),
      (
        "select 1 from t group by rollup (a, b), grouping sets ((a), b, ());",
        "(select 1 (from t) (group (rollup a b) (sets (a) (b) ())))"
      ),
      ("values (1, 'a'), (2, 'b');", "(values (1 'a') (2 'b'))"),
      (
        "with a as (select 1), b (x) as (from a) select * from b;",
        "(query (with (a (select 1)) (b x (from a))) (select * (from b)))"
      ),
      (
        "with recursive r as (select 1 union all select n + 1 from r) from r;",
        "(query (with-recursive (r (union all (select 1) (select (+ n 1) (from r))))) (from r))"
      ),
      (
        "select 1 union select 2 intersect select 3 except all select 4;",
        "(except all (union (select 1) (intersect (select 2) (select 3))) (select 4))"
      ),
      ("select 1 union all by name select 2;", "(union all by-name (select 1) (select 2))"),
      (
        "(select 1) union (select 2) order by 1;",
        "(query (union (nested (select 1)) (nested (select 2))) (order 1))"
      ),
      ("select a from t |> where a > 1 |> limit 2;", "(query (select a (from t)) (where (> a 1)) (limit 2))"),
      ("from t select a where b;", "(select a (from t) (where b))"),
      ("from t where b order by a limit 1;", "(query (select * (from t) (where b)) (order a) (limit 1))"),
      ("from t order by a;", "(query (from t) (order a))"),
    ])
  func sql(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(
    "tables and joins",
    arguments: [
      ("from a, b x", "(from (cross a (as b x)))"),
      ("from a join b on a.id = b.id", "(from (inner a b (on (= a.id b.id))))"),
      ("from a left outer join b using (id, n) cross join c", "(from (cross (left a b (using id n)) c))"),
      ("from a natural full join b", "(from (full a b natural))"),
      ("from a left semi join b on true", "(from (semi a b (on true)))"),
      ("from a anti join b using (id)", "(from (anti a b (using id)))"),
      ("from (select 1) as s (x)", "(from (as (subquery (select 1)) s x))"),
      ("from (a join b using (x)) join c using (y)", "(from (inner (inner a b (using x)) c (using y)))"),
      (
        "from ((select 1) union (select 2)) u",
        "(from (as (subquery (union (nested (select 1)) (nested (select 2)))) u))"
      ),
      ("from (values (1)) v(x)", "(from (as (subquery (values (1))) v x))"),
      ("from unnest([1, 2]) as u", "(from (as ((unnest [1 2])) u))"),
      ("from t, lateral (select t.a) l", "(from (cross t (as (lateral (select t.a)) l)))"),
      (
        "from generate_series(1, 3) with ordinality g(n, i)",
        "(from (as ((generate_series 1 3) ordinality) g n i))"
      ),
      ("from 'a b.csv'", "(from <a b.csv>)"),
      ("from '$folder/x.csv' (header off) as x", "(from (as (<{folder}/x.csv> (header: off)) x))"),
      (
        "from t tablesample bernoulli (10 percent) repeatable (7)",
        "(from ((tablesample bernoulli 10 percent (seed 7)) t))"
      ),
      ("from _2", "(from _2)"),
      ("from removals!rejects", "(from removals!rejects)"),
    ])
  func tables(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(
    "pipe operators",
    arguments: [
      ("where a > 1", "(where (> a 1))"),
      ("select a, b as c, *", "(select a (as b c) *)"),
      ("select distinct a", "(select distinct a)"),
      ("extend a + 1 as b, c d", "(extend (as (+ a 1) b) (as c d))"),
      ("set a = 1, b = c", "(set (a 1) (b c))"),
      ("drop a, \"b c\"", "(drop a b c)"),
      ("rename a as b, c as d", "(rename (a b) (c d))"),
      (
        "aggregate count(*) as n, sum(x) total group by a, b + 1 as c",
        "(aggregate (as (count *) n) (as (sum x) total) (group a (as (+ b 1) c)))"
      ),
      ("aggregate count(*)", "(aggregate (count *))"),
      ("aggregate group by a", "(aggregate (group a))"),
      ("aggregate count(*) group and order by a desc, b", "(aggregate (count *) (group-order (desc a) b))"),
      ("order by a desc, b nulls first", "(order (desc a) (asc b nulls-first))"),
      ("limit 3 offset 4", "(limit 3 offset 4)"),
      ("offset 4", "(limit all offset 4)"),
      ("distinct", "(distinct)"),
      ("distinct on (a, b)", "(distinct a b)"),
      ("join b using (id)", "(inner-join b (using id))"),
      ("left join 'n.csv' as n on n.id = t.id", "(left-join (as <n.csv> n) (on (= n.id t.id)))"),
      ("semi join b using (id)", "(semi-join b (using id))"),
      ("cross join b", "(cross-join b)"),
      ("union all by name (from a), (select 1)", "(union all by-name (from a) (select 1))"),
      ("union b", "(union (from b))"),
      ("except distinct (from a)", "(except (from a))"),
      ("as x", "(as x)"),
      ("call share(action, by => country) s", "(call (share action by=country) s)"),
      ("tablesample (5 rows)", "(tablesample 5 rows)"),
      ("share action", "(share action)"),
      ("share a, b by country, platform", "(share a b (by country platform))"),
      ("share action without nulls by country", "(share action (by country) without-nulls)"),
      ("share suspended, withheld of specified by country", "(share suspended withheld (of specified) (by country))"),
      ("share upper(a) as x of b as y", "(share (as (upper a) x) (of (as b y)))"),
      ("share share by by", "(share share (by by))"),
      ("share of of of", "(share of (of of))"),
      ("timeline by month", "(timeline (by month))"),
      ("timeline action by week of acted_at per country", "(timeline action (by week) (of acted_at) (per country))"),
      ("timeline action of acted_at by year", "(timeline action (by year) (of acted_at))"),
      ("force share action without nulls", "(force (share action without-nulls))"),
      ("force call share(action)", "(force (call (share action)))"),
      ("latency from received_at to acted_at", "(latency (from received_at) (to acted_at))"),
      (
        "latency in day from a to b by c as d, e until date '2021-06-30'",
        "(latency (in days) (from a) (to b) (by (as c d) e) (until date'2021-06-30'))"
      ),
      ("plot bar", "(plot bar)"),
      ("plot line a, b by c, d", "(plot line a b (by c d))"),
      ("plot bar sum(n) as total by country", "(plot bar (as (sum n) total) (by country))"),
      ("plot stacked by country", "(plot stacked (by country))"),
      (
        "plot hist reach log title 'Reach' width 60 height 12 save 'x.svg'",
        "(plot hist reach (title 'Reach') log (width 60) (height 12) (save <x.svg>))"
      ),
      ("plot box log", "(plot box log)"),
      ("plot box log(n) by title", "(plot box (log n) (by title))"),
      ("plot bar title by width", "(plot bar title (by width))"),
      ("plot bar height, log by save", "(plot bar height log (by save))"),
      ("plot survival save 'a.png' title 'A'", "(plot survival (title 'A') (save <a.png>))"),
      ("top account_id", "(top account_id)"),
      ("top 20 a, b by sum(n)", "(top 20 a b (by (sum n)))"),
      ("check a <= b", "(check (<= a b))"),
      ("check 'at most' that a <= b", "(check 'at most' (<= a b))"),
      ("check 'a' = b", "(check (= 'a' b))"),
      ("audit", "(audit)"),
      ("reconcile with notices on id", "(reconcile notices (on id))"),
      (
        "reconcile with (from n) as n on a = b, c by d as e reported f observed count(*)",
        "(reconcile (as (subquery (from n)) n) (on (= a b) c) (by (as d e)) (reported f) (observed (count *)))"
      ),
      ("diff with may by id, day", "(diff may (by id day))"),
      ("diff with may by id share a, b as c", "(diff may (by id) (share a (as b c)))"),
      ("pseudonymise a, t.b", "(pseudonymise a t.b)"),
      ("pseudonymise a with key 'my-$x.key'", "(pseudonymise a (key <my-{x}.key>))"),
      ("save 'out.csv'", "(save <out.csv>)"),
      ("save out-$year.csv (header off)", "(save <out-{year}.csv> (header: off))"),
      ("shell 'less -S'", "(shell 'less -S')"), ("format line", "(format line)"),
      ("assert count(*) > 0, 'no actions'", "(assert (> (count *) 0) 'no actions')"),
    ])
  func pipes(text: String, tree: String) {
    #expect(dump("from t |> \(text)") == "(query (from t) \(tree))")
    #expect(dump("from t\n|> \(text)\n|> limit 1") == "(query (from t) \(tree) (limit 1))")
    #expect(dump("|> \(text)") == "(query (from _) \(tree))")
    let isCommand = ["set", "drop", "select", "save session", "format"].contains { text.hasPrefix($0) }
    if !isCommand { #expect(dump(text) == "(query in-use \(tree))") }
  }

  @Test(
    "operators that name their tables first",
    arguments: [
      ("audit t", "(query (from t) (audit))"),
      ("audit s.t |> limit 1", "(query (from s.t) (audit) (limit 1))"),
      ("audit |> limit 1", "(query in-use (audit) (limit 1))"),
      ("reconcile a with b on id by c", "(query (from a) (reconcile b (on id) (by c)))"),
      ("diff may june by id share x", "(query (from june) (diff may (by id) (share x)))"),
      ("diff \"may 1\" june by id", "(query (from june) (diff may 1 (by id)))"),
    ])
  func tablesFirst(text: String, tree: String) { #expect(dump(text) == tree) }

  @Test("ten thousand `and` and a list of ten thousand are shallow") func wide() {
    let ands = Array(repeating: "a = 1", count: 10_000).joined(separator: " and ")
    #expect(expr(ands).hasPrefix("(and (= a 1) (= a 1)"))
    let items = (0..<10_000).map(String.init).joined(separator: ",")
    #expect(expr("a in (\(items))").hasPrefix("(in a 0 1 2"))
  }
}
