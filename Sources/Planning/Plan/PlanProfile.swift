import Synchronization

/// What running a plan took, operator by operator: a tree of the plan's shape that the engine fills in.
public final class PlanProfile: Sendable {
  /// What an operator gave and took.
  public struct Counts: Sendable, Equatable {
    /// The rows that came out.
    public var rows = 0
    /// The memory that they took, dictionaries aside.
    public var bytes = 0
    /// The time that it took with all that is below it in the same step.
    public var time = Duration.zero
    /// Whether it hands rows on part by part; its time is then that of all threads together. Else it makes all rows before
    /// it gives the first, and its time is what passed meanwhile.
    public var isStreamed = false

    /// Counts of a part or of all rows.
    public init(rows: Int = 0, bytes: Int = 0, time: Duration = .zero, isStreamed: Bool = false) {
      self.rows = rows
      self.bytes = bytes
      self.time = time
      self.isStreamed = isStreamed
    }
  }

  /// Those of the plans directly below, in the same order.
  public let inputs: [PlanProfile]
  private let measured = Mutex<Counts?>(nil)

  /// A profile of a plan that has not been run.
  public convenience init(_ plan: LogicalPlan) {
    var shared: [Int: PlanProfile] = [:]
    self.init(inputs: plan.inputs.map { PlanProfile.of($0, &shared) })
  }

  private init(inputs: [PlanProfile]) { self.inputs = inputs }

  /// A shared plan has one profile, however often it stands in the query.
  private static func of(_ plan: LogicalPlan, _ shared: inout [Int: PlanProfile]) -> PlanProfile {
    if case .shared(let plan) = plan, let known = shared[plan.number] { return known }
    let made = PlanProfile(inputs: plan.inputs.map { of($0, &shared) })
    if case .shared(let plan) = plan { shared[plan.number] = made }
    return made
  }

  /// What was measured; nil for an operator that was not run by itself.
  public var counts: Counts? { measured.withLock { $0 } }

  /// Adds what was measured.
  public func add(_ counts: Counts) {
    measured.withLock { known in
      var sum = known ?? Counts()
      sum.rows += counts.rows
      sum.bytes += counts.bytes
      sum.time += counts.time
      sum.isStreamed = counts.isStreamed
      known = sum
    }
  }

  /// The time that the operator took without those below it, where that can be told: a step that takes in rows part by
  /// part shares its time with what makes them.
  public var ownTime: Duration? {
    guard let counts else { return nil }
    var own = counts.time
    for case let below? in inputs.map(\.counts) where below.time > .zero {
      if below.isStreamed == counts.isStreamed {
        own -= below.time
      } else if below.isStreamed {
        return nil
      }
    }
    return max(.zero, own)
  }
}
