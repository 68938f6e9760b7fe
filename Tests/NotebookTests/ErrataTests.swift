import Notices
import Testing

@testable import Notebook

@Suite("errata") struct ErrataTests {
  /// Statements of reasons as the European database publishes them, few columns and rows of them.
  private static func withStatements() throws -> TestNotebook {
    let notebook = try TestNotebook()
    try notebook.write(
      "dsa.json",
      """
      {"name": "dsa_sor", "title": "statements", "recognise": ["uuid", "platform_name", "created_at"],
       "columns": [{"name": "uuid", "type": "text"}, "platform_name", "automated_detection", "source_type",
         {"name": "created_at", "type": "timestamp"}],
       "keys": {"platform": "platform_name", "time": "created_at"},
       "actions": {"columns": {"id": "uuid", "platform": "platform_name", "acted_at": "created_at",
         "automated_detection": "automated_detection = 'Yes'"}}}
      """)
    try notebook.write(
      "sor.csv",
      """
      uuid,platform_name,automated_detection,source_type,created_at
      a,Google Play,Yes,SOURCE_VOLUNTARY,2024-06-01 10:00:00
      b,Google Play,No,SOURCE_VOLUNTARY,2026-06-01 00:00:00
      c,Facebook,No,SOURCE_VOLUNTARY,2025-10-27 23:59:59
      d,TikTok,Yes,SOURCE_VOLUNTARY,2024-05-21 12:00:00
      e,Facebook,No,SOURCE_VOLUNTARY,2025-10-28 00:00:00

      """)
    try notebook.run("let dsa = $d || '/dsa.json'\nload $d/sor.csv (adapter $dsa)")
    try #require(notebook.errors == [])
    notebook.forgetMessages()
    return notebook
  }

  /// The errata that a statement's result warns of, by their ids.
  private func warned(_ statement: String, _ notebook: TestNotebook) throws -> [String] {
    notebook.forgetMessages()
    try notebook.run(statement)
    try #require(notebook.errors == [])
    let ids = ErrataFile.published.map(\.id)
    return notebook.warnings.flatMap { warning in ids.filter { warning.contains($0) } }
  }

  @Test(arguments: [
    // The column, the platform and the time decide.
    ("from sor |> share automated_detection", ["dsa-google-play-detection", "dsa-removed-entries"]),
    ("from sor |> where platform_name = 'TikTok' |> share automated_detection", ["dsa-removed-entries"]),
    ("from sor |> where created_at >= '2026-06-01' |> share automated_detection by platform_name", []),
    ("from sor |> where created_at >= '2024-06-01' |> share platform_name", []),
    ("from sor |> where platform_name = 'Facebook' |> share source_type", ["dsa-meta-trusted-flaggers"]),
    ("from sor |> where platform_name = 'Facebook' and created_at >= '2025-10-28' |> share source_type", []),
    ("from sor |> where uuid = 'b' |> share automated_detection", []),
    ("from sor |> where false |> share automated_detection", []),
    ("from sor |> where uuid in ('a', 'b') |> select automated_detection", ["dsa-google-play-detection"]),
    // A condition on an affected column is as wrong as a share of it.
    ("from sor |> where automated_detection = 'Yes' and uuid <> 'd' |> select uuid", ["dsa-google-play-detection"]),
    // Faults of whole rows touch every count, also one that needs no look at the table.
    ("from sor |> aggregate count(*) as n", ["dsa-removed-entries"]),
    ("select max(created_at) from sor;", ["dsa-removed-entries"]),
    // However the table is named on the way.
    ("select x.automated_detection from sor as x where x.uuid = 'a';", ["dsa-google-play-detection"]),
    ("from sor!actions |> share automated_detection", ["dsa-google-play-detection", "dsa-removed-entries"]),
    ("from sor!actions |> where platform = 'Facebook' |> share platform", []),
    (
      "with w as (select * from sor) select count(*) from w where automated_detection = 'Yes' and uuid = 'a';",
      ["dsa-google-play-detection"]
    ),
    (
      "select 1 where exists (select 1 from sor where automated_detection = 'Yes' and uuid < 'b');",
      ["dsa-google-play-detection"]
    ),
    ("values (1);", []),
  ])
  func aResultWarnsOfWhatTouchesIt(statement: String, ids: [String]) throws {
    let notebook = try Self.withStatements()
    #expect(try warned(statement, notebook) == ids)
    // The same when plans are not improved, and when the answers are remembered.
    #expect(try warned("set optimiser off\n\(statement)\nset optimiser on", notebook) == ids)
  }

