/// The optimiser's rules at work on one query.
final class OptimiserRun {
  private let folding: ConstantFolding
  /// Shared plans as they have been optimised, each by itself and once.
  private var shared: [Int: LogicalPlan] = [:]

  private let operatorRules: [@Sendable (LogicalPlan) -> LogicalPlan?]
  private let treeRules: [@Sendable (LogicalPlan, (LogicalPlan) -> LogicalPlan) -> LogicalPlan?]

  init(_ folding: ConstantFolding, rules: [Optimiser.Rule]) {
    self.folding = folding
    operatorRules = rules.compactMap { if case .operators(let rewrite) = $0.action { rewrite } else { nil } }
    treeRules = rules.compactMap { if case .trees(let rewrite) = $0.action { rewrite } else { nil } }
  }

  /// The plan after all rules.
  func optimise(_ plan: LogicalPlan, _ sharing: inout Sharing) -> LogicalPlan {
    let settled = sharing.settled(plan) { optimise($0, &$1) }
    for case .shared(let known) in sharing.plans { shared[known.number] = .shared(known) }
    return optimised(settled)
  }

  private func optimised(_ plan: LogicalPlan) -> LogicalPlan {
    // Where pruning put a projection on another one, they become one.
    CommonExpressions.shared(simplified(ColumnPruning.prune(rewritten(folding.fold(plan)))))
  }

  /// A shared plan that a rule made is optimised by itself, too.
  private func optimised(_ plan: SharedPlan) -> LogicalPlan {
    if let known = shared[plan.number] { return known }
    let result = LogicalPlan.shared(SharedPlan(optimised(plan.plan), number: plan.number))
    shared[plan.number] = result
    return result
  }

  private func rewritten(_ plan: LogicalPlan) -> LogicalPlan { withTrees(simplified(plan)) }

  /// The plan in which no rule for single operators has anything left to do.
  private func simplified(_ plan: LogicalPlan) -> LogicalPlan {
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
  private func pass(_ plan: LogicalPlan, _ changed: inout Bool) -> LogicalPlan {
    if case .shared(let shared) = plan { return optimised(shared) }
    let entered = settled(plan, &changed)
    return settled(entered.mapInputs { pass($0, &changed) }, &changed)
  }

  private func settled(_ plan: LogicalPlan, _ changed: inout Bool) -> LogicalPlan {
    var plan = plan
    for _ in 0..<16 {
      guard let better = firstRewrite(of: plan) else { break }
      plan = better
      changed = true
    }
    return plan
  }

  private func firstRewrite(of plan: LogicalPlan) -> LogicalPlan? {
    for rewrite in operatorRules {
      if let better = rewrite(plan) { return better }
    }
    return nil
  }

  private func withTrees(_ plan: LogicalPlan) -> LogicalPlan {
    if case .shared = plan { return plan }
    for rewrite in treeRules {
      if let better = rewrite(plan, rewritten) { return better }
    }
    return plan.mapInputs(withTrees)
  }
}
