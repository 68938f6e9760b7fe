import Testing

@testable import Notebook

@Suite("run") struct RunTests {
  @Test func aScriptRunsInTheSession() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.write("s.nbk", "let few = from actions |> limit 1 |> select n\nlet least = 4\n")
    try notebook.run("run $d/s.nbk")
    #expect(try notebook.run("few") == "n\n3\n")
    #expect(try notebook.run("from actions |> where n = $least |> select n") == "n\n4\n")
  }

  @Test func argumentsAreTheScriptsAlone() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.write("s.nbk", "from actions |> where country = $place and n > $least |> select n\nlet least = 99\n")
    try notebook.run("let place = 'TR'")
    #expect(try notebook.run("run $d/s.nbk with (place = 'IN', least = 1 + 1)") == "n\n3\n10\n")
    #expect(try notebook.run("select $place as p;") == "p\nTR\n")
    try notebook.run("select $least;")
    #expect(notebook.lastError == "test:1:8: error: the parameter `$least` has no value")
  }

  @Test func scriptsRunScripts() throws {
    let notebook = try TestNotebook()
    try notebook.write("a.nbk", "select 1 as a;\nrun $d/b.nbk\nselect 3 as a;\n")
    try notebook.write("b.nbk", "select 2 as a;\n")
    #expect(try notebook.run("run $d/a.nbk") == "a\n1\na\n2\na\n3\n")
  }

  @Test func aScriptThatRunsItselfIsAnError() throws {
    let notebook = try TestNotebook()
    try notebook.write("a.nbk", "select 1 as a;\nrun $d/b.nbk\n")
    try notebook.write("b.nbk", "run $d/./a.nbk\n")
    #expect(try notebook.run("run $d/a.nbk") == "a\n1\n")
    #expect(notebook.outcome == .failed)
    #expect(notebook.errors.count == 1)
    #expect(notebook.lastError == "D/b.nbk:1:1: error: D/./a.nbk runs itself")
  }

  @Test func aMissingScriptIsAnErrorWhereItIsNamed() throws {
    let notebook = try TestNotebook()
    try notebook.run("select 1;\nrun $d/none.nbk")
    #expect(notebook.lastError == "test:2:1: error: D/none.nbk: no such file")
    try notebook.run("run $d")
    #expect(notebook.lastError == "test:1:1: error: D: this is a folder")
  }

  @Test func anErrorInAScriptNamesItsFileAndStopsTheOuterOne() throws {
    let notebook = try TestNotebook()
    try notebook.write("s.nbk", "-- first\nselect 1 as a;\nfrom nothing\nselect 2 as a;\n")
    #expect(try notebook.run("run $d/s.nbk\nselect 3;") == "a\n1\n")
    #expect(notebook.lastError == "D/s.nbk:3:6: error: there is no table `nothing`")
    #expect(notebook.errors.count == 1)
    #expect(notebook.outcome == .failed)
  }

  @Test func aCheckThatFailsInAScriptIsTheOutersToo() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.write("s.nbk", "from actions |> assert count(*) > 6, 'too few'\n")
    try notebook.run("run $d/s.nbk")
    #expect(notebook.outcome == .checkFailed)
    #expect(notebook.lastError == "D/s.nbk:1:24: error: check failed: too few")
  }

  @Test func aViewOfAScriptNamesTheScriptInItsErrors() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.write("s.nbk", "\nlet v = from actions |> where n > 1\n")
    try notebook.run("run $d/s.nbk\nlet actions := from actions |> rename n as m")
    try notebook.run("from v")
    #expect(notebook.lastError == "D/s.nbk:2:31: error: there is no column `n`")
  }

  @Test func keepGoingGoesOnAndRemembersTheWorst() throws {
    let notebook = try TestNotebook.withActions()
    let text = "from nothing\nfrom actions |> assert false\nselect 1 as a;\nfrom nothing"
    #expect(try notebook.run(text, keepsGoing: true) == "a\n1\n")
    #expect(notebook.outcome == .checkFailed)
    #expect(notebook.errors.count == 3)
  }

  @Test func quitEndsTheText() throws {
    let notebook = try TestNotebook()
    #expect(try notebook.run("select 1 as a;\nquit\nselect 2 as a;") == "a\n1\n")
    #expect(notebook.session.wantsToQuit)
    #expect(notebook.outcome == .succeeded)
  }

  @Test func quitInAScriptEndsTheOuterTextToo() throws {
    let notebook = try TestNotebook()
    try notebook.write("s.nbk", "exit\nselect 1;\n")
    #expect(try notebook.run("run $d/s.nbk\nselect 2;") == "")
    #expect(notebook.outcome == .succeeded)
  }
}
