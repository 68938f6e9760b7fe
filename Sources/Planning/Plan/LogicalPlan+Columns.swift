extension LogicalPlan {
  /// How many columns come out: `fields.count` without making the fields.
  var columnCount: Int {
    switch self {
    case .filter(let input, _), .sort(let input, _, _), .limit(let input, _, _), .distinct(let input):
      input.columnCount
    case .project(_, let projections): projections.count
    case .aggregate(_, let keys, let aggregates): keys.count + aggregates.count
    case .join(let join):
      join.left.columnCount + (join.kind.keepsRight ? join.right.columnCount : join.kind == .mark ? 1 : 0)
    case .scan(let scan): scan.fields.count
    default: fields.count
    }
  }
}
