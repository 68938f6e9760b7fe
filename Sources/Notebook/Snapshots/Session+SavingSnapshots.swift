import ColumnStore
import Formats
import Glibc
import Language
import Planning

extension Session {
  /// `save snapshot file [of a, b]`: the tables named, or all that the session holds with its views and values.
  func saveSnapshot(_ path: PathText, of names: [QualifiedName]) throws {
    let start = Session.seconds()
    let written = try resolved(path)
    guard Snapshot.isNamed(written) else {
      throw Diagnostic(
        "the name '\(written)' of a snapshot does not end in .nbs, so that `load` would not know it", at: path.span,
        help: "save snapshot '\(written).nbs'")
    }
    if isChecking {
      for name in names { _ = try rows(of: name) }
      return
    }
    let chosen = try names.isEmpty ? sortedEntries : names.flatMap { try entries(saving: $0) }
    guard !chosen.isEmpty else {
      throw Diagnostic("there is no table to save", at: path.span, help: "load one first: load actions.csv")
    }
    var tables: [(name: String, table: Table)] = []
    var facts: [SessionFact] = []
    for entry in chosen {
      switch entry.value {
      case .table(let table):
        tables.append((entry.name, table))
        facts += entry.rules.facts(of: entry.name) + SessionFact.notes(of: table, named: entry.name)
        if let source = entry.source {
          facts.append(SessionFact(kind: .source, table: entry.name, name: source.name, text: source.text))
        }
        if let owner = entry.isPartOf { facts.append(SessionFact(kind: .part, table: owner, name: entry.name)) }
      // What the source makes of a table is made again when the table is loaded.
      case .view where entry.isPartOf != nil: break
      case .view(let query, let source):
        guard let fact = SessionFact(viewNamed: entry.name, query, source) else {
          throw Diagnostic(
            "the view `\(entry.name)` cannot be saved", at: path.span,
            help: "save its rows: let \(entry.name) := from \(entry.name)")
        }
        facts.append(fact)
      }
    }
    if names.isEmpty {
      for parameter in parameters.values.sorted(by: { $0.name < $1.name }) {
        facts.append(SessionFact(kind: .value, name: parameter.name, value: parameter.value))
      }
    }
    let byteCount = try writeSnapshot(tables + SessionFact.tables(of: facts), to: written, path.span)
    let what = Session.kinds(tables: tables.count, facts)
    note(
      "saved \(what) to \(written): \(LoadReport.text(byteCount: byteCount)), "
        + "\(Session.text(seconds: Session.seconds() - start)) s")
  }

  /// Tables, views and values counted, as far as there are any.
  static func kinds(tables: Int, _ facts: [SessionFact]) -> String {
    let counts = [
      (tables, "table"), (facts.count { $0.kind == .view }, "view"), (facts.count { $0.kind == .value }, "value"),
    ]
    return counts.filter { $0.0 > 0 }.map { Session.counted($0.0, $0.1) }.joined(separator: ", ")
  }

  /// A table with what belongs to it; the rows of a view.
  private func entries(saving name: QualifiedName) throws -> [Entry] {
    let key = name.text.lowercased()
    guard let entry = entries[key], case .table = entry.value else {
      return [Entry(name: name.text, value: .table(try rows(of: name)))]
    }
    return [entry] + sortedEntries.filter { $0.isPartOf == key }
  }

  private func rows(of name: QualifiedName) throws -> Table {
    try rows(of: Query(body: .from(TableReference(.name(name), span: name.span)), span: name.span))
  }

  /// Writes a result with its footnotes to a file.
  func writeSnapshot(of result: Table, to path: String, _ span: SourceSpan) throws {
    let name = Session.tableName(for: path)
    try writeSnapshot(
      [(name, result)] + SessionFact.tables(of: SessionFact.notes(of: result, named: name)), to: path, span)
  }

  /// Writes tables to a file, which is there whole or not at all; its size.
  @discardableResult
  func writeSnapshot(_ tables: [(name: String, table: Table)], to path: String, _ span: SourceSpan) throws -> Int {
    try located(span) {
      let file = try AtomicFileSink(path: path)
      do {
        let sink = CountingSink(interruptible(file))
        try Snapshot.write(tables, savedBy: host.program, savedAt: Session.now, to: sink)
        for (_, table) in tables { try checkUsable(table) }
        try file.commit()
        return sink.byteCount
      } catch {
        file.discard()
        throw error
      }
    }
  }

  /// The time of the wall clock, in microseconds since 1970-01-01 00:00:00 UTC, in whole seconds.
  static var now: Int64 { Int64(time(nil)) * 1_000_000 }
}

/// Counts the bytes that it hands on.
private final class CountingSink: ByteSink {
  private let sink: any ByteSink
  private(set) var byteCount = 0

  init(_ sink: any ByteSink) { self.sink = sink }

  func write(_ bytes: Span<UInt8>) throws {
    try sink.write(bytes)
    byteCount += bytes.count
  }
}
