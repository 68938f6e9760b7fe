import ColumnStore
import Engines
import Execution
import Formats
import Language
import Notices
import Planning

extension Session {
  /// Runs a query and shows its rows, unless its last operator has put them elsewhere.
  func execute(_ query: Query, _ statement: Statement) throws {
    let start = Session.seconds()
    if let table = resultAsked(by: statement), goesToTerminal { return try showWhole(table, statement.span) }
    do {
      guard let table = try runStages(of: query, start: start) else { return }
      try show(table, elapsed: Session.seconds() - start)
    } catch let diagnostic as Diagnostic {
      throw improved(diagnostic, statement)
    }
  }

  /// A lone word that names no table was perhaps meant as a command.
  private func improved(_ diagnostic: Diagnostic, _ statement: Statement) -> Diagnostic {
    guard let word = statement.bareName, diagnostic.message.hasPrefix("there is no table"),
      let command = GrammarCatalog.nearestStatements(to: word.text).first
    else { return diagnostic }
    return Diagnostic(
      "`\(word.text)` is neither a table nor a command", at: word.span, help: "did you mean `\(command)`?")
  }

  /// The rows of a query that does nothing else.
  func rows(of query: Query) throws -> Table {
    if let effect = query.operators.first(where: { $0.isEffect }) {
      throw Diagnostic("\(PipeOperator.effects) cannot stand here", at: effect.span)
    }
    return try publishedRows(of: query)
  }

  /// The optimised plan of a query. A file that is queried in place is read as far as the plan needs.
  ///
  /// - Parameters:
  ///   - catalog: what names stand for, if not for the session's own tables.
  ///   - finish: what is still to be put on top of the query before it is optimised.
  func plan(
    _ query: Query, input: Table? = nil, catalog: (any Catalog)? = nil,
    finish: (LogicalPlan) throws -> LogicalPlan = { $0 }
  ) throws -> LogicalPlan {
    let query = input == nil ? auditingAllTables(query) : query
    while true {
      let resolver = Resolver(catalog: catalog ?? self, domain: noticeOperators)
      let resolved: LogicalPlan
      do {
        resolved = try resolver.resolve(query, input: input)
      } catch is MissingColumns {
        continue
      } catch let diagnostic as Diagnostic {
        // A column that was not read has no type yet, which may be all that is wrong.
        if try located(query.span, { try readRemainingColumns() }) { continue }
        throw diagnostic
      }
      let plan = try optimised(try finish(resolved))
      let missing = missingColumns(plan)
      if missing.isEmpty { return plan.adding(try errataNotes(resolved)) }
      for (key, columns) in missing { try located(query.span) { try read(columns, of: key) } }
    }
  }

  /// The plan as it is run. What is read for that, such as statistics, may be all that is ever read of a table.
  func optimised(_ plan: LogicalPlan) throws -> LogicalPlan {
    guard settings.isOptimising else { return plan }
    let result = Optimiser.optimise(plan, evaluate: Executor.value)
    try checkWhole(lazyTables)
    return result
  }

  /// Columns of files that a plan reads and that have not been read.
  func missingColumns(_ plan: LogicalPlan) -> [String: Set<Int>] {
    var missing: [String: Set<Int>] = [:]
    for scan in plan.scans {
      guard let key = scan.file else { continue }
      let unread = Set(scan.columnsRead).subtracting(files[key]?.columnsRead ?? [])
      if !unread.isEmpty { missing[key, default: []].formUnion(unread) }
    }
    return missing
  }

  /// Runs a pipe up to each operator that does something with its rows, does that, and goes on with the rows. Nil when
  /// the last operator was such a one, with nothing to show behind it.
  private func runStages(of query: Query, start: Double) throws -> Table? {
    var stage = query
    stage.operators = []
    // `save` and the like by themselves, with no table in use, mean the result on the screen.
    let meansLast = query.body.isTableInUse && currentTable == nil && query.operators.first?.isEffect == true
    var rows: Table? = meansLast ? results.first : nil
    var isShown = true
    func finishStage() throws -> Table {
      if let rows, stage.operators.isEmpty { return rows }
      return try publishedRows(of: stage, input: rows)
    }
    // Checks that follow each other are counted in one pass, and the pipe is not cut for them.
    var checks: [CheckOperator] = []
    func finishChecks() throws {
      if !checks.isEmpty { try perform(checks, on: stage, input: rows) }
      checks = []
    }
    for operation in query.operators {
      if case .check(let check) = operation.kind {
        checks.append(check)
        isShown = false
        continue
      }
      try finishChecks()
      guard operation.isEffect else {
        stage.operators.append(operation)
        isShown = true
        continue
      }
      isShown = false
      if case .assert(let condition, let message) = operation.kind,
        try suppression != nil || (rows == nil && isInDatabase(stage))
      {
        // The condition is asked of the groups as they may be told, or of the database; the rows need not be shown for that.
        try check(condition, message, of: stage, input: rows)
        continue
      }
      // The rows of a chart are computed by the plan, and drawn after that.
      if case .plot(let plot) = operation.kind {
        stage.operators.append(
          PipeOperator(.plot(plot.withoutPath), span: operation.span, isForced: operation.isForced))
      }
      let table = try finishStage()
      rows = table
      stage = Query(body: .tableInUse(operation.span), span: query.span)
      try perform(operation, on: table, start: start)
    }
    try finishChecks()
    if !isShown, rows == nil || !stage.operators.isEmpty,
      try suppression != nil || (rows == nil && isInDatabase(stage))
    {
      return nil
    }
    let table = try finishStage()
    remember(table)
    return isShown ? table : nil
  }

