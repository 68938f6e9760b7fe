import ColumnStore
import Language

extension Optimiser {
  /// The conditions of a filter that every row passes are left out; a filter that no row passes gives no rows. Statistics
  /// say so: the smallest and largest value, and whether there are NULLs.
  static let decideFilter = Rule(name: "decide filter") { plan in
    // Conditions on inner joins are asked where `orderJoins` puts them, on one table each.
    guard case .filter(let input, let predicate) = plan, !input.isInnerJoin else { return nil }
    let conjuncts = predicate.conjuncts
    var kept: [PlanExpression] = []
    for conjunct in conjuncts {
      let truths = conjunct.truths { ColumnFacts.bounds(of: $0, in: input) }
      if !truths.contains(.isTrue), !kept.contains(where: \.mayFail) { return .noRows(plan.fields) }
      if truths != .isTrue { kept.append(conjunct) }
    }
    if kept.count == conjuncts.count { return nil }
    return PlanExpression.conjunction(kept).map { .filter(input, predicate: $0) } ?? input
  }

  /// What is made of no rows is mostly no rows.
  static let dropEmpty = Rule(name: "drop empty") { plan in
    switch plan {
    case .filter(let input, _), .project(let input, _), .sort(let input, _, _), .limit(let input, _, _),
      .distinct(let input), .window(let input, _):
      return input.hasNoRows ? .noRows(plan.fields) : nil
    case .aggregate(let input, let keys, _): return input.hasNoRows && !keys.isEmpty ? .noRows(plan.fields) : nil
    case .join(let join): return withoutEmpty(join)
    case .unionAll(let inputs): return withoutEmpty(inputs)
    case .setOperation(let operation, let left, let right, let keepsDuplicates):
      if left.hasNoRows || (right.hasNoRows && operation == .intersect) { return .noRows(plan.fields) }
      guard right.hasNoRows else { return nil }
      return keepsDuplicates ? left : .distinct(left)
    default: return nil
    }
  }

  /// A limit of no rows.
  static let dropLimitedAway = Rule(name: "drop what a limit leaves nothing of") { plan in
    guard case .limit(_, count: 0, _) = plan else { return nil }
    return .noRows(plan.fields)
  }

  private static func withoutEmpty(_ join: JoinPlan) -> LogicalPlan? {
    let (left, right) = (join.left.hasNoRows, join.right.hasNoRows)
    guard left || right else { return nil }
    switch join.kind {
    case .inner, .nearest: return .noRows(join.fields)
    case .left, .single, .semi, .anti, .mark, .nearestLeft:
      if left { return .noRows(join.fields) }
      if join.kind == .anti { return join.left }
      if join.kind == .semi { return .noRows(join.fields) }
      return join.kind == .mark ? nil : padded(join.left, join.fields, from: 0)
    case .right: return right ? .noRows(join.fields) : padded(join.right, join.fields, from: join.left.columnCount)
    case .full:
      if left, right { return .noRows(join.fields) }
      return left
        ? padded(join.right, join.fields, from: join.left.columnCount) : padded(join.left, join.fields, from: 0)
    }
  }

  /// The columns of one side of a join at their place, and NULL in the others.
  private static func padded(_ side: LogicalPlan, _ fields: [Field], from first: Int) -> LogicalPlan {
    let span = SourceSpan(start: 0, end: 0)
    let own = first..<first + side.columnCount
    return .project(
      side,
      fields.enumerated().map { index, field in
        if own.contains(index) { return Projection(passing: field, at: index - first, span: span) }
        var projection = Projection(passing: field, at: 0, span: span)
        projection.expression = PlanExpression(.literal(.null), type: field.type, span: span)
        return projection
      })
  }

  private static func withoutEmpty(_ inputs: [LogicalPlan]) -> LogicalPlan? {
    let kept = inputs.filter { !$0.hasNoRows }
    guard kept.count < inputs.count, let first = inputs.first else { return nil }
    guard let firstKept = kept.first else { return .noRows(first.fields) }
    // The first input says what the columns are called.
    let span = SourceSpan(start: 0, end: 0)
    let named = LogicalPlan.project(
      firstKept, first.fields.passed(span: span))
    return kept.count == 1 ? named : .unionAll([named] + kept.dropFirst())
  }
}

extension LogicalPlan {
  /// A plan without rows.
  static func noRows(_ fields: [Field]) -> LogicalPlan {
    let table = Table(
      descriptions: fields.map(\.description), columns: fields.map { .nulls(type: $0.type, count: 0) }, rowCount: 0)
    return .scan(Scan(name: "", table: table, fields: fields, sources: fields.indices.map { .column($0) }))
  }

  fileprivate var isInnerJoin: Bool {
    if case .join(let join) = self { join.kind == .inner } else { false }
  }

  /// Whether it reads a table without rows. A file that is queried in place is not there yet.
  var hasNoRows: Bool {
    if case .scan(let scan) = self { return scan.table.rowCount == 0 && scan.file == nil }
    return false
  }
}
