import ColumnStore
import Engines
import Execution
import Formats
import Language
import Notices
import Planning

/// A database that is connected, and what is known of its tables.
struct ConnectedServer {
  let server: Server
  /// The names of its tables, as it has them.
  var tableNames: [String]
  /// The tables that were asked for, by their names in lower case.
  var tables: [String: Table] = [:]
  /// Those that are made of files, by their names in lower case.
  var files: Set<String> = []
  /// Views of them, by their names in lower case: the rows of a known source as notices and actions.
  var views: [String: CatalogEntry] = [:]
  /// What tables were published as, by their names in lower case; views of them are of the same source.
  var sources: [String: SourceAdapter] = [:]

  /// The name in lower case by which it knows what a session calls by that name or by `server!name`; nil where it is none
  /// of its tables and views.
  func key(of name: String) -> String? {
    let prefix = server.name.lowercased() + "!"
    let key =
      name.lowercased().hasPrefix(prefix) ? String(name.lowercased().dropFirst(prefix.count)) : name.lowercased()
    return views[key] != nil || tables[key] != nil || tableNames.contains { $0.lowercased() == key } ? key : nil
  }
}

/// Databases that queries are sent to.
extension Session {
  /// `connect 'address' [as name]`.
  func connect(_ address: PathText, as name: Identifier?) throws {
    let written = try parametersResolved(address)
    if isChecking {
      // Its tables may have any names.
      checking?.mayBeAnyTable = true
      try placed(address.span) { try Drivers.kind(of: written) }
      return
    }
    try connect(written, as: name?.text, at: address.span)
  }

  /// Connects to a database before statements are run, as `--engine` asks.
  ///
  /// - Throws: a `Diagnostic`.
  public func connect(_ address: String) throws { try connect(address, as: nil, at: nil) }

  private func connect(_ address: String, as wanted: String?, at span: SourceSpan?) throws {
    let scheme = String(address.prefix { $0 != ":" })
    let name = wanted ?? scheme
    try placed(span) {
      let server = try server(at: address, as: name)
      let tables = try server.tableNames(isCancelled: host.isInterrupted)
      servers.removeAll { $0.server.name.lowercased() == name.lowercased() }
      servers.append(ConnectedServer(server: server, tableNames: tables))
      let sendsAll = FolderListing.environment(Drivers.sendVariable)?.lowercased() == "all"
      engine = RemoteEngine(home: sendsAll ? server : nil)
      note("\(name): \(server.kind), \(Session.counted(tables.count, "table"))")
    }
  }

  /// Does something with an address; what is wrong with it is wrong at a place of the statement.
  private func placed(_ span: SourceSpan?, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let diagnostic as Diagnostic {
      throw Diagnostic(diagnostic.message, at: span, help: diagnostic.help)
    }
  }

  private func server(at address: String, as name: String) throws -> Server {
    let progress = host.progress(.rows)
    defer { progress.finish() }
    return try Drivers.connect(
      address, as: name, environment: { FolderListing.environment($0) }, isCancelled: host.isInterrupted,
      waited: { progress.update({ "connecting to \(name)" }, 0, 0) })
  }

  /// Whether a path is one that only an engine reads: `s3a://`, `hdfs://`, `file:/` ...
  static func isRemote(_ path: String) -> Bool {
    guard let colon = path.firstIndex(of: ":"), path[colon...].hasPrefix(":/") else { return false }
    return path[..<colon].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } && colon > path.startIndex
  }

  /// `disconnect name`.
  func disconnect(_ name: Identifier) throws {
    if isChecking { return }
    guard servers.contains(where: { $0.server.name.lowercased() == name.text.lowercased() }) else {
      throw Diagnostic(
        "nothing is connected as `\(name.text)`", at: name.span,
        help: suggestion(for: name.text, in: servers.map(\.server.name)))
    }
    servers.removeAll { $0.server.name.lowercased() == name.text.lowercased() }
    if servers.isEmpty { engine = LocalEngine() }
  }

  /// `drivers`: the databases that can be connected, and where their libraries are.
  func driversTable() -> Table {
    let folders = Drivers.folders(FolderListing.environment(Drivers.folderVariable))
    return Session.table(
      [("database", .text), ("address", .text), ("library", .text), ("how to get it", .text)],
      Drivers.kinds.map { kind in
        let path = kind.path(in: folders)
        return [
          .text(kind.name), .text("\(kind.scheme)..."), path.map { .text($0) } ?? .null,
          path == nil
            ? .text("pip install --target FOLDER \(kind.package); \(Drivers.folderVariable)=FOLDER") : .null,
        ]
      })
  }

  /// The table or view of a database: by `server!table`, or by its name alone where that is no table of the session.
  func remoteEntry(named name: String) throws -> CatalogEntry? {
    for (index, connected) in servers.enumerated() {
      guard let key = connected.key(of: name) else { continue }
      if let view = connected.views[key] { return view }
      if let known = connected.tables[key] {
        // One that could not be fetched may be there again.
        guard known.columns.problem != nil else { return .table(known) }
        if connected.files.contains(key) {
          let table = connected.server.renewed(known)
          servers[index].tables[key] = table
          return .table(table)
        }
      }
      guard let published = connected.tableNames.first(where: { $0.lowercased() == key }) else { continue }
      defer { tellNews() }
      let table = try connected.server.table(published, isCancelled: host.isInterrupted)
      servers[index].tables[key] = table
      return .table(table)
    }
    return nil
  }

  /// What a table of a database was published as, also for the views of it, and its full name.
  func remoteSource(of name: String) -> (adapter: SourceAdapter, table: String)? {
    for connected in servers {
      guard let key = connected.key(of: name) else { continue }
      let table = key.split(separator: "!").first.map(String.init) ?? key
      if let adapter = connected.sources[table] { return (adapter, "\(connected.server.name)!\(table)") }
    }
    return nil
  }

  /// Tells of connections that had to be made again.
  func tellNews() {
    for connected in servers { connected.server.takeNews().forEach { note($0) } }
  }

  /// The names by which tables of databases can be spoken of.
  var remoteNames: [String] {
    servers.flatMap { connected in connected.tableNames.map { "\(connected.server.name)!\($0)" } }
  }

  /// What `explain` says of the queries that are sent, and of what is not.
  func sentText(_ plan: LogicalPlan) throws -> [String] {
    guard !servers.isEmpty else { return [] }
    return try RemoteEngine.remarks(on: plan).flatMap { remark in
      switch remark {
      case .sent(let server, let sql): ["", "sent to \(server):", "  \(sql)"]
      case .here(let step, let reason): ["", "here: \(step)", "  because \(reason)"]
      }
    }
  }
}
