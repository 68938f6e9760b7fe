import ColumnStore
import Planning
import Synchronization

/// Joins the parts of a left source with a right table that is held as a whole.
struct JoinOperator {
  private let join: JoinPlan
  private let left: any RowSource
  private let right: Table
  private let context: ExecutionContext
  private let index: JoinIndex?
  private let leftEvaluator: Evaluator
  private let pairEvaluator: Evaluator

  /// More pairs than this from one segment of the left side are refused: they would not fit in memory.
  static let pairLimit = 1 << 28

  /// What other operators may take for the largest part of a join.
  static let partBound = pairLimit

  init(_ join: JoinPlan, left: any RowSource, right: Table, context: ExecutionContext) throws {
    self.join = join
    self.left = left
    self.right = right
    self.context = context
    leftEvaluator = Evaluator(rowCount: left.rowBound)
    pairEvaluator = Evaluator(rowCount: max(left.rowBound, right.rowCount))
    guard right.rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    index = join.equalities.isEmpty ? nil : try JoinIndex(right, join.equalities, context)
  }

  /// The joined rows.
  func source() throws -> any RowSource {
    switch join.kind {
    case .right, .full: return try withUnmatchedRight()
    case .nearest, .nearestLeft: return try NearestJoin(join, right: right, context: context).source(left)
    case .mark: return try MarkJoin(join, right: right, context: context, pairs: pairEvaluator).source(left)
    case _ where join.kind.keepsRight && index == nil && join.condition == nil && right.rowCount == 1:
      // One row beside every other, as the value of a query that knows nothing of them.
      return JoinedSource(left: left) { batch in
        let first = Buffer<UInt32>(repeating: 0, count: batch.count)
        return Batch(columns: batch.columns + right.columns.map { $0.gather(first) }, count: batch.count)
      }
    case .inner where index == nil:
      // A part of the left side is asked for once per slice: what is dear to make, or small, is made once.
      let isMadeOnce = left.partBound > CrossSource.largestPart || left.rowBound <= CrossSource.largestPart
      let left = isMadeOnce ? TableSource(try left.table(join.left.fields, context)) : left
      return CrossSource(left: left, right: right, join: join, evaluator: pairEvaluator, context: context)
    default:
      return JoinedSource(left: left) { batch in
        try context.checkCancellation()
        return try joined(batch, matched: nil)
      }
    }
  }

  /// One part of the left side with its matches.
  private func joined(_ batch: Batch, matched: MatchedRows?) throws -> Batch {
    var leftRows: [UInt32] = []
    var rightRows: [UInt32] = []
    if let index {
      let keys = try join.equalities.map { try leftEvaluator.column($0.left, batch) }
      (leftRows, rightRows) = try index.pairs(keys, count: batch.count, limit: JoinOperator.pairLimit)
      if let condition = join.condition {
        (leftRows, rightRows) = try filtered(batch, leftRows, rightRows, condition)
      }
    } else {
      (leftRows, rightRows) = try nestedLoop(batch)
    }
    matched?.mark(rightRows)
    switch join.kind {
    case .semi, .anti:
      let hit = hits(leftRows, batch.count)
      let wanted = (0..<batch.count).filter { hit[$0] == (join.kind == .semi) }
      return batch.gather(Buffer(wanted.map { UInt32(truncatingIfNeeded: $0) }))
    case .left, .full, .single:
      if join.kind == .single, zip(leftRows, leftRows.dropFirst()).contains(where: ==) {
        throw ExecutionError.severalRows(span: join.span)
      }
      let hit = hits(leftRows, batch.count)
      (leftRows, rightRows) = withUnmatched(leftRows, rightRows, hit)
    case .inner, .right, .mark, .nearest, .nearestLeft: break
    }
    return pairs(batch, leftRows, rightRows)
  }

  private func pairs(_ batch: Batch, _ leftRows: [UInt32], _ rightRows: [UInt32]) -> Batch {
    let leftOrder = Buffer(leftRows)
    let rightOrder = Buffer(rightRows)
    return Batch(
      columns: batch.columns.map { $0.gather(leftOrder) } + right.columns.map { $0.gather(rightOrder) },
      count: leftRows.count)
  }

  private func hits(_ rows: [UInt32], _ count: Int) -> [Bool] {
    var hit = [Bool](repeating: false, count: count)
    for row in rows { hit[Int(row)] = true }
    return hit
  }

  /// The pairs with the left rows that have none put in at their place.
  private func withUnmatched(_ leftRows: [UInt32], _ rightRows: [UInt32], _ hit: [Bool]) -> ([UInt32], [UInt32]) {
    if !hit.contains(false) { return (leftRows, rightRows) }
    var allLeft: [UInt32] = []
    var allRight: [UInt32] = []
    var next = 0
    for row in hit.indices {
      if !hit[row] {
        allLeft.append(UInt32(truncatingIfNeeded: row))
        allRight.append(.max)
      }
      while next < leftRows.count, Int(leftRows[next]) == row {
        allLeft.append(leftRows[next])
        allRight.append(rightRows[next])
        next += 1
      }
    }
    return (allLeft, allRight)
  }

