import Testing

@testable import Language

@Suite("Expressions") struct ExpressionTests {
  @Test(
    "operators bind as in PostgreSQL",
    arguments: [
      ("1 + 2 * 3", "(+ 1 (* 2 3))"),
      ("(1 + 2) * 3", "(* (+ 1 2) 3)"),
      ("10 - 4 - 3", "(- (- 10 4) 3)"),
      ("2 ^ 3 ^ 2", "(^ (^ 2 3) 2)"),
      ("-2 ^ 2", "(^ (- 2) 2)"),
      ("7 // 2 % 3", "(% (// 7 2) 3)"),
      ("a || b || c", "(|| (|| a b) c)"),
      ("a + b || c * d", "(|| (+ a b) (* c d))"),
      ("a || b = c", "(= (|| a b) c)"),
      ("a or b and not c", "(or a (and b (not c)))"),
      ("a and b and c or d", "(or (and a b c) d)"),
      ("not a = b", "(not (= a b))"),
      ("not not a", "(not (not a))"),
      ("a = not b", "(= a (not b))"),
      ("a = b is null", "(is-null (= a b))"),
      ("a is not null and b", "(and (is-not-null a) b)"),
      ("a is distinct from b + 1", "(is distinct from a (+ b 1))"),
      ("a is not distinct from b", "(is not distinct from a b)"),
      ("a isnull or b notnull", "(or (is-null a) (is-not-null b))"),
      ("a < b + 1", "(< a (+ b 1))"),
      ("a <> b", "(<> a b)"),
      ("a != b", "(<> a b)"),
      ("-a::int", "(- (cast a int))"),
      ("- - a", "(- (- a))"),
      ("- -1", "(- (- 1))"),
      ("a::text[1]", "(index (cast a text) 1)"),
      ("a[1]::int", "(cast (index a 1) int)"),
      ("a[1:2]", "(slice a 1 2)"),
      ("a[:2]", "(slice a _ 2)"),
      ("x -> 'a' ->> 'b'", "(->> (-> x 'a') 'b')"),
      ("a collate nocase = b", "(= (collate a nocase) b)"),
      ("t at time zone 'UTC'", "(timezone 'UTC' t)"),
      ("a ~ 'x' and b !~* 'y'", "(and (~ a 'x') (!~* b 'y'))"),
      ("a & 1 = 1", "(= (& a 1) 1)"),
    ])
  func precedence(text: String, tree: String) {
    #expect(expr(text) == tree)
  }

  @Test(
    "tests of a value",
    arguments: [
      ("a between 1 and 2 and b", "(and (between a 1 2) b)"),
      ("a not between 1 + 1 and 3", "(not-between a (+ 1 1) 3)"),
      ("a in (1, 2)", "(in a 1 2)"),
      ("a not in ('x')", "(not-in a 'x')"),
      ("a in (select b from t)", "(in a query (select b (from t)))"),
      ("a in (from t |> select b)", "(in a query (query (from t) (select b)))"),
      ("a in ((select b from t))", "(in a query (select b (from t)))"),
      ("(a, b) in ((1, 2), (3, 4))", "(in (tuple a b) (tuple 1 2) (tuple 3 4))"),
      ("a like 'x%'", "(like a 'x%')"),
      ("a not ilike '%y' escape '!'", "(not-ilike a '%y' escape '!')"),
      ("a + 1 in (2)", "(in (+ a 1) 2)"),
      ("a in (1) = true", "(= (in a 1) true)"),
      ("a = some (select 1)", "(= any a (select 1))"),
      ("a = any (select 1)", "(= any a (select 1))"),
      ("a > all ([1, 2])", "(> all a [1 2])"),
      ("exists (select 1)", "(exists (select 1))"),
      ("a is true or b is not unknown", "(or (is-true a) (is-not-unknown b))"),
    ])
  func tests(text: String, tree: String) {
    #expect(expr(text) == tree)
  }

