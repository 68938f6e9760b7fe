import ColumnStore
import Formats
import Language
import Planning

extension Session: Catalog {
  /// The table or view of a name; `_`, `_2` ... are the last results.
  public func entry(named name: String) throws -> CatalogEntry? {
    if let entry = entries[name.lowercased()] {
      if case .table(let table) = entry.value, table.columns.source != nil { lazyTables.append(table) }
      return entry.value
    }
    return try result(named: name).map { .table($0) } ?? remoteEntry(named: name)
  }

  /// The result of a name: `_` is the last one, `_2` that before it.
  func result(named name: String) -> Table? {
    guard name.hasPrefix("_") else { return nil }
    let number = name == "_" ? 1 : Int(name.dropFirst()) ?? 0
    return number >= 1 && number <= results.count ? results[number - 1] : nil
  }

  /// As `set nulls` says.
  public var nullsAreSmallest: Bool { settings.nullsAreSmallest }

  /// As `set division` says.
  public var dividesIntegers: Bool { settings.dividesIntegers }

  /// A file queried in place: read once per statement, and of its columns those that the statement speaks of.
  public func file(_ path: PathText, options: [Option]) throws -> FileTable {
    let written = try resolved(path)
    if Snapshot.isNamed(written) { return try snapshotTable(written, path, options) }
    let key = "\(written)\n\(options.map { "\($0)" }.joined())"
    if let known = files[key] { return FileTable(key: key, name: known.name, table: known.table) }
    return try located(path.span) {
      let loadOptions = try self.loadOptions(options)
      let paths = try expandPaths([written], options: loadOptions)
      let name = Session.tableName(for: written)
      return try reading([written]) { control in
        let source = try DelimitedSource.open(paths: paths, options: loadOptions, control: control)
        files[key] = InPlaceFile(name: name, source: source)
        return FileTable(key: key, name: name, table: try read(mentionedColumns(of: source), of: key, control: control))
      }
    }
  }

  /// The columns whose names occur in the statement, or in a view that it may use: a guess that saves reading twice.
  private func mentionedColumns(of file: DelimitedSource) -> Set<Int> {
    var texts = [source.text(statementSpan).lowercased()]
    for entry in entries.values {
      if case .view(let query, let source) = entry.value { texts.append(source.text(query.span).lowercased()) }
    }
    let words = Set(texts.flatMap { $0.split { !($0.isLetter || $0.isNumber || $0 == "_") } })
    return Set(
      file.columnNames.indices.filter { index in
        let name = file.columnNames[index].lowercased()
        let isWord = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        return isWord ? words.contains(name[...]) : texts.contains { $0.contains(name) }
      })
  }

  /// Reads all columns of the files that are queried in place; whether there were any left to read.
  func readRemainingColumns() throws -> Bool {
    var any = false
    for (key, file) in files {
      let all = Set(file.source.columnNames.indices)
      if all.isSubset(of: file.columnsRead ?? []) { continue }
      any = true
      try read(all, of: key)
    }
    return any
  }

  /// Reads more columns of a file that is queried in place.
  func read(_ columns: Set<Int>, of key: String) throws {
    guard let file = files[key] else { return }
    _ = try reading([file.name]) { try read(columns, of: key, control: $0) }
  }

  /// Reads more columns of a file, and says what of them could not be read; gives all that was read of it.
  private func read(_ columns: Set<Int>, of key: String, control: LoadControl) throws -> Table {
    guard var file = files[key] else { return Table(descriptions: [], columns: [], rowCount: 0) }
    if let report = try file.read(columns, control: control) {
      for column in report.unreadableColumns {
        let places = column.places.joined(separator: ", ") + (column.count > column.places.count ? " ..." : "")
        host.message(
          "\(file.name): \(column.name): \(Session.counted(column.count, "value")) could not be read (\(places))",
          .warning)
      }
    }
    files[key] = file
    return file.table
  }

  /// The rows of a plan that planning depends on. Where it asks columns of a file that have not been read yet, they are
  /// read, and `MissingColumns` says that planning must begin anew.
  public func rows(of plan: LogicalPlan, for span: SourceSpan) throws -> Table {
    let plan = try optimised(plan)
    let missing = missingColumns(plan)
    for (key, columns) in missing { try located(span) { try read(columns, of: key) } }
    guard missing.isEmpty else { throw MissingColumns() }
    return try rows(of: plan)
  }

  /// Thrown while a query is planned that has to be planned again, with columns that were not read the first time.
  struct MissingColumns: Error {}

  /// The value of a parameter.
  public func parameter(named name: String) -> Value? { parameters[name.lowercased()]?.value }

  /// The table that `use` named.
  public var tableInUse: String? { currentTable }

  /// All names of tables and views.
  public var entryNames: [String] { sortedEntries.map(\.name) + remoteNames }

  /// All names of parameters.
  public var parameterNames: [String] { parameters.values.map(\.name).sorted() }

  /// Where a path leads, with its parameters put in.
  func resolved(_ path: PathText) throws -> String {
    location(of: try parametersResolved(path))
  }

  /// A path, or another address, with its parameters put in.
  func parametersResolved(_ path: PathText) throws -> String {
    try path.resolved { name, span in
      guard let value = parameter(named: name) else {
        throw Diagnostic(
          "the parameter `$\(name)` has no value", at: span,
          help: suggestion(for: name, in: parameterNames)
            ?? "give it one: `let \(name) = '...'` in the script, or `--set \(name)=...` on the command line")
      }
      return value.description
    }
  }
}

/// A file that a statement queries in place.
struct InPlaceFile {
  let name: String
  let source: DelimitedSource
  /// All columns by name; those that were not read hold nothing of use.
  private(set) var table: Table
  private(set) var columnsRead: Set<Int>?

  init(name: String, source: DelimitedSource) {
    self.name = name
    self.source = source
    table = Table(descriptions: [], columns: [], rowCount: 0)
  }

  /// Reads columns that have not been read yet; the report of that, nil where there were none.
  mutating func read(_ wanted: Set<Int>, control: LoadControl) throws -> LoadReport? {
    let missing = wanted.subtracting(columnsRead ?? [])
    if columnsRead != nil, missing.isEmpty { return nil }
    let result = try source.load(columns: missing, control: control)
    let loaded = result.table
    let placeholder = Column.nulls(type: .text, count: loaded.rowCount)
    var next = 0
    var descriptions: [ColumnDescription] = []
    var columns: [Column] = []
    for (index, name) in source.columnNames.enumerated() {
      if missing.contains(index) {
        descriptions.append(loaded.descriptions[next])
        columns.append(loaded.columns[next])
        next += 1
      } else if columnsRead?.contains(index) == true {
        descriptions.append(table.descriptions[index])
        columns.append(table.columns[index])
      } else {
        descriptions.append(ColumnDescription(name: name, type: .text))
        columns.append(placeholder)
      }
    }
    columnsRead = (columnsRead ?? []).union(missing)
    table = Table(descriptions: descriptions, columns: columns, rowCount: loaded.rowCount, origin: loaded.origin)
    return result.report
  }
}
