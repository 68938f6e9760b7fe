import ColumnStore
import Formats
import Glibc
import Testing

@testable import Notebook

@Suite("Snapshots of a session") struct SnapshotTests {
  /// The note of a load without the time of day and the seconds that it took.
  private func shown(_ notebook: TestNotebook) -> String {
    (notebook.notes.last ?? "").replacing(/saved \d+-\d+-\d+[T ][0-9:]+Z? UTC/, with: "saved then")
      .replacing(/\d\.\d{3} s/, with: "n s")
  }

  @Test("a session comes back in another one, and answers alike") func wholeSession() throws {
    let first = try TestNotebook.withActions()
    try first.write("bad.csv", "n\n" + (1...40).map { "\($0)\n" }.joined() + "x1\n")
    try first.run(
      """
      load $d/bad.csv (types (n integer)) as bad
      let since = date '2021-01-31'
      let nothing = null
      let few := from actions |> where n < 4
      let india = from actions
        |> where country = 'IN'
      create view counts ("the country", n) as
      select country, count(*) from actions group by country;
      save snapshot '$d/all.nbs'
      """)
    #expect(first.outcome == .succeeded, "\\(first.lastError)")
    #expect(first.names.contains("all.nbs"))
    let questions = """
      from actions
      from actions |> share action by country
      from actions |> where _line > 3 |> select _file, _line, n
      from few |> order by n
      from india |> aggregate sum(n)
      from counts |> order by 1
      from bad!rejects |> select line, text
      print $since
      print $nothing is null
      """
    let before = try first.run(questions)
    #expect(first.outcome == .succeeded)
    let second = try TestNotebook()
    try #require(rename(first.folder + "/all.nbs", second.folder + "/all.nbs") == 0)
    // Nothing of the files that were loaded is needed any more.
    try first.write("actions.csv", "")
    try second.run("load $d/all.nbs")
    #expect(second.outcome == .succeeded)
    #expect(
      shown(second).replacing(/[\d.]+ kB/, with: "n kB") == """
        D/all.nbs: 4 tables, 2 views, 3 values, n kB, saved then by Noticebook, n s
          actions: 6 rows, 3 columns
          bad: 41 rows, 1 column
          bad!rejects: 1 row, 5 columns
          few: 3 rows, 3 columns
          views: counts, india
          values: d, nothing, since
        """)
    // The files that rows came from are called as before.
    #expect(try second.run(questions).replacing(first.folder, with: "D") == before)
  }

  @Test("rules of a table go on to hold") func rules() throws {
    let first = try TestNotebook()
    try first.run(
      """
      create table cases (id integer primary key, country text not null default 'IN', n integer,
        constraint positive check (id > 0
          and id < 1000));
      create unique index by_n on cases (n);
      insert into cases values (1, 'TR', 5);
      save snapshot $d/cases.nbs of cases
      load $d/cases.nbs
      """)
    #expect(first.outcome == .succeeded)
    try first.run("insert into cases (id) values (2);")
    #expect(try first.run("from cases |> order by id") == "id,country,n\n1,TR,5\n2,IN,\n")
    for wrong in ["(1, 'DE', 6)", "(3, null, 6)", "(0, 'DE', 6)", "(1000, 'DE', 6)", "(3, 'DE', 5)"] {
      try first.run("insert into cases values \(wrong);")
      #expect(first.outcome == .failed, "\(wrong)")
    }
    try first.run("drop index by_n;\ninsert into cases values (3, 'DE', 5);")
    #expect(first.outcome == .succeeded)
  }

  @Test("some tables, one table, rows of a query") func parts() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run(
      """
      let few = from actions |> where n < 4
      save snapshot $d/few.nbs of FEW
      from actions |> where country = 'TR' |> save '$d/turkey rows.nbs'
      load $d/few.nbs as mine
      load '$d/turkey rows.nbs'
      """)
    #expect(notebook.outcome == .succeeded)
    #expect(try notebook.run("from mine |> aggregate sum(n), count(*)") == "sum,count\n6,3\n")
    #expect(try notebook.run("from turkey_rows |> select n |> order by n") == "n\n1\nNA\n")
    #expect(try notebook.run("from '$d/few.nbs' as f |> where f.n = 2 |> select action") == "action\nsuspended\n")
    #expect(try notebook.run("select max(few.n) from '$d/few.nbs' join actions using (n);") == "max\n3\n")
  }

  @Test("a changed table is read first, and the file stays as it is") func changes() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run(
      """
      save snapshot $d/a.nbs
      load $d/a.nbs
      insert into actions values ('DE', 'none', 7);
      update actions set n = 0 where country = 'TR';
      """)
    #expect(notebook.outcome == .succeeded)
    #expect(try notebook.run("from actions |> aggregate sum(n), count(*)") == "sum,count\n26,7\n")
    #expect(try notebook.run("load $d/a.nbs\nfrom actions |> aggregate sum(n), count(*)") == "sum,count\n20,6\n")
  }

  @Test("what cannot be saved or loaded says why") func errors() throws {
    let notebook = try TestNotebook()
    try notebook.run("save snapshot $d/a.nbs")
    #expect(notebook.lastError.hasSuffix("there is no table to save"))
    try notebook.write("actions.csv", TestNotebook.actions)
    try notebook.run("load $d/actions.csv\nlet other := from actions\nsave snapshot $d/a.nbs")
    #expect(notebook.outcome == .succeeded)
    let cases = [
      ("save snapshot $d/a.bin", "does not end in .nbs"),
      ("save snapshot $d/b.nbs of action", "there is no table `action`"),
      ("save snapshot $d/no/b.nbs", "there is no folder 'D/no'"),
      ("load $d/b.nbs", "D/b.nbs: no such file"),
      ("load $d/a.nbs as x", "D/a.nbs holds 2 tables, which cannot all be `x`"),
      ("load $d/a.nbs (header off)", "a snapshot takes no options"),
      ("load $d/a.nbs, $d/actions.csv", "a snapshot and 'D/actions.csv' cannot be one table"),
      ("from '$d/a.nbs'", "D/a.nbs holds 2 tables, not one"),
    ]
    for (statement, message) in cases {
      try notebook.run(statement)
      #expect(notebook.outcome == .failed && notebook.lastError.contains(message), "\(notebook.lastError)")
    }
    #expect(notebook.names == ["a.nbs", "actions.csv"])
    try notebook.write("text.nbs", "id,n\n1,2\n")
    try notebook.run("load $d/text.nbs")
    #expect(notebook.lastError.hasSuffix("D/text.nbs: this is no snapshot"))
  }

  @Test(
    "a damaged column is an error where it is asked for, and no NULLs",
    arguments: [
      // In the bytes of the column `text`.
      (
        Array("view: 42".utf8), "text",
        [
          "from t", "from t |> aggregate max(text)", "insert into t values ('x', 1);", "delete from t where n = 3;",
          "save snapshot $d/u.nbs", "describe t", "sample t 3", "from t |> save '$d/t.csv'", "let u := from t",
          "from '$d/t.nbs' |> where text = 'x'",
        ]
      ),
      // In the numbers 1000, 1001, 1002. These questions are answered while they are planned.
      (
        [0xE8, 0x03, 0xE9, 0x03, 0xEA, 0x03], "n",
        [
          "from t |> aggregate min(n)", "from t |> where n is not null |> aggregate count(*)",
          "select 1 where 5 in (select max(n) from t);", "select (select min(n) from '$d/t.nbs') as n;",
        ]
      ),
    ])
  func damage(pattern: [UInt8], column: String, statements: [String]) throws {
    let notebook = try TestNotebook()
    let rows = (0..<3000).map { "a text that fits no view: \($0 * 7919 % 3000),\($0)\n" }
    try notebook.write("t.csv", "text,n\n" + rows.joined())
    try notebook.run("load $d/t.csv\nsave snapshot $d/t.nbs")
    #expect(notebook.outcome == .succeeded)
    var bytes = try #require(readBytes(notebook.folder + "/t.nbs"))
    let place = try #require(bytes.firstRange(of: pattern)).lowerBound
    bytes[place] ^= 1
    let file = try #require(fopen(notebook.folder + "/t.nbs", "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    for statement in statements {
      // Both when it turns out and when it is known.
      try notebook.run("load $d/t.nbs")
      for _ in 1...2 {
        #expect(try notebook.run(statement) == "", "\(statement)")
        #expect(notebook.outcome == .failed, "\(statement)")
        #expect(
          notebook.lastError.hasSuffix(
            "D/t.nbs: a damaged snapshot: the column `\(column)` of t is not what was written"),
          "\(statement): \(notebook.lastError)")
      }
    }
    #expect(notebook.names == ["t.csv", "t.nbs"])
    try notebook.run("load $d/t.nbs")
    let other = column == "n" ? "max(length(text))" : "count(n)"
    #expect(try notebook.run("from t |> aggregate \(other) as x") == "x\n\(column == "n" ? 30 : 3000)\n")
  }

  private func readBytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }

  @Test("a file that was written to since it was loaded is not read any more") func changedFile() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "n\n" + (0..<200_000).map { "\($0 * 40_000)\n" }.joined())
    try notebook.run("load $d/t.csv\nsave snapshot $d/t.nbs\nload $d/t.nbs")
    #expect(try notebook.run("from t |> aggregate max(n)") == "max\n7999960000\n")
    try #require(truncate(notebook.folder + "/t.nbs", 1 << 20) == 0)
    try notebook.run("from t |> aggregate sum(n)")
    #expect(notebook.lastError.hasSuffix("D/t.nbs changed while it was in use"))
    #expect(notebook.outcome == .failed)
  }

  @Test("statements that are only checked know the tables of a snapshot") func checking() throws {
    let first = try TestNotebook.withActions()
    try first.run("save snapshot $d/a.nbs")
    let second = try TestNotebook()
    try #require(rename(first.folder + "/a.nbs", second.folder + "/a.nbs") == 0)
    second.session.startChecking()
    try second.run(
      "load $d/a.nbs\nfrom actions |> where contry = 'IN'\nsave snapshot $d/b.nbs of nowhere\nsave snapshot $d/c.nbs")
    #expect(second.errors.count == 2)
    #expect(second.errors.first?.contains("contry") == true)
    #expect(second.names == ["a.nbs"])
  }
}
