import ColumnStore
import Execution
import Glibc
import Language
import Planning
import Synchronization
import Testing

@testable import Engines

/// What becomes of a connection when the database goes away, hangs, or lets nobody in.
@Suite("Servers", .serialized) struct ServerTests {
  private let cancelled = Cancellation()

  private final class Cancellation: Sendable {
    let isRequested = Atomic<Bool>(false)
  }

  init() {
    FakeDatabase.reset()
    Server.timeout = nil
  }

  private func server(_ dialect: Dialect = .spark) throws -> Server {
    let cancelled = cancelled
    return try Server(
      name: "spark", dialect: dialect, secrets: Secrets(["s3cr3t"]),
      isCancelled: { cancelled.isRequested.load(ordering: .relaxed) }
    ) { try ADBCConnection.open(FakeDatabase.driver, options: [], patience: $0) }
  }

  private func ask(_ server: Server, _ sql: String = "question") throws -> Value {
    let cancelled = cancelled
    let fields = [Field(name: "a", type: .text), Field(name: "b", type: .text)]
    return try server.rows(of: sql, fields: fields) { cancelled.isRequested.load(ordering: .relaxed) }.columns[1].value(
      0)
  }

  private func problem(_ body: () throws -> Void) -> Diagnostic? {
    do {
      try body()
      return nil
    } catch {
      return error as? Diagnostic
    }
  }

  @Test func oneThatCameBackIsConnectedAgainWithItsViews() throws {
    let server = try server()
    try server.makeView("v", of: "file:/v.csv", options: []) { false }
    try server.makeView("w", of: "file:/w.csv", options: []) { false }
    try server.makeView("v", of: "file:/new.csv", options: []) { false }
    FakeDatabase.crash()
    let gone = problem { _ = try ask(server) }
    #expect(gone?.message == "spark does not answer any more: sc://u:***@host: connection refused")
    #expect(gone?.help?.contains("the next query on spark tries to connect again") == true)
    #expect(server.takeNews() == [])

    FakeDatabase.restart(forgets: false)
    FakeDatabase.state.withLock { $0.statements = [] }
    #expect(try ask(server) == .text("x"))
    let statements = FakeDatabase.state.withLock { $0.statements }
    #expect(statements.filter { $0.contains("VIEW") }.count == 2)
    #expect(statements.contains { $0.contains("/new.csv") })
    #expect(statements.prefix(2).elementsEqual(Dialect.spark.preparation))
    #expect(statements.last == "question")
    #expect(server.takeNews() == ["spark had gone away: connected again, and made w, v again"])
    #expect(server.takeNews() == [])
  }

  /// A session without its views would answer as if they were not there.
  @Test func whereAViewCannotBeMadeAgainTheNextQueryTriesAgain() throws {
    let server = try server()
    try server.makeView("v", of: "file:/v.csv", options: []) { false }
    FakeDatabase.crash()
    FakeDatabase.restart(forgets: false)
    FakeDatabase.state.withLock { $0.refusesViews = true }
    #expect(problem { _ = try ask(server) }?.message == "spark: no such file")
    #expect(problem { _ = try ask(server) }?.message == "spark: no such file")
    #expect(server.takeNews() == [])
    FakeDatabase.state.withLock { $0.refusesViews = false }
    #expect(try ask(server) == .text("x"))
    #expect(server.takeNews() == ["spark had gone away: connected again, and made v again"])
  }

  @Test func oneThatWentAndCameUnseenIsConnectedAgainInTheSameQuery() throws {
    let server = try server(.sqlite)
    FakeDatabase.crash()
    FakeDatabase.restart(forgets: false)
    #expect(try ask(server) == .text("x"))
    #expect(server.takeNews() == ["spark had gone away: connected again"])
  }

  /// The driver says nothing; what was set for the session would be wrong, and so would numbers.
  @Test func aSessionThatIsAnotherIsNoticed() throws {
    let server = try server()
    FakeDatabase.restart(forgets: true)
    // Within less time than it takes to start a database, nothing is asked.
    #expect(try ask(server) == .text("x"))
    #expect(server.takeNews() == [])
    waitForRestartTime()
    #expect(try ask(server) == .text("x"))
    #expect(server.takeNews() == ["spark had gone away: connected again"])
    waitForRestartTime()
    #expect(try ask(server) == .text("x"))
    #expect(server.takeNews() == [])
  }

