import Testing

@testable import Notebook

@Suite("Ctrl-C") struct InterruptionTests {
  private func large() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "i\n" + (0..<3000).map { "\($0)\n" }.joined())
    try notebook.run("load $d/t.csv")
    return notebook
  }

  @Test func aQueryStopsAndTheSessionGoesOn() throws {
    let notebook = try large()
    notebook.interruption.request(afterLooks: 3)
    let endless =
      "from t as a |> cross join t as b |> cross join t as c |> where a.i + b.i + c.i = 7 |> aggregate count(*)"
    #expect(try notebook.run("\(endless)\nselect 1;", keepsGoing: true) == "")
    #expect(notebook.outcome == .interrupted)
    #expect(notebook.warnings == ["interrupted"])
    #expect(notebook.errors == [])
    notebook.interruption.clear()
    #expect(try notebook.run("from t |> aggregate sum(i) as total") == "total\n4498500\n")
    #expect(notebook.outcome == .succeeded)
  }

  @Test(arguments: [
    "load $d/t.csv as again", "from '$d/t.csv'", "describe t", "let x := from t |> order by i desc", "select 1;",
    "from t",
    "from t |> save '$d/o.csv'", "from t |> shell 'cat'", "from t |> assert sum(i) > 0", "print 1 + 1",
    "explain analyze from t", "run $d/s.nbk",
  ])
  func everyStatementStops(_ statement: String) throws {
    let notebook = try large()
    try notebook.write("s.nbk", "select 1;\n")
    notebook.interruption.request()
    #expect(try notebook.run(statement) == "")
    #expect(notebook.outcome == .interrupted)
    #expect(notebook.read("o.csv") == nil)
    #expect(notebook.session.entryNames == ["t"])
    notebook.interruption.clear()
    try notebook.run(statement)
    #expect(notebook.outcome == .succeeded)
  }

  @Test func writingStopsToo() throws {
    let notebook = try large()
    try notebook.write("w.csv", "a,b\n" + (0..<60_000).map { "\($0),this is row \($0)\n" }.joined())
    try notebook.run("load $d/w.csv")
    for looks in 1..<40 {
      notebook.interruption.request(afterLooks: looks)
      try notebook.run("from w |> save '$d/o.csv'")
      notebook.interruption.clear()
      if notebook.outcome == .succeeded { break }
      #expect(notebook.outcome == .interrupted)
      #expect(notebook.names == ["t.csv", "w.csv"])
    }
    #expect(try notebook.run("from w |> aggregate count(*) as n") == "n\n60000\n")
  }
}
