import ColumnStore
import Execution
import Formats
import Language
import Notices
import Planning

/// Known faults of published data: which results they touch.
extension Session {
  /// All errata: those that come with the notebook, then one's own. One's own stand in the place of those with the same id.
  var errata: [Erratum] {
    let own = Set(ownErrata.map(\.id))
    return ErrataFile.published.filter { !own.contains($0.id) } + ownErrata
  }

  /// `errata`: all; `errata t`: those that touch a query for all of a table.
  func errataTable(of name: QualifiedName?) throws -> Table {
    var listed = errata
    if let name {
      let all = Query(body: .from(TableReference(.name(name), span: name.span)), span: name.span)
      listed = try self.errata(touching: try Resolver(catalog: self, domain: nil).resolve(all))
    }
    return Session.table(Erratum.columns, listed.map(\.row))
  }

  /// `load errata 'mine.csv'`: one's own, until the session ends.
  func loadErrata(_ path: PathText) throws {
    let written = try resolved(path)
    let loaded = try located(path.span) { () throws -> [Erratum] in
      do {
        return try ErrataFile.errata(at: written, control: LoadControl(isCancelled: host.isInterrupted))
      } catch let diagnostic as Diagnostic {
        throw Diagnostic(diagnostic.message, at: path.span, help: diagnostic.help)
      }
    }
    let ids = Set(loaded.map(\.id))
    ownErrata = ownErrata.filter { !ids.contains($0.id) } + loaded
    note("\(Session.counted(loaded.count, "row")) of errata from \(written)")
  }

  /// The footnotes to the rows of a query: of every erratum that touches it.
  func errataNotes(_ plan: LogicalPlan) throws -> [TableNote] {
    guard settings.showsErrata, !isChecking else { return [] }
    return try errata(touching: plan).map(\.note)
  }

  /// What the session's tables were published as.
  var tableSources: TableSources {
    var sources = sourcesInPlace
    for (key, entry) in storedEntries {
      guard case .table(let table) = entry.value else { continue }
      let isPublished = key.hasSuffix("!published")
      if let adapter = entry.source ?? (isPublished ? source(of: key) : nil) { sources.add(adapter, for: table) }
    }
    for connected in servers {
      for (key, adapter) in connected.sources {
        if let table = connected.tables["\(key)!published"] ?? connected.tables[key] {
          sources.add(adapter, for: table)
        }
      }
    }
    return sources
  }

  /// The errata that touch what a query looks at, in the order in which they are listed.
  private func errata(touching plan: LogicalPlan) throws -> [Erratum] {
    let sources = tableSources
    let known = Dictionary(grouping: errata, by: \.source)
    guard plan.scans.contains(where: { sources.adapter(of: $0).map { known[$0.name] != nil } ?? false }) else {
      return []
    }
    // With all conditions at the tables that they are on, and nothing answered without looking at a table.
    let settled = Optimiser.optimise(plan, evaluate: Executor.value, keepsScans: true)
    try checkWhole(lazyTables)
    var touching: Set<Erratum> = []
    for use in settled.tableUses {
      guard let adapter = sources.adapter(of: use.scan) else { continue }
      for erratum in known[adapter.name] ?? [] where !touching.contains(erratum) {
        if let question = ErratumQuestion(erratum, of: use, from: adapter), try answer(question, of: use) {
          touching.insert(erratum)
        }
      }
    }
    return errata.filter(touching.contains)
  }

  /// The answer to a question, which a stored table remembers.
  private func answer(_ question: ErratumQuestion, of use: TableUse) throws -> Bool {
    guard let key = use.scan.file else {
      return try use.scan.table.remembered(question) { try hasRows(question.count(in: use.scan.table, of: use)) }
    }
    try located(statementSpan) { try read(question.columnsNeeded, of: key) }
    return try hasRows(question.count(in: files[key]?.table ?? use.scan.table, of: use))
  }

  private func hasRows(_ plan: LogicalPlan) throws -> Bool {
    do {
      return try rows(of: try optimised(plan)).columns[0].value(0) != .integer(0)
    } catch let error as ExecutionError {
      if case .cancelled = error { throw error }
      // What fails on some rows may not fail on those that the query looks at; it is told when the query is run.
      return true
    }
  }
}
