import ColumnStore
import Execution
import Planning

/// Runs plans in this process, on all its processors.
public struct LocalEngine: Engine {
  /// What messages call it.
  public let name = "local"

  /// The engine of this process.
  public init() {}

  /// All rows of a plan; throws an `ExecutionError`.
  public func run(
    _ plan: LogicalPlan, profile: PlanProfile?, meter: QueryMeter?, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Table {
    try Executor(context: ExecutionContext(meter: meter, isCancelled: isCancelled), profile: profile).run(plan)
  }
}
