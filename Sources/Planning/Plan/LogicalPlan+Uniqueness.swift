extension LogicalPlan {
  /// Whether no two rows can agree in all of some columns. Without columns: whether there is one row at most.
  public func isUnique(in columns: Set<Int>) -> Bool {
    switch self {
    case .distinct(let input): columns.count == columnCount || input.isUnique(in: columns)
    case .aggregate(_, let keys, _): columns.isSuperset(of: keys.indices)
    case .limit(let input, let count, _): count.map { $0 <= 1 } ?? false || input.isUnique(in: columns)
    case .sort(let input, _, let limit): limit.map { $0 <= 1 } ?? false || input.isUnique(in: columns)
    case .filter(let input, _): input.isUnique(in: columns)
    case .shared(let shared): shared.plan.isUnique(in: columns)
    case .project(let input, let projections):
      input.isUnique(
        in: Set(
          columns.compactMap { column in
            if case .column(let index) = projections[column].expression.kind { index } else { nil }
          }))
    case .join(let join): (join.kind == .semi || join.kind == .anti) && join.left.isUnique(in: columns)
    case .setOperation(_, let left, _, keepsDuplicates: false): columns.count == left.columnCount
    default: false
    }
  }
}
