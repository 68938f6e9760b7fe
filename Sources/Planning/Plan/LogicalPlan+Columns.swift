extension LogicalPlan {
  /// How many columns come out: `fields.count` without making the fields.
  var columnCount: Int {
    switch self {
    case .filter(let input, _), .sort(let input, _, _), .limit(let input, _, _), .distinct(let input):
      input.columnCount
    case .project(_, let projections): projections.count
    case .aggregate(_, let keys, let aggregates): keys.count + aggregates.count
    case .join(let join): join.kind.keepsRight ? join.left.columnCount + join.right.columnCount : join.left.columnCount
    case .scan(let scan): scan.fields.count
    default: fields.count
    }
  }
}

extension JoinPlan {
  /// The fields of the rows that come out. Joins are often nested on their left, so that side is walked, not joined
  /// again at every level.
  var fields: [Field] {
    var rightSides: [LogicalPlan] = []
    var lowest = LogicalPlan.join(self)
    while case .join(let join) = lowest {
      if join.kind.keepsRight { rightSides.append(join.right) }
      lowest = join.left
    }
    return rightSides.reversed().reduce(into: lowest.fields) { $0 += $1.fields }
  }
}
