import CSQLite
import ColumnStore

/// A database in memory that is asked the same questions as our engine.
final class SQLiteDatabase {
  /// What SQLite says is wrong.
  struct Failure: Error {
    var message: String
  }

  private var handle: OpaquePointer?

  init() throws {
    guard sqlite3_open(":memory:", &handle) == SQLITE_OK else { throw failure() }
    // Its `like` would take letters of either case for the same.
    _ = try rows("pragma case_sensitive_like = on")
  }

  deinit { sqlite3_close(handle) }

  /// All rows of a statement.
  func rows(_ text: String) throws -> [[Value]] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK else { throw failure() }
    defer { sqlite3_finalize(statement) }
    var rows: [[Value]] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append((0..<sqlite3_column_count(statement)).map { value(statement, $0) })
      case SQLITE_DONE: return rows
      default: throw failure()
      }
    }
  }

  /// Replaces the table of a name by one of the same rows.
  func define(_ name: String, _ table: Table) throws {
    _ = try rows("drop table if exists \(name)")
    let columns = table.descriptions.map { description -> String in
      switch description.type {
      case .integer: "\(description.name) integer"
      case .double: "\(description.name) real"
      default: "\(description.name) text"
      }
    }
    _ = try rows("create table \(name) (\(columns.joined(separator: ", ")))")
    for row in 0..<table.rowCount {
      let cells = table.row(row).map { value -> String in
        switch value {
        case .null: "NULL"
        case .text(let text): "'\(text)'"
        default: value.description
        }
      }
      _ = try rows("insert into \(name) values (\(cells.joined(separator: ", ")))")
    }
  }

  private func value(_ statement: OpaquePointer?, _ column: Int32) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: .double(sqlite3_column_double(statement, column))
    case SQLITE_TEXT: .text(sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "")
    default: .null
    }
  }

  private func failure() -> Failure { Failure(message: String(cString: sqlite3_errmsg(handle))) }
}
