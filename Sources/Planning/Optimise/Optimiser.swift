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
    decorrelate, mergeProjections, dropProjection, decideFilter, pushFilterDown, narrowOuterJoin, splitFilterOverJoin,
    limitIntoSort,
    dropLimitedAway, dropEmpty, plainAggregates, answerFromStatistics, dropDistinct, dropOrder,
    flattenUnion, orderJoins,
  ]

  /// The plan with constants folded, filters moved to where the rows come from, joins in a good order, and only the
  /// columns read that are used.
  ///
  /// - Parameters:
  ///   - evaluate: the value of an expression without columns as the engine computes it; nil where that is an error.
  ///     Without it only what needs no computation is folded.
  ///   - keepsScans: whether every table whose rows matter stays in the plan, for whoever asks what the plan looks at; else
  ///     what the statistics of a table know is no longer asked of it.
  public static func optimise(
    _ plan: LogicalPlan, evaluate: (@Sendable (PlanExpression) -> Value?)? = nil, keepsScans: Bool = false
  ) -> LogicalPlan {
    var sharing = Sharing(plan)
    let rules = keepsScans ? rules.filter { $0.name != answerFromStatistics.name } : rules
    return OptimiserRun(ConstantFolding(evaluate: evaluate), rules: rules).optimise(plan, &sharing)
  }
}
