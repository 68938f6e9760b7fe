import ColumnStore
import Formats
import Language
import Notices
import Planning

extension Session {
  /// Does what a statement says. Throws what went wrong.
  func execute(_ statement: Statement) throws {
    defer {
      // Off for one statement, so that nobody forgets to have it on again; setting other things is none.
      if case .set = statement.kind {} else { settings.showsErrata = true }
    }
    try checkSuppressionAllows(statement)
    switch statement.kind {
    case .query(let query): try execute(query, statement)
    case .load(let load): try execute(load)
    case .tables: try show(tablesTable())
    case .columns(let name):
      let (descriptions, table) = try columns(of: name, statement.span)
      try show(columnsTable(descriptions, of: table))
    case .sources: try show(sourcesTable())
    case .errata(let name): try show(try errataTable(of: name))
    case .loadErrata(let path): try loadErrata(path)
    case .vocabulary(let name): try show(try vocabulary(of: name))
    case .describe(let name):
      let start = Session.seconds()
      let summary =
        if let plan = try planInDatabase(name, statement.span) {
          try describeInDatabase(plan)
        } else {
          try describe(try table(named: name, statement.span))
        }
      try show(summary, elapsed: Session.seconds() - start)
    case .sample(let name, let count):
      if let plan = try planInDatabase(name, statement.span) {
        try show(try sampleInDatabase(plan, count: count, statement.span))
      } else {
        try show(try sample(try table(named: name, statement.span), count: count, statement.span))
      }
    case .drop(let names, let target, let ifExists): try drop(names, target, ifExists: ifExists)
    case .use(let name):
      // Planning it says whether it is there; a view need not be run for that.
      _ = try plan(Query(body: .from(TableReference(.name(name), span: name.span)), span: name.span))
      currentTable = entries[name.text.lowercased()]?.name ?? name.text
    case .define(let definition): try define(definition)
    case .run(let path, let arguments): try run(path, arguments, statement.span)
    case .set(let name, let values): try settings.set(name, to: values.first?.text, from: origin(of: statement.span))
    case .settings: try show(settingsTable())
    case .help(let topic): try help(topic, statement.span)
    case .history(let count): try showHistory(count)
    case .explain(let query, let isAnalyze): try explain(query, isAnalyze: isAnalyze)
    case .quit: wantsToQuit = true
    case .edit: if !isChecking { try edit(statement.span) }
    case .connect(let address, let name): try connect(address, as: name)
    case .disconnect(let name): try disconnect(name)
    case .drivers: try show(driversTable())
    case .undo: if !isChecking { try undo(statement.span) }
    case .redo: if !isChecking { try redo(statement.span) }
    case .watch(let seconds, let shown): try watch(shown, every: seconds)
    case .changeFolder(let path): try changeFolder(path, statement.span)
    case .listFolder(let path): try show(try folderTable(path, statement.span))
    case .workingFolder: try show(Session.table([("folder", .text)], [[.text(workingFolder)]]))
    case .tour(let step): try tour(step, statement.span)
    case .timer(let isOn):
      settings.timer = isOn ?? !settings.timer
      settings.origins["timer"] = origin(of: statement.span)
    case .format(let name):
      settings.format = try format(named: name)
      settings.origins["format"] = origin(of: statement.span)
    case .output(let path):
      let written = try path.map { try resolved($0) }
      if isChecking { return }
      if let written {
        try located(path?.span) { try redirect(to: written) }
      } else {
        try located(statement.span) { try output.close() }
      }
    case .print(let values): try printLine(values)
    case .last: if !isChecking { try showWhole(results.first, statement.span) }
    case .saveSession(let path): if !isChecking { try saveSession(path) }
    case .saveSnapshot(let path, let names): try saveSnapshot(path, of: names)
    case .createTable(let create): try execute(create)
    case .createView(let create): try execute(create)
    case .createIndex(let create): try execute(create)
    case .createKey(let path):
      let written = try resolved(path)
      if isChecking { return }
      try PseudonymKey.create(written, at: path.span)
      note("made a key in \(written): keep it safe and to yourself; no other key gives the same pseudonyms")
    case .reindex(let name): try reindex(name)
    case .insert(let insert): try execute(insert)
    case .update(let update): try execute(update)
    case .delete(let delete): try execute(delete)
    case .truncate(let names): try truncate(names)
    case .transaction(let step): try execute(step, statement.span)
    }
  }

  func redirect(to path: String) throws { try output.redirect(to: path) }

