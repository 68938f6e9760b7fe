import ColumnStore
import Language
import Planning
import Testing

@testable import Engines

extension ServerTests {
  /// Which steps of a query are run on the server of its table, and why others are not.
  @Suite("Where steps are run") struct PlacingTests {
    init() {
      FakeDatabase.reset()
      Server.timeout = nil
    }

    /// What `explain` says of a query on a table of a million rows.
    private func remarks(_ query: String, _ dialect: Dialect = .postgreSQL) throws -> [RemoteEngine.Remark] {
      let server = try Server(name: "pg", dialect: dialect, secrets: Secrets([]), isCancelled: { false }) {
        try ADBCConnection.open(FakeDatabase.driver, options: [], patience: $0)
      }
      let fields = [("country", DataType.text), ("n", .integer), ("url", .text)].map {
        ColumnDescription(name: $0.0, type: $0.1)
      }
      let source = RemoteTable(server: server, sqlName: "T", fields: fields, rowCount: 1_000_000)
      let table = Table(
        descriptions: fields, columns: TableColumns(count: fields.count, from: source), rowCount: 1_000_000)
      return try RemoteEngine.remarks(on: try QueryPlan(on: table).plan(query))
    }

    private func sent(_ remarks: [RemoteEngine.Remark]) -> [String] {
      remarks.compactMap { if case .sent(_, let sql) = $0 { sql } else { nil } }
    }

    private func reasons(_ remarks: [RemoteEngine.Remark]) -> [String] {
      remarks.compactMap { if case .here(_, let reason) = $0 { reason } else { nil } }
    }

    private let urls = "SELECT CAST(\"url\" AS TEXT) AS c0 FROM T"

    @Test func groupsAreMadeThere() throws {
      let found = try remarks("select country, count(*) from t group by country;")
      #expect(
        sent(found) == [
          "SELECT t.c0 AS c0, COUNT(*) AS c1 FROM (SELECT CAST(\"country\" AS TEXT) AS c0 FROM T) AS t GROUP BY 1"
        ])
      #expect(reasons(found) == [])
    }

    @Test func whatHasNoWordsIsCountedByItsValues() throws {
      let found = try remarks("select url_host(url) as h, count(*) from t group by h;")
      #expect(sent(found) == ["SELECT t.c0 AS c0, COUNT(*) AS c1 FROM (\(urls)) AS t GROUP BY 1"])
      #expect(reasons(found) == ["PostgreSQL has no words for `url_host`"])
    }

    @Test func conditionsThatHaveWordsAreAskedThere() throws {
      let found = try remarks("select n from t where url_host(url) = 'x' and n > 3;")
      #expect(sent(found).count == 1)
      #expect(sent(found)[0].contains("> CAST('3' AS BIGINT)"))
      #expect(!sent(found)[0].contains("'x'"))
      #expect(reasons(found) == ["PostgreSQL has no words for `url_host`"])
    }

    @Test func theFirstRowsAreTakenThere() throws {
      let found = try remarks("select url_host(url) as h, n from t order by n desc limit 5;")
      #expect(sent(found).count == 1)
      #expect(sent(found)[0].contains("ORDER BY t.c0 DESC NULLS FIRST LIMIT 5"))
    }

    @Test func aggregatesWithoutWordsGetNoMoreThanTheyNeed() throws {
      let found = try remarks("select entropy(country), count(distinct n), max(url) from t;")
      #expect(sent(found).count == 2)
      #expect(sent(found)[0].hasPrefix("SELECT COUNT(DISTINCT t.c1) AS c0, MAX(t.c2 COLLATE \"C\") AS c1 FROM"))
      #expect(sent(found)[1].hasPrefix("SELECT t.c0 AS c0 FROM"))
      #expect(reasons(found) == ["PostgreSQL has no words for `entropy`"])
    }

    @Test func theMostFrequentValueIsTheFirstOfTheCounts() throws {
      let found = try remarks("select mode(country) from t;")
      #expect(sent(found).count == 1)
      #expect(sent(found)[0].contains("ROW_NUMBER() OVER (ORDER BY"))
      #expect(reasons(found) == [])
    }

    @Test func oneRowThatIsSpokenOfTwiceIsAskedOnce() throws {
      let found = try remarks(
        "with m as (select max(n) as most, min(n) as least from t) select most from m union all select least from m;")
      #expect(sent(found).count == 1)
    }

    @Test func aPatternIsSentWhereItMeansTheSame() throws {
      let found = try remarks("select count(*) from t where url ~ '^https?://[a-z]+$';", .spark)
      #expect(sent(found)[0].contains("RLIKE '^https?://[a-z]+\\\\z'"))
      #expect(reasons(found) == [])
      #expect(
        reasons(try remarks("select count(*) from t where url ~ '\\bx\\b';", .spark))
          == ["Spark has no words for `regexp_matches`"])
    }
  }
}
