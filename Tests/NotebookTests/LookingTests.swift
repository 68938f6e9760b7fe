import ColumnStore
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

  /// Worked out by hand; the deviation of 1, 2, 3, 4, 10 is that of the sample: sqrt(50 / 4). The quartiles are 2 and 4, so
  /// that the histogram ends at 7, each bar 0.75 wide.
  @Test func describeSummarisesEveryColumn() throws {
    let notebook = try TestNotebook.withActions()
    #expect(
      try notebook.run("describe actions") == """
        column,type,values,nulls,distinct,mean,stddev,q25,q75,min,median,max,histogram,frequent
        country,text,5,1,2,,,,,IN,,TR,,"IN 60.0%, TR 40.0%"
        action,text,6,0,3,,,,,none,,withheld,,"withheld 66.7%, none 16.7%, suspended 16.7%"
        n,integer,5,1,5,4,3.5355339059327378,2,4,1,3,10,"[1,1,1,0,1,0,0,1]",

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
    #expect(
      lines[1]
        == #"d,date,3,0,3,,,2021-01-01,2021-01-04,2021-01-01,2021-01-03,2021-01-04,"[1,0,0,0,0,1,0,1]","#)
    #expect(lines[3] == #"b,boolean,3,0,2,,,,,false,,true,,"true 66.7%, false 33.3%""#)
    #expect(lines[4] == "e,text,0,3,0,,,,,,,,,")
    #expect(lines[2].hasPrefix("t,timestamp,3,0,3,,,"))
    #expect(lines[2].hasSuffix(#","[1,0,0,0,1,0,0,1]","#))
  }

  @Test func describeOfATableWithoutRowsCountsNothing() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let none := from actions |> where n > 100")
    #expect(try notebook.run("summarize none").split(separator: "\n")[3] == "n,integer,0,0,0,,,,,,,,,")
  }

  @Test func describeShowsHistogramsAsBarsToReadersAndIsAResult() throws {
    let notebook = try TestNotebook.withActions()
    let shown = try notebook.run("format markdown\ndescribe actions")
    #expect(shown.contains("| ███ █  █  |"))
    #expect(try notebook.run("format csv\n_ |> where nulls = 0 |> select column") == "column\naction\n")
  }

  /// 1,200,000 numbers of which each is there twice, too far apart for a bit each, and texts one in thirty of which is the same.
  @Test func describeEstimatesWhatWouldTakeLongToCount() throws {
    let notebook = try TestNotebook()
    try notebook.run(
      """
      let t := from unnest(range(1200000)) as r(i) |> select (i // 2) * 1000003 as far, i // 4 as near,
        case when i % 30 = 0 then 'often' else 'only' || i end as word
      """)
    let lines = try notebook.run("describe t").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let far = try #require(BoundedCount(String(lines[1][4]))?.approximate)
    #expect(abs(far - 600_000) <= 30_000 && far % 1000 == 0)
    #expect(lines[2][4] == "300000")
    let words = try #require(BoundedCount(String(lines[3][4]))?.approximate)
    #expect(abs(words - 1_160_001) <= 58_000)
    #expect(lines[3].last == "often 3.3%")
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
