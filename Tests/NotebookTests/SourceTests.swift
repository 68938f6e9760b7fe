import Glibc
import Testing

@testable import Notebook

@Suite("sources") struct SourceTests {
  /// Two half-years as Twitter published them: columns in another order and spelling, a row of totals.
  private static func withRequests() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write(
      "requests-2015-1.csv",
      """
      COUNTRY,ISO CODE,TIME PERIOD,REMOVAL REQUESTS (COURT ORDERS),"REMOVAL REQUESTS (GOV’T AGENCY, POLICE, OTHER)",\
      PERCENTAGE WHERE SOME CONTENT WITHHELD,ACCOUNTS SPECIFIED,ACCOUNTS WITHHELD,TWEETS WITHHELD,FLAGS
      Turkey,TR,January - June 2015,408,310,34%*,"1,978",125*,"1,667*",/tr.svg
      Crotia,HR,January - June 2015,-,-,-,-,-,-,/hr.svg
      TOTAL,,,408,310,34%,"1,978",125*,"1,667*",

      """)
    try notebook.write(
      "requests-2016-2.csv",
      """
      TIME PERIOD,COUNTRY,ISO CODE,REMOVAL REQUESTS (COURT ORDERS),\
      "REMOVAL REQUESTS (GOVERNMENT AGENCY, POLICE, OTHER) ",PERCENTAGE WHERE SOME CONTENT WITHHELD,\
      ACCOUNTS SPECIFIED,ACCOUNTS WITHHELD,TWEETS WITHHELD
      July - December 2016,United Kingdom,UK,1,75,6%,238,3,16

      """)
    return notebook
  }

  @Test func aPublishedTableIsRecognisedAndTidied() throws {
    let notebook = try Self.withRequests()
    try notebook.run("load '$d/requests-*.csv' as requests")
    #expect(notebook.errors == [])
    #expect(
      try notebook.run(
        """
        from requests |> select period, period_end, country, iso_code, requests_by_others, accounts_withheld, corrected, line
        """) == """
          period,period_end,country,iso_code,requests_by_others,accounts_withheld,corrected,line
          2015-H1,2015-06-30,Croatia,HR,,,country: Crotia,3
          2015-H1,2015-06-30,Turkey,TR,310,125,,2
          2016-H2,2016-12-31,United Kingdom,GB,75,3,iso_code: UK,2

          """)
    #expect(
      try notebook.run("from requests!published |> aggregate count(*) as n, sum(accounts_withheld)") == "n,sum\n4,253\n"
    )
    #expect(
      try notebook.run("from requests!remarks |> where line = 2 |> select column, text, figure") == """
        column,text,figure
        share_with_some_content_withheld,34%*,0.34
        accounts_withheld,125*,125
        tweets_withheld,"1,667*",1667

        """)
    let note = try #require(notebook.notes.first)
    #expect(note.contains("\n  source: Twitter transparency reports: removal requests (twitter_removal_requests)\n"))
    #expect(note.contains("\n  3 rows in requests, all as published: from requests!published\n"))
    #expect(notebook.session.source(of: "Requests")?.name == "twitter_removal_requests")
    #expect(notebook.session.source(of: "requests!remarks")?.name == "twitter_removal_requests")
  }

  @Test func aTableOfItsOwnHasNoSource() throws {
    let notebook = try Self.withRequests()
    try notebook.run("load '$d/requests-*.csv' as requests\nlet copy := from requests")
    #expect(notebook.session.source(of: "copy") == nil)
    #expect(notebook.session.source(of: "nothing") == nil)
    try notebook.run("drop requests")
    #expect(notebook.session.entryNames == ["copy"])
  }

  @Test(arguments: ["(adapter none)", "(all text)"]) func recognitionCanBeTurnedOff(_ options: String) throws {
    let notebook = try Self.withRequests()
    try notebook.run("load $d/requests-2016-2.csv as requests \(options)")
    #expect(try notebook.run("from requests |> select \"ISO CODE\"") == "ISO CODE\nUK\n")
    #expect(notebook.session.source(of: "requests") == nil)
  }

  @Test func aSourceThatDoesNotFitIsAnError() throws {
    let notebook = try TestNotebook.withActions()
    try notebook.run("let actions := from actions |> limit 1")
    for load in [
      "load $d/actions.csv (adapter withheld_observations)", "load $d/actions.csv as withheld_observations",
    ] {
      try notebook.run(load)
      #expect(
        notebook.lastError.hasSuffix(
          "error: the file is not withheld_observations: it has no column `user_id`, `fetched_at`"))
    }
    try notebook.run("load $d/actions.csv (adapter withheld_acounts)")
    #expect(notebook.errors.last?.contains("there is no source `withheld_acounts`") == true)
    #expect(notebook.errors.last?.hasSuffix("help: did you mean `withheld_accounts`?") == true)
    // What the name stood for is still there.
    #expect(try notebook.run("from actions |> aggregate count(*) as n") == "n\n1\n")
  }

  /// An adapter of one's own, with words that mean nothing, one thing, and one of two things.
  private static let mine = """
    {"name": "mine", "title": "My source", "recognise": ["id", "done"],
     "columns": [{"name": "id", "spelled": "Nr", "type": "text", "note": "the number"},
       {"name": "done", "spelled": ["Done", "What was done"], "type": "text", "list": " + "}, "where", "also"],
     "vocabulary": [
       {"column": "done", "words": {"closed": "suspended", "hidden": [
         {"when": "\\"where\\" = 'AT'", "action": "withheld"}, "removed"],
         "gone": {"kept": "closed, or left by itself"}}},
       {"column": "also", "words": {"no money": "demonetised"}}],
     "actions": {"rows": "|> where id <> '9'", "columns": {"id": "id", "territory": "[\\"where\\"]"}},
     "notices": {"columns": {"id": "id"}},
     "checks": [{"name": "numbers are short", "holds": "length(id) < 3"}],
     "limits": "made up"}
    """

  private static func withMine() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write("mine.json", mine)
    try notebook.write(
      "t.csv",
      """
      Nr,What was done,where,also
      01,closed + hidden,AT,no money
      2,hidden,DE,
      3,gone,,
      4,odd + hidden,AT,strange
      5,,,
      9,closed,,
      1000,closed,,

      """)
    try notebook.run("let mine = $d || '/mine.json'\nload $d/t.csv (adapter $mine)")
    return notebook
  }

  @Test func anAdapterOfOnesOwnMapsWordsToActions() throws {
    let notebook = try Self.withMine()
    try #require(notebook.errors == [])
    #expect(
      try notebook.run("from t!actions |> select id, action, restrictions, territory") == """
        id,action,restrictions,territory
        01,suspended,"[""suspended"",""withheld"",""demonetised""]","[""AT""]"
        2,removed,"[""removed""]","[""DE""]"
        3,gone,"[""gone""]",[null]
        4,withheld,"[""withheld"",""strange"",""odd""]","[""AT""]"
        5,,[],[null]
        1000,suspended,"[""suspended""]",[null]

        """)
    #expect(
      try notebook.run("vocabulary t") == """
        column,word,count,action,note
        done,closed,3,suspended,
        done,hidden,3,"withheld, removed","withheld when ""where"" = 'AT'; removed else"
        done,gone,1,unknown,"closed, or left by itself"
        done,odd,1,unknown,no word of the vocabulary; it is kept as it is
        also,no money,1,demonetised,
        also,strange,1,unknown,no word of the vocabulary; it is kept as it is

        """)
    #expect(try notebook.run("vocabulary t!actions") == notebook.run("vocabulary t"))
    let note = try #require(notebook.notes.first)
    #expect(note.contains("\n  check: numbers are short: does not hold in 1 row (length(id) < 3)\n"))
    #expect(note.contains("\n  seen as t!notices, t!actions\n"))
    #expect(note.hasSuffix("\n  note: made up"))
    #expect(try notebook.run("columns t").contains("id,text,0,,7,the number\n") == false)
    #expect(try notebook.run("from t!notices |> aggregate count(*) as n") == "n\n7\n")
  }

  @Test func theSourceSurvivesASnapshot() throws {
    let notebook = try Self.withMine()
    let before = try notebook.run("from t!actions")
    try notebook.run("save snapshot '$d/all.nbs'\ndrop t\nload '$d/all.nbs'")
    #expect(notebook.errors == [])
    #expect(notebook.session.source(of: "t")?.title == "My source")
    #expect(try notebook.run("from t!actions") == before)
    try notebook.run("save snapshot '$d/t.nbs' of t\nload '$d/t.nbs' as other")
    #expect(try notebook.run("from other!actions") == before)
    #expect(notebook.session.source(of: "other!actions")?.name == "mine")
    #expect(notebook.errors == [])
  }

  @Test func whatIsWrongWithAnAdapterIsSaidWhenItIsUsed() throws {
    let notebook = try TestNotebook()
    try notebook.write("t.csv", "id\n1\n")
    func load(_ model: String) throws -> String {
      try notebook.write(
        "m.json", #"{"name": "m", "title": "M", "columns": ["id"], "recognise": "id", \#(model)}"#)
      try notebook.run("let m = $d || '/m.json'\nload $d/t.csv (adapter $m)")
      return notebook.errors.last ?? ""
    }
    #expect(
      try load(#""actions": {"columns": {"id": "ib"}}"#).contains("m: actions:4:8: error: there is no column `ib`"))
    #expect(try load(#""actions": {"columns": {"id": "id +"}}"#).contains("m: actions:"))
    #expect(try load(#""rows": "|> where x""#).contains("m: rows:3:10: error: there is no column `x`"))
    #expect(try load(#""rows": "; drop t""#).contains("m: rows is more than one query"))
    #expect(try load(#""checks": [{"name": "c", "holds": "ix > 1"}]"#).contains("there is no column `ix`"))
    #expect(try load(#""limit": "x""#).contains("m.json: the adapter: found the member 'limit'"))
    #expect(notebook.session.entryNames == [])
    try notebook.run("load $d/t.csv (adapter './none.json')")
    #expect(notebook.lastError.hasSuffix("none.json: no such file"))
  }

  @Test func aTableWithoutASourceIsComparedWithTheVocabulary() throws {
    let notebook = try TestNotebook.withActions()
    #expect(
      try notebook.run("vocabulary actions") == """
        column,word,count,action,note
        action,withheld,4,withheld,
        action,none,1,none,
        action,suspended,1,suspended,

        """)
    try notebook.run("let x := from actions |> select n\nvocabulary x")
    #expect(notebook.lastError.hasSuffix("error: `x` is of no known source and has no column `action`"))
    #expect(try notebook.run("vocabulary").hasPrefix("action,means,source,column,word,when\nsuspended,"))
  }

  @Test func aScriptOnPublishedTablesIsCheckedWithoutBeingRun() throws {
    let notebook = try Self.withRequests()
    notebook.session.startChecking()
    try notebook.run(
      """
      load '$d/requests-*.csv' as requests
      from requests |> share accounts_withheld of accounts_specified by country
      from requests!remarks |> select figure
      vocabulary requests
      sources
      from requests |> where contry = 'TR'
      """, keepsGoing: true)
    #expect(notebook.errors.count == 1)
    #expect(notebook.lastError.contains("there is no column `contry`"))
  }
}
