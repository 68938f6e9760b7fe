import Language
import Testing

@testable import Notebook

@Suite("set, format, timer, output, help, history, explain") struct SettingTests {
  @Test func settingsListsWhatSetChanges() throws {
    let notebook = try TestNotebook()
    try notebook.run("set rows 7\nset width = 50\nset null '-'\nset timer on\nset format tsv")
    let lines = try notebook.run("settings").split(separator: "\n").map {
      $0.split(separator: "\t")[..<2].joined(separator: "=")
    }
    #expect(lines.contains("rows=7"))
    #expect(lines.contains("width=50"))
    #expect(lines.contains("\"null\"=\"-\""))
    #expect(lines.contains("timer=on"))
    #expect(lines.contains("format=tsv"))
  }

  @Test(arguments: [
    "rows x", "rows -1", "width 3", "timer maybe", "format nothing", "threads 0", "memory 8", "memory '0%'",
    "temporary_folder '/nowhere'",
  ])
  func aValueThatASettingDoesNotTakeIsAnError(_ text: String) throws {
    let notebook = try TestNotebook()
    try notebook.run("set \(text)")
    let name = text.prefix { $0 != " " }
    #expect(notebook.lastError.hasPrefix("test:1:5: error: `\(name)` takes "))
    #expect(notebook.outcome == .failed)
  }

  @Test func aSettingThatDoesNotExistIsNamed() throws {
    let notebook = try TestNotebook()
    try notebook.run("set row 3")
    #expect(
      notebook.errors == ["test:1:5: error: there is no setting `row`\nset row 3\n    ^^^\nhelp: did you mean `rows`?"])
  }

  @Test func divisionOfIntegersGivesWhatWasSet() throws {
    let notebook = try TestNotebook()
    try notebook.run("format csv")
    #expect(try notebook.run("select 7 / 2 as q, -7 / 2 as r;") == "q,r\n3.5,-3.5\n")
    #expect(
      try notebook.run("set division integer\nselect 7 / 2 as q, -7 / 2 as r, 7 / 0 as n, 7 / 2.0 as d, avg(7) as a;")
        == "q,r,n,d,a\n3,-3,,3.5,7\n")
    #expect(try notebook.run("select typeof(7 / 2) as t, typeof(7::decimal(3,1) / 2) as u;") == "t,u\ninteger,double\n")
    #expect(try notebook.run("set division double\nselect 7 / 2 as q;") == "q\n3.5\n")
    try notebook.run("set division half")
    #expect(notebook.lastError.hasPrefix("test:1:5: error: `division` takes double or integer"))
  }

  @Test func boxesOnATerminalShowSoManyRowsAndSayHowManyThereAre() throws {
    let notebook = try TestNotebook.withActions { $0.outputIsTerminal = true }
    let text = try notebook.run("set rows 2\nfrom actions |> select n")
    #expect(text.contains("6 rows"))
    #expect(text.contains("│"))
    #expect(!text.contains("10"))
    #expect(try notebook.run("set rows 0\nfrom actions |> select n").contains("10"))
    #expect(try notebook.run("set null 'none'\nfrom actions |> select n").contains("none"))
    #expect(try notebook.run("format csv\nfrom actions |> where n = 10 |> select n") == "n\n10\n")
    #expect(try notebook.run("format auto\nfrom actions |> limit 1").contains("│"))
  }

  @Test(arguments: [
    ("csv", "n\n3\n"), ("tsv", "n\n3\n"), ("ndjson", "{\"n\":3}\n"), ("markdown", "|   n |\n| --: |\n|   3 |\n"),
  ])
  func formatsAreChosenByName(_ format: String, _ expected: String) throws {
    let notebook = try TestNotebook.withActions()
    let text = try notebook.run("format \(format)\nfrom actions |> limit 1 |> select n")
    #expect(text.replacing(" ", with: "") == expected.replacing(" ", with: ""))
  }

  @Test func aFormatThatDoesNotExistIsNamed() throws {
    let notebook = try TestNotebook()
    try notebook.run("format jsno")
    #expect(notebook.lastError == "test:1:8: error: there is no format `jsno`")
    #expect(!notebook.session.setFormat("nothing"))
    #expect(notebook.session.setFormat("JSON"))
    #expect(try notebook.run("select 1 as a;").contains("\"a\""))
  }

  @Test func theTimerTellsOfEachStatement() throws {
    let notebook = try TestNotebook()
    try notebook.run("timer on\nselect 1;\nselect 2;\ntimer off\nselect 3;")
    #expect(notebook.notes.count == 3)
    #expect(notebook.notes.allSatisfy { $0.hasSuffix(" s") })
    try notebook.run("timer\nselect 1;")
    #expect(notebook.notes.count == 5)
  }

  @Test func outputSendsResultsToAFileThatIsThereWhenItIsFinished() throws {
    let notebook = try TestNotebook.withActions { $0.outputIsTerminal = true }
    #expect(try notebook.run("output $d/o.txt\nfrom actions |> limit 1 |> select n\nselect 5 as a;") == "")
    #expect(notebook.read("o.txt") == nil)
    // A file gets CSV, whole.
    #expect(try notebook.run("output off\nformat csv\nselect 6 as a;") == "a\n6\n")
    #expect(notebook.read("o.txt") == "n\n3\na\n5\n")
    try notebook.run("output $d/no/o.txt")
    #expect(notebook.lastError == "test:1:8: error: cannot write 'D/no/o.txt': there is no folder 'D/no'")
    #expect(try notebook.run("select 7 as a;") == "a\n7\n")
  }

  @Test func anotherOutputFinishesTheOneBefore() throws {
    let notebook = try TestNotebook()
    try notebook.run("output $d/1.csv\nselect 1 as a;\noutput $d/2.csv\nselect 2 as a;")
    #expect(notebook.read("1.csv") == "a\n1\n")
    #expect(notebook.read("2.csv") == nil)
    try notebook.session.finish()
    #expect(notebook.read("2.csv") == "a\n2\n")
  }

  @Test func anAbandonedOutputIsNotThere() throws {
    let notebook = try TestNotebook()
    try notebook.run("output $d/1.csv\nselect 1 as a;\nfrom nothing")
    try notebook.session.abandon()
    #expect(notebook.names == [])
    #expect(notebook.warnings == ["D/1.csv was not written"])
  }

  @Test(arguments: HelpText.topics)
  func everyTopicHasAPage(_ topic: String) throws {
    let notebook = try TestNotebook()
    // For `why` something must have gone wrong.
    try notebook.run("from nothing")
    notebook.forgetMessages()
    let page = try notebook.run("help \(topic)")
    #expect(page.split(separator: "\n").count > 1)
    #expect(notebook.errors == [])
  }

  @Test func helpListsAllCommandsAndOperators() throws {
    let notebook = try TestNotebook()
    let page = try notebook.run("help commands\nhelp operators")
    for entry in GrammarCatalog.commands + GrammarCatalog.operators {
      #expect(page.contains("  \(entry.name) "), "\(entry.name)")
    }
    try notebook.run("help shaer")
    #expect(
      notebook.errors == [
        "test:1:1: error: there is no help on `shaer`\nhelp shaer\n^^^^^^^^^^\nhelp: did you mean `share`?"
      ])
  }

  @Test func historyNumbersWhatWasTyped() throws {
    let notebook = try TestNotebook { $0.history = { ["load a", "tables", "quit"] } }
    #expect(try notebook.run("history") == "number,statement\n1,load a\n2,tables\n3,quit\n")
    #expect(try notebook.run("history 1") == "number,statement\n3,quit\n")
    #expect(try notebook.run("history 0") == "number,statement\n")
    #expect(try notebook.run("history 9223372036854775807").split(separator: "\n").count == 4)
  }

  @Test func explainShowsThePlanWithoutRunningIt() throws {
    let notebook = try TestNotebook.withActions()
    let text = try notebook.run("explain from actions |> where n > 2")
    // n goes from 1 to 10 and is NULL once in six: 6 * 8/9 * 5/6.
    #expect(text == "filter n > 2  (~4 rows)\n└─ scan actions [country, action, n], 6 rows\n")
    #expect(try notebook.run("|> limit 1") == "")
    #expect(notebook.lastError.hasSuffix("there is no table `_`"))
    let analyzed = try notebook.run("explain analyze from actions |> where n > 2")
    #expect(analyzed.hasPrefix("filter n > 2  (~4 rows, in fact 3 rows, "))
    #expect(analyzed.contains("\n└─ scan actions [country, action, n], 6 rows  ("))
    #expect(analyzed.contains("\n\n3 rows in "))
    let table = try notebook.run("set format csv\nexplain from actions |> where n > 2")
    #expect(
      table == "depth,operator,estimated_rows,rows,seconds,own_seconds,bytes\n0,filter n > 2,4,,,,\n"
        + "1,\"scan actions [country, action, n], 6 rows\",,,,,\n")
  }
}

