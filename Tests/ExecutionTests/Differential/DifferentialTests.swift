import ColumnStore
import Foundation
import Language
import Testing

/// The same random queries on the same random tables, asked of SQLite and of our engine.
///
/// `NOTICEBOOK_DIFFERENTIAL_QUERIES` sets how many, `NOTICEBOOK_DIFFERENTIAL_SEED` where the random numbers begin.
@Suite("Differential: SQLite") struct DifferentialTests {
  private static func setting(_ name: String, usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }

  @Test("random queries give the same rows")
  func randomQueries() throws {
    var generator = FixedGenerator(seed: UInt64(Self.setting("NOTICEBOOK_DIFFERENTIAL_SEED", usual: 2021)))
    let database = try SQLiteDatabase()
    var failures = 0
    for _ in 0..<Self.setting("NOTICEBOOK_DIFFERENTIAL_QUERIES", usual: 3_000) / 20 {
      let sessions = [TestSession(isOptimised: true), TestSession(isOptimised: false)]
      for number in 0..<3 {
        let table = randomTable(&generator)
        try database.define("t\(number)", table)
        for session in sessions { session.define("t\(number)", table) }
      }
      for _ in 0..<20 {
        var queries = QueryGenerator(generator: generator)
        let query = queries.query()
        generator = queries.generator
        let expected = normal(try database.rows(query.sql), query)
        for (session, text) in [(sessions[0], query.sql), (sessions[1], query.sql), (sessions[0], query.pipes)] {
          guard let text, let complaint = complaint(text, query, expected, session) else { continue }
          failures += 1
          Issue.record("\(complaint)\n\(text)\nSQLite: \(show(expected))\n\(try script(database))")
          if failures > 3 { return }
        }
      }
    }
  }

  private func complaint(_ text: String, _ query: GeneratedQuery, _ expected: [[Value]], _ session: TestSession)
    -> String?
  {
    do {
      guard let table = try session.run(text + ";") else { return "no rows at all" }
      let found = normal((0..<table.rowCount).map { table.row($0) }, query)
      return found == expected ? nil : "found \(show(found))"
    } catch let diagnostic as Diagnostic {
      return diagnostic.rendered()
    } catch {
      return "\(error)"
    }
  }

  /// Rows that can be compared: numbers as doubles without the sign of zero, sorted where the order is open.
  private func normal(_ rows: [[Value]], _ query: GeneratedQuery) -> [[Value]] {
    let rows = rows.map { row in
      row.map { value -> Value in
        switch value {
        case .integer(let number): .double(Double(number) + 0)
        case .double(let number): .double(number == 0 ? 0 : number)
        default: value
        }
      }
    }
    return query.isOrdered ? rows : rows.sorted { show([$0]) < show([$1]) }
  }

  private func show(_ rows: [[Value]]) -> String {
    rows.map { row in row.map { $0.isNull ? "NULL" : "\($0)" }.joined(separator: ",") }.joined(separator: " | ")
  }

  private func script(_ database: SQLiteDatabase) throws -> String {
    try (0..<3).map { "t\($0): " + show(try database.rows("select * from t\($0)")) }.joined(separator: "\n")
  }

  /// A few rows of few different values, some of them NULL; texts with a dictionary or without.
  private func randomTable(_ generator: inout FixedGenerator) -> Table {
    let rowCount = generator.oneIn(8) ? 0 : generator.below(12)
    let columns = QueryGenerator.schema.map { column in
      let values = (0..<rowCount).map { _ -> Value in
        if generator.oneIn(5) { return .null }
        switch column.type {
        case .integer: return .integer(Int64(generator.below(7) - 2))
        case .double: return .double(Double(generator.below(9) - 3) / 4)
        default: return .text(generator.pick(ExpressionGenerator.texts))
        }
      }
      let plain = Column(type: column.type, values: values)
      return (column.name, column.type == .text && generator.oneIn(2) ? encoded(plain) : plain)
    }
    return Table(columns)
  }

  /// The same texts with a dictionary.
  private func encoded(_ column: Column) -> Column {
    let dictionary = TextDictionary(ExpressionGenerator.texts)
    let codes = (0..<column.count).map { row -> UInt8 in
      guard case .text(let text) = column.value(row), let code = ExpressionGenerator.texts.firstIndex(of: text)
      else { return 0 }
      return UInt8(code)
    }
    return Column(type: .text, data: .codes8(Buffer(codes), dictionary), validity: column.validity)
  }
}
