import ColumnStore
import Planning

/// Plans in one line, to compare what the optimiser makes of them.
enum PlanShape {
  /// A session with two small tables.
  static func session(isOptimised: Bool = true) throws -> TestSession {
    let session = TestSession(isOptimised: isOptimised)
    try session.run("let t := select * from (values (1, 'a', 1.5), (2, 'b', 2.5)) as v(i, s, d)")
    try session.run("let u := select * from (values (1, 10), (3, 30)) as v(i, n)")
    return session
  }
}

extension LogicalPlan {
  /// The operators from the top down, a join's sides in brackets; scans with the names that are read.
  var shape: String {
    func below(_ name: String, _ input: LogicalPlan) -> String { "\(name) < \(input.shape)" }
    switch self {
    case .scan(let scan): return "scan(\(scan.fields.map(\.name).joined(separator: ",")))"
    case .filter(let input, let predicate): return below("filter\(predicate.conjuncts.count)", input)
    case .project(let input, let projections): return below("project\(projections.count)", input)
    case .aggregate(let input, _, _): return below("aggregate", input)
    case .sample(let input, _): return below("sample", input)
    case .window(let input, let functions): return below("window\(functions.count)", input)
    case .sort(let input, _, let limit): return below("sort\(limit.map { "(\($0))" } ?? "")", input)
    case .limit(let input, _, _): return below("limit", input)
    case .distinct(let input): return below("distinct", input)
    case .join(let join):
      return "\(join.kind)\(join.equalities.count)\(join.condition == nil ? "" : "+") [\(join.left.shape)] "
        + "[\(join.right.shape)]"
    case .unionAll(let inputs): return "union [\(inputs.map(\.shape).joined(separator: "] ["))]"
    case .setOperation(let operation, let left, let right, _):
      return "\(operation.rawValue) [\(left.shape)] [\(right.shape)]"
    case .transform(let input, let transform): return below(transform.name, input)
    case .unnest(let unnest): return below("unnest", unnest.input)
    case .apply(let apply): return "\(apply.kind) apply [\(apply.left.shape)] [\(apply.right.shape)]"
    case .shared(let shared): return below("shared", shared.plan)
    case .recursive(let recursive): return "recursive [\(recursive.seed.shape)] [\(recursive.step.shape)]"
    case .round: return "round"
    }
  }
}
