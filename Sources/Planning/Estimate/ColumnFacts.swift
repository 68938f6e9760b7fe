import ColumnStore

/// What a table's statistics say of the columns that come out of a plan. Asked column by column, so that a table's
/// columns are looked at only if somebody wants to know.
///
/// A file that is queried in place may not have been read yet, so nothing is said of its columns.
enum ColumnFacts {
  /// Bounds that no value of a column leaves: whole numbers, days or microseconds. Proven, not estimated.
  static func range(of column: Int, in plan: LogicalPlan) -> ClosedRange<Int64>? {
    switch plan {
    case .scan: return bounds(of: column, in: plan).range
    case .project(let input, let projections):
      return projections[column].expression.range { range(of: $0, in: input) }
    case .aggregate(let input, let keys, let aggregates):
      if column < keys.count { return keys[column].expression.range { range(of: $0, in: input) } }
      let aggregate = aggregates[column - keys.count]
      guard [.minimum, .maximum, .first, .last, .anyValue].contains(aggregate.function) else { return nil }
      return aggregate.arguments.first?.range { range(of: $0, in: input) }
    case .unionAll(let inputs):
      var whole: ClosedRange<Int64>?
      for input in inputs {
        guard let part = range(of: column, in: input) else { return nil }
        whole = whole.map { min($0.lowerBound, part.lowerBound)...max($0.upperBound, part.upperBound) } ?? part
      }
      return whole
    default: return origin(of: column, in: plan).flatMap { range(of: $0.column, in: $0.plan) }
    }
  }

  /// What the values of a column can be. Proven, not estimated.
  static func bounds(of column: Int, in plan: LogicalPlan) -> ColumnBounds {
    switch plan {
    case .scan(let scan):
      guard case .column(let index) = scan.sources[column], scan.isKnown else { return .unknown }
      let (table, type) = (scan.table, scan.fields[column].type)
      if ColumnBounds.hasRange(type) {
        return ColumnBounds(table.statistics(index).total, rowCount: table.rowCount, type: type)
      }
      let nullCount = table.columns[index].nullCount
      return ColumnBounds(range: nil, mayBeNull: nullCount > 0, mayBeValue: nullCount < table.rowCount)
    case .project(let input, let projections):
      return projections[column].expression.bounds { bounds(of: $0, in: input) }
    case .join(let join):
      let leftCount = join.left.columnCount
      guard column < leftCount || join.kind.keepsRight else { return .unknown }
      let isLeft = column < leftCount
      var result = isLeft ? bounds(of: column, in: join.left) : bounds(of: column - leftCount, in: join.right)
      switch join.kind {
      case .left, .single, .nearestLeft: if !isLeft { result.mayBeNull = true }
      case .right: if isLeft { result.mayBeNull = true }
      case .full: result.mayBeNull = true
      case .inner, .semi, .anti, .mark, .nearest: break
      }
      return result
    default: return origin(of: column, in: plan).map { bounds(of: $0.column, in: $0.plan) } ?? .unknown
    }
  }

  /// About how many different values a column has; nil where nothing is known.
  static func distinctCount(of column: Int, in plan: LogicalPlan) -> Double? {
    switch plan {
    case .scan(let scan):
      guard case .column(let index) = scan.sources[column], scan.isKnown else { return nil }
      return max(1, Double(scan.table.distinctEstimate(index)))
    case .project(let input, let projections): return distinctCount(of: projections[column].expression, in: input)
    case .aggregate(let input, let keys, _):
      return column < keys.count ? distinctCount(of: keys[column].expression, in: input) : nil
    default: return origin(of: column, in: plan).flatMap { distinctCount(of: $0.column, in: $0.plan) }
    }
  }

  /// About how many different values an expression takes; nil where nothing is known.
  static func distinctCount(of expression: PlanExpression, in plan: LogicalPlan) -> Double? {
    if case .column(let index) = expression.kind { return distinctCount(of: index, in: plan) }
    return expression.columns.reduce(1) { product, column in
      product.flatMap { product in distinctCount(of: column, in: plan).map { product * $0 } }
    }
  }

  /// The part of a column's rows that have no value; nil where nothing is known.
  static func nullFraction(of column: Int, in plan: LogicalPlan) -> Double? {
    switch plan {
    case .scan(let scan):
      guard case .column(let index) = scan.sources[column], scan.isKnown else { return nil }
      return Double(scan.table.columns[index].nullCount) / Double(max(1, scan.table.rowCount))
    case .project(let input, let projections):
      guard case .column(let index) = projections[column].expression.kind else { return nil }
      return nullFraction(of: index, in: input)
    default: return origin(of: column, in: plan).flatMap { nullFraction(of: $0.column, in: $0.plan) }
    }
  }

  /// Whether a column's texts are numbers into a dictionary.
  static func hasDictionary(_ column: Int, in plan: LogicalPlan) -> Bool {
    switch plan {
    case .scan(let scan):
      guard case .column(let index) = scan.sources[column], scan.table.columns.isCheap else { return false }
      return scan.table.columns[index].dictionary != nil
    case .project(let input, let projections):
      guard case .column(let index) = projections[column].expression.kind else { return false }
      return hasDictionary(index, in: input)
    default: return origin(of: column, in: plan).map { hasDictionary($0.column, in: $0.plan) } ?? false
    }
  }

  /// The column of an input that an operator passes on as it is.
  private static func origin(of column: Int, in plan: LogicalPlan) -> (column: Int, plan: LogicalPlan)? {
    switch plan {
    case .filter(let input, _), .sort(let input, _, _), .limit(let input, _, _), .distinct(let input):
      return (column, input)
    case .join(let join):
      let leftCount = join.left.columnCount
      if column < leftCount { return (column, join.left) }
      return join.kind.keepsRight ? (column - leftCount, join.right) : nil
    default: return nil
    }
  }
}

extension Scan {
  /// Whether the values of its columns can be looked at to plan better.
  fileprivate var isKnown: Bool { file == nil && table.columns.isCheap }
}