  @Test func theyAreListed() throws {
    let notebook = try Self.withStatements()
    #expect(
      try notebook.run("errata").hasPrefix(
        """
        id,source,platform,field,from,to,what,announced,where
        dsa-google-play-detection,dsa_sor,Google Play,automated_detection,2023-09-01,2026-05-31,the flag
        """))
    let listed = try notebook.run("errata sor").split(separator: "\n").dropFirst().map { $0.split(separator: ",")[0] }
    #expect(listed == ["dsa-google-play-detection", "dsa-meta-trusted-flaggers", "dsa-removed-entries"])
    #expect(notebook.warnings == [])
    try notebook.run("errata nothing")
    #expect(notebook.lastError.hasSuffix("error: there is no table `nothing`"))
  }

  @Test func theyCanBeOffForOneStatement() throws {
    let notebook = try Self.withStatements()
    let query = "from sor |> share automated_detection"
    #expect(try warned("set errata off\nset rows 10\n\(query)", notebook) == [])
    #expect(try warned(query, notebook).count == 2)
    try notebook.run("set errata never")
    #expect(notebook.lastError.hasSuffix("`errata` takes on, or off for the next statement"))
  }

  @Test func theyGoWithWhatIsMadeOfAResult() throws {
    let notebook = try Self.withStatements()
    let detection = ["dsa-google-play-detection"]
    try notebook.run("let x := from sor |> where uuid = 'a' |> select uuid, automated_detection\nlet v = from x")
    #expect(try warned("from x |> share uuid", notebook) == detection)
    #expect(try warned("from v |> share automated_detection", notebook) == detection)
    #expect(try warned("from _ |> limit 1", notebook) == detection)
    #expect(try warned("from sor |> where uuid = 'e' |> cross join x |> select x.uuid", notebook) == detection)
    #expect(try warned("sample x 1", notebook) == detection)
    #expect(try warned("describe x", notebook) == detection)
    #expect(
      try warned("from sor |> where uuid = 'a' |> assert count(*) = 1 |> select automated_detection", notebook)
        == detection)
    try notebook.run("drop x")
    #expect(try warned("from sor |> where uuid = 'e' |> select uuid", notebook) == [])
  }

  @Test func theyStandUnderTablesForReaders() throws {
    let notebook = try Self.withStatements()
    let title = "known fault of automated_detection of Google Play in dsa_sor, 2023-09-01 to 2026-05-31"
    let query = "from sor |> where uuid = 'a' |> select automated_detection"
    let markdown = try notebook.run("format markdown\n\(query)")
    #expect(markdown.hasPrefix("| automated_detection |\n|"))
    #expect(markdown.contains("\n\nNote: \(title): the flag is inverted"))
    #expect(notebook.warnings == [title])
    #expect(try notebook.run("format html\n\(query)").contains("</table>\n<p class=\"note\">\(title): the flag"))
    #expect(try notebook.run("format line\n\(query)").contains("\n\n\(title): the flag"))
    #expect(try notebook.run("format box\n\(query)").contains("\n1 row  1 column\nnote: \(title): the flag"))
    // Formats for programs hold rows alone; all is told beside them, once.
    notebook.forgetMessages()
    #expect(try notebook.run("format json\n\(query)").contains("fault") == false)
    #expect(notebook.warnings.count == 1)
    #expect(notebook.warnings.first?.hasPrefix("\(title): the flag is inverted") == true)
    #expect(
      notebook.warnings.first?.hasSuffix(
        "(dsa-google-play-detection, announced 2026-06-08, https://transparency.dsa.ec.europa.eu/page/announcements)")
        == true)
  }

  @Test func theyGoIntoFilesAndReports() throws {
    let notebook = try Self.withStatements()
    let query = "from sor |> where uuid = 'a' |> select automated_detection"
    try notebook.run("\(query) |> save '$d/a.md'\n\(query) |> save '$d/a.csv'")
    #expect(notebook.read("a.md")?.contains("\n\nNote: known fault of automated_detection") == true)
    #expect(notebook.read("a.csv") == "automated_detection\nYes\n")
    #expect(notebook.warnings.count == 2)
    try notebook.run("\(query)\nsave session '$d/report.md'")
    #expect(notebook.read("report.md")?.contains("\n\nNote: known fault of automated_detection") == true)
  }

  @Test func theyGoIntoSnapshots() throws {
    let notebook = try Self.withStatements()
    let query = "from sor |> where uuid = 'a' |> select automated_detection"
    let detection = ["dsa-google-play-detection"]
    try notebook.run("let x := \(query)\nsave snapshot '$d/all.nbs'\nfrom x |> save '$d/x.nbs'")
    try notebook.run("save snapshot '$d/sor.nbs' of sor\ndrop x\ndrop sor\nload '$d/all.nbs'")
    #expect(try warned("from x", notebook) == detection)
    #expect(try warned(query, notebook) == detection)
    #expect(try warned("from '$d/x.nbs'", notebook) == detection)
    #expect(
      try warned("from '$d/sor.nbs' |> where uuid = 'a' |> select automated_detection", notebook) == detection)
    #expect(try warned("from '$d/sor.nbs' |> where uuid = 'e' |> select automated_detection", notebook) == [])
  }

  @Test func onesOwnAreReadFromAFile() throws {
    let notebook = try Self.withStatements()
    try notebook.write(
      "mine.csv",
      """
      id,source,platform,field,from,to,what,announced,where
      own,withheld_observations,,country,2018-01-02,,TR is missing,,
      dsa-google-play-detection,dsa_sor,Nobody,automated_detection,,,nothing,,

      """)
    try notebook.write("w.csv", "user_id,country,fetched_at\n1,TR,2018-01-01\n2,DE,2018-01-02\n")
    try notebook.run("load errata '$d/mine.csv'")
    #expect(notebook.errors == [])
    #expect(notebook.notes.last == "2 rows of errata from D/mine.csv")
    // Also for files that are queried in place.
    func warnings(_ statement: String) throws -> [String] {
      notebook.forgetMessages()
      try notebook.run(statement)
      return notebook.warnings
    }
    let own = ["known fault of country of withheld_observations, since 2018-01-02: TR is missing (own)"]
    #expect(try warnings("from '$d/w.csv' |> share country") == own)
    #expect(try warnings("from '$d/w.csv' |> where user_id = '1' |> share country") == [])
    #expect(try warnings("from '$d/w.csv' |> select user_id") == [])
    // The one with the same id stands in the place of that which came with the notebook.
    #expect(try warnings("from sor |> where uuid = 'a' |> select automated_detection") == [])
  }

  @Test(arguments: [
    ("id,source\na,b\n", "has no column `platform`, `field`, `from`, `to`, `what`, `announced`, `where`"),
    ("id,source,platform,field,from,to,what,announced,where\n,b,,,,,c,,\n", "row 1: `id` is empty"),
    ("id,source,platform,field,from,to,what,announced,where\na,b,,,May,,c,,\n", "row 1: `from` is no date: 'May'"),
    (
      "id,source,platform,field,from,to,what,announced,where\na,b,,,2024-01-02,2024-01-01,c,,\n",
      "row 1: `from` is later than `to`"
    ),
  ])
  func aWrongFileIsAnError(text: String, message: String) throws {
    let notebook = try TestNotebook()
    try notebook.write("mine.csv", text)
    try notebook.run("load errata '$d/mine.csv'")
    #expect(notebook.lastError.contains(message), "\(notebook.lastError)")
    try notebook.run("load errata '$d/nothing.csv'")
    #expect(notebook.lastError.contains("nothing.csv"))
  }

  @Test func thoseThatComeWithTheNotebookAreRead() {
    #expect(ErrataFile.published.count == 6)
    #expect(Set(ErrataFile.published.map(\.id)).count == 6)
  }

  @Test func checkingAScriptAsksNothing() throws {
    let notebook = try Self.withStatements()
    notebook.session.startChecking()
    try notebook.run("from sor |> share automated_detection\nerrata sor\nset errata off")
    #expect(notebook.errors == [])
    #expect(notebook.warnings == [])
  }
}
