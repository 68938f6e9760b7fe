import Testing

@testable import Notebook

@Suite("Errors of statements") struct ErrorTests {
  @Test func placeCaretAndHelp() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("-- remark\nfrom actions |> shre action")
    #expect(
      notebook.errors == [
        """
        test:2:17: error: there is no operator `shre`
        from actions |> shre action
                        ^^^^
        help: did you mean `share`?
        """
      ])
    try notebook.run("from actions |> share acton")
    #expect(
      notebook.errors[1] == """
        test:1:23: error: there is no column `acton`
        from actions |> share acton
                              ^^^^^
        help: did you mean `action`?
        """)
  }

  @Test func anUnknownTableThatLooksLikeACommand() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("tabels")
    #expect(
      notebook.errors[0]
        == "test:1:1: error: `tabels` is neither a table nor a command\ntabels\n^^^^^^\nhelp: did you mean `tables`?")
    try notebook.run("acions")
    #expect(
      notebook.errors[1] == "test:1:1: error: there is no table `acions`\nacions\n^^^^^^\nhelp: did you mean `actions`?"
    )
    try notebook.run("\"tabels\"")
    #expect(notebook.lastError == "test:1:1: error: there is no table `tabels`")
  }

  @Test func theFirstErrorStopsTheText() throws {
    let notebook = try TestNotebook()
    #expect(try notebook.run("select 1 as a;\nselect b;\nselect 2 as a;") == "a\n1\n")
    #expect(notebook.outcome == .failed)
    #expect(notebook.errors.count == 1)
  }

  @Test func whatDoesNotReadIsNotedWhenItsTurnComes() throws {
    let notebook = try TestNotebook()
    #expect(try notebook.run("select 1 as a;\nfrom from\n") == "a\n1\n")
    #expect(notebook.lastError.hasPrefix("test:2:6: error: "))
  }

  @Test func mistakesOfRunningHaveAPlaceToo() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from actions |> select n * 9223372036854775807 as m")
    #expect(notebook.lastError.hasPrefix("test:1:24: error: "))
    #expect(notebook.lastError.contains("does not fit a 64-bit integer"))
    try notebook.run("from actions |> select cast(action as integer) as m")
    #expect(notebook.lastError.contains("is not an integer"))
  }

  @Test func aMistakeInAViewIsShownWhereTheViewIsUsed() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let v = from actions |> select n * 9223372036854775807 as m")
    try notebook.run("from v")
    #expect(notebook.lastError.hasPrefix("test:1:6: error: "))
  }

  @Test func theSessionGoesOnAfterAnError() throws {
    let notebook = try TestNotebook.withActions()
    for text in [
      "from", "|>", "select", "let x =", "load", "'", "\"", "/*", "(", "from actions |> where", "set", "run",
    ] {
      try notebook.run(text)
      #expect(notebook.outcome == .failed, "\(text)")
    }
    #expect(try notebook.run("from actions |> where n = 10 |> select n") == "n\n10\n")
  }

  @Test func deepNestingIsAnErrorAndNoCrash() throws {
    let notebook = try TestNotebook()
    for text in [
      "select " + String(repeating: "(", count: 100_000),
      "select " + String(repeating: "not ", count: 100_000) + "true;",
      "select " + String(repeating: "1 + ", count: 100_000) + "1 as n;",
      "select " + String(repeating: "case when ", count: 50_000),
      String(repeating: "from (", count: 50_000), String(repeating: "explain ", count: 50_000) + "select 1",
    ] {
      try notebook.run(text)
    }
    #expect(try notebook.run("select 1 as a;") == "a\n1\n")
  }

  @Test func manyViewsOnTopOfEachOther() throws {
    let notebook = try TestNotebook.withActions()
    var text = "let v0 = from actions |> select n\n"
    for index in 1..<200 { text += "let v\(index) = from v\(index - 1) |> where n > 0\n" }
    try notebook.run(text)
    try notebook.run("from v199 |> aggregate count(*) as rows")
    #expect(notebook.outcome == .succeeded || notebook.errors.count == 1)
  }
}