  /// `let name = ...`: a view or a value; `let name := ...`: rows, or the value as well.
  private func define(_ definition: LetStatement) throws {
    let name = definition.name.text
    switch definition.value {
    case .query(let query):
      if definition.isStored {
        store(name, .table(try rows(of: query)))
      } else {
        try defineView(name, query)
      }
    case .expression(let expression):
      if case .column(let column) = expression.kind, try entry(named: column.text) != nil {
        let query = Query(
          body: .from(TableReference(.name(column), span: expression.span)), span: expression.span)
        if definition.isStored {
          store(name, .table(try rows(of: query)))
        } else {
          try defineView(name, query)
        }
        return
      }
      let resolver = Resolver(catalog: self, domain: nil)
      let value = try constant(try resolver.resolveConstant(expression))
      parameters[name.lowercased()] = Parameter(name: name, value: value)
    }
  }

  /// A view is planned once now, so that what is wrong with it is said where it was written.
  func defineView(_ name: String, _ query: Query) throws {
    if let effect = query.operators.first(where: { $0.isEffect }) {
      throw Diagnostic("\(PipeOperator.effects) cannot stand in a view", at: effect.span)
    }
    _ = try plan(query)
    let before = (entries: entries, currentTable: currentTable)
    let isNew = entries[name.lowercased()] == nil
    store(name, .view(query, source: source))
    // A new name cannot be spoken of yet; one that had a meaning may be what the query is made of.
    if isNew { return }
    do {
      _ = try plan(
        Query(
          body: .from(
            TableReference(.name(QualifiedName(Identifier(name, span: query.span))), span: query.span)),
          span: query.span))
    } catch {
      // What the name stood for before is not lost.
      (entries, currentTable) = before
      throw error
    }
  }

  /// The value of an expression without columns.
  func constant(_ expression: PlanExpression) throws -> Value {
    let plan = LogicalPlan.project(.oneRow, [Projection(name: "value", expression: expression)])
    // A query on tables has no rows while statements are only planned.
    let rows = try rows(of: try published(plan, expression.span).plan)
    return rows.rowCount > 0 ? rows.columns[0].value(0) : .null
  }

  private func run(_ path: PathText, _ arguments: [RunArgument], _ span: SourceSpan) throws {
    let resolver = Resolver(catalog: self, domain: nil)
    let outer = parameters
    for argument in arguments {
      let value = try constant(try resolver.resolveConstant(argument.value))
      parameters[argument.name.text.lowercased()] = Parameter(name: argument.name.text, value: value)
    }
    // Arguments are the script's alone; what it defines itself stays.
    defer {
      for argument in arguments {
        parameters[argument.name.text.lowercased()] = outer[argument.name.text.lowercased()]
      }
    }
    let written = try resolved(path)
    let outcome: RunOutcome
    do {
      outcome = try runFile(written)
    } catch let diagnostic as Diagnostic {
      throw Diagnostic(diagnostic.message, at: span, help: diagnostic.help)
    }
    if outcome != .succeeded { throw FailedScript(outcome: outcome) }
  }

  /// The columns of a named table or view, or of the table in use, and the table where nothing has to be fetched for it.
  func columns(of name: QualifiedName?, _ span: SourceSpan) throws -> ([ColumnDescription], Table?) {
    if let plan = try planInDatabase(name, span, isOnlyDescribed: true) {
      return (plan.fields.filter { !$0.isHidden }.map(\.description), nil)
    }
    let table = try table(named: name, span, isOnlyDescribed: true).table
    return (table.descriptions, table)
  }

  /// The rows of a named table or view, or of the table in use.
  ///
  /// - Parameter isOnlyDescribed: whether only names and types of it are told.
  func table(named name: QualifiedName?, _ span: SourceSpan, isOnlyDescribed: Bool = false) throws -> NamedTable {
    let reference: QueryBody
    if let name {
      reference = .from(TableReference(.name(name), span: name.span))
    } else if currentTable != nil {
      reference = .tableInUse(span)
    } else {
      throw Diagnostic(
        "which table?", at: span,
        help: entries.isEmpty ? "load one first: load actions.csv" : "tables: \(entryNames.joined(separator: ", "))")
    }
    let shown = name?.text ?? currentTable ?? ""
    let query = Query(body: reference, span: span)
    return NamedTable(name: shown, table: try isOnlyDescribed ? rows(of: plan(query)) : rows(of: query))
  }
}

/// A table and what it is called.
struct NamedTable {
  let name: String
  let table: Table
}

extension PipeOperator {
  /// The operators of which `isEffect` is true, for messages.
  static let effects = "`plot`, `save`, `shell`, `assert`, `check` and `format`"

  /// Whether it does something with the rows besides handing them on.
  var isEffect: Bool {
    switch kind {
    case .plot, .save, .shell, .assert, .check, .format: true
    default: false
    }
  }
}
