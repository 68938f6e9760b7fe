import ColumnStore
import Formats
import Language
import Notices
import Planning

// `set suppress_below`: what is shown, saved, piped, stored or given a name is made safe first. Views are not, since a
// query on top of one may count more.

extension Session {
  /// The suppression in force; nil while it is off.
  var suppression: Suppression? {
    settings.suppressBelow.map { threshold in
      Suppression(
        threshold: threshold, log: releaseLog, countTables: settings.countTables,
        canonicalPath: ScriptFile.canonical)
    }
  }

  /// A plan as it may be shown, and which of its columns may have hidden cells; the same plan while suppression is off.
  func published(_ plan: LogicalPlan, _ span: SourceSpan) throws -> (plan: LogicalPlan, masked: Set<Int>) {
    try suppression?.plan(plan, at: span) ?? (plan, [])
  }

  /// The rows of a query as they may be shown.
  ///
  /// - Parameter finish: what is still to be put on top of the query.
  func publishedRows(
    of query: Query, input: Table? = nil, finish: (LogicalPlan) throws -> LogicalPlan = { $0 }
  ) throws -> Table {
    var masked: Set<Int> = []
    let plan = try plan(query, input: input) { resolved in
      let safe = try published(try finish(resolved), query.span)
      masked = safe.masked
      return safe.plan
    }
    guard suppression != nil else { return try rows(of: plan) }
    do {
      return Suppression.release(try rows(of: plan), masked: masked)
    } catch let diagnostic as Diagnostic where diagnostic.span == nil {
      throw Diagnostic(diagnostic.message, at: query.span, help: diagnostic.help)
    }
  }

  /// Throws a `Diagnostic` for rows that were made while suppression was off.
  func checkReleased(_ table: Table, _ span: SourceSpan) throws {
    guard suppression != nil, table.hiddenCells == nil else { return }
    throw Diagnostic(
      "these rows were made while `suppress_below` was off", at: span, help: "run the query again")
  }

  /// Throws a `Diagnostic` for a statement that writes single records to a file, or after which it could not be followed
  /// any more which records were counted.
  func checkSuppressionAllows(_ statement: Statement) throws {
    switch statement.kind {
    case .insert, .update, .delete, .truncate: try refuse("the rows of tables cannot be changed", statement.span)
    case .saveSnapshot: try refuse("a snapshot holds single records and cannot be saved", statement.span)
    case .explain(_, isAnalyze: true):
      try refuse("`explain analyze` tells of single records and cannot run", statement.span)
    default: break
    }
  }

  private func refuse(_ what: String, _ span: SourceSpan) throws {
    guard suppression != nil else { return }
    throw Diagnostic(
      "\(what) while `suppress_below` is on", at: span, help: "do it before, or `set suppress_below off`")
  }

  /// What stands below a table with hidden cells; nil for others.
  func hiddenCellsNote(of table: Table) -> String? {
    guard let count = table.hiddenCells?.count(in: table), count > 0 else { return nil }
    let least = settings.suppressBelow.map { "made of fewer than \($0) records" } ?? "made of few records"
    return "\(Session.counted(count, "cell")) hidden (\(least), or needed to hide those)"
  }

  /// Tells how many cells of a table are hidden, where the format has no place for that.
  func noteHiddenCells(of table: Table) {
    if let text = hiddenCellsNote(of: table) { note(text) }
  }
}
