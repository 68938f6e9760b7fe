import ColumnStore
import Execution
import Formats
import Language
import Planning

extension Session {
  /// All rows of a plan.
  ///
  /// - Throws: `ExecutionError`; a `Diagnostic` when a file that the rows are read from is no longer what was loaded.
  func rows(of plan: LogicalPlan, profile: PlanProfile? = nil) throws -> Table {
    do {
      let table = try engine.run(plan, profile: profile, isCancelled: host.isInterrupted)
      try checkUnchanged(plan.tables)
      return table
    } catch ExecutionError.cancelled {
      throw ExecutionError.cancelled
    } catch {
      // What went wrong may have gone wrong because of it.
      try checkUnchanged(plan.tables)
      throw error
    }
  }

  /// Throws a `Diagnostic` when a file that texts of a table lie in was cut or rewritten since it was loaded: what was
  /// read from it is not to be trusted. Costs one look at the folder for each file.
  func checkUnchanged(_ tables: [Table]) throws {
    var seen: Set<ObjectIdentifier> = []
    for table in tables {
      for file in table.mappedFiles where seen.insert(ObjectIdentifier(file)).inserted && file.hasChanged {
        throw Diagnostic("\(file.path) changed while it was in use", at: statementSpan, help: "load it again")
      }
    }
  }
}

extension LogicalPlan {
  /// The tables that the plan reads, each with the columns that it reads.
  fileprivate var tables: [Table] {
    scans.map { scan in
      let read = scan.columnsRead
      return Table(
        descriptions: read.map { scan.table.descriptions[$0] }, columns: read.map { scan.table.columns[$0] },
        rowCount: scan.table.rowCount)
    }
  }
}
