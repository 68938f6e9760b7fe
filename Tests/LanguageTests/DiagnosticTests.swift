import Testing

@testable import Language

@Suite("Diagnostics") struct DiagnosticTests {
  @Test(
    "a misspelt word is shown with what it may have meant",
    arguments: [
      (
        "form actions",
        """
        t:1:1: error: there is no command `form`
        form actions
        ^^^^
        help: did you mean `from` or `format`?
        """
      ),
      (
        "from t\n  |> shaer action",
        """
        t:2:6: error: there is no operator `shaer`
          |> shaer action
             ^^^^^
        help: did you mean `share`?
        """
      ),
      (
        "share action bye country",
        """
        t:1:14: error: expected `|>` or the end of the statement, found `bye`
        share action bye country
                     ^^^
        help: did you mean `by`?
        """
      ),
      (
        "share '\u{202E}x\u{1B}' bye country",
        """
        t:1:13: error: expected `|>` or the end of the statement, found `bye`
        share '\u{FFFD}x\u{FFFD}' bye country
                    ^^^
        help: did you mean `by`?
        """
      ),
      (
        "from t |> order by a decs",
        """
        t:1:22: error: expected `|>` or the end of the statement, found `decs`
        from t |> order by a decs
                             ^^^^
        help: did you mean `desc`?
        """
      ),
      (
        "timeline action by moth",
        """
        t:1:20: error: expected `hour`, `day`, `week`, `month`, `quarter`, `halfyear` or `year`, found `moth`
        timeline action by moth
                           ^^^^
        help: did you mean `month`?
        """
      ),
      (
        "from t join b onn x = y",
        """
        t:1:19: error: expected `on` or `using` after the joined table, found `x`
        from t join b onn x = y
                          ^
        help: did you mean `on`?
        """
      ),
    ])
  func misspelt(text: String, rendered: String) {
    #expect(faults(text) == rendered)
  }

  @Test(
    "what belongs elsewhere says where it goes",
    arguments: [
      (
        "select a from t group by a where b;",
        """
        t:1:28: error: `where` cannot stand here
        select a from t group by a where b;
                                   ^^^^^
        help: it goes before `group by`
        """
      ),
      (
        "from t share action",
        """
        t:1:14: error: expected the end of the statement, found `action`
        from t share action
                     ^^^^^^
        help: put `|>` before `share`
        """
      ),
      (
        "from t |> where x > 1 order by y",
        """
        t:1:23: error: expected `|>` or the end of the statement, found `order`
        from t |> where x > 1 order by y
                              ^^^^^
        help: put `|>` before `order`
        """
      ),
      (
        "from t |> group by a",
        """
        t:1:11: error: there is no operator `group`
        from t |> group by a
                  ^^^^^
        help: groups belong to an operator: `|> aggregate count(*) as n group by country`
        """
      ),
      (
        "select 1 from t\ntables\nsettings;",
        """
        t:3:1: error: expected the end of the statement, found `settings`
        settings;
        ^^^^^^^^
        help: SQL ends with `;`: put one after the line before
        """
      ),
      (
        "load a.csv |> where x",
        """
        t:1:12: error: a pipe cannot follow `load`
        load a.csv |> where x
                   ^^
        help: load the table first; or ask the file in place: `from 'file.csv' |> ...`
        """
      ),
    ])
  func misplaced(text: String, rendered: String) {
    #expect(faults(text) == rendered)
  }

  @Test(
    "habits from elsewhere",
    arguments: [
      (
        "from t |> where a == 1",
        """
        t:1:19: error: expected `|>` or the end of the statement, found `==`
        from t |> where a == 1
                          ^^
        help: equality is written `=`
        """
      ),
      (
        "where a => 1",
        """
        t:1:9: error: expected `|>` or the end of the statement, found `=>`
        where a => 1
                ^^
        help: at least is written `>=`
        """
      ),
      (
        "where a = “x”",
        """
        t:1:11: error: the character `“` cannot stand here
        where a = “x”
                  ^
        help: texts stand in straight quotes: 'text'
        """
      ),
      (
        "show tables",
        """
        t:1:1: error: there is no command `show`
        show tables
        ^^^^
        help: did you mean `tables`, `columns t` or `settings`?
        """
      ),
      (
        "\\dt",
        """
        t:1:1: error: there is no command `\\dt`
        \\dt
        ^^^
        help: did you mean `tables`?
        """
      ),
      (
        ".quit",
        """
        t:1:1: error: there is no command `.quit`
        .quit
        ^^^^^
        help: did you mean `quit`?
        """
      ),
      (
        "where a < b < c",
        """
        t:1:13: error: comparisons cannot be chained
        where a < b < c
                    ^
        help: write `a < b and b < c`, or put brackets around one of them
        """
      ),
    ])
  func habits(text: String, rendered: String) {
    #expect(faults(text) == rendered)
  }

