import Testing

@testable import Notebook

@Suite("load") struct LoadTests {
  @Test func aFileGivesATableOfItsName() throws {
    let notebook = try TestNotebook()
    try notebook.write("my-actions.2021.csv", "a,b\n1,x\n2,y\n")
    #expect(try notebook.run("load $d/my-actions.2021.csv") == "")
    #expect(try notebook.run("my_actions") == "a,b\n1,x\n2,y\n")
    #expect(notebook.errors.isEmpty)
    let note = try #require(notebook.notes.first)
    #expect(note.hasPrefix("my_actions: 2 rows, 2 columns, 12 bytes in 1 file, "))
  }

  @Test func aNameThatBeginsWithADigitIsMadeAName() throws {
    let notebook = try TestNotebook()
    try notebook.write("2021.csv", "a\n1\n")
    try notebook.run("load $d/2021.csv")
    #expect(try notebook.run("from t2021") == "a\n1\n")
  }

  @Test func asGivesTheName() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("load $d/actions.csv as Claims")
    #expect(try notebook.run("from claims |> aggregate count(*) as n") == "n\n6\n")
    #expect(notebook.notes[0].hasPrefix("Claims: 6 rows"))
  }

  @Test func optionsOverrideWhatWouldBeFoundOut() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "007;-\n8;x,y\n")
    try notebook.run("load $d/t.csv (delimiter ';', header off, types (column_1 text), null ('-'))")
    #expect(notebook.errors == [])
    #expect(try notebook.run("t") == "column_1,column_2\n007,\n8,\"x,y\"\n")
  }

  @Test func optionsTakeParameters() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "a;b\n1;2\n")
    try notebook.run("let sep = ';'\nload $d/t.csv (delimiter $sep)")
    #expect(try notebook.run("t") == "a,b\n1,2\n")
  }

  @Test func anUnknownOptionIsNamed() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("load $d/actions.csv (delimitor ';')")
    #expect(notebook.lastError.hasSuffix("error: there is no load option 'delimitor'"))
    #expect(notebook.errors[0].hasSuffix("help: did you mean delimiter?"))
  }

  @Test func aFolderAndAPatternAreOneTable() throws {
    let notebook = try TestNotebook()
    try notebook.write("in/a.csv", "x\n1\n")
    try notebook.write("in/b.csv", "x,y\n2,z\n")
    try notebook.run("load $d/in/ as folder\nload '$d/in/*.csv' as pattern\nload $d/in/a.csv $d/in/b.csv as listed")
    for name in ["folder", "pattern", "listed"] {
      #expect(try notebook.run("from \(name)") == "x,y\n1,\n2,z\n")
    }
  }

  @Test func aDataPackageGivesAllItsTables() throws {
    let notebook = try TestNotebook()
    try notebook.write("p/one.csv", "id,when\n01,2021-02-03\n")
    try notebook.write("p/two.csv", "n\n5\n")
    try notebook.write(
      "p/datapackage.json",
      """
      {"resources": [
        {"name": "orders", "path": "one.csv", "description": "Orders to block", "schema": {"fields": [
          {"name": "id", "type": "string", "description": "number of the order"}, {"name": "when", "type": "date"}]}},
        {"name": "counts", "path": "two.csv"}]}
      """)
    try notebook.run("load $d/p")
    #expect(
      try notebook.run("tables") == """
        name,kind,rows,columns,bytes,note
        counts,table,1,1,1,
        orders,table,1,2,21,Orders to block

        """)
    #expect(try notebook.run("orders") == "id,when\n01,2021-02-03\n")
    #expect(try notebook.run("columns orders").contains(",number of the order\nwhen,date,0,,4,"))
  }

  @Test func aDataPackageTakesNeitherOptionsNorOneNameForAll() throws {
    let notebook = try TestNotebook()
    try notebook.write("p/a.csv", "n\n5\n")
    let resources = #"{"name": "a", "path": "a.csv"}, {"name": "b", "path": "a.csv"}"#
    try notebook.write("p/datapackage.json", "{\"resources\": [\(resources)]}")
    try notebook.run("load $d/p (header off)")
    #expect(notebook.lastError == "test:1:12: error: a data package says itself how its files are written")
    try notebook.run("load $d/p as x")
    #expect(notebook.lastError == "test:1:14: error: the package has 2 tables, which cannot all be `x`")
    #expect(notebook.session.entryNames == [])
  }

  @Test func rejectsAndRemarksComeAndGoWithTheirTable() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "n,m\n1,1*\n2,2\nno,3\n")
    try notebook.run("load $d/t.csv (types (n integer))")
    #expect(notebook.session.entryNames == ["t", "t!rejects", "t!remarks"])
    #expect(try notebook.run("from t!rejects |> select line, column, text") == "line,column,text\n4,n,no\n")
    #expect(try notebook.run("from t!remarks |> select line, column, text") == "line,column,text\n2,m,1*\n")
    let note = notebook.notes[0]
    #expect(note.contains("\n  1 rejected value: from t!rejects\n"))
    #expect(note.contains("\n  the remarks: from t!remarks"))

    try notebook.write("t.csv", "n\n1\n")
    try notebook.run("load $d/t.csv")
    #expect(notebook.session.entryNames == ["t"])
    #expect(notebook.notes[1].hasPrefix("t (replaced): 1 row"))

    try notebook.write("t.csv", "n\nno\n")
    try notebook.run("load $d/t.csv (types (n integer))\ndrop t")
    #expect(notebook.session.entryNames == [])
  }

  @Test func whatIsNotThereIsAnErrorAtItsPath() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("load $d/action.csv")
    #expect(notebook.outcome == .failed)
    #expect(notebook.lastError == "test:1:6: error: D/action.csv: no such file")
    #expect(notebook.errors[0].hasSuffix("help: did you mean D/actions.csv?"))
    try notebook.run("load $d/x*.csv")
    #expect(notebook.outcome == .failed)
    try notebook.run("load $nowhere/x.csv")
    #expect(notebook.lastError == "test:1:6: error: the parameter `$nowhere` has no value")
    #expect(try notebook.run("from actions |> aggregate count(*) as n") == "n\n6\n")
  }

  @Test func aFailedLoadLeavesTheTableThatWasThere() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.write("actions.csv", "")
    try notebook.run("load $d/actions.csv")
    #expect(notebook.lastError == "test:1:6: error: D/actions.csv is empty")
    #expect(try notebook.run("from actions |> aggregate count(*) as n") == "n\n6\n")
  }
}
