import ColumnStore
import Formats
import Language
import Notices

extension Session {
  /// `load paths [as name] [(options)]`.
  func execute(_ load: LoadStatement) throws {
    let start = Session.seconds()
    if let path = load.paths.first, case let address = try parametersResolved(path), Session.isRemote(address) {
      return try loadRemote(address, load)
    }
    let written = try load.paths.map { try resolved($0) }
    if isMissing(written, load) { return }
    let span = load.paths.first?.span
    if written.contains(where: Snapshot.isNamed) { return try loadSnapshots(written, load) }
    if let path = written.first, written.count == 1, ScriptFile.isDataPackage(path) {
      try loadPackage(path, load, start: start)
      return
    }
    let (loaded, adapter) = try located(span) { () throws -> (LoadedTable, SourceAdapter?) in
      let options = try loadOptions(load.options)
      let paths = try expandPaths(written, options: options)
      return try reading(written) { control in
        var source = try DelimitedSource.open(paths: paths, options: options, control: control)
        let adapter = try self.adapter(for: source.columnNames, load, options)
        if let adapter {
          let (names, types) = adapter.reading(source.columnNames)
          source = try source.adapted(names: names, types: types, nulls: adapter.nulls)
        }
        return (try source.load(control: control), adapter)
      }
    }
    let name = load.name?.text ?? Session.tableName(for: written.first ?? "")
    try keep(loaded, as: name, from: adapter, start: start)
  }

  private func loadPackage(_ path: String, _ load: LoadStatement, start: Double) throws {
    if let option = load.options.first {
      throw Diagnostic(
        "a data package says itself how its files are written", at: option.span,
        help: "to read a file of it differently, load the file itself: load '\(path)/....csv' (...)")
    }
    let tables = try located(load.paths.first?.span) {
      try reading([path]) { try loadDataPackage(path, control: $0) }
    }
    if let name = load.name, tables.count != 1 {
      throw Diagnostic(
        "the package has \(tables.count) tables, which cannot all be `\(name.text)`", at: name.span,
        help: "leave out `as`: \(tables.map { Session.tableName(for: $0.name) }.joined(separator: ", "))")
    }
    for table in tables {
      try keep(table.loaded, as: load.name?.text ?? Session.tableName(for: table.name), start: start)
    }
  }

  /// Keeps a loaded table with its rejects and remarks, and what its source makes of it, and says what was found.
  private func keep(_ loaded: LoadedTable, as name: String, from adapter: SourceAdapter? = nil, start: Double) throws {
    let isReplaced = entries[name.lowercased()] != nil
    let before = (entries: entries, currentTable: currentTable)
    store(name, .table(loaded.table))
    let key = name.lowercased()
    var lines = loaded.report.lines
    do {
      if let adapter { lines += try apply(adapter, to: name) }
    } catch {
      // What the name stood for before is not lost.
      (entries, currentTable) = before
      throw error
    }
    if let rejects = loaded.rejects { store("\(name)!rejects", .table(rejects), partOf: key) }
    if let remarks = loaded.remarks { store("\(name)!remarks", .table(remarks), partOf: key) }
    if let rejects = loaded.rejects {
      lines.append("\(Session.counted(rejects.rowCount, "rejected value")): from \(name)!rejects")
    }
    if loaded.remarks != nil { lines.append("the remarks: from \(name)!remarks") }
    if let first = lines.first {
      lines[0] =
        "\(name)\(isReplaced ? " (replaced)" : ""): \(first), \(Session.text(seconds: Session.seconds() - start)) s"
    }
    note(lines.enumerated().map { $0.offset == 0 ? $0.element : "  \($0.element)" }.joined(separator: "\n"))
  }

  /// The options as the loader takes them.
  func loadOptions(_ options: [Option]) throws -> LoadOptions {
    try LoadOptions(
      parsing: try options.map { option in
        var values: [String] = []
        var pairs: [(name: String, value: String)] = []
        for value in option.values {
          guard case .list(let items) = value.kind else {
            values.append(try text(of: value))
            continue
          }
          for item in items {
            let words = try item.map { try text(of: $0) }
            switch words.count {
            case 0: break
            case 1: values.append(words[0])
            default: pairs.append((words[0], words[1...].joined(separator: " ")))
            }
          }
        }
        return LoadOption(name: option.name.text, values: values, pairs: pairs)
      })
  }

  private func text(of value: OptionValue) throws -> String {
    if let text = value.text { return text }
    // The brackets of a type: `decimal(10, 2)`.
    if case .list(let items) = value.kind {
      return "(\(try items.map { try $0.map { try text(of: $0) }.joined(separator: " ") }.joined(separator: ",")))"
    }
    guard case .parameter(let name) = value.kind, let parameter = parameter(named: name) else {
      throw Diagnostic("this option takes no such value", at: value.span)
    }
    return parameter.description
  }

  /// Reads files with a control that stops when somebody presses Ctrl-C, and that tells how far it is.
  func reading<Result>(_ paths: [String], _ body: (LoadControl) throws -> Result) rethrows -> Result {
    let progress = host.progress(.bytes)
    defer { progress.finish() }
    let label = "reading \(paths.joined(separator: " "))"
    return try body(
      LoadControl(isCancelled: host.isInterrupted, progress: { progress.update({ label }, $0, $1) }))
  }

  /// A table's name made of a path: the file's name without endings, in letters, digits and underscores.
  static func tableName(for path: String) -> String {
    var trimmed = path[...]
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    var name = trimmed.split(separator: "/").last.map(String.init) ?? ""
    if let dot = name.dropFirst().firstIndex(of: ".") { name = String(name[..<dot]) }
    var result = ""
    for character in name {
      let isWord = character.isLetter || character.isNumber || character == "_"
      if isWord {
        result.append(character)
      } else if !result.hasSuffix("_"), !result.isEmpty {
        result.append("_")
      }
    }
    while result.hasSuffix("_") { result.removeLast() }
    if result.isEmpty { return "data" }
    return result.first?.isNumber == true ? "t\(result)" : result
  }
}