  private func waitForRestartTime() {
    let start = ContinuousClock.now
    while start.duration(to: .now) < .milliseconds(2100) { usleep(10_000) }
  }

  @Test func aQueryThatIsWrongIsNotAskedTwice() throws {
    let server = try server()
    let wrong = problem { _ = try ask(server, "bad") }
    #expect(wrong?.message == "spark: no such table near password=***")
    #expect(FakeDatabase.state.withLock { $0.statements.count { $0 == "bad" } } == 1)
    #expect(server.takeNews() == [])
    #expect(try ask(server) == .text("x"))
  }

  @Test func whoIsNotLetInIsToldWhereTheTokenComesFrom() throws {
    let server = try server()
    FakeDatabase.crash()
    FakeDatabase.state.withLock { $0.refusal = "[Spark] rpc error: code = Unauthenticated: Bearer s3cr3t is old" }
    let refused = problem { _ = try ask(server) }
    #expect(refused?.message.hasSuffix("Unauthenticated: Bearer *** is old") == true)
    #expect(refused?.help?.contains("NOTICEBOOK_TOKEN") == true)
  }

  /// What the drivers said to a server of PostgreSQL 15 and of Spark 4 that let nobody in.
  @Test func whatThereIsToDoIsSaid() {
    let cases: [(Dialect, String, String)] = [
      (.spark, "[Spark] Invalid authentication token", "NOTICEBOOK_TOKEN"),
      (.spark, "tls: failed to verify certificate: x509: certificate signed by unknown authority", "SSL_CERT_FILE"),
      (.spark, "tls: first record does not look like a TLS handshake", "use_ssl=false"),
      (.spark, "connection error: desc = \"error reading server preface: EOF\"", "use_ssl=true"),
      (.postgreSQL, "FATAL:  password authentication failed for user \"reader\"", "PGPASSWORD"),
      (.postgreSQL, "SSL error: certificate verify failed", "sslrootcert=ca.pem"),
    ]
    for (dialect, said, help) in cases {
      #expect(dialect.hint(for: ADBCFault(message: said))?.contains(help) == true)
    }
    #expect(Dialect.spark.hint(for: ADBCFault(message: "[UNRESOLVED_COLUMN] `token`")) == nil)
  }

  @Test func aQueryThatTakesTooLongIsCancelled() throws {
    let server = try server()
    Server.timeout = 0.1
    FakeDatabase.state.withLock { $0.hangs = true }
    let late = problem { _ = try ask(server) }
    #expect(late?.message == "spark did not answer within 0.1 s")
    FakeDatabase.reset()
    #expect(FakeDatabase.state.withLock { $0.statements } == [])
    Server.timeout = nil
    #expect(try ask(server) == .text("x"))
  }

  @Test func whatDoesNotStopIsLeftToItself() throws {
    let server = try server()
    FakeDatabase.state.withLock {
      $0.hangs = true
      $0.endsWhenCancelled = false
    }
    cancelled.isRequested.store(true, ordering: .relaxed)
    #expect(throws: ExecutionError.self) { try ask(server) }
    cancelled.isRequested.store(false, ordering: .relaxed)
    FakeDatabase.reset()
    // The connection is still taken; there is another.
    #expect(try ask(server) == .text("x"))
    #expect(server.takeNews() == ["spark had gone away: connected again"])
  }

  @Test func connectingEndsInTime() {
    FakeDatabase.state.withLock {
      $0.hangs = true
      $0.endsWhenCancelled = false
    }
    Server.timeout = 0.1
    let start = ContinuousClock.now
    #expect(throws: TimeOut.self) { try server() }
    Server.timeout = nil
    cancelled.isRequested.store(true, ordering: .relaxed)
    #expect(throws: ExecutionError.self) { try server() }
    #expect(start.duration(to: .now) < .seconds(5))
    FakeDatabase.reset()
  }
}
