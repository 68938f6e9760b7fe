import ColumnStore
import Execution
import Planning

/// Where a plan is run. No engine knows anything of notices and actions: it is given general operators only.
public protocol Engine: Sendable {
  /// What messages call it.
  var name: String { get }
  /// All rows of a plan. Stops with an error soon after `isCancelled` says so. A profile of the plan, where one is given,
  /// is filled in as far as the engine knows what each operator took, and a meter is told how far the query is.
  func run(
    _ plan: LogicalPlan, profile: PlanProfile?, meter: QueryMeter?, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Table
}

extension Engine {
  /// All rows of a plan. Stops with an error soon after `isCancelled` says so.
  public func run(_ plan: LogicalPlan, isCancelled: @escaping @Sendable () -> Bool) throws -> Table {
    try run(plan, profile: nil, meter: nil, isCancelled: isCancelled)
  }
}