  /// The pairs for which the further condition is true.
  private func filtered(
    _ batch: Batch, _ leftRows: [UInt32], _ rightRows: [UInt32], _ condition: PlanExpression
  ) throws -> ([UInt32], [UInt32]) {
    var keptLeft: [UInt32] = []
    var keptRight: [UInt32] = []
    for start in stride(from: 0, to: leftRows.count, by: Segment.rowCount) {
      let range = start..<min(start + Segment.rowCount, leftRows.count)
      let candidate = pairs(batch, Array(leftRows[range]), Array(rightRows[range]))
      try pairEvaluator.selection(condition, candidate).forEachTrue { pair in
        keptLeft.append(leftRows[start + pair])
        keptRight.append(rightRows[start + pair])
      }
    }
    return (keptLeft, keptRight)
  }

  /// Every pair of a batch's rows and the right rows for which the condition is true.
  private func nestedLoop(_ batch: Batch) throws -> ([UInt32], [UInt32]) {
    var leftRows: [UInt32] = []
    var rightRows: [UInt32] = []
    let allRight = (0..<UInt32(truncatingIfNeeded: right.rowCount)).map { $0 }
    for row in 0..<UInt32(truncatingIfNeeded: batch.count) {
      if row & 63 == 0 { try context.checkCancellation() }
      let ownRow = [UInt32](repeating: row, count: allRight.count)
      let (keptLeft, keptRight) =
        try join.condition.map { try filtered(batch, ownRow, allRight, $0) } ?? (ownRow, allRight)
      leftRows += keptLeft
      rightRows += keptRight
      guard leftRows.count <= JoinOperator.pairLimit else { throw ExecutionError.tooManyRows }
    }
    return (leftRows, rightRows)
  }

  /// All pairs, then the right rows that no left row matched.
  private func withUnmatchedRight() throws -> any RowSource {
    let matched = MatchedRows(count: right.rowCount)
    let batches = try left.batches(context) { try joined($0, matched: matched) }
    let rows = Buffer(matched.unmarked())
    let missing = join.left.fields.map { Column.nulls(type: $0.type, count: rows.count) }
    let last = Batch(columns: missing + right.columns.map { $0.gather(rows) }, count: rows.count)
    return BatchesSource(batches + [last])
  }
}

/// The right rows that some left row has matched.
private final class MatchedRows: Sendable {
  private let flags: Mutex<[Bool]>

  init(count: Int) { flags = Mutex(Array(repeating: false, count: count)) }

  func mark(_ rows: [UInt32]) { flags.withLock { flags in for row in rows { flags[Int(row)] = true } } }

  func unmarked() -> [UInt32] {
    flags.withLock { flags in flags.indices.filter { !flags[$0] }.map { UInt32(truncatingIfNeeded: $0) } }
  }
}

/// The parts of a source, each put through a function.
struct JoinedSource: RowSource {
  let left: any RowSource
  let transform: @Sendable (Batch) throws -> Batch

  var partCount: Int { left.partCount }
  var partBound: Int { JoinOperator.partBound }
  var rowBound: Int { left.rowBound }
  func part(_ index: Int) throws -> Batch { try transform(try left.part(index)) }
  func domain(_ column: Int) -> ColumnDomain { .unknown }
}

/// Batches that are there already.
private struct BatchesSource: RowSource {
  let batches: [Batch]

  init(_ batches: [Batch]) { self.batches = batches }

  var partCount: Int { batches.count }
  var partBound: Int { batches.reduce(0) { max($0, $1.count) } }
  var rowBound: Int { batches.reduce(0) { $0 + $1.count } }
  func part(_ index: Int) -> Batch { batches[index] }
  func domain(_ column: Int) -> ColumnDomain { .unknown }
}

/// Every left row with every right row, those kept for which the condition is true; cut so that no part gets large.
private struct CrossSource: RowSource {
  let left: any RowSource
  let right: Table
  let join: JoinPlan
  let evaluator: Evaluator
  let context: ExecutionContext

  /// Rows of either side that a part takes at most.
  private static let leftRows = 16_384
  private static let rightRows = 64

  private var slices: Int { max(1, (left.partBound + CrossSource.leftRows - 1) / CrossSource.leftRows) }
  private var chunks: Int { (right.rowCount + CrossSource.rightRows - 1) / CrossSource.rightRows }
  var partCount: Int { left.partCount.multipliedWithoutOverflow(by: slices).multipliedWithoutOverflow(by: chunks) }
  static let largestPart = leftRows * rightRows
  var partBound: Int {
    min(CrossSource.leftRows, left.partBound) * min(CrossSource.rightRows, right.rowCount)
  }
  var rowBound: Int { left.rowBound.multipliedWithoutOverflow(by: right.rowCount) }

  func part(_ index: Int) throws -> Batch {
    try context.checkCancellation()
    let whole = try left.part(index / (slices * chunks))
    let firstLeft = min(index / chunks % slices * CrossSource.leftRows, whole.count)
    let batch = whole.slice(firstLeft..<min(firstLeft + CrossSource.leftRows, whole.count))
    let firstRight = index % chunks * CrossSource.rightRows
    let range = firstRight..<min(firstRight + CrossSource.rightRows, right.rowCount)
    let leftRows = Buffer(
      (0..<batch.count).flatMap { row in repeatElement(UInt32(truncatingIfNeeded: row), count: range.count) })
    let rightRows = Buffer((0..<batch.count).flatMap { _ in range.map { UInt32(truncatingIfNeeded: $0) } })
    let pairs = Batch(
      columns: batch.columns.map { $0.gather(leftRows) } + right.columns.map { $0.gather(rightRows) },
      count: leftRows.count)
    guard let condition = join.condition else { return pairs }
    return pairs.gather(Buffer(try evaluator.selection(condition, pairs).trueIndices()))
  }

  func domain(_ column: Int) -> ColumnDomain { .unknown }
}
