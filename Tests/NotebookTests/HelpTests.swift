import Formats
import Glibc
import Language
import Testing

@testable import Notebook

@Suite("help") struct HelpTests {
  @Test func theOverviewHasEveryWordAndFitsAWindowOf80x24() throws {
    let text = try #require(HelpText.about(""))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 23)
    #expect(lines.allSatisfy { $0.count < 80 })
    let listed = Set(HelpText.groups.flatMap(\.names))
    let known = Set((GrammarCatalog.commands + GrammarCatalog.operators).map(\.name))
    #expect(listed == known)
  }

  @Test func whyExplainsEachKindOfFault() throws {
    for explanation in FaultExplanation.all {
      let notebook = try TestNotebook()
      try notebook.run("create table t (action text, n integer);\ninsert into t values ('x', 1), ('y', 2);")
      try notebook.run(explanation.example)
      let message = try #require(notebook.session.lastFault, "\(explanation.example)").diagnostic.message
      #expect(FaultExplanation.of(message)?.text == explanation.text, "\(explanation.example): \(message)")
    }
  }

  @Test func whyShowsTheErrorTheColumnsAndTheGrammar() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("from actions |> share acton by country")
    let text = try notebook.run("help why")
    #expect(text.contains("error: there is no column `acton`"))
    #expect(text.contains("A column is looked for in what the pipe has come to"))
    #expect(text.contains("  actions: "))
    #expect(text.contains("  share COLUMNS [of BASE]"))
  }

  /// Every example, run on the datasets that come with the notebook, in a folder where it may write.
  @Test(
    arguments: (GrammarCatalog.commands + GrammarCatalog.operators + GrammarCatalog.clauses)
      // There is no server to connect to.
      .filter { !["connect", "disconnect"].contains($0.name) }.flatMap(\.examples))
  func examplesRun(_ example: String) throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let notebook = try TestNotebook {
      $0.isInteractive = true
      $0.edit = { _ in }
    }
    for name in ["datasets", "scripts"] { symlink("/\(root)/\(name)", "\(notebook.folder)/\(name)") }
    try notebook.run(
      """
      cd $d
      create key 'mine.key';
      load datasets/india-2021/
      load datasets/twitter-removal-requests/
      use actions
      pwd
      """)
    unlink("\(notebook.folder)/mine.key")
    if example.contains("with key"), !example.contains("create key") { try notebook.run("create key 'mine.key';") }
    for input in example == "redo" ? ["let x = 1", "undo"] : [] { try notebook.run(input) }
    notebook.forgetMessages()
    if example.hasPrefix("watch") { notebook.interruption.request(afterLooks: 30) }
    try notebook.run(example)
    let failures = notebook.errors.filter { !$0.contains("check failed") && !$0.contains("assert") }
    #expect(failures == [], "\(example)")
  }

  @Test func whyHasNothingToExplainAtFirst() throws {
    let notebook = try TestNotebook()
    try notebook.run("help why")
    #expect(notebook.lastError.contains("nothing has gone wrong yet"))
  }

  @Test func longLinesOfHelpAreBrokenAtTheWindow() throws {
    #expect(fittedText("ab cd\n  ef gh ij", width: nil) == "ab cd\n  ef gh ij")
    #expect(fittedText("  one two three four five six", width: 22) == "  one two three four\n    five six")
    #expect(fittedText("  one two three four", width: 22) == "  one two three four")
  }

  @Test func helpOnASettingSaysWhatItTakes() throws {
    let notebook = try TestNotebook()
    #expect(try notebook.run("help pager").contains("It takes "))
    #expect(notebook.errors == [])
  }
}
