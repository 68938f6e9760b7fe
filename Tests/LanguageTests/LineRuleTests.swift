import Testing

@testable import Language

@Suite("Lines and statements") struct LineRuleTests {
  @Test(
    "where a statement ends",
    arguments: [
      // One statement a line.
      ("tables\nsettings", "(tables)\n(settings)"),
      ("tables\r\nsettings\r\n", "(tables)\n(settings)"),
      ("tables\rsettings", "(tables)\n(settings)"),
      ("tables; settings;; quit", "(tables)\n(settings)\n(quit)"),
      ("", ""),
      (" \n;\n-- nothing\n/* nothing */", ""),
      // The next line begins with a pipe, after blank lines and comments too.
      ("from t\n|> limit 1\n|> limit 2", "(query (from t) (limit 1) (limit 2))"),
      ("from t\n\n-- and then\n|> limit 1", "(query (from t) (limit 1))"),
      // The next line is indented.
      ("from t\n  |> limit 1\n  |> select a,\n     b", "(query (from t) (limit 1) (select a b))"),
      ("share action\n  by country", "(query in-use (share action (by country)))"),
      ("share action\n\tby country", "(query in-use (share action (by country)))"),
      ("share action\nby country", "(query in-use (share action))\nerror: there is no command `by`"),
      // A script that is indented as a whole.
      ("  tables\n  from t\n    |> limit 1\n  settings", "(tables)\n(query (from t) (limit 1))\n(settings)"),
      // The line ends in an operator, a comma or a pipe.
      ("from t |>\nlimit 1", "(query (from t) (limit 1))"),
      ("let a = 1 +\n2", "(let a expr (+ 1 2))"),
      ("let a =\nfrom t", "(let a (from t))"),
      ("drop a,\nb", "(drop a b)"),
      ("where a and\nb", "(query in-use (where (and a b)))"),
      ("let a = b *\n2", "(let a expr (* b 2))"),
      // A star for all columns is no operator.
      ("from t |> select *\ntables", "(query (from t) (select *))\n(tables)"),
      ("from t |> select a, t.*\ntables", "(query (from t) (select a t.*))\n(tables)"),
      // A bracket or quote is open.
      ("let a = (1\n+\n2)\ntables", "(let a expr (+ 1 2))\n(tables)"),
      ("let a = 'x\ny'\ntables", "(let a expr 'x\ny')\n(tables)"),
      ("from (\nselect 1\n) x\ntables", "(from (as (subquery (select 1)) x))\n(tables)"),
      ("from \"a\nb\"", "(from a\nb)"),
      // A block comment does not end a line.
      ("from /* a\nb */ t", "(from t)"),
      ("from t /* /* nested */ still */ |> limit 1", "(query (from t) (limit 1))"),
      // SQL ends only at `;`.
      ("select a\nfrom t\n\nwhere b;\ntables", "(select a (from t) (where b))\n(tables)"),
      ("select 1\nfrom t", "(select 1 (from t))"),
      ("with a as (select 1)\nfrom a;", "(query (with (a (select 1))) (from a))"),
      ("values (1)\n, (2);", "(values (1) (2))"),
      ("(select 1)\nunion\n(select 2);", "(union (nested (select 1)) (nested (select 2)))"),
      ("explain analyze select 1\nfrom t;", "(explain analyze (select 1 (from t)))"),
      // Paths.
      ("load a.csv\nload b/\nload c/*.csv\ntables", "(load <a.csv>)\n(load <b/>)\n(load <c/*.csv>)\n(tables)"),
      ("load a.csv\n  b.csv,\nc.csv", "(load <a.csv> <b.csv> <c.csv>)"),
      ("load a.csv -- first\n-- second\n  as x", "(load <a.csv> as x)"),
      ("from t\n|> save x.csv\ntables", "(query (from t) (save <x.csv>))\n(tables)"),
      ("\u{FEFF}tables", "(tables)"),
      ("from\u{00A0}t", "(from t)"),
    ])
  func ends(text: String, trees: String) {
    #expect(dump(text) == trees)
  }

  @Test(
    "what is complete while it is typed",
    arguments: [
      ("", Completeness.complete),
      ("tables", .complete),
      ("from t", .complete),
      ("from t |> limit 1", .complete),
      ("form t", .complete),
      ("from t |> select *", .complete),
      ("select 1", .incomplete(.semicolon)),
      ("select 1;", .complete),
      ("select 1; -- done", .complete),
      ("explain with a as (select 1) from a", .incomplete(.semicolon)),
      ("tables; select 1", .incomplete(.semicolon)),
      ("from t |>", .incomplete(.continuation)),
      ("share a,", .incomplete(.continuation)),
      ("let a =", .incomplete(.continuation)),
      ("where a and", .incomplete(.continuation)),
      ("from (", .incomplete(.bracket)),
      ("select (1;", .complete),
      ("let a = 'x", .incomplete(.string)),
      ("let a = \"x", .incomplete(.quotedName)),
      ("load 'x", .incomplete(.quotedName)),
      ("load india-2021/", .complete),
      ("load a/*", .complete),
      ("from t /* more", .incomplete(.comment)),
      ("help +", .complete),
    ])
  func complete(text: String, answer: Completeness) {
    #expect(completeness(of: text) == answer)
  }

  @Test("statements come one by one, also after one that does not read") func lazily() throws {
    var sequence = StatementSequence(SourceText(name: "x", text: "tables\nform t\nsettings"))
    let first = sequence.next()
    #expect(dump(try #require(first).get()) == "(tables)")
    let second = try #require(Array(sequence).first)
    #expect(throws: Diagnostic.self) { try second.get() }
    #expect(sequence.source.text(second.span) == "form t")
    let rest = try sequence.dropFirst().map { dump(try $0.get()) }
    #expect(rest == ["(settings)"])
  }

  @Test("pieces for a highlighter") func pieces() {
    let text = "load a/*.csv; from \"t\" |> where x > $n -- done"
    let source = SourceText(text: text)
    let pieces = lexemes(of: source).map { "\($0.kind) \(source.text($0.span))" }
    #expect(
      pieces == [
        "keyword load", "path a/*.csv", "punctuation ;", "keyword from", "quotedName \"t\"", "symbol |>",
        "keyword where", "name x", "symbol >", "parameter $n", "comment -- done",
      ])
  }
}