  private func perform(_ operation: PipeOperator, on table: Table, start: Double) throws {
    try checkReleased(table, operation.span)
    switch operation.kind {
    case .plot(let plot): try draw(plot, table, operation.span)
    case .save(let path, let options): try save(table, to: path, options)
    case .shell(let command): try pipe(table, into: command, operation.span)
    case .format(let name):
      remember(table)
      try show(table, elapsed: Session.seconds() - start, in: try format(named: name))
    case .assert(let condition, let message): try check(condition, message, on: table)
    default: break
    }
  }

  private func save(_ table: Table, to path: PathText, _ options: [Option]) throws {
    let written = try resolved(path)
    if options.isEmpty, Snapshot.isNamed(written) {
      if !isChecking { try writeSnapshot(of: table, to: written, path.span) }
      return note("saved \(Session.counted(table.rowCount, "row")) to \(written)")
    }
    var format = TableFormats.forExtension(written)
    for option in options {
      guard option.name.text.lowercased() == "format", let name = option.values.first?.text,
        let named = TableFormats.named(name)
      else {
        throw Diagnostic(
          "`save` does not take this option", at: option.span,
          help: "save 'out.txt' (format \(TableFormats.names.joined(separator: " | ")))")
      }
      format = named
    }
    guard let format else {
      if PictureFile(path: written) != nil {
        throw Diagnostic("rows are no picture", at: path.span, help: "plot bar save \(Quoting.text(written))")
      }
      throw Diagnostic(
        "the name '\(written)' does not say in what format", at: path.span,
        help: "end it in .csv .tsv .json .ndjson .md .html .txt .nbs, or add (format csv)")
    }
    if isChecking { return }
    try located(path.span) {
      let sink = try AtomicFileSink(path: written)
      do {
        try format.write(table, presentation: presentation(of: table, for: .file), to: interruptible(sink))
        try checkUsable(table)
        try sink.commit()
      } catch {
        sink.discard()
        throw error
      }
    }
    note("saved \(Session.counted(table.rowCount, "row")) to \(written)")
    tellNotes(of: table, writtenAs: format)
  }

  private func pipe(_ table: Table, into command: String, _ span: SourceSpan) throws {
    if isChecking { return }
    try flush()
    let format = settings.format ?? CSVFormat()
    let status: Int32
    do {
      status = try ShellCommand.run(command) { sink in
        try format.write(table, presentation: self.presentation(of: table, for: .file), to: self.interruptible(sink))
      }
      try checkUsable(table)
    } catch let error as ShellCommand.CannotStart {
      throw Diagnostic("the command could not be started: \(error.reason)", at: span)
    }
    tellNotes(of: table, writtenAs: format)
    if status != 0 { host.message("the command ended with status \(status)", .warning) }
  }

  private func check(_ condition: Language.Expression, _ message: Language.Expression?, on table: Table) throws {
    let plan = try self.plan(of: condition, on: LogicalPlan.rows(of: table))
    if isChecking { return }
    try check(try rows(of: try optimised(plan)), condition, message)
  }

  /// `assert` on rows that are not to be seen themselves.
  private func check(
    _ condition: Language.Expression, _ message: Language.Expression?, of query: Query, input: Table?
  ) throws {
    let table = try publishedRows(of: query, input: input) { try plan(of: condition, on: $0) }
    if !isChecking { try check(table, condition, message) }
  }

  /// The plan of a condition on all rows of another plan, as one value.
  private func plan(of condition: Language.Expression, on rows: LogicalPlan) throws -> LogicalPlan {
    let (expression, aggregates) = try Resolver(catalog: self, domain: nil)
      .bindAggregate(condition, on: rows, keyCount: 0)
    guard expression.type == .boolean else {
      throw Diagnostic("`assert` needs a condition, and this is \(expression.type.name)", at: condition.span)
    }
    return .project(
      .aggregate(rows, keys: [], aggregates: aggregates), [Projection(name: "holds", expression: expression)])
  }

  private func check(_ holds: Table, _ condition: Language.Expression, _ message: Language.Expression?) throws {
    let holds = holds.columns[0].value(0)
    guard holds != .boolean(true) else { return }
    let text = try message.map {
      try constant(try Resolver(catalog: self, domain: nil).resolveConstant($0)).description
    }
    throw FailedCheck(
      diagnostic: Diagnostic(
        "check failed: \(text ?? source.text(condition.span))", at: condition.span,
        notes: holds == .null ? ["the condition is unknown, not false: something in it is NULL"] : []))
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(counted(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A number with its thousands set apart.
  static func counted(_ count: Int) -> String {
    var digits = Array(String(count))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return String(digits)
  }
}

extension QueryBody {
  /// Whether the rows are those of the table in use.
  fileprivate var isTableInUse: Bool {
    if case .tableInUse = self { return true }
    return false
  }
}
