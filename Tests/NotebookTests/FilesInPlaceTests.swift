import Language
import Testing

@testable import Notebook

@Suite("Files queried in place") struct FilesInPlaceTests {
  /// The columns of the file that were read to plan a query, by name.
  private func columnsRead(_ text: String, _ notebook: TestNotebook) throws -> [String] {
    let source = SourceText(text: text)
    guard case .query(let query) = try #require(parseScript(source).statements.first).kind else { return ["no query"] }
    notebook.session.files = [:]
    notebook.session.source = source
    notebook.session.statementSpan = query.span
    _ = try notebook.session.plan(query)
    return notebook.session.files.values.flatMap { file in
      (file.columnsRead ?? []).sorted().map { file.source.columnNames[$0] }
    }
  }

  @Test(arguments: [
    ("from '$d/actions.csv' |> where n > 2 |> select action", ["action", "n"]),
    ("from '$d/actions.csv' |> aggregate count(*) as rows", []),
    ("from '$d/actions.csv' |> share action", ["action"]),
    ("from '$d/actions.csv'", ["country", "action", "n"]),
    ("select * from '$d/actions.csv'", ["country", "action", "n"]),
    ("select * exclude (n) from '$d/actions.csv'", ["country", "action", "n"]),
    ("from '$d/actions.csv' |> select _line", []),
    ("from view |> aggregate max(N) as most", ["n"]),
    ("from second |> select country", ["country", "n"]),
  ])
  func onlyTheColumnsNeededAreRead(_ text: String, _ columns: [String]) throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("drop actions")
    try notebook.run("let view = from '$d/actions.csv'\nlet second = from view |> where n > 1")
    let read = try columnsRead(text, notebook)
    if text.contains("second") || text.contains("exclude") {
      #expect(Set(columns).isSuperset(of: read))
    } else {
      #expect(Set(read).isSuperset(of: columns))
      // A view's own words count as mentioned.
      #expect(Set(read).subtracting(columns).isSubset(of: ["n"]))
    }
  }

  @Test func theAnswersAreThoseOfALoadedTable() throws {
    let notebook = try TestNotebook.withActions()
    for query in [
      "", "|> aggregate count(*) as rows", "|> where n + 1 > 3 |> select country", "|> share action by country",
      "|> select * exclude (country)", "|> where country is null", "|> order by n desc |> limit 2",
      "|> as a |> join actions as b on a.n = b.n |> select a.country, b.action",
    ] {
      let loaded = try notebook.run("from actions \(query)")
      #expect(try notebook.run("from '$d/actions.csv' \(query)") == loaded)
      #expect(notebook.errors == [])
    }
  }

  @Test func aPivotFindsOutWhichValuesAColumnHasThoughNoTextSpeaksOfIt() throws {
    let notebook = try TestNotebook.withActions()
    let loaded = try notebook.run("pivot actions on action using count(*) group by country order by country;")
    try notebook.run("let renamed = select * from '$d/actions.csv' as f(a, b, c);")
    #expect(
      try notebook.run("pivot renamed on b using count(*) group by a order by a;")
        == "a" + loaded.drop { $0 != "," })
    #expect(notebook.errors == [])
  }

  @Test func aViewOverAFileKeepsItsTypesFromWhereverItIsUsed() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.write("v.nbk", "let v = from '$d/actions.csv' |> extend n + 1 as more\n")
    try notebook.run("run $d/v.nbk")
    #expect(try notebook.run("from v |> where more > 4 |> select more") == "more\n11\n5\n")
    #expect(try notebook.run("from v |> aggregate count(*) as rows") == "rows\n6\n")
    try notebook.write("actions.csv", "n\n41\n")
    #expect(try notebook.run("v") == "n,more\n41,42\n")
    #expect(notebook.errors == [])
  }

  @Test func aColumnThatNoTextSpeaksOfIsReadAllTheSame() throws {
    let notebook = try TestNotebook.withActions()
    // Positions and whole rows speak of columns without their names.
    let ordered = "where n is not null order by 3 desc limit 1;"
    #expect(try notebook.run("select * from '$d/actions.csv' \(ordered)") == "country,action,n\nIN,withheld,10\n")
    #expect(try notebook.run("from '$d/actions.csv' |> distinct |> aggregate count(*) as rows") == "rows\n6\n")
    #expect(try notebook.run("(from '$d/actions.csv') union all (from actions);").split(separator: "\n").count == 13)
    #expect(notebook.errors == [])
  }

  @Test func hiddenColumnsTellThePlace() throws {
    let notebook = try TestNotebook.withActions()
    #expect(
      try notebook.run("from '$d/actions.csv' |> where n = 10 |> select _file, _line")
        == "_file,_line\nD/actions.csv,5\n")
    #expect(try notebook.run("from actions |> where n = 10 |> select _line, n") == "_line,n\n5,10\n")
    #expect(try notebook.run("from '$d/actions.csv' |> where _line > 6 |> select action") == "action\nwithheld\n")
  }

  @Test func severalFilesAndOptions() throws {
    let notebook = try TestNotebook()
    try notebook.write("a.csv", "x;y\n1;2\n")
    try notebook.write("b.csv", "x;y\n01;3\n")
    #expect(try notebook.run("from '$d/*.csv' (delimiter ';', types (x text)) |> where y > 1") == "x,y\n1,2\n01,3\n")
    let second = "'$d/b.csv' (delimiter ';', types (x integer)) as b"
    let joined = "from '$d/a.csv' (delimiter ';') as a |> join \(second) on a.x = b.x"
    #expect(try notebook.run("\(joined) |> select a.y as first, b.y as second") == "first,second\n2,3\n")
    #expect(try notebook.run("from '$d/a.csv' (delimiter ',') |> limit 1") == "x;y\n1;2\n")
  }

  @Test func whatCouldNotBeReadIsSaid() throws {
    let notebook = try TestNotebook.withActions()
    let forced = "from '$d/actions.csv' (types (country integer)) |> select country, n |> limit 1"
    #expect(try notebook.run(forced) == "country,n\n,3\n")
    #expect(
      notebook.warnings == [
        "actions: country: 5 values could not be read (D/actions.csv:2, D/actions.csv:3, D/actions.csv:4 ...)"
      ])
  }

  @Test func whatIsNotThereIsAnErrorAtItsPlace() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from actions |> join '$d/none.csv' using (n)")
    #expect(notebook.lastError == "test:1:22: error: D/none.csv: no such file")
    try notebook.run("from '$d/actions.csv' |> where m > 1")
    #expect(notebook.lastError == "test:1:32: error: there is no column `m`")
    try notebook.run("from '$d/actions.csv' (nothing 3)")
    #expect(notebook.lastError == "test:1:6: error: there is no load option 'nothing'")
    try notebook.run("let v = from '$d/gone.csv'")
    try notebook.write("gone.csv", "a\n1\n")
    try notebook.run("let v = from '$d/gone.csv'")
    #expect(try notebook.run("v") == "a\n1\n")
  }
}
