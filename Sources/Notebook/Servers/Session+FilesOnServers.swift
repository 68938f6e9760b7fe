import ColumnStore
import Engines
import Language
import Notices
import Planning

/// Files that a database reads itself: no row of them passes through this process.
extension Session {
  /// `load 's3a://bucket/*.csv' as name`: a view on the database, and of a known source what its adapter makes of it.
  func loadRemote(_ path: String, _ load: LoadStatement) throws {
    let span = load.paths.first?.span
    guard let index = servers.firstIndex(where: { $0.server.readsFiles }) else {
      if isChecking {
        checking?.mayBeAnyTable = true
        return
      }
      throw Diagnostic(
        "'\(path)' is read by an engine, and none is connected that reads files", at: span,
        help: "connect 'spark://host:15002'")
    }
    guard let name = load.name?.text else {
      throw Diagnostic("what is the table to be called?", at: span, help: "load '\(path)' as name")
    }
    if isChecking {
      checking?.mayBeAnyTable = true
      return
    }
    let options = try readerOptions(load)
    let server = servers[index].server
    defer { tellNews() }
    let published = try server.viewFiles(name, at: path, options: options, isCancelled: host.isInterrupted)
    let ownOptions = try loadOptions(load.options.filter { $0.name.text.lowercased() == "adapter" })
    let hasHeader = !options.contains { $0.name == "header" && $0.value == "false" }
    let adapter = hasHeader ? try adapter(for: published, load, ownOptions) : nil
    let (names, types) = adapter?.reading(published) ?? ([:], [:])
    let columns = published.map { column in
      let name = names[column.lowercased()] ?? column
      return FileColumn(column, name: name, type: types[name], nulls: adapter?.nulls ?? [])
    }
    let (table, unread) = try server.fileTable(name, columns, isCancelled: host.isInterrupted)
    let isNew = { (known: String) in known.split(separator: "!").first?.lowercased() != name.lowercased() }
    servers[index].tableNames = servers[index].tableNames.filter(isNew) + [name]
    servers[index].tables = servers[index].tables.filter { isNew($0.key) }
    servers[index].views = servers[index].views.filter { isNew($0.key) }
    servers[index].tables[name.lowercased()] = table
    servers[index].files.formUnion([name.lowercased(), "\(name.lowercased())!published"])
    servers[index].sources[name.lowercased()] = nil
    var lines = [
      "\(name): \(Session.counted(table.rowCount, "row")), \(Session.counted(table.columns.count, "column")) on \(server.name)"
    ]
    lines += unread.map {
      "\($0.column): \(Session.counted($0.count, "value")) could not be read, and \($0.count == 1 ? "is" : "are") NULL"
    }
    if let adapter { lines += try apply(adapter, to: name, table, on: index) }
    note(lines.joined(separator: "\n  "))
  }

  /// The options of `load` as the database's reader calls them.
  private func readerOptions(_ load: LoadStatement) throws -> [(name: String, value: String)] {
    let names = ["delimiter": "sep", "quote": "quote", "header": "header", "encoding": "encoding", "null": "nullValue"]
    return try load.options.filter { $0.name.text.lowercased() != "adapter" }.map { option in
      guard let known = names[option.name.text.lowercased()], let value = option.values.first?.text else {
        throw Diagnostic(
          "the option `\(option.name.text)` is none for files that an engine reads", at: option.span,
          help: "options: \((Array(names.keys) + ["adapter"]).sorted().joined(separator: ", "))")
      }
      return (name: known, value: known == "header" ? (value.lowercased() == "off" ? "false" : "true") : value)
    }
  }

  /// Keeps the views that an adapter has of a table; the lines that tell of it.
  private func apply(_ adapter: SourceAdapter, to name: String, _ table: Table, on index: Int) throws -> [String] {
    let key = name.lowercased()
    let fullName = "\(servers[index].server.name)!\(name)"
    var columns = table.descriptions.map(\.name)
    let editions = adapter.editions(having: Set(columns))
    var lines = ["source: \((["\(adapter.title) (\(adapter.name))"] + editions).joined(separator: ", "))"]
    func keep(_ view: CatalogEntry, as part: String) {
      servers[index].views[part.lowercased()] = view
      servers[index].tableNames.removeAll { $0.lowercased() == part.lowercased() }
      servers[index].tableNames.append(part)
    }
    servers[index].tables[key] = described(table, by: adapter)
    if let text = adapter.tableQuery(from: "\(fullName)!published", having: columns) {
      servers[index].tables["\(key)!published"] = servers[index].tables[key]
      servers[index].tableNames.append("\(name)!published")
      keep(try view(text, of: adapter, "rows"), as: name)
      columns = try plan(query(of: fullName)).fields.map(\.name)
      lines.append("all as published: from \(name)!published")
    }
    servers[index].sources[key] = adapter
    var models: [String] = []
    for canonical in CanonicalTable.allCases {
      guard let query = adapter.query(canonical, of: fullName, having: columns) else { continue }
      models.append("\(name)!\(canonical.rawValue)")
      keep(try view(query, of: adapter, canonical.rawValue), as: "\(name)!\(canonical.rawValue)")
    }
    if !models.isEmpty { lines.append("seen as " + models.joined(separator: ", ")) }
    lines += try failedChecks(of: adapter, on: fullName, having: columns)
    return lines + adapter.limits.map { "note: \($0)" }
  }
}
