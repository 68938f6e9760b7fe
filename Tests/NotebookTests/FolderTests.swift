import Glibc
import Language
import Testing

@testable import Notebook

@Suite("cd, ls, pwd, watch, tour") struct FolderTests {
  private func notebook() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write("a/one.csv", "x\n1\n2\n")
    try notebook.write("a/b/two.csv", "x\n3\n")
    try notebook.write("a/report.nbk", "print 'hello'\n")
    try notebook.write("a/.hidden", "")
    try notebook.run("format csv")
    return notebook
  }

  @Test func pathsBeginWhereCdWent() throws {
    let notebook = try notebook()
    try notebook.run("cd $d/a\nload one.csv\ncd b\nload two.csv as two")
    #expect(try notebook.run("from one |> union all (from two)") == "x\n1\n2\n3\n")
    #expect(try notebook.run("from 'two.csv'") == "x\n3\n")
    try notebook.run("from two |> save 'out.csv'")
    #expect(notebook.read("a/b/out.csv") == "x\n3\n")
    #expect(try notebook.run("cd -\npwd") == "folder\nD/a\n")
    #expect(try notebook.run("cd ..\npwd") == "folder\nD\n")
    #expect(notebook.errors == [])
  }

  @Test func cdWithoutAFolderGoesHome() throws {
    let home = String(cString: getenv("HOME"))
    let notebook = try notebook()
    #expect(try notebook.run("cd\npwd") == "folder\n\(home)\n")
    #expect(notebook.session.location(of: "~/x") == "\(home)/x")
    #expect(notebook.session.location(of: "/x") == "/x")
  }

  @Test func aFolderThatIsNotThereIsNamed() throws {
    let notebook = try notebook()
    try notebook.run("cd $d\ncd aa")
    #expect(notebook.lastError.contains("aa is not there"))
    try notebook.run("cd a/one.csv")
    #expect(notebook.lastError.contains("is no folder"))
    try notebook.run("ls nowhere")
    #expect(notebook.lastError.contains("nowhere is not there"))
    #expect(try notebook.run("pwd") == "folder\nD\n")
  }

  @Test func lsListsFoldersThenFilesAndWhatTheyAre() throws {
    let notebook = try notebook()
    let rows = try notebook.run("ls $d/a").split(separator: "\n").dropFirst().map { $0.split(separator: ",")[..<2] }
    #expect(rows.map { $0.joined(separator: ",") } == ["b/,folder", "one.csv,data", "report.nbk,script"])
    #expect(try notebook.run("ls $d/a").contains("one.csv,data,6,"))
  }

  @Test func watchShowsUntilCtrlC() throws {
    let notebook = try TestNotebook()
    try notebook.run("format csv\ncreate table t (n integer);\ninsert into t values (1);")
    notebook.interruption.request(afterLooks: 40)
    let text = try notebook.run("watch 100ms from t |> select n")
    #expect(text.hasPrefix("n\n1\nn\n1\n"))
    #expect(notebook.outcome == .interrupted)
    notebook.interruption.clear()
    for (wrong, message) in [
      ("watch from t", "expected a time"), ("watch 1ms from t", "`watch` waits for 100ms"),
      ("watch 2s let a = 1", "`watch` repeats a query"), ("watch 2s", "expected a query"),
    ] {
      try notebook.run(wrong)
      #expect(notebook.lastError.contains(message), "\(wrong): \(notebook.lastError)")
    }
  }

  @Test func everyStepOfTheTourRuns() throws {
    let steps = Tour.published.steps
    #expect(steps.count == 10)
    for number in 1...steps.count {
      // Each by itself too, with what it needs of the others.
      let notebook = try TestNotebook { $0.isInteractive = true }
      let text = try notebook.run("tour \(number)")
      // One step shows what a check looks like that fails.
      let failures = notebook.errors.filter { !$0.contains("check failed: every claim has a number: 3 of 12 rows") }
      #expect(failures == [] && notebook.errors.count == (number == 9 ? 1 : 0), "step \(number): \(notebook.errors)")
      #expect(text.contains("Step \(number) of 10: \(steps[number - 1].title)"))
      #expect(!steps[number - 1].text.isEmpty)
      #expect(text.contains(number < 10 ? "`tour` goes on: \(steps[number].title)" : "That was the tour."))
    }
    let notebook = try TestNotebook()
    #expect(try notebook.run("tour").contains("Step 1 of 10"))
    #expect(try notebook.run("tour").contains("Step 2 of 10"))
    try notebook.run("tour 11")
    #expect(notebook.lastError.contains("the tour has the steps 1 to 10"))
  }

  @Test func settingsTellWhereEachValueComesFrom() throws {
    let notebook = try TestNotebook { $0.isInteractive = true }
    try notebook.write("s.nbk", "\nset rows 9\n")
    let lines = try notebook.run("format csv\nset width 90\nrun '$d/s.nbk'\nsettings").split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("width,90,typed,") })
    #expect(lines.contains { $0.hasPrefix("rows,9,D/s.nbk:2,") })
    #expect(lines.contains { $0.hasPrefix("nulls,largest,default,") })
  }
}