  @Test(
    "what is never closed is shown where it opens",
    arguments: [
      (
        "let a = 'x\ny",
        """
        t:1:9: error: this string is never closed
        let a = 'x
                ^
        help: put `'` at its end; inside it a `'` is written twice
        """
      ),
      (
        "from t\n|> where (a +\n (b)",
        """
        t:2:10: error: this bracket is never closed
        |> where (a +
                 ^
        help: put `)` where it should end
        """
      ),
      (
        "from t /* /* */",
        """
        t:1:8: error: this comment is never closed
        from t /* /* */
               ^^
        help: put `*/` at its end; comments nest
        """
      ),
      (
        "from t)",
        """
        t:1:7: error: this `)` closes nothing
        from t)
              ^
        """
      ),
    ])
  func unclosed(text: String, rendered: String) {
    #expect(faults(text) == rendered)
  }

  @Test("the end of a statement is a place too") func atTheEnd() {
    #expect(
      faults("from t |> where")
        == """
        t:1:16: error: expected an expression, found the end of the statement
        from t |> where
                       ^
        """)
  }

  @Test("carets stand under tabs and wide characters") func wide() {
    #expect(
      faults("\twhere\t日本 = '' 日本語")
        == "t:1:16: error: expected `|>` or the end of the statement, found `日本語`\n"
        + "\twhere\t日本 = '' 日本語\n"
        + "\t     \t          ^^^^^^")
  }

  @Test("columns count characters, not bytes") func columns() {
    let source = SourceText(text: "é🇮🇳x\r\nab")
    #expect(source.location(of: 0) == (1, 1))
    #expect(source.location(of: 10) == (1, 3))
    #expect(source.location(of: 14) == (2, 2))
    #expect(source.location(of: 99) == (2, 3))
    #expect(source.location(of: -1) == (1, 1))
    #expect(source.text(source.lineSpan(of: 0)) == "é🇮🇳x")
    #expect(source.lineCount == 2)
  }

  @Test("of a long line only the place is shown") func longLine() {
    let text = "where " + String(repeating: "a + ", count: 100) + "== " + String(repeating: "+ a ", count: 100)
    let lines = faults(text).split(separator: "\n")
    #expect(lines[0] == "t:1:407: error: expected an expression, found `==`")
    #expect(lines[1].count == 166)
    let caret = lines[2].prefix { $0 == " " }.count
    #expect(lines[1].dropFirst(caret).hasPrefix("== + a"))
  }

  @Test("every statement that does not read gives one diagnostic") func recovery() {
    let script = parseScript(SourceText(name: "t", text: "tables\nform t\n12\nsettings\nselect from;\nquit"))
    #expect(script.statements.map(dump) == ["(tables)", "(settings)", "(quit)"])
    #expect(script.diagnostics.map { $0.excerpt?.line } == [2, 3, 5])
  }

  @Test("notes come between the place and the help") func notes() {
    let diagnostic = Diagnostic("m", at: SourceSpan(start: 2, end: 3), notes: ["n"], help: "h")
    #expect(diagnostic.rendered() == "error: m\nnote: n\nhelp: h")
    #expect(
      diagnostic.located(in: SourceText(name: "f", text: "abcd")).rendered()
        == "f:1:3: error: m\nabcd\n  ^\nnote: n\nhelp: h")
  }

  @Test(
    "nearest names",
    arguments: [
      ("form", ["from", "format"]),
      ("acton", ["action"]),
      ("ACTOIN", ["action"]),
      ("xyz", []),
      ("ord", ["order"]),
      ("", []),
    ])
  func nearest(name: String, found: [String]) {
    #expect(nearestNames(to: name, in: ["from", "format", "action", "order", "country"]) == found)
  }

  @Test("a lone name can be told from a query") func bareName() throws {
    let statements = parseScript(SourceText(text: "tabels\nfrom tabels\ntabels |> limit 1\n\"tabels\"")).statements
    #expect(statements.map { $0.bareName?.text } == ["tabels", nil, nil, nil])
    #expect(GrammarCatalog.nearestStatements(to: "tabels") == ["tables"])
  }
}