@Suite("The prompt") struct PromptTests {
  @Test func namesInBracesStandForWhatTheySay() throws {
    let notebook = try TestNotebook.withActions()
    let session = notebook.session
    #expect(session.prompt(after: .succeeded, seconds: nil) == "noticebook> ")
    try notebook.run("set prompt '{table}|{engine}|{elapsed}|{status}|{folder}> '")
    #expect(session.prompt(after: .succeeded, seconds: nil).hasPrefix("|local||0|"))
    try notebook.run("use actions")
    #expect(session.prompt(after: .failed, seconds: 1.25).hasPrefix("actions|local|1.250 s|1|"))
    #expect(session.title == "noticebook: actions")
    try notebook.run("set title off")
    #expect(session.title == nil)
  }

  @Test(arguments: ["{tabel}> ", "{table> ", "{}", "{{table}}"]) func otherBracesAreAnError(_ text: String) throws {
    let notebook = try TestNotebook()
    try notebook.run("set prompt '\(text)'")
    #expect(notebook.lastError.contains("`prompt` takes a text such as '{table}> '"))
    #expect(notebook.session.prompt(after: .succeeded, seconds: nil) == "noticebook> ")
  }

  @Test func editNeedsAPerson() throws {
    let notebook = try TestNotebook()
    try notebook.run("edit")
    #expect(notebook.lastError.contains("`edit` is for statements that are typed"))
  }
}
