import ColumnStore
import Formats
import Language
import Notices
import Planning

extension Session {
  /// `load 'file.nbs' [as name]`: every table under its own name, and views and values with them.
  func loadSnapshots(_ written: [String], _ load: LoadStatement) throws {
    let span = load.paths.first?.span
    if let option = load.options.first {
      throw Diagnostic("a snapshot takes no options", at: option.span, help: "its tables come as they were saved")
    }
    if let other = written.first(where: { !Snapshot.isNamed($0) }) {
      throw Diagnostic(
        "a snapshot and '\(other)' cannot be one table", at: span, help: "load each by itself")
    }
    for path in try located(span, { try expandPaths(written) }) {
      let start = Session.seconds()
      let contents = try contents(ofSnapshot: path, span)
      if let name = load.name, contents.mainNames.count != 1 || written.count > 1 {
        throw Diagnostic(
          "\(path) holds \(Session.counted(contents.mainNames.count, "table")), which cannot all be `\(name.text)`",
          at: name.span, help: "leave out `as`: \(contents.mainNames.joined(separator: ", "))")
      }
      try keep(contents, as: load.name?.text, start: start)
    }
  }

  /// A snapshot that is queried in place: the rows of its one table.
  func snapshotTable(_ written: String, _ path: PathText, _ options: [Option]) throws -> FileTable {
    if let option = options.first { throw Diagnostic("a snapshot takes no options", at: option.span) }
    let contents = try contents(ofSnapshot: written, path.span)
    guard contents.mainNames.count == 1, let name = contents.mainNames.first,
      let table = contents.tables.first(where: { $0.name == name })?.table
    else {
      throw Diagnostic(
        "\(written) holds \(Session.counted(contents.mainNames.count, "table")), not one", at: path.span,
        help: "`load '\(written)'` brings them back: \(contents.mainNames.joined(separator: ", "))")
    }
    let restored = try located(path.span) { try facts(of: contents) }
    lazyTables.append(table)
    if let adapter = restored.sources[name.lowercased()] { sourcesInPlace.add(adapter, for: table) }
    return FileTable(
      key: nil, name: Session.tableName(for: written), table: table.adding(restored.notes[name.lowercased()] ?? []))
  }

  /// What stands in a snapshot.
  private struct Contents {
    let snapshot: Snapshot
    var tables: [(name: String, table: Table)] = []
    var facts: [SessionFact] = []

    /// The tables that are no part of others.
    var mainNames: [String] {
      let parts = Set(facts.filter { $0.kind == .part }.compactMap(\.name))
      return tables.map(\.name).filter { !parts.contains($0) }
    }
  }

  private func contents(ofSnapshot path: String, _ span: SourceSpan?) throws -> Contents {
    try located(span) {
      let snapshot = try Snapshot(path: path, control: LoadControl(isCancelled: host.isInterrupted))
      var contents = Contents(snapshot: snapshot)
      var known: [String: Table] = [:]
      for (name, table) in snapshot.tables {
        if name.first == Resolver.hiddenMark { known[name] = table } else { contents.tables.append((name, table)) }
      }
      guard let table = known[SessionFact.tableName] else { return contents }
      let values = known[SessionFact.valuesName]
      let facts = SessionFact.facts(in: table, values: values)
      for read in [table, values].compactMap(\.self) { try checkUsable(read) }
      guard let facts else { throw damaged(snapshot) }
      contents.facts = facts
      return contents
    }
  }

  private func damaged(_ snapshot: Snapshot) -> LoadError {
    .wrongSnapshot(path: snapshot.path, fault: .damaged(part: "what it says of views, values and rules"))
  }

  /// What the facts of a snapshot come to.
  private struct Restored {
    /// By the table's name in lower case.
    var rules: [String: TableRules] = [:]
    /// The tables that others are parts of, by the part's name.
    var owners: [String: String] = [:]
    /// By the table's name in lower case.
    var sources: [String: SourceAdapter] = [:]
    /// By the table's name in lower case.
    var notes: [String: [TableNote]] = [:]
    var views: [(name: String, entry: CatalogEntry)] = []
    var values: [Parameter] = []
  }

  private func facts(of contents: Contents) throws -> Restored {
    var result = Restored()
    let types = Dictionary(
      contents.tables.map { ($0.name.lowercased(), $0.table.descriptions.map(\.type)) }
    ) { first, _ in first }
    for fact in contents.facts {
      var isRight = true
      switch (fact.kind, fact.name) {
      case (.part, let name?): result.owners[name] = fact.table
      case (.source, let name?):
        let adapter = try? SourceAdapter(json: fact.text ?? "", file: name)
        result.sources[fact.table.lowercased()] = adapter
        isRight = adapter != nil
      case (.note, _), (.warning, _):
        if let note = fact.note { result.notes[fact.table.lowercased(), default: []].append(note) }
        isRight = fact.note != nil
      case (.view, let name?):
        if let (create, source) = fact.definition {
          result.views.append((name, .view(query(of: create), source: source)))
        } else {
          isRight = false
        }
      case (.value, let name?): result.values.append(Parameter(name: name, value: fact.value ?? .null))
      case (.part, nil), (.source, nil), (.view, nil), (.value, nil): isRight = false
      default:
        let key = fact.table.lowercased()
        isRight = result.rules[key, default: TableRules()].add(fact, types: types[key] ?? [])
      }
      guard isRight else { throw damaged(contents.snapshot) }
    }
    return result
  }

  /// Keeps what a snapshot holds, and says what that is.
  private func keep(_ contents: Contents, as newName: String?, start: Double) throws {
    let restored = try located(statementSpan) { try facts(of: contents) }
    let main = contents.mainNames.first ?? ""
    /// The name that a table gets: the new one stands for the main table and in the names of its parts.
    func kept(_ name: String) -> String {
      guard let newName else { return name }
      if name.lowercased() == main.lowercased() { return newName }
      return name.hasPrefix("\(main)!") ? "\(newName)\(name.dropFirst(main.count))" : name
    }
    var lines: [String] = []
    for (name, table) in contents.tables {
      let own = kept(name)
      let isReplaced = entries[own.lowercased()] != nil
      store(
        own, .table(table.adding(restored.notes[name.lowercased()] ?? [])),
        partOf: restored.owners[name].map { kept($0).lowercased() })
      entries[own.lowercased()]?.rules = restored.rules[name.lowercased()] ?? TableRules()
      if let adapter = restored.sources[name.lowercased()] { try keepModel(of: adapter, for: own, table) }
      lines.append(
        "\(own)\(isReplaced ? " (replaced)" : ""): \(Session.counted(table.rowCount, "row")), "
          + Session.counted(table.columns.count, "column"))
    }
    for (name, view) in restored.views { store(name, view) }
    for value in restored.values { parameters[value.name.lowercased()] = value }
    if !restored.views.isEmpty { lines.append("views: \(restored.views.map(\.name).joined(separator: ", "))") }
    if !restored.values.isEmpty { lines.append("values: \(restored.values.map(\.name).joined(separator: ", "))") }
    let snapshot = contents.snapshot
    let first =
      "\(snapshot.path): \(Session.kinds(tables: contents.tables.count, contents.facts)), "
      + "\(LoadReport.text(byteCount: snapshot.byteCount)), saved \(Value.timestamp(snapshot.savedAt)) UTC "
      + "by \(snapshot.savedBy), \(Session.text(seconds: Session.seconds() - start)) s"
    note(([first] + lines.map { "  \($0)" }).joined(separator: "\n"))
  }
}
