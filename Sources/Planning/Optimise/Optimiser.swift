import ColumnStore

/// Rewrites a plan into one that gives the same rows with less work.
public enum Optimiser {
  /// A rewrite: the operator given, with what is below it, in a better form; nil where the rule has nothing to do.
  struct Rule: Sendable {
    enum Action: Sendable {
      /// Looks at an operator and those right below it.
      case operators(@Sendable (LogicalPlan) -> LogicalPlan?)
      /// Takes a tree of operators as one, and has what is below that tree optimised by the function given.
      case trees(@Sendable (LogicalPlan, (LogicalPlan) -> LogicalPlan) -> LogicalPlan?)
    }

    var name: String
    var action: Action

    init(name: String, _ rewrite: @escaping @Sendable (LogicalPlan) -> LogicalPlan?) {
      self.name = name
      action = .operators(rewrite)
    }

    init(
      name: String,
      ofWholeTrees rewrite: @escaping @Sendable (LogicalPlan, (LogicalPlan) -> LogicalPlan) -> LogicalPlan?
    ) {
      self.name = name
      action = .trees(rewrite)
    }
  }

  /// The rules. Those that look at single operators are applied until none has anything left to do; then those that
  /// take whole trees, from the top down.
  static let rules: [Rule] = [
    mergeProjections, decideFilter, pushFilterDown, narrowOuterJoin, splitFilterOverJoin, limitIntoSort,
    dropLimitedAway, dropEmpty, orderJoins,
  ]

  /// The plan with constants folded, filters moved to where the rows come from, joins in a good order, and only the
  /// columns read that are used.
  ///
  /// - Parameter evaluate: the value of an expression without columns as the engine computes it; nil where that is an
  ///   error. Without it only what needs no computation is folded.
  public static func optimise(_ plan: LogicalPlan, evaluate: (@Sendable (PlanExpression) -> Value?)? = nil)
    -> LogicalPlan
  {
    let folded = ConstantFolding(evaluate: evaluate).fold(plan)
    // Where pruning put a projection on another one, they become one.
    return simplified(ColumnPruning.prune(rewritten(folded)))
  }

  private static func rewritten(_ plan: LogicalPlan) -> LogicalPlan { withTrees(simplified(plan)) }

  private static let operatorRules = rules.compactMap { rule in
    if case .operators(let rewrite) = rule.action { rewrite } else { nil }
  }

  private static let treeRules = rules.compactMap { rule in
    if case .trees(let rewrite) = rule.action { rewrite } else { nil }
  }

  /// The plan in which no rule for single operators has anything left to do.
  private static func simplified(_ plan: LogicalPlan) -> LogicalPlan {
    var plan = plan
    // Every rule moves an operator down or removes one, so that this ends; the bound is a safeguard.
    for _ in 0..<16 {
      var changed = false
      plan = pass(plan, &changed)
      if !changed { break }
    }
    return plan
  }

  /// One way down and up again: what moves down is followed, what came up is taken further.
  private static func pass(_ plan: LogicalPlan, _ changed: inout Bool) -> LogicalPlan {
    let entered = settled(plan, &changed)
    return settled(entered.mapInputs { pass($0, &changed) }, &changed)
  }

  private static func settled(_ plan: LogicalPlan, _ changed: inout Bool) -> LogicalPlan {
    var plan = plan
    for _ in 0..<16 {
      guard let better = firstRewrite(of: plan) else { break }
      plan = better
      changed = true
    }
    return plan
  }

  private static func firstRewrite(of plan: LogicalPlan) -> LogicalPlan? {
    for rewrite in operatorRules {
      if let better = rewrite(plan) { return better }
    }
    return nil
  }

  private static func withTrees(_ plan: LogicalPlan) -> LogicalPlan {
    for rewrite in treeRules {
      if let better = rewrite(plan, rewritten) { return better }
    }
    return plan.mapInputs(withTrees)
  }
}
