import Glibc
import Testing

@testable import Notebook
@testable import Notices

/// Small files in the forms in which sources publish theirs, made up by hand.
@Suite("published sources") struct PublishedSourceTests {
  private static let statements = """
    uuid,decision_visibility,end_date_visibility_restriction,decision_monetary,decision_provision,decision_account,\
    end_date_account_restriction,decision_ground,category,content_type,territorial_scope,application_date,decision_facts,\
    source_type,automated_detection,automated_decision,platform_name,platform_uid,created_at,content_id_ean
    u1,"[""DECISION_VISIBILITY_CONTENT_REMOVED""]",,,,,,DECISION_GROUND_ILLEGAL_CONTENT,C,"[""CONTENT_TYPE_TEXT""]",\
    "[""DE"",""FR""]","2025-07-01 00:00:00","Two
    lines, ""quoted"" so",SOURCE_ARTICLE_16,No,AUTOMATED_DECISION_NOT_AUTOMATED,X,"id ""1"" x","2025-07-02 10:00:00",
    u2,"[""DECISION_VISIBILITY_CONTENT_DISABLED"",""DECISION_VISIBILITY_CONTENT_LABELLED""]",,,,,,\
    DECISION_GROUND_INCOMPATIBLE_CONTENT,C,[],\(all),"2025-07-01 00:00:00",f,SOURCE_VOLUNTARY,Yes,\
    AUTOMATED_DECISION_FULLY,X,p2,"2025-07-02 10:00:00",
    u3,,,DECISION_MONETARY_OTHER,,DECISION_ACCOUNT_SUSPENDED,"2025-08-01 00:00:00",DECISION_GROUND_INCOMPATIBLE_CONTENT,\
    C,[],"[""NO""]","2025-07-01 00:00:00",f,SOURCE_VOLUNTARY,Yes,AUTOMATED_DECISION_PARTIALLY,X,p3,"2025-07-02 10:00:00",
    u4,"[""DECISION_VISIBILITY_CONTENT_HIDDEN""]",,,DECISION_PROVISION_TOTAL_SUSPENSION,,,D,C,[],[],\
    "2025-07-01 00:00:00",f,SOURCE_TRUSTED_FLAGGER,Maybe,A,X,p4,"2025-07-02 10:00:00",
    u5,"[""DECISION_VISIBILITY_CONTENT_REMOVED""]","2025-09-01 00:00:00",,,,,D,C,[],[],"2025-07-01 00:00:00",f,\
    SOURCE_VOLUNTARY,No,A,X,p5,"2025-07-02 10:00:00",

    """

  /// All states of the European Economic Area as a field.
  private static let all =
    "\"["
    + "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(separator: " ")
    .map { "\"\"\($0)\"\"" }.joined(separator: ",") + "]\""

