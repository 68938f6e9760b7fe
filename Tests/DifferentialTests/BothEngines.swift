import ColumnStore
import Language

@testable import Notebook

/// SQLite and two sessions of ours, one of which does not improve its plans, with the same tables.
final class BothEngines {
  /// A query on which they do not agree.
  struct Difference {
    /// The query as it was written for our engine.
    var text: String
    var complaint: String
  }

  let sqlite: SQLiteDatabase
  private let improving = Session()
  private let plain = Session()

  init() throws {
    sqlite = try SQLiteDatabase()
    _ = try plain.evaluate(SourceText(text: "set optimiser off"))
    if Feature.isEnabled(.integerDivision) {
      for session in [improving, plain] { _ = try session.evaluate(SourceText(text: "set division integer")) }
    }
  }

  /// Replaces the tables `t0`, `t1` ...
  func define(_ tables: [Table]) throws {
    for (number, table) in tables.enumerated() {
      try sqlite.define("t\(number)", table)
      for session in [improving, plain] { session.store("t\(number)", .table(table)) }
    }
  }

  /// The first of the ways to run a query that does not give SQLite's rows.
  func difference(in query: GeneratedQuery) throws -> Difference? {
    let expected = normal(try sqlite.rows(query.sql), query)
    var ways = [(improving, query.sql, "with the optimiser")]
    if query.isCheapUnimproved { ways.append((plain, query.sql, "without the optimiser")) }
    if let pipes = query.pipes { ways.append((improving, pipes, "in pipes")) }
    for (session, text, way) in ways {
      if let complaint = complaint(text, query, expected, session) {
        return Difference(text: text, complaint: "\(way): \(complaint)")
      }
    }
    return nil
  }

  private func complaint(_ text: String, _ query: GeneratedQuery, _ expected: [[Value]], _ session: Session) -> String?
  {
    do {
      guard let table = try session.evaluate(SourceText(text: text)) else { return "no rows at all" }
      let found = normal((0..<table.rowCount).map { table.row($0) }, query)
      let isSame =
        found.count == expected.count
        && zip(found, expected).allSatisfy { zip($0, $1).allSatisfy { BothEngines.isSame($0, $1) } }
      return isSame ? nil : "found \(show(found))"
    } catch let diagnostic as Diagnostic {
      return diagnostic.rendered()
    } catch {
      return "\(error)"
    }
  }

  /// Sums of SQLite are rounded at every step, ours at the end.
  private static func isSame(_ left: Value, _ right: Value) -> Bool {
    if left == right { return true }
    guard case .double(let left) = left, case .double(let right) = right else { return false }
    return (left - right).magnitude <= 1e-12 * max(left.magnitude, right.magnitude)
  }

  /// Rows that can be compared: numbers and truth values as doubles without the sign of zero, sorted where the order is
  /// open.
  private func normal(_ rows: [[Value]], _ query: GeneratedQuery) -> [[Value]] {
    let rows = rows.map { row in
      row.map { value -> Value in
        switch value {
        case .integer(let number): .double(Double(number) + 0)
        case .double(let number): .double(number == 0 ? 0 : number)
        case .boolean(let flag): .double(flag ? 1 : 0)
        default: value
        }
      }
    }
    if query.isOrdered { return rows }
    return rows.map { ($0, show([$0])) }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  private func show(_ rows: [[Value]]) -> String {
    rows.map { row in row.map { $0.isNull ? "NULL" : "\($0)" }.joined(separator: ",") }.joined(separator: " | ")
  }
}
