import ColumnStore
import Engines
import Execution
import Planning

/// Runs nothing that reads a table: gives no rows, but columns of the right names and types; where there is always one
/// row, it is all NULL. What is made of constants alone is computed.
struct PlanningEngine: Engine {
  let name = "planning"
  private let local = LocalEngine()

  func run(
    _ plan: LogicalPlan, profile: PlanProfile?, meter: QueryMeter?, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Table {
    if plan.isMadeOfConstants {
      return try local.run(plan, profile: profile, meter: meter, isCancelled: isCancelled)
    }
    let fields = plan.fields.filter { !$0.isHidden }
    let count = plan.givesOneRow ? 1 : 0
    return Table(
      descriptions: fields.map {
        ColumnDescription(name: $0.name, type: $0.type, note: $0.note, display: $0.display)
      }, columns: fields.map { Column.nulls(type: $0.type, count: count) }, rowCount: count)
  }
}

extension LogicalPlan {
  /// Whether it is a computation over all rows, which gives one row however many there are.
  fileprivate var givesOneRow: Bool {
    switch self {
    case .aggregate(_, let keys, _): keys.isEmpty
    case .project(let input, _): input.givesOneRow
    default: false
    }
  }

  /// Whether the plan only puts values together that are written out.
  fileprivate var isMadeOfConstants: Bool {
    switch self {
    case .scan(let scan): scan.table.columns.isEmpty
    case .project(let input, _): input.isMadeOfConstants
    default: false
    }
  }
}
