import Testing

@testable import Notebook

@Suite("check") struct RowCheckTests {
  private static let numbers = "a,b\n1,2\n5,3\n2,\n7,4\n9,1\n8,1\n"

  private func notebook() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", Self.numbers)
    try notebook.run("load '$d/t.csv'\nuse t")
    notebook.forgetMessages()
    return notebook
  }

  @Test func failingRowsAreCountedAndShownAndTheScriptGoesOn() throws {
    let notebook = try notebook()
    #expect(try notebook.run("check 'at most b' that a <= b\nselect 1 as x;") == "x\n1\n")
    #expect(
      notebook.errors == [
        """
        test:1:24: error: check failed: at most b: 4 of 6 rows, and 1 are unknown
        check 'at most b' that a <= b
                               ^^^^^^
        note: D/t.csv:3: a = 5, b = 3
        note: D/t.csv:5: a = 7, b = 4
        note: D/t.csv:6: a = 9, b = 1
        """
      ])
    #expect(notebook.outcome == .succeeded)
    notebook.forgetMessages()
    #expect(notebook.session.concludeChecks() == .checkFailed)
    #expect(
      notebook.errors == ["1 of 1 check failed:\n  test:1: at most b: 4 of 6 rows, and 1 are unknown"])
  }

  @Test func whatHoldsIsNoted() throws {
    let notebook = try notebook()
    #expect(try notebook.run("check a > 0\ncheck 'b' that b > 0\ncheck null::boolean") == "")
    #expect(
      notebook.notes == [
        "check passed: a > 0: all 6 rows", "check passed: b: 5 of 6 rows, and 1 are unknown",
        "check passed: null::boolean: 0 of 6 rows, and all are unknown",
      ])
    #expect(notebook.session.concludeChecks() == .succeeded)
    #expect(notebook.errors == [])
  }

  @Test func rowsAreHandedOn() throws {
    let notebook = try notebook()
    let rows = try notebook.run(
      "from t |> where a > 5 |> check b > 1 |> check 'two' that a < 9 |> select a |> save '$d/o.csv' |> where a = 7")
    #expect(rows == "a\n7\n")
    #expect(notebook.read("o.csv") == "a\n7\n9\n8\n")
    #expect(
      notebook.errors.map { $0.split(separator: "\n").last ?? "" } == [
        "note: D/t.csv:7: b = 1", "note: D/t.csv:6: a = 9",
      ])
    // The result that can be spoken of is what was handed on.
    try notebook.run("from t |> where a = 1 |> check a = 1")
    #expect(try notebook.run("from _ |> select a") == "a\n1\n")
  }

  @Test func rowsWithoutAPlaceShowTheirFirstValues() throws {
    let notebook = try notebook()
    try notebook.run("from t |> aggregate sum(b) as s, count(*) as n group by a > 5 as large |> check s > 5")
    #expect(notebook.errors.last?.hasSuffix("note: large = false, n = 3, s = 5") ?? false)
    try notebook.run("from (values (1, cast(null as integer))) as t |> check column1 > 1 or column2 > 5 and false")
    #expect(notebook.errors.last?.hasSuffix("note: column1 = 1, column2 = NULL") ?? false)
  }

  @Test func conditionsMaySpeakOfOtherRowsAndTables() throws {
    let notebook = try notebook()
    try notebook.run("check 'known' that a in (select b from t where b is not null)")
    #expect(notebook.lastError == "test:1:20: error: check failed: known: 4 of 6 rows")
    try notebook.run("check 'largest' that a < (select max(a) from t)")
    #expect(notebook.errors.last?.contains("check failed: largest: 1 of 6 rows") ?? false)
    try notebook.run("check 'first' that row_number() over (order by a) < 6")
    #expect(notebook.errors.last?.contains("check failed: first: 1 of 6 rows") ?? false)
    #expect(notebook.errors.last?.contains("note: D/t.csv:6") ?? false)
  }

  @Test func whatIsNoConditionIsAnError() throws {
    let notebook = try notebook()
    try notebook.run("check a + b")
    #expect(notebook.lastError == "test:1:7: error: `check` needs a condition, and this is integer")
    try notebook.run("check c > 1")
    #expect(notebook.lastError == "test:1:7: error: there is no column `c`")
    try notebook.run("let v = from t |> check a > 1")
    #expect(
      notebook.lastError.hasSuffix("`plot`, `save`, `shell`, `assert`, `check` and `format` cannot stand in a view"))
    #expect(notebook.session.concludeChecks() == .succeeded)
  }

  @Test func nothingIsCheckedWhileStatementsAreOnlyPlanned() throws {
    let notebook = try notebook()
    notebook.session.startChecking()
    try notebook.run("check a > 100\ncheck d > 1")
    #expect(notebook.errors.map { $0.split(separator: "\n")[0] } == ["test:2:7: error: there is no column `d`"])
    #expect(notebook.session.concludeChecks() == .succeeded)
  }

  @Test func aSavedSessionTellsHowChecksWent() throws {
    let notebook = try notebook()
    try notebook.run("check a > 0\ncheck 'b' that a < 9\nsave session '$d/s.md'")
    let text = notebook.read("s.md") ?? ""
    #expect(text.contains("check passed: a > 0: all 6 rows"))
    #expect(text.contains("check failed: b: 1 of 6 rows\n"))
  }
}
