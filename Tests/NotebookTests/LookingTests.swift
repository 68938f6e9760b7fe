import Testing

@testable import Notebook

@Suite("tables, columns, describe, sample, drop, use") struct LookingTests {
  @Test func tablesListsTablesAndViewsByName() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let few = from actions |> limit 2\nlet Alone := from actions |> limit 1")
    let lines = try notebook.run("tables").split(separator: "\n")
    #expect(lines[0] == "name,kind,rows,columns,bytes,note")
    #expect(lines[1].hasPrefix("actions,table,6,3,"))
    #expect(lines[2].hasPrefix("Alone,table,1,3,"))
    #expect(lines[3...] == ["few,view,,,,"])
  }

  @Test func tablesOfAnEmptySessionIsAnEmptyTable() throws {
    let notebook = try TestNotebook()
    #expect(try notebook.run("tables") == "name,kind,rows,columns,bytes,note\n")
  }

  @Test func columnsGivesTypesNullsAndDictionaries() throws {
    let notebook = try TestNotebook.withActions()
    let lines = try notebook.run("columns actions").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines[0].joined(separator: " ") == "column type nulls dictionary bytes note")
    #expect(lines[1][...3] == ["country", "text", "1", "2"])
    #expect(lines[2][...3] == ["action", "text", "0", "3"])
    #expect(lines[3][...3] == ["n", "integer", "1", ""])
  }

  @Test func columnsOfAViewAreThoseOfItsQuery() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let totals = from actions |> aggregate sum(n) as total group by country")
    let lines = try notebook.run("columns totals").split(separator: "\n")
    #expect(lines[1].hasPrefix("country,text,1,"))
    #expect(lines[2].hasPrefix("total,integer,0,"))
  }

  /// Worked out by hand; the deviation of 1, 2, 3, 4, 10 is that of the sample: sqrt(50 / 4).
  @Test func describeSummarisesEveryColumn() throws {
    let notebook = try TestNotebook.withActions()
    #expect(
      try notebook.run("describe actions") == """
        column,type,min,max,distinct,mean,stddev,q25,median,q75,values,nulls
        country,text,IN,TR,2,,,,,,5,1
        action,text,none,withheld,3,,,,,,6,0
        n,integer,1,10,5,4,3.5355339059327378,2,3,4,5,1

        """)
  }

  @Test func describeKnowsDatesAndMomentsAndColumnsOfNothing() throws {
    let notebook = try TestNotebook()
    try notebook.write(
      "t.csv",
      """
      d,t,b,e
      2021-01-01,2021-01-01T00:00:00Z,true,
      2021-01-03,2021-01-01T02:00:00Z,false,
      2021-01-04,2021-01-01T04:00:00Z,true,

      """)
    try notebook.run("load $d/t.csv (types (d date, t timestamp, b boolean, e text))")
    #expect(try notebook.run("describe t |> select *") == "")
    #expect(notebook.outcome == .failed)
    let lines = try notebook.run("describe t").split(separator: "\n")
    #expect(lines[1] == "d,date,2021-01-01,2021-01-04,3,,,2021-01-01,2021-01-03,2021-01-04,3,0")
    #expect(lines[3] == "b,boolean,false,true,2,,,,,,3,0")
    #expect(lines[4] == "e,text,,,0,,,,,,0,3")
    #expect(lines[2].hasPrefix("t,timestamp,"))
    #expect(lines[2].contains(",3,,,"))
  }

  @Test func describeOfATableWithoutRowsCountsNothing() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let none := from actions |> where n > 100")
    #expect(try notebook.run("summarize none").split(separator: "\n")[3] == "n,integer,,,0,,,,,,0,0")
  }

  @Test func sampleGivesDifferentRowsInTheirOrderAndTheSameEachTime() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "i\n" + (0..<1000).map { "\($0)\n" }.joined())
    try notebook.run("load $d/t.csv")
    let first = try notebook.run("sample t 20").split(separator: "\n").dropFirst().compactMap { Int($0) }
    #expect(first.count == 20)
    #expect(first == Array(Set(first)).sorted())
    #expect(try notebook.run("sample t 20").split(separator: "\n").dropFirst().compactMap { Int($0) } == first)
    #expect(try notebook.run("sample t").split(separator: "\n").count == 11)
    #expect(try notebook.run("sample t 0") == "i\n")
    #expect(try notebook.run("sample t 5000").split(separator: "\n").count == 1001)
  }

  @Test func aSampleIsAResult() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("sample actions 3")
    #expect(try notebook.run("_ |> aggregate count(*) as n") == "n\n3\n")
  }

  @Test func dropForgetsTablesAllOrNone() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let v = from actions\ndrop v, nothing")
    #expect(notebook.lastError == "test:2:9: error: there is no table `nothing`")
    #expect(notebook.session.entryNames == ["actions", "v"])
    try notebook.run("drop if exists nothing, v\ndrop table Actions")
    #expect(notebook.session.entryNames == [])
    #expect(notebook.outcome == .succeeded)
  }

  @Test func dropSuggestsTheNearestName() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("drop acions")
    #expect(notebook.errors[0].hasSuffix("help: did you mean `actions`?"))
  }

  @Test func operatorsWorkOnTheTableInUse() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("where n > 3")
    #expect(notebook.lastError == "test:1:1: error: no table is in use")
    try notebook.run("use Actions")
    #expect(try notebook.run("where n > 3 |> select n") == "n\n10\n4\n")
    #expect(try notebook.run("columns").split(separator: "\n").count == 4)
    #expect(try notebook.run("describe").split(separator: "\n").count == 4)
    #expect(try notebook.run("sample 2").split(separator: "\n").count == 3)
    try notebook.run("drop actions")
    try notebook.run("where n > 3")
    #expect(notebook.lastError == "test:1:1: error: no table is in use")
  }

  @Test func useOfWhatIsNotThereChangesNothing() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("use actions\nuse nothing")
    #expect(notebook.lastError == "test:2:5: error: there is no table `nothing`")
    #expect(notebook.session.tableInUse == "actions")
  }

  @Test func withoutATableTheQuestionIsWhich() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("describe")
    #expect(notebook.errors[0] == "test:1:1: error: which table?\ndescribe\n^^^^^^^^\nhelp: tables: actions")
  }
}
