import Testing

@testable import Notebook

@Suite("save, shell and assert in pipes") struct EffectTests {
  @Test func saveAtTheEndShowsNothing() throws {
    let notebook = try TestNotebook.withActions()
    #expect(try notebook.run("from actions |> where n > 3 |> select n |> save '$d/o.csv'") == "")
    #expect(notebook.read("o.csv") == "n\n10\n4\n")
    #expect(notebook.notes == ["saved 2 rows to D/o.csv"])
    // Its rows are the last result.
    #expect(try notebook.run("_") == "n\n10\n4\n")
  }

  @Test func saveAloneMeansTheLastResult() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("save '$d/none.csv'")
    #expect(notebook.errors.count == 1)
    try notebook.run("from actions |> where n > 3 |> select n")
    #expect(try notebook.run("save '$d/last.csv'") == "")
    #expect(notebook.read("last.csv") == "n\n10\n4\n")
  }

  @Test func whatFollowsSaveWorksOnTheSameRows() throws {
    let notebook = try TestNotebook.withActions()
    let text = "from actions |> select n |> save '$d/1.csv' |> where n > 3 |> save '$d/2.json' |> limit 1"
    #expect(try notebook.run(text) == "n\n10\n")
    // A lone empty field would be an empty line, so NULL is written out there.
    #expect(notebook.read("1.csv") == "n\n3\n2\nNA\n10\n1\n4\n")
    #expect(notebook.read("2.json")?.filter { !$0.isWhitespace } == #"[{"n":10},{"n":4}]"#)
  }

  @Test(arguments: [
    ("csv", "n\n3\n"), ("tsv", "n\n3\n"), ("ndjson", "{\"n\":3}\n"), ("json", "[{\"n\":3}]\n"),
    ("md", "|n|\n|--:|\n|3|\n"),
  ])
  func theEndingOfTheNameIsTheFormat(_ ending: String, _ expected: String) throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from actions |> limit 1 |> select n |> save '$d/o.\(ending)'")
    let text = try #require(notebook.read("o.\(ending)"))
    #expect(text.filter { !$0.isWhitespace } == expected.filter { !$0.isWhitespace })
  }

  @Test func anOptionGivesTheFormatOfAnyName() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from actions |> limit 1 |> select n |> save '$d/o' (format ndjson)")
    #expect(notebook.read("o") == "{\"n\":3}\n")
    try notebook.run("from actions |> save '$d/p'")
    #expect(notebook.lastError == "test:1:22: error: the name 'D/p' does not say in what format")
    try notebook.run("from actions |> save '$d/p.csv' (compression best)")
    #expect(notebook.lastError == "test:1:34: error: `save` does not take this option")
    try notebook.run("from actions |> save '$d/p.csv' (format wrd)")
    #expect(notebook.outcome == .failed)
    try notebook.run("from actions |> save '$d/no/p.csv'")
    #expect(notebook.lastError == "test:1:22: error: cannot write 'D/no/p.csv': there is no folder 'D/no'")
    #expect(notebook.names == ["actions.csv", "o"])
  }

  @Test func aFileMayReplaceTheOneThatItsRowsComeFrom() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from '$d/actions.csv' |> where n = 10 |> select n |> save '$d/actions.csv'")
    #expect(notebook.read("actions.csv") == "n\n10\n")
    #expect(notebook.errors == [])
  }

  @Test func shellGetsTheRowsAsCSVOrInTheFormatChosen() throws {
    let notebook = try TestNotebook.withActions()
    #expect(try notebook.run("from actions |> limit 1 |> shell 'cat > \(notebook.folder)/o'") == "")
    #expect(notebook.read("o") == "country,action,n\nIN,withheld,3\n")
    try notebook.run("format ndjson\nfrom actions |> limit 1 |> select n |> shell 'cat > \(notebook.folder)/o'")
    #expect(notebook.read("o") == "{\"n\":3}\n")
  }

  @Test func aCommandThatFailsOrReadsNothingIsNoError() throws {
    let notebook = try TestNotebook.withActions()
    #expect(try notebook.run("from actions |> shell 'exit 3' |> select n |> limit 1") == "n\n3\n")
    #expect(notebook.warnings == ["the command ended with status 3"])
    #expect(notebook.outcome == .succeeded)
    try notebook.write("t.csv", "i\n" + (0..<200_000).map { "\($0)\n" }.joined())
    try notebook.run("from '$d/t.csv' |> shell 'true'")
    #expect(notebook.outcome == .succeeded)
    #expect(notebook.warnings.count == 1)
  }

  @Test func assertLetsThroughWhatHolds() throws {
    let notebook = try TestNotebook.withActions()
    #expect(try notebook.run("from actions |> assert count(*) = 6 and max(n) = 10") == "")
    #expect(try notebook.run("from actions |> assert sum(n) = 20 |> where n = 10 |> select n") == "n\n10\n")
    #expect(notebook.outcome == .succeeded)
  }

  @Test func assertStopsWithItsMessage() throws {
    let notebook = try TestNotebook.withActions()
    let script =
      "from actions |> where n > 100 |> assert count(*) > 0, 'no ' || 'actions' |> save '$d/x.csv'\nselect 1;"
    #expect(try notebook.run(script) == "")
    #expect(notebook.outcome == .checkFailed)
    #expect(notebook.lastError == "test:1:41: error: check failed: no actions")
    #expect(notebook.read("x.csv") == nil)
    try notebook.run("from actions |> assert min(n) > 1")
    #expect(notebook.lastError == "test:1:24: error: check failed: min(n) > 1")
  }

  @Test func aCheckOfTheUnknownFailsAndSaysWhy() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from actions |> where n > 100 |> assert sum(n) > 0")
    #expect(notebook.outcome == .checkFailed)
    #expect(notebook.errors[0].contains("note: the condition is unknown, not false: something in it is NULL"))
    try notebook.run("from actions |> assert sum(n)")
    #expect(notebook.outcome == .failed)
    #expect(notebook.lastError == "test:1:24: error: `assert` needs a condition, and this is integer")
  }

  @Test func anEffectInsideAQueryHasNoPlace() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let x := from actions |> save '$d/x.csv'")
    #expect(
      notebook.lastError
        == "test:1:26: error: `plot`, `save`, `shell`, `assert`, `check` and `format` cannot stand here")
    try notebook.run("from (from actions |> save '$d/x.csv')")
    #expect(notebook.outcome == .failed)
    try notebook.run("explain from actions |> assert count(*) > 0")
    #expect(notebook.outcome == .failed)
    #expect(notebook.read("x.csv") == nil)
  }
}
