import CADBC
import Glibc
import Synchronization

@testable import Engines

/// A database behind a driver of this process, which can be made to go away, to hang and to refuse.
///
/// A driver's functions are C and capture nothing, so there is one such database.
enum FakeDatabase {
  struct State {
    var isUp = true
    /// What it says when it lets nobody in; nil when it does.
    var refusal: String?
    /// Whether what is asked is never answered.
    var hangs = false
    /// Whether a statement that hangs ends when it is cancelled.
    var endsWhenCancelled = true
    /// The statements that were cancelled, by where they lie.
    var cancelled: Set<Int> = []
    /// Whether files that views are of are not there.
    var refusesViews = false
    /// Whether the driver goes on with a new session by itself.
    var forgets = false
    var sessionMark = "<undefined>"
    /// All statements, in order.
    var statements: [String] = []
  }

  static let state = Mutex(State())

  static func reset() { state.withLock { $0 = State() } }

  /// It ends and starts again: what it knew of sessions is gone.
  static func restart(forgets: Bool) {
    state.withLock {
      $0.isUp = true
      $0.forgets = forgets
      $0.sessionMark = "<undefined>"
    }
  }

  /// The connections that came of it, by number: one that is older than the last restart is dead unless it forgets.
  private static let generation = Atomic<Int>(0)

  static func crash() {
    generation.add(1, ordering: .relaxed)
    state.withLock { $0.isUp = false }
  }

  static let driver: ADBCDriver = {
    var functions = AdbcDriver()
    functions.DatabaseNew = { database, _ in
      database?.pointee.private_data = UnsafeMutableRawPointer(bitPattern: 64)
      return 0
    }
    functions.DatabaseSetOption = { _, _, _, _ in 0 }
    functions.DatabaseInit = { _, error in FakeDatabase.state.withLock { fail(error, $0.refusal, 13) } }
    functions.DatabaseRelease = { _, _ in 0 }
    functions.ConnectionNew = { _, _ in 0 }
    functions.ConnectionInit = { connection, _, _ in
      connection?.pointee.private_data = UnsafeMutableRawPointer(
        bitPattern: 64 + FakeDatabase.generation.load(ordering: .relaxed))
      return 0
    }
    functions.ConnectionRelease = { _, _ in 0 }
    functions.StatementNew = { connection, statement, _ in
      // The text will stand behind the number of the connection.
      let place = Int(bitPattern: statement)
      FakeDatabase.state.withLock { _ = $0.cancelled.remove(place) }
      let data = UnsafeMutablePointer<(Int, UnsafeMutablePointer<CChar>?)>.allocate(capacity: 1)
      data.initialize(to: (Int(bitPattern: connection?.pointee.private_data) - 64, nil))
      statement?.pointee.private_data = UnsafeMutableRawPointer(data)
      return 0
    }
    functions.StatementSetSqlQuery = { statement, sql, _ in
      parts(statement)?.pointee.1 = sql.flatMap { strdup($0) }
      return 0
    }
    functions.StatementExecuteQuery = { statement, stream, _, error in
      guard let parts = parts(statement), let text = parts.pointee.1 else { return 5 }
      return execute(Int(bitPattern: statement), String(cString: text), parts.pointee.0, stream, error)
    }
    functions.StatementCancel = { statement, _ in
      let place = Int(bitPattern: statement)
      FakeDatabase.state.withLock { _ = $0.cancelled.insert(place) }
      return 0
    }
    functions.StatementRelease = { statement, _ in
      free(parts(statement)?.pointee.1)
      parts(statement)?.deallocate()
      return 0
    }
    return ADBCDriver(functions: functions)
  }()

  private static func parts(
    _ statement: UnsafeMutablePointer<AdbcStatement>?
  ) -> UnsafeMutablePointer<(Int, UnsafeMutablePointer<CChar>?)>? {
    statement?.pointee.private_data?.assumingMemoryBound(to: (Int, UnsafeMutablePointer<CChar>?).self)
  }

  private static func fail(_ error: UnsafeMutablePointer<AdbcError>?, _ message: String?, _ status: UInt8) -> UInt8 {
    guard let message else { return 0 }
    error?.pointee.message = strdup(message)
    return status
  }

  private static func execute(
    _ statement: Int, _ sql: String, _ connection: Int,
    _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
    _ error: UnsafeMutablePointer<AdbcError>?
  ) -> UInt8 {
    while state.withLock({ $0.hangs && !($0.endsWhenCancelled && $0.cancelled.contains(statement)) }) { usleep(1000) }
    return state.withLock { state in
      if state.cancelled.contains(statement) { return fail(error, "cancelled", 11) }
      guard state.isUp, state.forgets || connection == generation.load(ordering: .relaxed) else {
        return fail(error, "sc://u:pw@host: connection refused", 10)
      }
      state.statements.append(sql)
      if state.refusesViews, sql.contains("VIEW") { return fail(error, "no such file", 3) }
      if sql == "bad" { return fail(error, "no such table near password=abc", 5) }
      var answer = ["", "x"]
      if let equals = sql.firstIndex(of: "="), sql.hasPrefix("SET spark.noticebook.session") {
        state.sessionMark = sql[sql.index(equals, offsetBy: 2)...].description
      } else if sql == "SET spark.noticebook.session" {
        answer[1] = state.sessionMark
      }
      stream?.pointee = FakeDatabase.stream(answer)
      return 0
    }
  }

  /// One row of texts.
  private static func stream(_ row: [String]) -> ArrowArrayStream {
    var batch = HandMadeArray("+s", length: 1, buffers: [nil])
    batch.add(
      row.map {
        HandMadeArray("u", length: 1, buffers: [nil, bytes([Int32(0), Int32($0.utf8.count)]), Array($0.utf8)])
      })
    for index in row.indices { batch.array.children[index]?.pointee.release = { $0?.pointee.release = nil } }
    batch.array.release = { $0?.pointee.release = nil }
    var stream = ArrowArrayStream()
    let rest = UnsafeMutablePointer<HandMadeArray?>.allocate(capacity: 1)
    rest.initialize(to: batch)
    stream.private_data = UnsafeMutableRawPointer(rest)
    stream.get_schema = { stream, schema in
      let rest = stream?.pointee.private_data?.assumingMemoryBound(to: HandMadeArray?.self)
      schema?.pointee = rest?.pointee?.schema ?? ArrowSchema()
      return 0
    }
    stream.get_next = { stream, batch in
      let rest = stream?.pointee.private_data?.assumingMemoryBound(to: HandMadeArray?.self)
      batch?.pointee = rest?.pointee?.array ?? ArrowArray()
      rest?.pointee = nil
      return 0
    }
    return stream
  }
}