  @Test(
    "values written out",
    arguments: [
      ("1_000", "1000"),
      ("9223372036854775807", "9223372036854775807"),
      ("9223372036854775808", "9223372036854775808m"),
      ("-9223372036854775808", "-9223372036854775808"),
      ("1.50", "1.50m"),
      (".5", ".5m"),
      ("1.", "1.m"),
      ("1e3", "1000.0d"),
      ("2.5E-1", "0.25d"),
      ("1e999", "infd"),
      ("'it''s'", "'it's'"),
      ("''", "''"),
      ("''''", "'''"),
      (#"'a\'"#, #"'a\'"#),
      ("date '2021-01-31'", "date'2021-01-31'"),
      ("timestamp '2021-01-31 10:00'", "timestamp'2021-01-31 10:00'"),
      ("interval '1 day'", "(interval '1 day')"),
      ("interval 1 day", "(interval 1 day)"),
      ("interval '3' months", "(interval '3' months)"),
      ("interval (n + 1) day", "(interval (+ n 1) day)"),
      ("NULL", "null"),
      ("True", "true"),
      ("$since", "$since"),
      ("[1, 2, []]", "[1 2 []]"),
      ("array[1]", "[1]"),
      ("\"a \"\"b\"\"\"", "a \"b\""),
      ("`odd name`.c", "odd name.c"),
      ("страна", "страна"),
      ("removals!rejects.n", "removals!rejects.n"),
      ("a!=b", "(<> a b)"),
    ])
  func literals(text: String, tree: String) {
    #expect(expr(text) == tree)
  }

  @Test(
    "calls and SQL's wordy forms",
    arguments: [
      ("count(*)", "(count *)"),
      ("count(distinct a)", "(count distinct a)"),
      ("count(all a)", "(count a)"),
      ("f()", "(f)"),
      ("f(a, b => 1, c := 2)", "(f a b=1 c=2)"),
      ("left(a, 2)", "(left a 2)"),
      ("replace(a, 'x', 'y')", "(replace a 'x' 'y')"),
      ("string_agg(a, ',' order by b desc)", "(string_agg a ',' (order (desc b)))"),
      ("sum(a) filter (where b > 1)", "(sum a (filter (> b 1)))"),
      ("first(a ignore nulls)", "(first a ignore nulls)"),
      ("quantile(0.5) within group (order by a)", "(quantile 0.5m (order a))"),
      (
        "rank() over (partition by a order by b desc nulls last)",
        "(rank (over ((partition a) (order (desc b nulls-last)))))"
      ),
      (
        "sum(a) over (order by b rows between 2 preceding and current row exclude ties)",
        "(sum a (over ((order b) (rows (preceding 2) current-row exclude ties))))"
      ),
      ("sum(a) over (rows unbounded preceding)", "(sum a (over ((rows unbounded-preceding current-row))))"),
      ("lag(a) over w", "(lag a (over w))"),
      ("cast(a as decimal(10, 2))", "(cast a decimal(10,2))"),
      ("try_cast(a as text[])", "(try-cast a text[])"),
      ("a::double precision", "(cast a double precision)"),
      ("a::timestamp with time zone", "(cast a timestamp with time zone)"),
      ("extract(year from d)", "(extract year d)"),
      ("substring(a from 2 for 3)", "(substring a 2 3)"),
      ("substring(a, 2)", "(substring a 2)"),
      ("position('x' in a)", "(position 'x' a)"),
      ("trim(a)", "(trim a)"),
      ("trim(both 'x' from a)", "(trim a 'x')"),
      ("trim(leading from a)", "(ltrim a)"),
      ("trim(trailing 'x' from a)", "(rtrim a 'x')"),
      ("current_date", "(current_date)"),
      ("case when a then 1 else 2 end", "(case (when a 1) (else 2))"),
      ("case a when 1 then 'x' when 2 then 'y' end", "(case a (when 1 'x') (when 2 'y'))"),
      ("(select max(a) from t) + 1", "(+ (subquery (select (max a) (from t))) 1)"),
      ("((select 1) union (select 2))", "(subquery (union (nested (select 1)) (nested (select 2))))"),
    ])
  func calls(text: String, tree: String) {
    #expect(expr(text) == tree)
  }

  @Test(
    "words of the language are columns where nothing else fits",
    arguments: [
      "action", "share", "top", "date", "type", "count", "by", "of", "year", "timestamp", "interval", "first", "last",
      "table", "tables", "values", "with", "window", "offset", "set", "drop", "timeline", "left", "asc", "desc", "all",
      "filter", "over", "format", "position", "trim", "cast", "exists", "per", "name", "row", "rows", "if",
    ])
  func unreserved(word: String) {
    #expect(expr(word) == word)
    #expect(expr("\(word) + 1") == "(+ \(word) 1)")
    #expect(expr("t.\(word)") == "t.\(word)")
  }

  @Test("spans run from the first to the last byte, brackets left out") func spans() throws {
    let source = SourceText(text: "1 + (größe) * 2")
    let whole = try parseExpression(source)
    #expect(source.text(whole.span) == "1 + (größe) * 2")
    guard case .binary(_, _, let product) = whole.kind, case .binary(_, let column, _) = product.kind else {
      Issue.record("not a sum of a product")
      return
    }
    #expect(source.text(column.span) == "größe")
  }
}
