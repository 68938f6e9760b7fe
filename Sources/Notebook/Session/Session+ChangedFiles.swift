import ColumnStore
import Execution
import Formats
import Language
import Notices
import Planning

extension Session {
  /// All rows of a plan.
  ///
  /// - Throws: `ExecutionError`; a `Diagnostic` when a file that the rows are read from is no longer what was loaded.
  func rows(of plan: LogicalPlan, profile: PlanProfile? = nil) throws -> Table {
    // Of what is mapped, nothing is read any more that somebody else has written to meanwhile.
    try checkUsable(plan)
    defer { tellNews() }
    do {
      let table = try watched { try engine.run(plan, profile: profile, meter: $0, isCancelled: host.isInterrupted) }
      try checkUsable(plan)
      return table
    } catch ExecutionError.cancelled {
      throw ExecutionError.cancelled
    } catch {
      // What went wrong may have gone wrong because of it.
      try checkUsable(plan)
      throw error
    }
  }

  /// Runs a query with a meter, so that a person who waits sees how far it is.
  private func watched(_ run: (QueryMeter?) throws -> Table) rethrows -> Table {
    let progress = host.progress(.rows)
    defer { progress.finish() }
    return try run(QueryMeter(report: progress.update))
  }

  private func checkUsable(_ plan: LogicalPlan) throws {
    for scan in plan.scans { try checkUsable(scan.table, scan.columnsRead) }
    try checkWhole(lazyTables)
  }

  /// Throws a `Diagnostic` when columns of a table are not to be trusted: a file that they lie in was cut or rewritten
  /// since it was loaded, or turned out to be damaged. Costs one look at the folder for each file.
  func checkUsable(_ table: Table, _ columns: [Int]? = nil) throws {
    let columns = columns ?? Array(table.columns.indices)
    for file in table.mappedFiles(of: columns) where file.hasChanged {
      throw Diagnostic("\(file.path) changed while it was in use", at: statementSpan, help: "load it again")
    }
    try checkWhole([table])
  }

  /// Throws a `Diagnostic` when a column of a table turned out to be damaged. It came as NULLs, which may be known by now as
  /// facts about the table, so nothing is asked of the table any more.
  func checkWhole(_ tables: [Table]) throws {
    for table in tables {
      if let problem = table.columns.problem { try located(statementSpan) { throw problem } }
    }
  }

  /// Forgets what belongs to a statement: the files that it reads in place, the tables that it speaks of.
  func forgetFiles() {
    files = [:]
    lazyTables = []
    sourcesInPlace = TableSources()
  }
}
