import Formats
import Testing

@testable import Notebook

@Suite("plot") struct PlotTests {
  private func notebook() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.run(
      """
      create table t (country text, action text, day date, n integer);
      insert into t values ('TR', 'withheld', date '2021-01-01', 40), ('TR', 'removed', date '2021-01-02', 10),
        ('IN', 'withheld', date '2021-01-04', 20), ('IN', 'removed', date '2021-01-05', 30);
      """)
    return notebook
  }

  @Test func aBarForEachSumOfTheKeysInTheirOrder() throws {
    let notebook = try notebook()
    // 50 on an axis from 0 to 50 fill all of it.
    let expected = """
      country   sum(n)
      IN      │██████████████████████████████████████████████████████████████████████ 50
      TR      │██████████████████████████████████████████████████████████████████████ 50
              └┬─────────────┬────────────┬─────────────┬─────────────┬─────────────┬
               0            10           20            30            40            50

      """
    let shown = try notebook.run("from t |> plot bar sum(n) by country")
    #expect(shown.split(separator: "\n").count == 5)
    #expect(shown.split(separator: "\n")[1].hasSuffix(" 50"))
    #expect(shown.split(separator: "\n").map { $0.prefix(9) } == expected.split(separator: "\n").map { $0.prefix(9) })
  }

  @Test func theNumbersOfAChartAreTheLastResult() throws {
    let notebook = try notebook()
    try notebook.run("from t |> plot bar sum(n) by action")
    #expect(try notebook.run("_") == "action,sum(n)\nremoved,40\nwithheld,60\n")
    #expect(try notebook.run("from t |> plot bar count(*) by country |> save '$d/o.csv'").contains("count"))
    #expect(notebook.read("o.csv") == "country,count\nIN,2\nTR,2\n")
  }

  @Test func severalRowsAtOnePlaceAreNotAddedUpSilently() throws {
    let notebook = try notebook()
    try notebook.run("from t |> plot bar n by country")
    #expect(notebook.lastError.hasPrefix("test:1:11: error: several rows are drawn at 'TR'"))
    #expect(notebook.errors.last?.contains("plot bar sum(n) by country") == true)
  }

  @Test func sharesAreDrawnWithTheirIntervals() throws {
    let notebook = try notebook()
    let shown = try notebook.run("from t |> share action by country |> plot bar")
    #expect(shown.contains("50.0%  9.5% to 90.5%"))
    #expect(shown.contains("▓░ 95 % Wilson interval"))
    #expect(try notebook.run("_").hasPrefix("country,action,share,low,high\n"))
  }

  @Test func aTimelineHasItsTimesBelow() throws {
    let notebook = try notebook()
    let shown = try notebook.run("from t |> timeline by day of day |> plot line")
    #expect(shown.hasPrefix("count\n"))
    #expect(shown.contains("2021-01-02"))
  }

  @Test(arguments: [
    ("from t |> plot bar country", "`country` is text, and a chart draws numbers"),
    ("from t |> select country |> plot bar action", "there is no column `action`"),
    ("from t |> plot bar n by country save '$d/x.pdf'", "does not say what kind of picture it is"),
    ("from t |> plot pie n", "expected `bar`, `line`"),
    ("from t |> save '$d/x.svg'", "rows are no picture"),
    ("let v = from t |> plot bar", "cannot stand in a view"),
    ("select * from (from t |> plot bar sum(n) by country save 'x.svg');", "stands in the main pipe"),
  ])
  func whatCannotBeDrawnSaysWhy(_ statement: String, _ message: String) throws {
    let notebook = try notebook()
    try notebook.run(statement)
    #expect(notebook.errors.last?.contains(message) == true, "\(notebook.errors)")
    #expect(notebook.read("x.svg") == nil)
  }

  @Test func aPictureIsSavedAndNotShown() throws {
    let notebook = try notebook()
    #expect(try notebook.run("from t |> plot bar sum(n) by country save '$d/x.svg'") == "")
    #expect(notebook.notes.last == "saved a chart to D/x.svg")
    let picture = try #require(notebook.read("x.svg"))
    #expect(picture.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "))
    #expect(picture.contains("<title>sum(n) by country</title>"))
    #expect(picture.contains("<text role=\"cell\" x=\"0\" y=\"0\">50</text>"))
    try notebook.run("from t |> plot bar sum(n) by country width 40 save '$d/x.txt'")
    #expect(try #require(notebook.read("x.txt")).split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 40 })
  }

  @Test func checkingWritesNothing() throws {
    let notebook = try notebook()
    notebook.session.startChecking()
    #expect(try notebook.run("from t |> plot bar sum(n) by country save '$d/x.svg'") == "")
    #expect(try notebook.run("from t |> share action |> plot bar") == "")
    #expect(notebook.errors.isEmpty)
    #expect(notebook.read("x.svg") == nil)
  }

  @Test func smallNumbersAreHiddenInCharts() throws {
    let notebook = try TestNotebook()
    try notebook.run(
      """
      create table t as
      select case when n < 2 then 'a' when n < 30 then 'b' else 'c' end as k from unnest(range(0, 60)) as u(n);
      """)
    try notebook.run("set suppress_below 5")
    let shown = try notebook.run("from t |> share k |> plot bar")
    #expect(shown.contains("hidden"))
    #expect(!shown.contains("3.3%"))
  }

  @Test func aSavedSessionHoldsTheChart() throws {
    let notebook = try notebook()
    try notebook.run("from t |> plot bar sum(n) by country")
    try notebook.run("save session $d/s.md")
    #expect(notebook.read("s.md")?.contains("```\ncountry") == true)
  }

  @Test func kindsAreOfferedAndKnown() throws {
    let notebook = try notebook()
    let offered = SessionCompleter(notebook.session).candidates(in: "from t |> plot h", at: 16)
    #expect(offered.map(\.text) == ["heatmap", "hist"])
    let spans = SessionHighlighter(notebook.session).spans(of: "from t |> plot bar n by country", cursor: 0)
    #expect(!spans.contains { $0.kind == .unknownName })
  }

  @Test func aParameterOfThePathIsPutIn() throws {
    let notebook = try notebook()
    try notebook.run("let name = 'chart'")
    try notebook.run("from t |> plot bar sum(n) by country save '$d/$name.svg'")
    #expect(notebook.read("chart.svg") != nil)
  }
}
