import Testing

@testable import Notebook

@Suite("refusals") struct RefusalTests {
  /// A source that records no refusals, whose category changed, and whose content dates have no time of day; and notices of
  /// no known source.
  private static func withSources() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write(
      "sor.json",
      """
      {"name": "my_sor", "title": "statements", "recognise": ["uuid", "done", "created_at"],
       "columns": [{"name": "uuid", "type": "text"}, "platform", "done", "category", {"name": "items", "type": "integer"},
         {"name": "content_date", "type": "timestamp", "precision": "day"}, {"name": "created_at", "type": "timestamp"}],
       "keys": {"platform": "platform", "time": "created_at"},
       "changes": [{"on": "2025-07-01", "columns": ["category"], "what": "schema 1 to 2"}],
       "vocabulary": [{"column": "done", "words": {"DELETED": "removed", "CLOSED": "suspended"}}],
       "actions": {"columns": {"id": "uuid", "platform": "platform", "acted_at": "created_at"}}}
      """)
    try notebook.write(
      "sor.csv",
      """
      uuid,platform,done,category,items,content_date,created_at
      a,X,DELETED,spam,2,2025-06-01 00:00:00,2025-06-02 10:00:00
      b,X,CLOSED,,1,2025-06-30 00:00:00,2025-07-01 00:00:00
      c,Y,DELETED,,4,2025-07-01 00:00:00,2025-07-02 12:00:00

      """)
    try notebook.write("asked.csv", "platform,accounts\nX,10\nY,20\n")
    try notebook.run("let sor = $d || '/sor.json'\nload $d/sor.csv (adapter $sor)\nload $d/asked.csv")
    try #require(notebook.errors == [])
    notebook.forgetMessages()
    return notebook
  }

  /// What is refused, and a part of the reason.
  private static let refused: [(query: String, reason: String)] = [
    (
      "from sor |> latency in hours from content_date to created_at",
      "`content_date` has no time of day in my_sor, so nothing is known of hours"
    ),
    (
      "from sor!actions |> extend date '2025-06-01' as asked |> latency in minutes from asked to acted_at",
      "`asked` has no time of day, so nothing is known of minutes"
    ),
    (
      "from sor |> timeline category by month of created_at",
      "`category` changed in my_sor on 2025-07-01 (schema 1 to 2)"
    ),
    ("from sor |> timeline by month of created_at per upper(category)", "`category` changed in my_sor"),
    ("from sor |> timeline category by month of content_date", "`category` changed in my_sor"),
    ("from sor |> where category = 'spam' or done = 'CLOSED' |> timeline by day of created_at", "`category` changed"),
    (
      "from sor |> share category without nulls",
      "`category` is NULL in more than half of the rows, which `without nulls` would hide"
    ),
    ("from sor!actions |> share action = 'none'", "my_sor never records `none`"),
    ("from sor!actions |> share action in ('none', 'restored', 'removed')", "my_sor never records `none`, `restored`"),
    (
      "from sor |> aggregate sum(items) as done group by platform |> join asked using (platform) |> share done of accounts",
      "my_sor never records `none`, so no rate of it or against it can be told"
    ),
    (
      "from asked |> join (select platform, count(*) as done from sor group by platform) as s using (platform) |> share done of accounts",
      "my_sor never records `none`"
    ),
    ("from sor |> call share(category, without_nulls => true)", "`category` is NULL in more than half of the rows"),
  ]

  @Test(arguments: refused.map(\.query)) func whatASourceCannotAnswerIsRefused(_ query: String) throws {
    let notebook = try Self.withSources()
    let reason = try #require(Self.refused.first { $0.query == query }?.reason)
    #expect(try notebook.run(query) == "")
    #expect(notebook.lastError.contains(reason), "\(notebook.lastError)")
    #expect(notebook.errors.last?.contains("|> force ...") == true)
    notebook.forgetMessages()
    // Forced it is answered, with the reason as a footnote and a warning.
    let parts = query.split(separator: "|>").map(String.init)
    let forced = parts.dropLast().joined(separator: "|>") + "|> force" + (parts.last ?? "")
    #expect(try notebook.run(forced) != "")
    #expect(notebook.errors == [])
    #expect(notebook.warnings.contains { $0.hasPrefix("forced: ") && $0.contains(reason) }, "\(notebook.warnings)")
  }

  @Test(arguments: [
    "from sor |> latency from content_date to created_at",
    "from sor |> latency in days from content_date to created_at",
    "from sor |> latency in hours from created_at to created_at",
    "from sor |> timeline by month of created_at",
    "from sor |> where created_at < '2025-07-01' |> timeline category by day of created_at",
    "from sor |> where created_at >= '2025-07-01' |> timeline category by day of created_at",
    "from sor |> timeline done by day of created_at",
    "from sor |> share category",
    "from sor |> share done without nulls",
    "from sor!actions |> share action",
    "from sor!actions |> share action = 'removed'",
    "from sor |> share items of items",
    "from asked |> share accounts of accounts",
    "from sor |> where false |> share category without nulls",
  ])
  func whatItCanIsAnswered(_ query: String) throws {
    let notebook = try Self.withSources()
    try notebook.run(query)
    #expect(notebook.errors == [])
    #expect(!notebook.warnings.contains { $0.hasPrefix("forced") })
  }

  @Test func latencyOfDatesIsInDays() throws {
    let notebook = try Self.withSources()
    #expect(
      try notebook.run("from sor |> latency from content_date to created_at |> select n, median, unit") == """
        n,median,unit
        3,1.4166666666666667,days

        """)
  }

  @Test func theFootnoteStandsUnderTheTable() throws {
    let notebook = try Self.withSources()
    let text = try notebook.run("format markdown\nfrom sor |> force share category without nulls")
    #expect(text.contains("\n\nNote: forced: \\`category\\` is NULL in more than half of the rows"))
  }

  @Test func aViewIsLookedThrough() throws {
    let notebook = try Self.withSources()
    try notebook.run(
      "let v = from sor |> rename category as topic |> where uuid <> 'z'\nfrom v |> share topic without nulls")
    #expect(notebook.lastError.contains("`topic` is NULL in more than half of the rows"))
    try notebook.run("from v |> timeline topic by month of created_at")
    #expect(notebook.lastError.contains("`category` changed in my_sor"))
  }

  /// What the statistics of a table do not know is not asked of its rows.
  @Test func checkingAScriptRefusesWhatNeedsNoRows() throws {
    let notebook = try Self.withSources()
    notebook.session.startChecking()
    try notebook.run("from sor |> where uuid <> 'z' |> share category without nulls")
    #expect(notebook.errors == [])
    try notebook.run("from sor |> latency in hours from content_date to created_at")
    #expect(notebook.errors.count == 1)
    try notebook.run("from sor |> share category without nulls")
    #expect(notebook.errors.count == 2)
  }

  @Test func forceStandsBeforeMeasuresOnly() throws {
    let notebook = try Self.withSources()
    try notebook.run("from sor |> force where true")
    #expect(notebook.lastError.contains("there is no operator `force`"))
    #expect(
      try notebook.run("use asked\nforce share platform |> select platform, count") == "platform,count\nX,1\nY,1\n")
    #expect(try notebook.run("help refusals").contains("refused: share ... without nulls of a column"))
  }
}
