import Testing

@testable import Notebook

@Suite("let") struct LetTests {
  @Test func aViewFollowsItsTable() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let big = from actions |> where n >= 4 |> select country, n")
    #expect(try notebook.run("big") == "country,n\nIN,10\n,4\n")
    try notebook.write("actions.csv", "country,n\nFR,7\nFR,1\n")
    try notebook.run("load $d/actions.csv")
    #expect(try notebook.run("from big") == "country,n\nFR,7\n")
  }

  @Test func storedRowsStay() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let kept := from actions |> where n >= 4 |> select n")
    try notebook.run("drop actions")
    #expect(try notebook.run("kept") == "n\n10\n4\n")
  }

  @Test func aBareNameIsATableWhereThereIsOne() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let copy = actions\nlet stored := actions")
    #expect(try notebook.run("from copy |> aggregate count(*) as n") == "n\n6\n")
    #expect(try notebook.run("from stored |> aggregate count(*) as n") == "n\n6\n")
    #expect(try notebook.run("tables").contains("copy,view"))
  }

  @Test func valuesAreParameters() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let least = 2 + 2\nlet since = date '2021-01-31'\nlet Place = 'IN'")
    #expect(try notebook.run("from actions |> where n >= $least |> select n") == "n\n10\n4\n")
    #expect(try notebook.run("select $since + 1 as d;") == "d\n2021-02-01\n")
    #expect(try notebook.run("from actions |> where country = $place |> aggregate count(*) as n") == "n\n3\n")
    try notebook.run("let least = $least * 2\nprint $least")
    #expect(notebook.notes == ["8"])
  }

  @Test func aParameterStandsInPaths() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let year = 2021\nfrom actions |> limit 1 |> save '$d/out-${year}-x.csv'")
    #expect(notebook.read("out-2021-x.csv") == "country,action,n\nIN,withheld,3\n")
    #expect(try notebook.run("from '$d/out-${year}-x.csv'") == "country,action,n\nIN,withheld,3\n")
    try notebook.run("from '$d/out-${yeer}-x.csv'")
    #expect(notebook.errors[0].hasSuffix("help: did you mean `year`?"))
  }

  @Test func aViewOfADroppedTableSaysSoWhereItIsUsed() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let v = from actions |> limit 1\ndrop actions")
    try notebook.run("from v")
    #expect(notebook.lastError == "test:1:14: error: there is no table `actions`")
    #expect(notebook.errors[0].split(separator: "\n")[1] == "let v = from actions |> limit 1")
    try notebook.write("actions.csv", "q\n1\n")
    try notebook.run("load $d/actions.csv")
    #expect(try notebook.run("from v") == "q\n1\n")
  }

  @Test func aViewCannotBeMadeOfItself() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let v = from v")
    #expect(notebook.lastError == "test:1:14: error: there is no table `v`")
    try notebook.run("let a = from actions |> limit 1\nlet b = from a")
    try notebook.run("let a = from b")
    #expect(notebook.lastError.hasSuffix("error: `a` is made of itself"))
    // What the names stood for is still there.
    #expect(try notebook.run("from b") == "country,action,n\nIN,withheld,3\n")
    try notebook.run("use a\nlet a = from a |> where n > 1")
    #expect(try notebook.run("from a") == "country,action,n\nIN,withheld,3\n")
    #expect(notebook.session.tableInUse == "a")
  }

  @Test func storedRowsMayComeFromTheTableThatTheyReplace() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let actions := from actions |> where n = 10")
    #expect(try notebook.run("actions") == "country,action,n\nIN,withheld,10\n")
  }

  @Test func whatIsWrongWithAViewIsSaidWhereItIsWritten() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let v = from actions |> where m > 1")
    #expect(notebook.lastError == "test:1:31: error: there is no column `m`")
    try notebook.run("let v = from actions |> save '$d/x.csv'")
    #expect(
      notebook.lastError
        == "test:1:25: error: `plot`, `save`, `shell`, `assert`, `check` and `format` cannot stand in a view")
    #expect(notebook.session.entryNames == ["actions"])
    #expect(notebook.read("x.csv") == nil)
  }
}
