import ColumnStore
import Execution
import Planning

/// Runs plans on the databases that their tables lie in, as far as that can be said in SQL, and the rest in this process.
///
/// `Placing` says which steps run where; what the steps there give is pulled, and everything above runs here. So groups are
/// counted there, and intervals, curves and tests made here.
public struct RemoteEngine: Engine {
  /// What messages call it.
  public let name = "remote"
  /// The server that small tables of this process are sent to as well, so that all is run there; nil for none.
  private let home: Server?

  /// The engine.
  ///
  /// - Parameter home: a server on which everything is to be run that can be, small tables of this process sent along: to
  ///   compare what it answers with what this process does.
  public init(home: Server? = nil) { self.home = home }

  /// All rows of a plan; throws an `ExecutionError`, or a `Diagnostic` with what a database says.
  public func run(
    _ plan: LogicalPlan, profile: PlanProfile?, meter: QueryMeter?, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Table {
    guard home != nil || plan.scans.contains(where: { $0.remote != nil }) else {
      return try LocalEngine().run(plan, profile: profile, meter: meter, isCancelled: isCancelled)
    }
    let fetched = FetchedTables(meter: meter, isCancelled: isCancelled)
    let result = try fetched.rows(of: Placing(home: home, fetched: fetched).placed(plan))
    return result.adding(plan.scans.flatMap(\.table.notes))
  }

  /// Something of how a plan is run, for `explain`.
  public enum Remark: Sendable, Equatable {
    /// A query that is sent.
    case sent(server: String, sql: String)
    /// A step that is run here on what a server gives, and why.
    case here(step: String, reason: String)
  }

  /// What a plan sends and why it does not send more, from the tables upwards.
  public static func remarks(on plan: LogicalPlan) throws -> [Remark] {
    var found: [Remark] = []
    func add(_ remark: Remark) { if !found.contains(remark) { found.append(remark) } }
    func collect(_ placement: Placement) {
      switch placement {
      case .there(let server, let sql, _): add(.sent(server: server.name, sql: sql))
      case .here(let plan, let inputs, let reason):
        inputs.forEach(collect)
        if let reason { add(.here(step: PlanText.describe(plan), reason: reason)) }
      }
    }
    collect(try Placing(home: nil, fetched: nil).placed(plan))
    return found
  }
}
