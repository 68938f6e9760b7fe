import Notices
import Planning
import Testing

@testable import Notebook

@Suite("Completion") struct CompletionTests {
  private func notebook() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write("claims.csv", "country,when acted,order,Österreich\nIN,2021,1,2\n")
    try notebook.write("sub/inner.csv", "a\n1\n")
    try notebook.run("load $d/claims.csv\nlet views = from claims |> select country as land\nlet least = 3")
    #expect(notebook.errors == [])
    return notebook
  }

  /// The texts of the candidates at the end, or at `^`.
  private func candidates(_ text: String, _ notebook: TestNotebook) -> [String] {
    let text = text.replacing("$d", with: notebook.folder)
    let cursor = text.firstIndex(of: "^").map { text[..<$0].utf8.count } ?? text.utf8.count
    return SessionCompleter(notebook.session).candidates(in: text.replacing("^", with: ""), at: cursor)
      .map { $0.text.replacing(notebook.folder, with: "D") }
  }

  @Test func commandsAndTablesBeginAStatement() throws {
    let notebook = try notebook()
    #expect(candidates("lo", notebook) == ["load"])
    #expect(candidates("DESCR", notebook) == ["describe"])
    #expect(candidates("cl", notebook) == ["claims"])
    #expect(candidates("select 1; ta", notebook).contains("tables"))
    #expect(candidates("", notebook).count > 30)
  }

  @Test func aWordThatOnlyOneThingBeginsWithGoesOnByItself() throws {
    let notebook = try notebook()
    let completer = SessionCompleter(notebook.session)
    #expect(completer.continuation(of: "desc") == "ribe")
    #expect(completer.continuation(of: "from cla") == "ims")
    #expect(completer.continuation(of: "from claims |> timel") == "ine")
    #expect(completer.continuation(of: "from claims |> share countr") == nil)
    // What is whole, one letter, in quotes, a path, or nothing that is known.
    for text in [
      "from claims", "from c", "from claims |> where country = 'cla", "load cla", "save 'des", "from xyz", "",
    ] {
      #expect(completer.continuation(of: text) == nil, "\(text)")
    }
  }

  @Test func settingsAndOptionsHaveTheirValues() throws {
    let notebook = try notebook()
    #expect(candidates("set theme ", notebook) == ["auto", "light", "dark", "none"])
    #expect(candidates("set timer o", notebook) == ["on", "off"])
    #expect(candidates("load claims.csv (deli", notebook) == ["delimiter"])
    #expect(candidates("load claims.csv (header off, sk", notebook) == ["skip"])
  }

  @Test func filesSayHowLargeTheyAre() throws {
    let notebook = try notebook()
    let text = "load \(notebook.folder)/"
    let found = SessionCompleter(notebook.session).candidates(in: text, at: text.utf8.count)
    #expect(found.map { $0.description } == ["49 bytes", "folder"])
  }

  @Test func operatorsFollowThePipe() throws {
    let notebook = try notebook()
    #expect(candidates("from claims |> sh", notebook) == ["share", "shell"])
    #expect(candidates("from claims\n  |> ord", notebook) == ["order by"])
  }

  @Test func tablesFollowWhatComparesThem() throws {
    let notebook = try notebook()
    #expect(candidates("audit cl", notebook) == ["claims"])
    #expect(candidates("diff vi", notebook) == ["views"])
    #expect(candidates("reconcile claims with vi", notebook) == ["views"])
    #expect(candidates("from claims |> reconcile with cl", notebook) == ["claims"])
  }

  @Test func nothingGoesOnInsideAText() throws {
    let notebook = try notebook()
    #expect(candidates("from claims |> where country = 'c", notebook) == [])
    #expect(candidates("from claims |> where country = 'it''s c", notebook) == [])
    #expect(
      candidates("from claims |> where country = 'IN' and cou", notebook) == [
        "country", "count", "count_if", "count_between", "country_code", "country_name",
      ])
  }

  @Test func aColumnIsComparedWithItsMostFrequentValues() throws {
    let notebook = try notebook()
    try notebook.write("acts.csv", "country,n\nTR,1\nIN,2\nTR,3\nTM,4\nd'Or,5\nTR,6\nTM,7\n")
    try notebook.run("load $d/acts.csv")
    func values(_ text: String) -> [String] {
      let found = SessionCompleter(notebook.session).candidates(in: text, at: text.utf8.count)
      return found.map { "\($0.text) \($0.description ?? "")" }
    }
    let start = "from acts |> where country "
    #expect(values(start + "= ") == ["'TR' 3 rows", "'TM' 2 rows", "'IN' 1 row", "'d''Or' 1 row"])
    #expect(values(start + "= 't") == ["'TR' 3 rows", "'TM' 2 rows"])
    #expect(values(start + "<> 'T") == ["'TR' 3 rows", "'TM' 2 rows"])
    #expect(values(start + "in ('TR', 'd''") == ["'d''Or' 1 row"])
    #expect(values(start + "not in (") == ["'TR' 3 rows", "'TM' 2 rows", "'IN' 1 row", "'d''Or' 1 row"])
    #expect(values(start + "= 'x") == [])
    #expect(values("select * from acts where \"country\" = 'I") == ["'IN' 1 row"])
    #expect(values("from acts |> where n = '").isEmpty)
    // The whole quote is what is replaced.
    let text = start + "= 'T"
    #expect(SessionCompleter(notebook.session).candidates(in: text, at: text.utf8.count).first?.range == 29..<31)
  }

  @Test func whatIsAskedForValuesIsNoResult() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("format csv\nselect 7 as seven;")
    #expect(candidates("from actions |> where country = ", notebook).contains("'IN'"))
    #expect(try notebook.run("from _") == "seven\n7\n")
  }

  @Test func aPathThatIsNoPlainWordComesInQuotes() throws {
    let notebook = try notebook()
    try notebook.write("my file's.csv", "x\n1\n")
    #expect(candidates("load \(notebook.folder)/my", notebook) == ["'D/my file''s.csv'"])
    #expect(candidates("load '\(notebook.folder)/my", notebook) == ["D/my file''s.csv"])
    try notebook.run("load '$d/my file''s.csv' as quoted")
    #expect(try notebook.run("format csv\nfrom quoted") == "x\n1\n")
  }

  @Test func filesThatACommandTakesGoFirst() throws {
    let notebook = try notebook()
    for name in ["b.csv", "b.nbk", "b.nbs", "b.pdf"] { try notebook.write("mixed/\(name)", "x\n1\n") }
    #expect(candidates("load $d/mixed/", notebook) == ["D/mixed/b.csv", "D/mixed/b.nbs"])
    #expect(candidates("run $d/mixed/", notebook) == ["D/mixed/b.nbk"])
    // Without one that it takes any is offered.
    #expect(candidates("load $d/mixed/b.p", notebook) == ["D/mixed/b.pdf"])
    #expect(candidates("cd $d/", notebook).contains("D/mixed/"))
  }

  @Test func noComparisonFollowsAComparison() throws {
    let notebook = try TestNotebook.withActions()
    #expect(!candidates("from actions |> where n > ", notebook).contains("is null"))
    #expect(candidates("from actions |> where n ", notebook).contains("is null"))
  }

  @Test func aComparisonFollowsAColumn() throws {
    let notebook = try notebook()
    #expect(
      candidates("from claims |> where country ", notebook).prefix(7)
        == ["=", "<>", "in (", "is null", "is not null", "like '", "~ '"])
    #expect(candidates("from claims |> where \"order\" > 1 and country is n", notebook).contains("null"))
    #expect(candidates("from views |> where land l", notebook).first == "like '")
  }

  @Test func whatBeginsWithNothingIsFoundByItsLetters() throws {
    let notebook = try notebook()
    #expect(candidates("from claims |> agregat", notebook) == ["aggregate"])
    #expect(candidates("from claims |> where untry", notebook) == ["country", "country_code", "country_name"])
    #expect(candidates("dscrb", notebook) == ["describe"])
    #expect(candidates("ds", notebook) == [])
  }

  @Test func tablesFollowTheirWords() throws {
    let notebook = try notebook()
    for word in ["from", "use", "describe", "columns", "sample", "drop", "from claims |> join"] {
      #expect(candidates("\(word) ", notebook) == ["claims", "views"], "\(word)")
    }
    #expect(candidates("from v", notebook) == ["views"])
  }

  @Test func columnsOfTheTablesSpokenOf() throws {
    let notebook = try notebook()
    #expect(candidates("from claims |> where cou", notebook).first == "country")
    #expect(candidates("from views |> where l", notebook).first == "land")
    #expect(!candidates("from views |> where cou", notebook).contains("country"))
    #expect(candidates("select c^ from claims;", notebook).first == "country")
    try notebook.run("use claims")
    #expect(candidates("where cou", notebook).first == "country")
    #expect(candidates("from claims |> where claims.", notebook).first == "country")
  }

  @Test func columnsThatAreNoPlainWordsComeInQuotes() throws {
    let notebook = try notebook()
    #expect(candidates("from claims |> where whe", notebook).first == "\"when acted\"")
    #expect(candidates("from claims |> where ord", notebook).first == "\"order\"")
    #expect(candidates("from claims |> where Ö", notebook).first == "Österreich")
  }

  @Test func functionsWithTheirBracket() throws {
    let notebook = try notebook()
    let found = SessionCompleter(notebook.session).candidates(in: "from claims |> aggregate quant", at: 30)
    #expect(found.first?.text == "quantile")
    #expect(found.first?.suffix == "(")
    #expect(found.first?.range == 25..<30)
  }

  @Test func parametersFollowTheDollar() throws {
    let notebook = try notebook()
    #expect(candidates("from claims |> where country > $l", notebook) == ["least"])
  }

  @Test func pathsWhereAPathIsWanted() throws {
    let notebook = try notebook()
    for text in ["load $d/", "load '$d/", "from '$d/", "output $d/"] {
      #expect(candidates(text, notebook) == ["D/claims.csv", "D/sub/"], "\(text)")
    }
    #expect(candidates("load $d/sub/", notebook) == ["D/sub/inner.csv"])
    #expect(candidates("load $d/nothing/", notebook) == [])
    #expect(candidates("from claims |> save '$d/cl", notebook) == ["D/claims.csv"])
    #expect(candidates("load $d/claims.csv, $d/s", notebook) == ["D/sub/"])
  }

  @Test func settingsFormatsAndTopics() throws {
    let notebook = try notebook()
    #expect(candidates("set ro", notebook) == ["rows"])
    #expect(candidates("format ma", notebook) == ["markdown"])
    #expect(candidates("timer o", notebook) == ["on", "off"])
    #expect(candidates("help shar", notebook) == ["share", "share_high", "share_low"])
    #expect(candidates("help sett", notebook).contains("settings"))
  }

  @Test func anywhereInAnything() throws {
    let notebook = try notebook()
    let completer = SessionCompleter(notebook.session)
    for text in ["from 'ä |> x", "load '", "\"", "select (((", "from claims.|> .", "\u{301}a", "help", "set format "] {
      for cursor in -1...(text.utf8.count + 2) { _ = completer.candidates(in: text, at: cursor) }
    }
  }
}
