import Testing

@testable import Language

@Suite("Definitions and changes of tables") struct DefinitionTests {
  @Test(
    "create table",
    arguments: [
      ("create table t (a integer, b text);", "(create-table t (a integer) (b text))"),
      (
        "create or replace temp table if not exists s.t (a int primary key not null, b varchar(30) default 'x' unique);",
        "(create-table or-replace temp if-not-exists s.t (a int primary-key not-null) "
          + "(b varchar(30) (default 'x') unique))"
      ),
      (
        "create temporary table t (a double precision check (a > 0) null, b decimal(10, 2) default -1 not null);",
        "(create-table temp t (a double precision (check (> a 0)) null) (b decimal(10,2) (default (- 1)) not-null))"
      ),
      (
        "create table t (a int, b int, primary key (a, b), constraint u unique (b), check (a < b));",
        "(create-table t (a int) (b int) (primary-key a b) (u: (unique b)) (check (< a b)))"
      ),
      (
        "create table t (a int references u (x) on delete set null on update cascade,"
          + " foreign key (a) references u on delete no action);",
        "(create-table t (a int (references u x delete set null update cascade))"
          + " (foreign-key a (references u delete no action)))"
      ),
      (
        "create table t (a int constraint positive check (a > 0) default 1 + 2 collate x, key text, check int);",
        "(create-table t (a int (positive: (check (> a 0))) (default (+ 1 (collate 2 x)))) (key text) (check int))"
      ),
      ("create table t as select 1;", "(create-table t (select 1))"),
      ("create table t (a, b) as from u |> limit 1;", "(create-table t a b (query (from u) (limit 1)))"),
      ("create table t as u |> limit 1;", "(create-table t (query (from u) (limit 1)))"),
      (
        "create table t as with a as (select 1) select * from a;",
        "(create-table t (query (with (a (select 1))) (select * (from a))))"
      ),
      ("create view v as select 1;", "(create-view v (select 1))"),
      (
        "create or replace view if not exists v (a, b) as from t |> where a;",
        "(create-view or-replace if-not-exists v a b (query (from t) (where a)))"
      ),
      ("create index i on t (a, b desc);", "(create-index i on t a (desc b))"),
      (
        "create unique index if not exists i on s.t (lower(a)) where b > 1;",
        "(create-index unique if-not-exists i on s.t (lower a) (where (> b 1)))"
      ),
      ("create index on t (a);", "(create-index on t a)"),
      ("reindex", "(reindex)"),
      ("reindex t;", "(reindex t)"),
    ])
  func definitions(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(
    "insert, update, delete",
    arguments: [
      ("insert into t values (1, 'a'), (2, 'b');", "(insert t (values (1 'a') (2 'b')))"),
      ("insert into t (a, b) select 1, 2;", "(insert t (a b) (select 1 2))"),
      ("insert into t (select 1);", "(insert t (nested (select 1)))"),
      ("insert into t (values) values (1);", "(insert t (values) (values (1)))"),
      ("insert into t from u |> where a;", "(insert t (query (from u) (where a)))"),
      ("insert into t table u;", "(insert t (from u))"),
      ("insert into t default values;", "(insert t defaults)"),
      ("insert or replace into t values (default, 1);", "(insert replace t (values (default 1)))"),
      ("insert or ignore into t values (1);", "(insert ignore t (values (1)))"),
      ("insert or abort into t values (1);", "(insert t (values (1)))"),
      ("replace into t values (1);", "(insert replace t (values (1)))"),
      ("replace\n|> limit 1", "(query (from replace) (limit 1))"),
      ("with a as (select 1) insert into t select * from a;", "((with (a (select 1))) insert t (select * (from a)))"),
      ("update t set a = 1, b = b + 1\nwhere c;", "(update t (set a 1) (set b (+ b 1)) (where c))"),
      (
        "update s.t as x set (a, b) = (1, 2), c = (select 3) from u join v using (k) where x.k = u.k;",
        "(update s.t as x (set (a b) (tuple 1 2)) (set c (subquery (select 3))) (from (inner u v (using k)))"
          + " (where (= x.k u.k)))"
      ),
      ("with a as (select 1) update t set b = 1;", "((with (a (select 1))) update t (set b 1))"),
      ("delete from t;", "(delete t)"),
      ("delete from t x using u, v where x.a = u.a;", "(delete t as x (using (cross u v)) (where (= x.a u.a)))"),
      (
        "with a as (select 1) delete from t where b in a;",
        "((with (a (select 1))) delete t (where (in b query (from a))))"
      ),
      ("truncate t", "(truncate t)"),
      ("truncate table t, u", "(truncate t u)"),
      ("begin", "(begin)"),
      ("begin transaction; commit work; rollback;", "(begin)\n(commit)\n(rollback)"),
      ("start transaction", "(begin)"),
      // Words of statements are still names of tables.
      ("update |> limit 1;", "(query (from update) (limit 1))"),
      ("from index", "(from index)"),
      ("select key, action, begin, start, check from unique;", "(select key action begin start check (from unique))"),
    ])
  func changes(text: String, tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(
    "queries in all their forms",
    arguments: [
      ("table t", "(from t)"),
      ("select 1 union table t order by 1;", "(query (union (select 1) (from t)) (order 1))"),
      ("select * from (table t) x;", "(select * (from (as (subquery (from t)) x)))"),
      ("from table", "(from table)"),
      ("from values (1, 2) as v (a, b)", "(from (as (subquery (values (1 2))) v a b))"),
      ("select 1 from t fetch first 3 rows only;", "(query (select 1 (from t)) (limit 3))"),
      ("select 1 from t offset 2 rows fetch next row only;", "(query (select 1 (from t)) (limit 1 offset 2))"),
      ("from a asof join b on a.k = b.k and a.t >= b.t", "(from (asof a b (on (and (= a.k b.k) (>= a.t b.t)))))"),
      ("from a asof left join b using (k, t)", "(from (asof left a b (using k t)))"),
      ("from a |> asof join b using (t)", "(query (from a) (asof-join b (using t)))"),
      ("from a join lateral (select a.x) b on true", "(from (inner a (as (lateral (select a.x)) b) (on true)))"),
      ("from a cross join lateral (select a.x) b", "(from (cross a (as (lateral (select a.x)) b)))"),
      ("from a, lateral (select a.x) b", "(from (cross a (as (lateral (select a.x)) b)))"),
      (
        "from t |> with a as (select 1), b (x) as (from a) |> join b using (x)",
        "(query (from t) (with (a (select 1)) (b x (from a))) (inner-join b (using x)))"
      ),
      ("from t |> window sum(a) over () as s", "(query (from t) (extend (as (sum a (over ())) s)))"),
      ("from t |> rename a b, c as d", "(query (from t) (rename (a b) (c d)))"),
      ("select a from t qualify b window w as ();", "(select a (from t) (window w ()) (qualify b))"),
      (
        "select 1 union select 2 intersect select 3 except all select 4;",
        "(except all (union (select 1) (intersect (select 2) (select 3))) (select 4))"
      ),
      (
        "from t |> union all by name (from u |> limit 1)",
        "(query (from t) (union all by-name (query (from u) (limit 1))))"
      ),
    ])
  func queries(text: String, tree: String) {
    #expect(dump(text).hasPrefix(tree))
  }

  @Test(
    "values in all their forms",
    arguments: [
      ("a not null", "(is-not-null a)"),
      ("not a not null", "(not (is-not-null a))"),
      ("a in t", "(in a query (from t))"),
      ("a not in s.t and b", "(and (not-in a query (from s.t)) b)"),
      ("a in [1, 2]", "(= any a [1 2])"),
      ("a not in unnest(b) or c", "(or (not (= any a b)) c)"),
      ("(a, b) = (c, d)", "(= (tuple a b) (tuple c d))"),
      ("(a, b) in ((1, 2))", "(in (tuple a b) (tuple 1 2))"),
      ("0x1F + 0XfF_fF", "(+ 31 65535)"),
      ("1_000 + .5 + 5. + 1e3", "(+ (+ (+ 1000 .5m) 5.m) 1000.0d)"),
      ("0x8000000000000000", "error: this number does not fit 64 bits"),
      ("0xg", "error: `0xg` is neither a number nor a name"),
      (#"e'a\'b\n\t\x41\u00e9''\\'"#, "'a'b\n\tAé'\\'"),
      (#"E'\ud800'"#, "error: an escape in this text names no character"),
      ("x'68c3a9' || X''", "(|| 'hé' '')"),
      ("x'6'", "error: `x'...'` holds two hexadecimal digits for each byte"),
      ("x'ff'", "error: these bytes are no text in UTF-8"),
      ("$$it's$$", "'it's'"),
      ("$$a", "error: this text is never closed"),
      ("e'a\\'", "error: this string is never closed"),
      ("x", "x"),
      ("e + x", "(+ e x)"),
      ("grouping(a)", "(grouping a)"),
    ])
  func values(text: String, tree: String) {
    #expect(expr(text) == tree)
  }

  @Test(
    "what stands in a wrong place says where it goes",
    arguments: [
      (
        "create table t (a integer, primary key (a), b text);",
        """
        t:1:45: error: expected a constraint or `)`, found `b`
        create table t (a integer, primary key (a), b text);
                                                    ^
        help: columns come before the constraints of the table
        """
      ),
      (
        "create table t (a, b text);",
        """
        t:1:18: error: expected a type after `a`, found `,`
        create table t (a, b text);
                         ^
        help: for example: a integer
        """
      ),
      (
        "create tabel t (a int);",
        """
        t:1:8: error: expected `table`, `view`, `index` or `key` after `create`, found `tabel`
        create tabel t (a int);
               ^^^^^
        help: did you mean `table`?
        """
      ),
      (
        "create trigger x;",
        """
        t:1:8: error: there is no `create trigger`
        create trigger x;
               ^^^^^^^
        help: there are no triggers here; what is to happen after a change is written after it
        """
      ),
      (
        "create table t (a int primry key);",
        """
        t:1:23: error: expected a constraint, `,` or `)`, found `primry`
        create table t (a int primry key);
                              ^^^^^^
        help: did you mean `primary`?
        """
      ),
      (
        "insert into t u;",
        """
        t:1:15: error: expected `values` or a query, found `u`
        insert into t u;
                      ^
        help: the rows of a table are `from u`
        """
      ),
      (
        "insert into t values (1) on conflict do nothing;",
        """
        t:1:26: error: `on` cannot follow `insert`
        insert into t values (1) on conflict do nothing;
                                 ^^
        help: rows whose key is there are left out by `insert or ignore`, and take its place by `insert or replace`
        """
      ),
      (
        "update t where a set b = 1;",
        """
        t:1:10: error: expected `set`, found `where`
        update t where a set b = 1;
                 ^^^^^
        help: the order is `update t set a = 1 from u where ...`
        """
      ),
      (
        "update t set a = 1 where b from u;",
        """
        t:1:28: error: `from` cannot stand here
        update t set a = 1 where b from u;
                                   ^^^^
        help: the order is `update t set a = 1 from u where ...`
        """
      ),
      (
        "delete from t where a using u;",
        """
        t:1:23: error: `using` cannot stand here
        delete from t where a using u;
                              ^^^^^
        help: the order is `delete from t using u where ...`
        """
      ),
      (
        "select a from t order by a union select 1;",
        """
        t:1:28: error: `order by` cannot stand before `union`
        select a from t order by a union select 1;
                                   ^^^^^
        help: put it at the end, where it is for all rows, or put brackets around the query that it is for
        """
      ),
      (
        "select a from t limit 1 order by a;",
        """
        t:1:25: error: `order by` cannot stand here
        select a from t limit 1 order by a;
                                ^^^^^
        help: it goes before `limit`
        """
      ),
      (
        "select a from t where b where c;",
        """
        t:1:25: error: there is a `where` already
        select a from t where b where c;
                                ^^^^^
        help: a query has one `where`; put conditions together with `and`
        """
      ),
      (
        "from t order by a select b;",
        """
        t:1:19: error: `select` cannot stand here
        from t order by a select b;
                          ^^^^^^
        help: it goes before `order by`
        """
      ),
      (
        "pragma x",
        """
        t:1:1: error: there is no command `pragma`
        pragma x
        ^^^^^^
        help: did you mean `set`?
        """
      ),
      (
        "vacuum x",
        """
        t:1:1: error: there is no command `vacuum`
        vacuum x
        ^^^^^^
        help: there is nothing to do: what is dropped is gone
        """
      ),
    ])
  func misplaced(text: String, rendered: String) {
    #expect(faults(text) == rendered)
  }
}