  @Test func statementsOfReasonsAreActions() throws {
    let notebook = try TestNotebook()
    try notebook.write("sor.csv", Self.statements)
    try notebook.run("load $d/sor.csv")
    #expect(notebook.errors == [])
    #expect(
      notebook.notes[0].contains(
        "\n  source: EU DSA statements of reasons (dsa_sor), full, schema 2 (since 2025-07-01)\n"))
    #expect(
      try notebook.run(
        "from sor!actions |> select id, action, restrictions, duration, scope, ground, automated_detection as machine")
          == """
          id,action,restrictions,duration,scope,ground,machine
          u1,withheld,"[""withheld""]",,regional,illegal,false
          u2,removed,"[""removed"",""labelled""]",,regional,terms,true
          u3,suspended,"[""suspended"",""demonetised""]",temporary,local,terms,true
          u4,service_restricted,"[""service_restricted"",""DECISION_VISIBILITY_CONTENT_HIDDEN""]",,,D,
          u5,removed_or_withheld,"[""removed_or_withheld""]",temporary,,D,false

          """)
    #expect(
      try notebook.run("from sor!actions |> where notice is not null |> select id, subject, territory, ended_at") == """
        id,subject,territory,ended_at
        u1,"id ""1"" x","[""DE"",""FR""]",
        u4,p4,[],

        """)
    #expect(
      try notebook.run("from sor!notices |> select id, platform, items, accounts") == """
        id,platform,items,accounts
        u1,X,1,
        u4,X,1,

        """)
    let words = try notebook.run("vocabulary sor")
    #expect(words.contains("\ndecision_visibility,DECISION_VISIBILITY_CONTENT_HIDDEN,1,unknown,no word of"))
  }

  @Test func ofLightStatementsWithheldIsNotToldFromRemoved() throws {
    let notebook = try TestNotebook()
    try notebook.write("sor.csv", Self.statements)
    // Light files lack the scope; before July 2025 there was no EAN.
    try notebook.run(
      """
      load $d/sor.csv as full (adapter none)
      from full |> select * exclude (territorial_scope, decision_facts, content_id_ean) |> save '$d/light.csv'
      load $d/light.csv as sor
      """)
    #expect(notebook.errors == [])
    #expect(notebook.notes.last?.contains("(dsa_sor), light, schema 1 (before 2025-07-01)\n") == true)
    #expect(
      try notebook.run("from sor!actions |> select id, action, scope, territory") == """
        id,action,scope,territory
        u1,removed_or_withheld,,
        u2,removed_or_withheld,,
        u3,suspended,,
        u4,service_restricted,,
        u5,removed_or_withheld,,

        """)
  }

  @Test func lumenNoticesComeAsTheAPIGivesThem() throws {
    let notebook = try TestNotebook()
    try notebook.write(
      "page.json",
      """
      {"notices": [
        {"id": 5, "type": "DMCA", "title": "Complaint", "body": null, "date_sent": "2021-02-01T00:00:00.000Z",
         "date_received": "2021-02-03T05:00:00.000Z", "topics": ["Copyright"], "sender_name": "A Studio",
         "principal_name": "B", "recipient_name": "Google", "tags": [], "jurisdictions": ["US"],
         "works": [{"description": "Film", "infringing_urls": [{"url": "http://a/1"}, {"url": "http://a/2"}]},
                   {"description": "Song", "infringing_urls": [{"url": "http://b/1"}]}], "action_taken": "Yes"},
        {"id": 6, "type": "GovernmentRequest", "title": "Order", "date_sent": null,
         "date_received": "2021-02-04T00:00:00.000Z", "topics": [], "sender_name": "Police", "principal_name": null,
         "recipient_name": "Twitter", "tags": [], "jurisdictions": ["IN", "UK"], "regulations": ["IT Act 69A"],
         "works": [{"infringing_urls": [{"domain": "a", "count": 4}, {"domain": "b", "count": 2}]}],
         "action_taken": "No"},
        {"id": 7, "type": "Other", "title": "?", "sender_name": "C", "recipient_name": "X", "jurisdictions": [],
         "works": [], "action_taken": "Unspecified"}
      ], "meta": {"current_page": 1}}
      """)
    try notebook.run("load $d/page.json as notices")
    #expect(notebook.errors == [])
    #expect(notebook.notes[0].contains("\n  source: Lumen notices (lumen)\n"))
    #expect(
      try notebook.run("from notices!notices") == """
        id,authority,requester,platform,country,territory,legal_basis,received,accounts,items
        5,,A Studio,Google,US,"[""US""]",DMCA,2021-02-03T05:00:00Z,,3
        6,Police,Police,Twitter,,"[""GB"",""IN""]",IT Act 69A,2021-02-04T00:00:00Z,,6
        7,,C,X,,[],Other,,,0

        """)
    #expect(
      try notebook.run("from notices!actions |> select notice, action") == """
        notice,action
        5,other
        6,none
        7,Unspecified

        """)
  }

  @Test func tablesOfCountsGetCanonicalNames() throws {
    let notebook = try TestNotebook()
    try notebook.write(
      "google.csv",
      """
      Period Ending,Country/Region,CLDR Territory Code,Number of Requests,Items Requested To Be Removed,% Removed-Legal
      2020-06-30,Turkey,TR,"1,024",5300,31
      2020-06-30,Namibia,NA,2,,

      """)
    try notebook.write(
      "meta.csv", "Country,Period,Content Restrictions\nIndia,2020 H1,681\nMexico,2020 H1,\"22,107\"\n")
    try notebook.run("load $d/google.csv\nload $d/meta.csv")
    #expect(notebook.errors == [])
    #expect(
      try notebook.run("google") == """
        period_end,country,iso_code,requests,items,percent_removed_legal
        2020-06-30,Turkey,TR,1024,5300,31
        2020-06-30,Namibia,"NA",2,,

        """)
    #expect(try notebook.run("from meta |> aggregate sum(content_restrictions)") == "sum\n22788\n")
    #expect(notebook.session.source(of: "google")?.name == "google_removal_requests")
    #expect(notebook.session.source(of: "meta")?.name == "meta_content_restrictions")
  }

  @Test func theModelsOfAllSourcesCanBePlanned() throws {
    for adapter in SourceCatalog.all where adapter.rows.isEmpty {
      let notebook = try TestNotebook()
      let names = adapter.columns.map(\.name)
      // One row of nothing but the first column, so that types are those of the adapter.
      try notebook.write(
        "t.csv", names.joined(separator: ",") + "\nx" + names.dropFirst().map { _ in "," }.joined() + "\n")
      try notebook.run("load $d/t.csv as t (adapter \(adapter.name))")
      for part in CanonicalTable.allCases where adapter.model(part) != nil {
        #expect(
          try notebook.run("from t!\(part.rawValue) |> limit 0").hasPrefix(
            part.columns.map(\.name).joined(separator: ",")))
      }
      #expect(notebook.errors == [], "\(adapter.name)")
    }
  }

  /// The dumps that `scripts/generate-dsa` writes are recognised in all their forms, with nothing unread or unknown.
  @Test(
    .enabled(if: access("/usr/bin/python3", X_OK) == 0, "needs python3"),
    arguments: [("", "full, schema 2"), ("--light --schema 1", "light, schema 1")])
  func generatedDumpsAreAsPublished(_ options: String, _ editions: String) throws {
    let notebook = try TestNotebook()
    let project = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let command = "/usr/bin/python3 '\(project)/scripts/generate-dsa' '\(notebook.folder)' --statements 500 \(options)"
    try #require(system("\(command) 2>/dev/null") == 0)
    try notebook.run("load '$d/*.zip' as sor")
    #expect(notebook.errors == [])
    #expect(notebook.notes[0].hasPrefix("sor: 500 rows, \(options.isEmpty ? 38 : 33) columns"))
    #expect(notebook.notes[0].contains("(dsa_sor), \(editions) ("))
    #expect(!notebook.notes[0].contains("rejected") && !notebook.notes[0].contains("check:"))
    #expect(
      try notebook.run("from sor!actions |> aggregate count(distinct id), count(action)") == "count,count\n500,500\n")
    #expect(!(try notebook.run("vocabulary sor").contains("unknown")))
  }

  @Test func helpExplainsSourcesAndAdapters() throws {
    let notebook = try TestNotebook()
    #expect(try notebook.run("help sources").contains("dsa_sor"))
    #expect(try notebook.run("help adapters").contains("recognise"))
    for adapter in SourceCatalog.all { #expect(try notebook.run("sources").contains(adapter.url)) }
  }
}
