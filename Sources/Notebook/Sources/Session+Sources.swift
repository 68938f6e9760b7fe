import ColumnStore
import Formats
import Language
import Notices
import Planning

/// Where tables come from: which adapter reads a file, and what it makes of the table.
extension Session {
  /// What a table was published as, also for the parts of it such as `t!actions`; nil for a table of no known source, and
  /// for one that was computed.
  public func source(of table: String) -> SourceAdapter? {
    guard let entry = entries[table.lowercased()] else { return remoteSource(of: table)?.adapter }
    return entry.source ?? entry.isPartOf.flatMap { entries[$0]?.source }
  }

  /// The adapter for files with these columns: the one that is asked for, or else the one that knows them.
  ///
  /// - Throws: a `Diagnostic` when the adapter that is asked for is not there or does not fit.
  func adapter(for columns: [String], _ load: LoadStatement, _ options: LoadOptions) throws -> SourceAdapter? {
    let span = load.options.last { $0.name.text.lowercased() == "adapter" }?.span ?? load.name?.span
    guard let adapter = try namedAdapter(options.adapter ?? load.name?.text, isOption: options.adapter != nil, span)
    else {
      // Without a header, or with all cells wanted as they stand, a file is read as it is.
      let isRecognised = options.adapter == nil && !options.allText && options.header != false
      return isRecognised ? SourceCatalog.recognising(columns) : nil
    }
    let missing = adapter.missingColumns(columns)
    guard missing.isEmpty else {
      throw Diagnostic(
        "the file is not \(adapter.name): it has no column \(missing.map { "`\($0)`" }.joined(separator: ", "))",
        at: span,
        help: "its columns: \(columns.prefix(12).joined(separator: ", "))\(columns.count > 12 ? " ..." : "")"
          + "; (adapter none) reads it as it is")
    }
    return adapter
  }

  private func namedAdapter(_ name: String?, isOption: Bool, _ span: SourceSpan?) throws -> SourceAdapter? {
    guard let name, name.lowercased() != "none" else { return nil }
    if let known = SourceCatalog.named(name) { return known }
    guard isOption else { return nil }
    let isPath = name.contains("/") || name.lowercased().hasSuffix(".json")
    let path = isPath ? location(of: name) : ScriptFile.adapterPath(name)
    guard isPath || ScriptFile.exists(path) else {
      throw Diagnostic(
        "there is no source `\(name)`", at: span,
        help: suggestion(for: name, in: SourceCatalog.names)
          ?? "`sources` lists those there are; one of your own is a file: (adapter 'mine.json'), or \(path)")
    }
    do {
      guard let bytes = try ScriptFile.read(path, isInterrupted: host.isInterrupted) else { throw LoadError.cancelled }
      return try SourceAdapter(json: String(decoding: bytes, as: UTF8.self), file: path)
    } catch let diagnostic as Diagnostic {
      throw Diagnostic(diagnostic.message, at: span, help: diagnostic.help)
    }
  }

  /// Makes of a table that was loaded under a name what its adapter says; the lines that tell of it.
  func apply(_ adapter: SourceAdapter, to name: String) throws -> [String] {
    guard case .table(let published)? = entries[name.lowercased()]?.value else { return [] }
    let columns = published.descriptions.map(\.name)
    let editions = adapter.editions(having: Set(columns))
    var lines = ["source: \((["\(adapter.title) (\(adapter.name))"] + editions).joined(separator: ", "))"]
    var table = published
    if let text = adapter.tableQuery(from: "\(name)!published", having: columns) {
      store("\(name)!published", .table(published))
      store(name, try view(text, of: adapter, "rows"))
      table = try rows(of: plan(query(of: name)))
      store("\(name)!published", .table(published), partOf: name.lowercased())
      lines.append(
        "\(Session.counted(table.rowCount, "row")) in \(name), all as published: from \(name)!published")
    }
    table = described(table, by: adapter)
    entries[name.lowercased()]?.value = .table(table)
    try keepModel(of: adapter, for: name, table)
    let models = CanonicalTable.allCases.filter { entries["\(name)!\($0.rawValue)".lowercased()] != nil }
    if !models.isEmpty { lines.append("seen as " + models.map { "\(name)!\($0.rawValue)" }.joined(separator: ", ")) }
    lines += try failedChecks(of: adapter, on: name, having: table.descriptions.map(\.name))
    lines += adapter.limits.map { "note: \($0)" }
    return lines
  }

  /// Notes what a table was published as, and keeps the views of its rows as notices and actions beside it. They are
  /// planned when somebody asks for them.
  func keepModel(of adapter: SourceAdapter, for name: String, _ table: Table) throws {
    let key = name.lowercased()
    entries[key]?.source = adapter
    for canonical in CanonicalTable.allCases {
      let columns = table.descriptions.map(\.name)
      guard let query = adapter.query(canonical, of: name, having: columns) else { continue }
      store("\(name)!\(canonical.rawValue)", try view(query, of: adapter, canonical.rawValue), partOf: key)
      // One of a person's own is planned now, so that what is wrong with it is said while it is being written.
      if SourceCatalog.named(adapter.name) == nil { _ = try plan(self.query(of: "\(name)!\(canonical.rawValue)")) }
    }
  }

  /// The lines that tell of rows which are not as the source should have them.
  func failedChecks(of adapter: SourceAdapter, on name: String, having columns: [String]) throws -> [String] {
    guard !isChecking, let text = adapter.checkQuery(of: name, having: columns) else { return [] }
    let check = "\(name)!check"
    store(check, try view(text, of: adapter, "checks"))
    defer { remove(check) }
    return zip(adapter.checks, try rows(of: plan(query(of: check))).row(0)).compactMap { check, count in
      guard case .integer(let count) = count, count > 0 else { return nil }
      return "check: \(check.name): does not hold in \(Session.counted(Int(count), "row")) (\(check.condition))"
    }
  }

  /// The table with the notes that the adapter has on its columns.
  func described(_ table: Table, by adapter: SourceAdapter) -> Table {
    let notes = Dictionary(adapter.columns.map { ($0.name, $0.note) }) { first, _ in first }
    let descriptions = table.descriptions.map { column in
      var column = column
      if column.note.isEmpty { column.note = notes[column.name] ?? "" }
      return column
    }
    return Table(
      descriptions: descriptions, columns: table.columns, rowCount: table.rowCount, origin: table.origin,
      note: adapter.title)
  }

  /// A query of an adapter as a view, so that what is wrong with it is told with its place in the adapter.
  func view(_ query: String, of adapter: SourceAdapter, _ what: String) throws -> CatalogEntry {
    let source = SourceText(name: "\(adapter.name): \(what)", text: "create view v as\n\(query);")
    var statements: [Statement] = []
    for parsed in StatementSequence(source) {
      do {
        statements.append(try parsed.get())
      } catch {
        throw error.located(in: source)
      }
    }
    guard statements.count == 1, case .createView(let create) = statements[0].kind else {
      throw Diagnostic("\(source.name) is more than one query", at: nil, help: "leave out `;`")
    }
    return .view(self.query(of: create), source: source)
  }

  /// The query for the rows of a table or view by its name.
  func query(of name: String) -> Query {
    let name = QualifiedName(Identifier(name, span: statementSpan))
    return Query(body: .from(TableReference(.name(name), span: statementSpan)), span: statementSpan)
  }
}
