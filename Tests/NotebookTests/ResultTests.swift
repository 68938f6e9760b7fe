import Formats
import Testing

@testable import Notebook

@Suite("Results that were before: _, _2, last, save session") struct ResultTests {
  @Test func theLastResultsHaveNames() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from actions |> where n > 2 |> select n\nfrom actions |> limit 1")
    #expect(try notebook.run("_") == "country,action,n\nIN,withheld,3\n")
    // The line before was a result too.
    #expect(try notebook.run("from _3 |> order by n") == "n\n3\n4\n10\n")
    #expect(try notebook.run("|> limit 1") == "n\n3\n")
    #expect(try notebook.run("let kept := _\nselect 1;\nkept") == "value\n1\nn\n3\n")
  }

  @Test func resultsThatAreNotThereAreNoTables() throws {
    let notebook = try TestNotebook.withActions()
    for name in ["_", "_2"] {
      try notebook.run("from \(name)")
      #expect(notebook.lastError == "test:1:6: error: there is no table `\(name)`")
    }
    try notebook.run("select 1 as a;")
    #expect(try notebook.run("from _1") == "a\n1\n")
    for name in ["_0", "_-1", "_99999999999999999999", "_9"] {
      try notebook.run("from \"\(name)\"")
      #expect(notebook.lastError == "test:1:6: error: there is no table `\(name)`")
    }
  }

  @Test func onlyTheLastFiveAreKept() throws {
    let notebook = try TestNotebook()
    try notebook.run((1...7).map { "select \($0) as a;" }.joined(separator: "\n"))
    #expect(try notebook.run("from _5") == "a\n3\n")
    try notebook.run("from _6")
    #expect(notebook.outcome == .failed)
  }

  @Test func lastShowsTheLastResultWhole() throws {
    let notebook = try TestNotebook()
    try notebook.run("last")
    #expect(notebook.lastError == "test:1:1: error: there is no result yet")
    try notebook.run("select 1 as a;")
    #expect(try notebook.run("last") == "a\n1\n")
  }

  @Test func lastGoesThroughThePagerOfATerminalWithAllRows() throws {
    final class Pages: ByteSink {
      func write(_ bytes: Span<UInt8>) {
        for index in bytes.indices { pending.append(bytes[index]) }
      }
      var pending: [UInt8] = []
      var texts: [String] = []
      var kinds: [String] = []
    }
    let pages = Pages()
    let notebook = try TestNotebook {
      $0.outputIsTerminal = true
      $0.page = { page in
        pages.pending = []
        try page.write(pages, nil)
        pages.texts.append(String(decoding: pages.pending, as: UTF8.self))
        pages.kinds.append("\(page.command ?? "-") \(page.headerLineCount)")
      }
    }
    try notebook.write("t.csv", "i\n" + (0..<100).map { "\($0)\n" }.joined())
    let shown = try notebook.run("load $d/t.csv\nset rows 5\nfrom t")
    #expect(!shown.contains("│      50 │"))
    #expect(try notebook.run("last") == "")
    #expect(pages.texts.count == 1)
    #expect((0..<100).allSatisfy { pages.texts[0].contains(" \($0) ") })
    // `_` by itself is the same; in a query it is a table.
    #expect(try notebook.run("_\nset pager 'less -R'\n_\nformat csv\n_") == "")
    #expect(pages.texts[1] == pages.texts[0])
    #expect(pages.kinds == ["- 4", "- 4", "less -R 4", "less -R 1"])
    try notebook.run("format auto\nset pager off")
    #expect(try notebook.run("_") == pages.texts[0])
    #expect(try notebook.run("from _ |> limit 1 |> format csv") == "i\n0\n")
    #expect(pages.texts.count == 4)
  }

  @Test func fewRowsOfManyColumnsAreRecordsOnATerminal() throws {
    let notebook = try TestNotebook { $0.outputIsTerminal = true }
    let columns = (10..<40).map { "column\($0)" }
    try notebook.write(
      "t.csv",
      columns.joined(separator: ",") + "\n"
        + String(repeating: (10..<40).map { "value\($0)" }.joined(separator: ",") + "\n", count: 2))
    try notebook.run("load $d/t.csv")
    let one = try notebook.run("from t |> limit 1").split(separator: "\n")
    #expect(one[0].hasPrefix("─ 1 ──") && one[1] == "column10 = value10" && one[30] == "column39 = value39")
    #expect(one[31...].joined(separator: " ").hasSuffix("a box has room for 6 of them: format box"))
    // Two rows would take 62 lines of a window that has 24.
    #expect(try notebook.run("from t").contains("│ column10 │"))
    #expect(try notebook.run("from t |> format line").contains("─ 2 ──"))
    #expect(try notebook.run("set width 400\nfrom t |> limit 1").contains("│ column20 │"))
    #expect(try notebook.run("set width 0\nformat box\nfrom t |> limit 1").contains("30 columns (6 shown)"))
  }

  @Test func formatInAPipeIsForThatResultAlone() throws {
    let notebook = try TestNotebook.withActions()
    #expect(try notebook.run("from actions |> where n = 3 |> select n |> format json") == "[\n{\"n\":3}\n]\n")
    #expect(try notebook.run("from actions |> where n = 3 |> select n") == "n\n3\n")
    try notebook.run("from actions |> format jsom")
    #expect(notebook.lastError.hasPrefix("test:1:24: error: there is no format `jsom`"))
    try notebook.run("let v = from actions |> format json")
    #expect(notebook.lastError.hasSuffix("`save`, `shell`, `assert`, `check` and `format` cannot stand in a view"))
  }

  @Test func rowsForProgramsAreEscapedOnATerminalAndNowhereElse() throws {
    let raw = "a\u{1B}[2Jb\u{202E}\tc"
    let query = "select 'a' || chr(27) || '[2Jb' || chr(8238) || chr(9) || 'c' as x |> format csv;"
    #expect(try TestNotebook().run(query) == "x\n\(raw)\n")
    #expect(try TestNotebook { $0.outputIsTerminal = true }.run(query) == "x\na\\e[2Jb\\u{202e}\tc\n")
  }

  @Test func sharesHaveBarsOnATerminalAndNowhereElse() throws {
    let terminal = try TestNotebook.withActions { $0.outputIsTerminal = true }
    #expect(try terminal.run("from actions |> share action").contains(" double 0 "))
    #expect(!(try terminal.run("set bars off\nfrom actions |> share action").contains(" double 0 ")))
    #expect(!(try terminal.run("set bars on\nfrom actions |> share action |> save '$d/s.txt'").contains(" double 0 ")))
    #expect(terminal.read("s.txt")?.contains(" double 0 ") == false)
    #expect(!(try TestNotebook.withActions().run("format box\nfrom actions |> share action").contains(" double 0 ")))
  }

  @Test func aSavedSessionHasEveryStatementThatWentWellWithWhatItPrinted() throws {
    let notebook = try TestNotebook.withActions { $0.isInteractive = true }
    try notebook.run("let least = 4")
    try notebook.run("from actions |> where n >= $least |> select n")
    try notebook.run("from nothing")
    try notebook.run("help share")
    try notebook.run("select 1 as a;")
    try notebook.run("print 'The end'")
    try notebook.run("save session '$d/s.md'")
    #expect(notebook.errors.count == 1)
    #expect(
      notebook.read("s.md") == """
        ```
        load $d/actions.csv
        let least = 4
        from actions |> where n >= $least |> select n
        ```

        |   n |
        | --: |
        |  10 |
        |   4 |

        ```
        select 1 as a;
        ```

        |   a |
        | --: |
        |   1 |

        ```
        print 'The end'
        ```

        The end

        """)
    #expect(notebook.notes.contains("saved 5 statements to D/s.md"))
  }

  @Test func whatAScriptPrintsStandsUnderItsRun() throws {
    let notebook = try TestNotebook()
    try notebook.write("s.nbk", "select 1 as a;\nselect 2 as b;\n")
    try notebook.run("run $d/s.nbk\nsave session $d/s.md")
    #expect(
      notebook.read("s.md") == """
        ```
        run $d/s.nbk
        ```

        |   a |
        | --: |
        |   1 |

        |   b |
        | --: |
        |   2 |

        """)
  }

  @Test func ofALongResultASavedSessionHasTheFirstRowsAndSaysSo() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "i\n" + (0..<250).map { "\($0)\n" }.joined())
    try notebook.run("load $d/t.csv\nfrom t\nsave session $d/s.md")
    let text = try #require(notebook.read("s.md"))
    #expect(text.contains("|  99 |"))
    #expect(!text.contains("| 100 |"))
    #expect(text.hasSuffix("\n250 rows, of which the first 100 are shown.\n"))
  }
}
