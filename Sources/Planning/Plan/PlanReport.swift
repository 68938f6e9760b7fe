/// A plan operator by operator, with how many rows are expected of each, and what running it took if it was run.
public struct PlanReport: Sendable {
  /// One operator.
  public struct Line: Sendable {
    /// How far below the last step it stands.
    public var depth: Int
    /// What it does.
    public var text: String
    /// About how many rows come out; nil for a table, whose rows are known.
    public var estimate: Double?
    /// What running it took.
    public var counts: PlanProfile.Counts?
    /// The time that it took by itself, where that can be told.
    public var ownTime: Duration?
  }

  /// The operators, each above those that feed it.
  public private(set) var lines: [Line] = []
  private var shown: Set<Int> = []

  /// The report of a plan that was run with a profile, or was not run.
  public init(_ plan: LogicalPlan, profile: PlanProfile? = nil) { append(plan, profile, depth: 0) }

  private mutating func append(_ plan: LogicalPlan, _ profile: PlanProfile?, depth: Int) {
    var line = Line(depth: depth, text: PlanText.describe(plan), counts: profile?.counts, ownTime: profile?.ownTime)
    if case .scan = plan {} else { line.estimate = RowEstimate.of(plan) }
    lines.append(line)
    if case .shared(let shared) = plan, !shown.insert(shared.number).inserted { return }
    for (index, input) in plan.inputs.enumerated() { append(input, profile?.inputs[index], depth: depth + 1) }
  }
}
