/// Decides which shared plans stay shared: those that stand in several places and are dear to run. The others are put in
/// where they are used, so that filters and the choice of columns reach into them.
struct Sharing {
  private var uses: [Int: Int] = [:]
  private var settled: [Int: LogicalPlan] = [:]

  init(_ plan: LogicalPlan) { count(plan) }

  /// The shared plans that have been decided on.
  var plans: [LogicalPlan] { Array(settled.values) }

  private mutating func count(_ plan: LogicalPlan) {
    if case .shared(let shared) = plan {
      uses[shared.number, default: 0] += 1
      // What is cheap is put in at every place, so that what it is made of is used there too.
      if uses[shared.number] == 1 || shared.plan.isCheapToRepeat { count(shared.plan) }
      return
    }
    for input in plan.inputs { count(input) }
  }

  /// The plan with its shared plans put in, or optimised by themselves, once each.
  mutating func settled(_ plan: LogicalPlan, optimise: (LogicalPlan, inout Sharing) -> LogicalPlan) -> LogicalPlan {
    guard case .shared(let shared) = plan else { return plan.mapInputs { settled($0, optimise: optimise) } }
    if let known = settled[shared.number] { return known }
    let result: LogicalPlan
    if uses[shared.number, default: 0] > 1, !shared.plan.isCheapToRepeat {
      result = .shared(SharedPlan(optimise(shared.plan, &self), number: shared.number))
    } else {
      result = settled(shared.plan, optimise: optimise)
    }
    settled[shared.number] = result
    return result
  }
}

extension LogicalPlan {
  /// Whether running it twice costs no more than keeping its rows.
  var isCheapToRepeat: Bool {
    switch self {
    case .scan, .shared, .round: true
    case .filter(let input, _), .project(let input, _): input.isCheapToRepeat
    default: false
    }
  }
}
