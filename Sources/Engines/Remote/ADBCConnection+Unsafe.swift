import CADBC
import ColumnStore
import Dispatch
import Glibc
import Synchronization

/// A connection to a database through a driver.
///
/// What a driver does cannot be interrupted, only be asked to stop. So all of it is done on another thread; one that does
/// not stop when it was asked to is left to itself, and the connection is given up.
///
/// `@unchecked Sendable`: one statement is run at a time, under a lock; only cancelling comes from another thread, which
/// ADBC allows.
final class ADBCConnection: @unchecked Sendable {
  fileprivate let functions: UnsafeMutablePointer<AdbcDriver>
  private var database = AdbcDatabase()
  fileprivate var connection = AdbcConnection()
  private let lock = Mutex(())
  private let givenUp = Atomic<Bool>(false)

  /// Whether a statement was left to itself, so that no other can be run.
  var isGivenUp: Bool { givenUp.load(ordering: .relaxed) }

  /// Connects.
  ///
  /// - Throws: `ADBCFault`, `ExecutionError.cancelled`, `TimeOut`.
  static func open(
    _ driver: ADBCDriver, options: [(name: String, value: String)], patience: Patience
  ) throws -> ADBCConnection {
    let opening = Waiting { try ADBCConnection(driver, options) }
    // Nothing stops a driver that connects.
    return try opening.result(patience) { false }
  }

  private init(_ driver: ADBCDriver, _ options: [(name: String, value: String)]) throws {
    functions = driver.functions
    database.private_driver = functions
    connection.private_driver = functions
    let functions = functions.pointee
    try ADBCConnection.check { functions.DatabaseNew(&database, $0) }
    do {
      for option in options {
        try ADBCConnection.check { functions.DatabaseSetOption(&database, option.name, option.value, $0) }
      }
      try ADBCConnection.check { functions.DatabaseInit(&database, $0) }
      try ADBCConnection.check { functions.ConnectionNew(&connection, $0) }
      try ADBCConnection.check { functions.ConnectionInit(&connection, &database, $0) }
    } catch {
      if connection.private_data != nil { _ = functions.ConnectionRelease(&connection, nil) }
      _ = functions.DatabaseRelease(&database, nil)
      (connection, database) = (AdbcConnection(), AdbcDatabase())
      throw error
    }
  }

  deinit {
    if connection.private_data != nil { _ = functions.pointee.ConnectionRelease(&connection, nil) }
    if database.private_data != nil { _ = functions.pointee.DatabaseRelease(&database, nil) }
  }

  fileprivate static func check(_ body: (UnsafeMutablePointer<AdbcError>) -> AdbcStatusCode) throws {
    var error = AdbcError()
    // How a driver knows that it may fill in the fields of 1.1.
    error.vendor_code = .min
    let status = body(&error)
    if status != 0 { throw ADBCFault(error, status) }
    error.release?(&error)
  }

  /// Runs a statement and gives its rows.
  ///
  /// - Parameters:
  ///   - rowLimit: more rows than these are an error, found when they come.
  ///   - received: told how many rows have come, from another thread.
  /// - Throws: `ADBCFault`, `StreamFault`, `ExecutionError.cancelled`, `TimeOut`, `TooManyRows`, a `Diagnostic` for types
  ///   that have no place here.
  func rows(
    of sql: String, rowLimit: Int, patience: Patience, received: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Table {
    try lock.withLock { _ in
      let statement = ADBCStatement(on: self)
      let result = Waiting {
        defer { statement.release() }
        return try statement.rows(of: sql) {
          try ArrowReader.table(
            of: &$0, rowLimit: rowLimit, isCancelled: { patience.end != nil }, received: received)
        }
      }
      do {
        return try result.result(patience) {
          statement.cancel()
          return true
        }
      } catch {
        if !result.isOver { givenUp.store(true, ordering: .relaxed) }
        throw error
      }
    }
  }
}

/// A statement while it is run.
///
/// `@unchecked Sendable`: one thread runs and releases it; others may cancel it as long as it is not released, which the
/// lock sees to.
private final class ADBCStatement: @unchecked Sendable {
  private let connection: ADBCConnection
  private let statement = UnsafeMutablePointer<AdbcStatement>.allocate(capacity: 1)
  private let isReleased = Mutex(false)
  private let isBeingCancelled = Atomic<Bool>(false)

  init(on connection: ADBCConnection) {
    self.connection = connection
    statement.initialize(to: AdbcStatement())
    statement.pointee.private_driver = connection.functions
  }

  deinit { statement.deallocate() }

  func rows(of sql: String, _ read: (inout ArrowArrayStream) throws -> Table) throws -> Table {
    let functions = connection.functions.pointee
    try isReleased.withLock { _ in
      try ADBCConnection.check { functions.StatementNew(&connection.connection, statement, $0) }
      try ADBCConnection.check { functions.StatementSetSqlQuery(statement, sql, $0) }
    }
    var stream = ArrowArrayStream()
    try ADBCConnection.check { functions.StatementExecuteQuery(statement, &stream, nil, $0) }
    defer { stream.release?(&stream) }
    return try read(&stream)
  }

  func release() {
    isReleased.withLock { isReleased in
      isReleased = true
      if statement.pointee.private_data != nil { _ = connection.functions.pointee.StatementRelease(statement, nil) }
    }
  }

  /// Tells the database to stop, on another thread: that may take as long as any other message to it.
  func cancel() {
    guard let cancel = connection.functions.pointee.StatementCancel,
      !isBeingCancelled.exchange(true, ordering: .relaxed)
    else { return }
    DispatchQueue.global().async { [self] in
      isReleased.withLock { isReleased in
        if !isReleased, statement.pointee.private_data != nil { _ = cancel(statement, nil) }
      }
      isBeingCancelled.store(false, ordering: .relaxed)
    }
  }
}

/// What another thread does, and will have found.
private final class Waiting<Value: Sendable>: Sendable {
  private let outcome = Mutex<Result<Value, any Error>?>(nil)
  private let signal = DispatchSemaphore(value: 0)

  init(_ work: @escaping @Sendable () throws -> Value) {
    // A queue of its own has a thread of its own: one that hangs takes no place of those that others wait for.
    DispatchQueue(label: "database").async { [self] in
      let found = Result { try work() }
      outcome.withLock { $0 = found }
      signal.signal()
    }
  }

  var isOver: Bool { outcome.withLock { $0 != nil } }

  /// What was found, looked for every 20 ms as long as there is patience. After that `stop` is called, which says whether
  /// there is any use in waiting for what it does.
  func result(_ patience: Patience, stop: () -> Bool) throws -> Value {
    var stopped: (reason: any Error, at: ContinuousClock.Instant)?
    while signal.wait(timeout: .now() + .milliseconds(20)) != .success {
      guard let reason = stopped?.reason ?? patience.end else { continue }
      if stopped == nil { stopped = (reason, .now) }
      guard stop(), let stopped, stopped.at.duration(to: .now) < patience.grace else { throw reason }
    }
    guard let found = outcome.withLock({ $0 }) else { throw TimeOut(seconds: 0) }
    if case .failure = found, let reason = stopped?.reason { throw reason }
    return try found.get()
  }
}

/// A result has more rows than may be pulled.
struct TooManyRows: Error {}
