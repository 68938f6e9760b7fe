/// Rewrites a plan into one that gives the same rows with less work.
public enum Optimiser {
  /// A rewrite: the operator given in a better form, or nil where the rule has nothing to do.
  struct Rule: Sendable {
    var name: String
    var rewrite: @Sendable (LogicalPlan) -> LogicalPlan?
  }

  /// The rules, applied to every operator from the leaves up until none has anything left to do.
  static let rules: [Rule] = [decorrelate, mergeProjections, pushFilterDown, splitFilterOverJoin, limitIntoSort]

  /// The plan with constants folded, filters moved to where the rows come from, and only the columns read that are used.
  public static func optimise(_ plan: LogicalPlan) -> LogicalPlan {
    var sharing = Sharing(plan)
    return optimise(plan, &sharing)
  }

  private static func optimise(_ plan: LogicalPlan, _ sharing: inout Sharing) -> LogicalPlan {
    var plan = sharing.settled(plan) { optimise($0, &$1) }
    // Every rule moves an operator down or removes one, so that this ends; the bound is a safeguard.
    for _ in 0..<16 {
      var changed = false
      plan = rewrite(plan, &changed)
      if !changed { break }
    }
    // Where pruning put a projection on another one, they become one.
    var changed = false
    return rewrite(ColumnPruning.prune(plan), &changed)
  }

  private static func rewrite(_ plan: LogicalPlan, _ changed: inout Bool) -> LogicalPlan {
    // What is shared has been optimised by itself.
    if case .shared = plan { return plan }
    var plan = plan.mapInputs { rewrite($0, &changed) }
    for rule in rules {
      if let better = rule.rewrite(plan) {
        plan = better
        changed = true
      }
    }
    return plan
  }
}
