import ColumnStore
import Execution
import Formats
import Language
import Planning
import Synchronization

/// A database that is connected: where queries are sent.
///
/// One that went away is connected again with the next query, and the views that were made on it are made again. That it
/// has, and has forgotten what a session is, not every driver says; so a session is marked where its kind needs that
/// (`Dialect.mark`), and the mark is looked for.
public final class Server: Sendable {
  /// What statements and messages call it.
  public let name: String
  let dialect: Dialect
  private let secrets: Secrets
  private let open: @Sendable (Patience) throws -> ADBCConnection
  /// Whether whoever connected pressed Ctrl-C.
  let isInterrupted: @Sendable () -> Bool
  private let link = Mutex<Link?>(nil)
  /// The statements that made views, by the names of these.
  private let views = Mutex<[(name: String, statement: String)]>([])
  private let news = Mutex<[String]>([])

  /// A connection, and what is known of its session.
  private struct Link {
    let connection: ADBCConnection
    let mark: String
    /// When it last answered.
    var answered = ContinuousClock.now
  }

  /// The most rows that are pulled for one step of this process.
  private let rowLimit: Int

  /// The most rows that are pulled unless the environment says otherwise.
  public static let usualRowLimit = 20_000_000

  private static let timeLimit = Mutex<Double?>(nil)

  /// For how many seconds a query is waited for; nil for as long as it takes.
  public static var timeout: Double? {
    get { timeLimit.withLock { $0 } }
    set { timeLimit.withLock { $0 = newValue } }
  }

  /// For how many seconds a connection is waited for, unless `timeout` says otherwise.
  public static let connectionTimeout = 30.0

  /// In less than so much no database is ended and started again.
  private static let restartTime = Duration.seconds(2)

  /// Connects.
  ///
  /// - Parameters:
  ///   - secrets: what is never shown.
  ///   - isCancelled: whether somebody pressed Ctrl-C, now or later.
  ///   - waited: told now and then while it is connected.
  ///   - open: opens a connection.
  /// - Throws: `ADBCFault` and what else `ADBCConnection` throws.
  init(
    name: String, dialect: Dialect, secrets: Secrets, rowLimit: Int = usualRowLimit,
    isCancelled: @escaping @Sendable () -> Bool,
    waited: @escaping @Sendable () -> Void = {}, open: @escaping @Sendable (Patience) throws -> ADBCConnection
  ) throws {
    self.name = name
    self.dialect = dialect
    self.secrets = secrets
    self.rowLimit = rowLimit
    self.open = open
    isInterrupted = isCancelled
    let first = try connected {
      waited()
      return isCancelled()
    }
    link.withLock { $0 = first }
  }

  /// The name of its kind, such as `PostgreSQL`.
  public var kind: String { dialect.name }

  /// The names of its tables and views.
  public func tableNames(isCancelled: @escaping @Sendable () -> Bool) throws -> [String] {
    let rows = try run(dialect.tableNames, isCancelled)
    return (0..<rows.rowCount).map { rows.columns[dialect.tableNameColumn].value($0).description }
  }

  /// Whether it reads files itself.
  public var readsFiles: Bool { dialect.fileView != nil }

  /// Makes a view of files that the database reads: none of their rows passes through this process.
  ///
  /// - Parameter options: options of the database's own reader.
  public func makeView(
    _ name: String, of path: String, options: [(name: String, value: String)],
    isCancelled: @escaping @Sendable () -> Bool
  ) throws {
    guard let statement = dialect.fileView?(name, path, options) else {
      throw Diagnostic("\(self.name) (\(kind)) reads no files", at: nil)
    }
    _ = try run(statement, isCancelled)
    views.withLock { views in
      views.removeAll { $0.name == name }
      views.append((name, statement))
    }
  }

  /// What has happened to the connection since this was last asked.
  public func takeNews() -> [String] {
    news.withLock { news in
      defer { news = [] }
      return news
    }
  }

  /// A table of the database, with its columns and the number of its rows.
  public func table(_ name: String, isCancelled: @escaping @Sendable () -> Bool) throws -> Table {
    let sqlName = dialect.quoted(name)
    let shape = try run("SELECT * FROM \(sqlName) LIMIT 1", isCancelled)
    let counted = try run("SELECT COUNT(*) AS n FROM \(sqlName)", isCancelled)
    guard case .integer(let rowCount) = counted.columns[0].value(0) else {
      throw Diagnostic("\(self.name) does not say how many rows \(name) has", at: nil)
    }
    let source = RemoteTable(
      server: self, sqlName: sqlName, fields: shape.descriptions, rowCount: Int(rowCount))
    return Table(
      descriptions: shape.descriptions, columns: TableColumns(count: shape.descriptions.count, from: source),
      rowCount: Int(rowCount), note: "on \(self.name)")
  }

