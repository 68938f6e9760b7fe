import CADBC
import ColumnStore
import Dispatch
import Execution
import Glibc
import Synchronization

/// A connection to a database through a driver.
///
/// `@unchecked Sendable`: one statement is run at a time, under a lock; only cancelling comes from another thread, which
/// ADBC allows.
final class ADBCConnection: @unchecked Sendable {
  let driver: ADBCDriver
  private var database = AdbcDatabase()
  private var connection = AdbcConnection()
  private let lock = Mutex(())

  /// Connects. Throws an `ADBCFault`.
  init(_ driver: ADBCDriver, options: [(name: String, value: String)]) throws {
    self.driver = driver
    let functions = driver.functions.pointee
    database.private_driver = driver.functions
    connection.private_driver = driver.functions
    try ADBCConnection.check { functions.DatabaseNew(&database, $0) }
    do {
      for option in options {
        try ADBCConnection.check { functions.DatabaseSetOption(&database, option.name, option.value, $0) }
      }
      try ADBCConnection.check { functions.DatabaseInit(&database, $0) }
      try ADBCConnection.check { functions.ConnectionNew(&connection, $0) }
      try ADBCConnection.check { functions.ConnectionInit(&connection, &database, $0) }
    } catch {
      _ = functions.DatabaseRelease(&database, nil)
      throw error
    }
  }

  deinit {
    let functions = driver.functions.pointee
    if connection.private_data != nil { _ = functions.ConnectionRelease(&connection, nil) }
    if database.private_data != nil { _ = functions.DatabaseRelease(&database, nil) }
  }

  private static func check(_ body: (UnsafeMutablePointer<AdbcError>) -> AdbcStatusCode) throws {
    var error = AdbcError()
    // How a driver knows that it may fill in the fields of 1.1.
    error.vendor_code = .min
    let status = body(&error)
    if status != 0 { throw ADBCFault(error, status) }
    error.release?(&error)
  }

  /// Runs a statement and gives its rows, batch by batch.
  ///
  /// - Parameters:
  ///   - rowLimit: more rows than these are an error, found when they come.
  ///   - isCancelled: asked every 20 ms; when true the database is told to stop.
  /// - Throws: `ADBCFault`, `ExecutionError.cancelled`, `TooManyRows`, a `Diagnostic` for types that have no place here.
  func rows(of sql: String, rowLimit: Int, isCancelled: @escaping @Sendable () -> Bool) throws -> Table {
    try lock.withLock { _ in
      let functions = driver.functions.pointee
      let statement = UnsafeMutablePointer<AdbcStatement>.allocate(capacity: 1)
      statement.initialize(to: AdbcStatement())
      statement.pointee.private_driver = driver.functions
      defer { statement.deallocate() }
      try ADBCConnection.check { functions.StatementNew(&connection, statement, $0) }
      defer { _ = functions.StatementRelease(statement, nil) }
      try ADBCConnection.check { functions.StatementSetSqlQuery(statement, sql, $0) }
      let address = UInt(bitPattern: statement)
      let result = Waiting<Table>()
      DispatchQueue.global().async { [driver] in
        result.finish {
          try ADBCConnection.read(driver, address, rowLimit: rowLimit, isCancelled: isCancelled)
        }
      }
      while !result.wait(milliseconds: 20) {
        // Until the database has stopped: what it works on is this statement's memory.
        if isCancelled(), let cancel = functions.StatementCancel { _ = cancel(statement, nil) }
      }
      do {
        return try result.get()
      } catch  where isCancelled() {
        throw ExecutionError.cancelled
      }
    }
  }

  private static func read(
    _ driver: ADBCDriver, _ address: UInt, rowLimit: Int, isCancelled: @Sendable () -> Bool
  ) throws -> Table {
    guard let statement = UnsafeMutablePointer<AdbcStatement>(bitPattern: address) else {
      throw ExecutionError.cancelled
    }
    var stream = ArrowArrayStream()
    try check { driver.functions.pointee.StatementExecuteQuery(statement, &stream, nil, $0) }
    defer { stream.release?(&stream) }
    return try ArrowReader.table(of: &stream, rowLimit: rowLimit, isCancelled: isCancelled)
  }
}

/// What another thread will have found.
private final class Waiting<Value: Sendable>: Sendable {
  private let outcome = Mutex<Result<Value, any Error>?>(nil)
  private let signal = DispatchSemaphore(value: 0)

  func finish(_ body: () throws -> Value) {
    let found = Result { try body() }
    outcome.withLock { $0 = found }
    signal.signal()
  }

  func wait(milliseconds: Int) -> Bool { signal.wait(timeout: .now() + .milliseconds(milliseconds)) == .success }

  func get() throws -> Value {
    guard let found = outcome.withLock({ $0 }) else { throw ExecutionError.cancelled }
    return try found.get()
  }
}

/// A result has more rows than may be pulled.
struct TooManyRows: Error {}
