import ColumnStore
import Planning

/// Joins each left row with the right row that comes nearest to it, found by bisection among the right rows that agree
/// in the equalities, which lie in the order of what is near. Of equally near ones the last is taken where the right
/// value is to lie below, the first where it is to lie above.
struct NearestJoin: Sendable {
  private let join: JoinPlan
  private let nearest: JoinPlan.Nearest
  private let right: Table
  private let context: ExecutionContext
  private let evaluator: Evaluator
  private let index: JoinIndex
  /// What is near, for each right row, as a number of the same order.
  private let keys: Buffer<Int64>

  init(_ join: JoinPlan, right: Table, context: ExecutionContext) throws {
    guard let nearest = join.nearest else { throw ExecutionError.outOfPlace }
    self.join = join
    self.nearest = nearest
    self.right = right
    self.context = context
    evaluator = Evaluator(rowCount: right.rowCount)
    let column = try evaluator.column(
      nearest.right, Batch(columns: Array(right.columns), count: right.rowCount))
    let keys = column.orderedNumbers()
    let known = (column.validity ?? Bitmap(repeating: true, count: right.rowCount)).trueIndices()
    let order = known.sorted { first, second in
      let (left, right) = (keys[Int(first)], keys[Int(second)])
      return left == right ? first < second : left < right
    }
    self.keys = keys
    index = try JoinIndex(right, join.equalities, context, order: Buffer(order))
  }

  /// The left rows, each with its nearest.
  func source(_ left: any RowSource) -> any RowSource {
    JoinedSource(left: left) { batch, _ in
      try context.checkCancellation()
      let scope = try join.equalities.map { try evaluator.column($0.left, batch) }
      let column = try evaluator.column(nearest.left, batch)
      let values = column.orderedNumbers()
      var found = [UInt32](repeating: .max, count: batch.count)
      try index.match(scope, count: batch.count, limit: .max) { row, candidates in
        let row = Int(row)
        if !column.isNull(row), let match = match(values[row], candidates) { found[row] = match }
      }
      let kept = join.kind == .nearest ? found.indices.filter { found[$0] != .max } : Array(found.indices)
      let leftRows = Buffer(kept.map { UInt32(truncatingIfNeeded: $0) })
      let rightRows = Buffer(kept.map { found[$0] })
      return Batch(
        columns: batch.columns.map { $0.gather(leftRows) } + right.columns.map { $0.gather(rightRows) },
        count: kept.count)
    }
  }

  private func match(_ value: Int64, _ candidates: Buffer<UInt32>) -> UInt32? {
    // How many candidates come before the first that the comparison with the value no longer holds for, or that it
    // begins to hold for.
    var low = 0
    var high = candidates.count
    while low < high {
      let middle = low + (high - low) / 2
      let key = keys[Int(candidates[middle])]
      let isBefore =
        switch nearest.comparison {
        case .greaterOrEqual, .less: key <= value
        case .greater, .lessOrEqual: key < value
        }
      if isBefore { low = middle + 1 } else { high = middle }
    }
    switch nearest.comparison {
    case .greater, .greaterOrEqual: return low > 0 ? candidates[low - 1] : nil
    case .less, .lessOrEqual: return low < candidates.count ? candidates[low] : nil
    }
  }
}

extension Column {
  /// Numbers in the order of the values, for types whose values are numbers or points in time.
  fileprivate func orderedNumbers() -> Buffer<Int64> {
    guard case .double(let values) = data else { return widened() }
    return Buffer(values.map(\.orderedBits))
  }
}
