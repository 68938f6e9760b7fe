import ColumnStore
import Language
import Testing

@testable import Notebook

@Suite("undo, redo", .serialized) struct UndoTests {
  private func notebook() throws -> TestNotebook {
    let notebook = try TestNotebook { $0.isInteractive = true }
    try notebook.run("format csv")
    return notebook
  }

  @Test func whatAnInputChangedComesBack() throws {
    let notebook = try notebook()
    try notebook.run("create table t (n integer);\ninsert into t values (1), (2);")
    try notebook.run("drop t")
    try notebook.run("undo")
    #expect(notebook.notes.last == "took back: drop t; `redo` does it again")
    #expect(try notebook.run("from t |> aggregate sum(n) as s") == "s\n3\n")
    try notebook.run("redo")
    try notebook.run("from t")
    #expect(notebook.lastError.contains("there is no table `t`"))
  }

  @Test func valuesSettingsRowsAndTheTableInUseComeBack() throws {
    let notebook = try notebook()
    try notebook.run("let x = 1")
    try notebook.run("let x = 2")
    try notebook.run("undo")
    #expect(try notebook.run("select $x as x;") == "x\n1\n")
    try notebook.run("set rows 7")
    try notebook.run("set threads 1")
    try notebook.run("undo")
    try notebook.run("undo")
    #expect(notebook.session.settings.rows == 40)
    try notebook.run("create table t (n integer);\ninsert into t values (1);")
    try notebook.run("insert into t values (2), (3);")
    try notebook.run("undo")
    #expect(try notebook.run("from t") == "n\n1\n")
    try notebook.run("use t")
    try notebook.run("undo")
    #expect(notebook.session.currentTable == nil)
  }

  @Test func severalStatementsOfOneInputAreOneStep() throws {
    let notebook = try notebook()
    try notebook.run("let a = 1\nlet b = 2\nselect 3 as c;")
    try notebook.run("undo")
    #expect(notebook.notes.last == "took back: let a = 1, and 1 more; `redo` does it again")
    try notebook.run("select $a;")
    #expect(notebook.lastError.contains("the parameter `$a` has no value"))
  }

  @Test func queriesAreNoSteps() throws {
    let notebook = try notebook()
    try notebook.run("let a = 1")
    try notebook.run("select 1;")
    try notebook.run("from nothing")
    try notebook.run("undo")
    #expect(notebook.notes.last == "took back: let a = 1; `redo` does it again")
  }

  @Test func anewChangeForgetsWhatWasTakenBack() throws {
    let notebook = try notebook()
    try notebook.run("let a = 1")
    try notebook.run("undo")
    try notebook.run("let b = 1")
    try notebook.run("redo")
    #expect(notebook.lastError.contains("there is nothing to do again"))
  }

  @Test func aTransactionIsAsItWas() throws {
    let notebook = try notebook()
    try notebook.run("create table t (n integer);\ninsert into t values (1);")
    try notebook.run("begin")
    try notebook.run("drop t")
    try notebook.run("commit")
    try notebook.run("undo")
    try notebook.run("rollback")
    #expect(try notebook.run("from t") == "n\n1\n")
  }

  @Test func aSavedSessionHoldsNothingOfWhatWasTakenBack() throws {
    let notebook = try notebook()
    try notebook.run("create table t (n integer);\ninsert into t values (1);")
    try notebook.run("drop t")
    try notebook.run("undo")
    try notebook.run("from t")
    try notebook.run("save session '$d/s.md'")
    let saved = try #require(notebook.read("s.md"))
    #expect(!saved.contains("drop"))
    #expect(!saved.contains("undo"))
    #expect(saved.contains("from t"))
  }

  @Test func whatOnlyUndoHoldsIsForgottenWhereItTakesTooMuch() throws {
    var history = UndoHistory()
    let session = Session()
    func step(_ count: Int) -> SessionState {
      session.store(
        "t", .table(Table([("n", Column(type: .integer, values: (0..<count).map { .integer(Int64($0) << 33) }))])))
      return SessionState(of: session)
    }
    for count in [10, 1000, 2000] { history.add(UndoHistory.Step(state: step(count), statements: ["\(count)"])) }
    let now = step(1)
    // The largest column has 16,000 bytes, the one before it 8,000.
    history.forget(holdingMoreThan: 17_000, besides: now)
    #expect(history.undo(from: now)?.statements == ["2000"])
    #expect(history.undo(from: now) == nil)
  }

  @Test func scriptsHaveNoUndo() throws {
    let notebook = try TestNotebook()
    try notebook.run("let a = 1\nundo")
    #expect(notebook.lastError.contains("there is nothing to undo"))
  }
}
