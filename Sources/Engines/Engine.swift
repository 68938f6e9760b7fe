import ColumnStore
import Planning

/// Where a plan is run. No engine knows anything of notices and actions: it is given general operators only.
public protocol Engine: Sendable {
  /// What messages call it.
  var name: String { get }
  /// All rows of a plan. Stops with an error soon after `isCancelled` says so.
  func run(_ plan: LogicalPlan, isCancelled: @escaping @Sendable () -> Bool) throws -> Table
}