  /// The rows of a query, in the types of the fields.
  ///
  /// - Parameter received: told how many rows have come, from another thread.
  func rows(
    of sql: String, fields: [Field], isCancelled: @escaping @Sendable () -> Bool,
    received: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Table {
    let rows = try run(sql, isCancelled, received)
    if fields.isEmpty { return Table(descriptions: [], columns: [], rowCount: rows.rowCount) }
    guard rows.columns.count == fields.count else {
      throw Diagnostic("\(name) gave \(rows.columns.count) columns for \(fields.count)", at: nil)
    }
    if zip(rows.descriptions, fields).allSatisfy({ $0.type == $1.type }) {
      return Table(descriptions: fields.map(\.description), columns: Array(rows.columns), rowCount: rows.rowCount)
    }
    // The database may have wider or narrower types for the same values.
    let span = SourceSpan(start: 0, end: 0)
    let converted = LogicalPlan.project(
      .rows(of: rows),
      fields.enumerated().map { index, field in
        let column = PlanExpression(.column(index), type: rows.descriptions[index].type, span: span)
        return Projection(
          name: field.name,
          expression: column.type == field.type
            ? column : PlanExpression(.cast(column, lenient: false), type: field.type, span: span),
          qualifier: field.qualifier, display: field.display, isHidden: field.isHidden, note: field.note)
      })
    return try Executor(context: ExecutionContext(isCancelled: isCancelled)).run(converted)
  }

  private func run(
    _ sql: String, _ isCancelled: @escaping @Sendable () -> Bool,
    _ received: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Table {
    func rows(_ link: Link) throws -> Table {
      let rows = try link.connection.rows(
        of: sql, rowLimit: rowLimit, patience: Patience(seconds: Server.timeout, isCancelled: isCancelled),
        received: received)
      self.link.withLock { $0?.answered = .now }
      return rows
    }
    do {
      let (link, isFresh) = try usableLink(isCancelled)
      do {
        return try rows(link)
      } catch let fault where fault is ADBCFault || fault is StreamFault {
        // Either the query is at fault or the connection. Queries only read, so that one may be asked again.
        if isFresh || isAlive(link, isCancelled) { throw fault }
        if isCancelled() { throw ExecutionError.cancelled }
        return try rows(try connectedAgain(isCancelled))
      }
    } catch is TooManyRows {
      throw Diagnostic(
        "this would bring more than \(groupedDigits(String(rowLimit))) rows from \(name)", at: nil,
        help: "`explain` shows which step needs them here, and why; \(Drivers.rowLimitVariable) allows more")
    } catch {
      throw problem(error)
    }
  }
}

/// Connecting, and finding out that it has to be done again.
extension Server {
  /// A new connection, with a session that is as the dialect wants it.
  private func connected(_ isCancelled: @escaping @Sendable () -> Bool) throws -> Link {
    let patience = Patience(
      seconds: Server.timeout ?? Server.connectionTimeout, grace: .zero, isCancelled: isCancelled)
    let connection = try open(patience)
    let link = Link(connection: connection, mark: String(UInt64.random(in: 0...UInt64.max), radix: 36))
    let statements = dialect.preparation + [dialect.mark?.statement(link.mark)].compactMap { $0 }
    for statement in statements {
      _ = try connection.rows(of: statement, rowLimit: rowLimit, patience: patience)
    }
    return link
  }

  /// Connects again and makes the views again, all of them or there is no connection.
  private func connectedAgain(_ isCancelled: @escaping @Sendable () -> Bool) throws -> Link {
    link.withLock { $0 = nil }
    let link: Link
    do {
      link = try connected(isCancelled)
    } catch let fault as ADBCFault {
      throw Diagnostic(
        "\(name) does not answer any more: \(secrets.removed(from: fault.message))", at: nil,
        help: dialect.hint(for: fault)
          ?? "tables of this process can be used; the next query on \(name) tries to connect again")
    }
    let patience = Patience(seconds: Server.timeout, isCancelled: isCancelled)
    let views = views.withLock { $0 }
    for view in views {
      _ = try link.connection.rows(of: view.statement, rowLimit: rowLimit, patience: patience)
    }
    self.link.withLock { $0 = link }
    let made = views.isEmpty ? "" : ", and made \(views.map(\.name).joined(separator: ", ")) again"
    news.withLock { $0.append("\(name) had gone away: connected again\(made)") }
    return link
  }

  /// The connection, or another where it has gone; and whether it is another.
  private func usableLink(_ isCancelled: @escaping @Sendable () -> Bool) throws -> (Link, isFresh: Bool) {
    guard let link = link.withLock({ $0 }), !link.connection.isGivenUp else {
      return (try connectedAgain(isCancelled), true)
    }
    if dialect.mark == nil || link.answered.duration(to: .now) < Server.restartTime || isAlive(link, isCancelled) {
      return (link, false)
    }
    if isCancelled() { throw ExecutionError.cancelled }
    return (try connectedAgain(isCancelled), true)
  }

  /// Whether a connection answers and its session is the one that was prepared.
  private func isAlive(_ link: Link, _ isCancelled: @escaping @Sendable () -> Bool) -> Bool {
    let patience = Patience(seconds: Server.timeout ?? Server.connectionTimeout, grace: .zero, isCancelled: isCancelled)
    let question = dialect.mark?.question ?? "SELECT 1"
    guard !link.connection.isGivenUp,
      let answer = try? link.connection.rows(of: question, rowLimit: rowLimit, patience: patience)
    else { return false }
    guard let mark = dialect.mark else { return true }
    return answer.rowCount == 1 && mark.column < answer.columns.count
      && answer.columns[mark.column].value(0) == .text(link.mark)
  }
}

/// What went wrong, for a person, without secrets.
extension Server {
  func problem(_ error: any Error) -> any Error {
    switch error {
    case let fault as ADBCFault:
      Diagnostic("\(name): \(secrets.removed(from: fault.message))", at: nil, help: dialect.hint(for: fault))
    case let fault as StreamFault: Diagnostic("\(name): \(secrets.removed(from: fault.message))", at: nil)
    case let timeOut as TimeOut:
      Diagnostic(
        "\(name) did not answer within \(timeOut.text)", at: nil, help: "set engine_timeout allows it longer, or off")
    default: error
    }
  }
}
