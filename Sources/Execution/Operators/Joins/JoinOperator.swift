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
    // Where there is a dictionary already, texts are found by their codes.
    let left = left.encoded(join.equalities.map(\.left).textColumns, isNeeded: false)
    let right = right.encoded(join.equalities.map(\.right).textColumns)
    self.left = left
    self.right = right
    self.context = context
    leftEvaluator = Evaluator(rowCount: left.rowBound)
    pairEvaluator = Evaluator(rowCount: max(left.rowBound, right.rowCount))
    guard right.rowCount < Int(UInt32.max) else { throw ExecutionError.tooManyRows }
    let oneRowEach = [.semi, .anti].contains(join.kind) && join.condition == nil
    index =
      join.equalities.isEmpty
      ? nil : try JoinIndex(right, join.equalities, context, left: left, oneRowEach: oneRowEach)
  }

  /// The joined rows.
  func source() throws -> any RowSource {
    switch join.kind {
    case .right, .full: return try withUnmatchedRight()
    case .nearest, .nearestLeft: return try NearestJoin(join, right: right, context: context).source(left)
    case .mark: return try MarkJoin(join, left: left, right: right, context: context, pairs: pairEvaluator).source(left)
    case _ where join.kind.keepsRight && index == nil && join.condition == nil && right.rowCount == 1:
      // One row beside every other, as the value of a query that knows nothing of them.
      return JoinedSource(left: left) { batch, _ in
        let first = Buffer<UInt32>(repeating: 0, count: batch.count)
        return Batch(columns: batch.columns + right.columns.map { $0.gather(first) }, count: batch.count)
      }
    case .inner where index == nil:
      // A part of the left side is asked for once per slice: what is dear to make, or small, is made once.
      let isMadeOnce = left.partBound > CrossSource.largestPart || left.rowBound <= CrossSource.largestPart
      let left = isMadeOnce ? TableSource(try left.table(join.left.fields, context)) : left
      return CrossSource(left: left, right: right, join: join, evaluator: pairEvaluator, context: context)
    default:
      let sides = JoinedSource.Sides(
        leftCount: join.left.fields.count, needed: leftColumnsNeeded, right: TableSource(right),
        rightMayBeMissing: join.kind != .inner)
      return JoinedSource(left: left, sides: sides) { batch, read in
        try context.checkCancellation()
        return try joined(batch, matched: nil, read: read)
      }
    }
  }

  /// The left columns that pairs are found by.
  private var leftColumnsNeeded: Set<Int> {
    join.equalities.map(\.left).columns.union(join.condition?.columns.filter { $0 < join.left.fields.count } ?? [])
  }

  /// One part of the left side with its matches; of the columns only those that are read.
  private func joined(_ batch: Batch, matched: MatchedRows?, read: Set<Int>? = nil) throws -> Batch {
    var pairs: RowPairs
    if let index {
      let keys = try join.equalities.map { try leftEvaluator.column($0.left, batch) }
      pairs = try index.pairs(keys, count: batch.count, limit: JoinOperator.pairLimit)
      if let condition = join.condition { pairs = try filtered(batch, pairs, condition) }
    } else {
      pairs = try nestedLoop(batch)
    }
    matched?.mark(pairs.right)
    switch join.kind {
    case .semi, .anti:
      let hit = hits(pairs.left, batch.count)
      let wanted = join.kind == .semi ? hit : hit.inverted()
      return batch.gather(wanted.trueIndices(), columns: read)
    case .left, .full, .single:
      if join.kind == .single, zip(pairs.left, pairs.left.dropFirst()).contains(where: ==) {
        throw ExecutionError.severalRows(span: join.span)
      }
      if !pairs.hasEveryLeftRow { pairs = withUnmatched(pairs, batch.count) }
    case .inner, .right, .mark, .nearest, .nearestLeft: break
    }
    return self.pairs(batch, pairs, read: read)
  }

  /// The rows of pairs; of the columns only those that are read.
  private func pairs(_ batch: Batch, _ pairs: RowPairs, read: Set<Int>? = nil) -> Batch {
    let leftRows = RowSelection(pairs.left, of: batch.count)
    let rightRows = RowSelection(pairs.right, of: right.rowCount)
    func taken(_ column: Column, _ index: Int, _ rows: RowSelection, isWhole: Bool = false) -> Column {
      guard read?.contains(index) ?? true else { return .nulls(type: column.type, count: 0) }
      return isWhole ? column : column.gather(rows)
    }
    let leftCount = batch.columns.count
    return Batch(
      columns: batch.columns.enumerated().map {
        taken($0.element, $0.offset, leftRows, isWhole: pairs.hasEveryLeftRow)
      } + right.columns.enumerated().map { taken($0.element, leftCount + $0.offset, rightRows) },
      count: pairs.count)
  }

  private func hits(_ rows: Buffer<UInt32>, _ count: Int) -> Bitmap {
    let hit = MutableBitmap(count: count)
    for row in rows { hit.set(Int(row)) }
    return hit.frozen()
  }

  /// The pairs with the left rows that have none put in at their place.
  private func withUnmatched(_ pairs: RowPairs, _ count: Int) -> RowPairs {
    let hit = hits(pairs.left, count)
    let missing = count - hit.trueCount
    if missing == 0 { return pairs }
    let left = MutableBuffer<UInt32>(count: pairs.count + missing)
    let right = MutableBuffer<UInt32>(count: pairs.count + missing)
    var (next, place) = (0, 0)
    for row in 0..<count {
      if !hit[row] {
        left[place] = UInt32(truncatingIfNeeded: row)
        right[place] = .max
        place += 1
      }
      while next < pairs.count, Int(pairs.left[next]) == row {
        left[place] = pairs.left[next]
        right[place] = pairs.right[next]
        next += 1
        place += 1
      }
    }
    return RowPairs(left: left.frozen(), right: right.frozen())
  }

  /// The pairs for which the further condition is true.
  private func filtered(_ batch: Batch, _ pairs: RowPairs, _ condition: PlanExpression) throws -> RowPairs {
    let kept = MutableBitmap(count: pairs.count)
    for start in stride(from: 0, to: pairs.count, by: Segment.rowCount) {
      let range = start..<min(start + Segment.rowCount, pairs.count)
      let some = RowPairs(left: pairs.left.slice(range), right: pairs.right.slice(range))
      let candidates = self.pairs(batch, some, read: condition.columns)
      try pairEvaluator.selection(condition, candidates).forEachTrue { kept.set(start + $0) }
    }
    return pairs.gather(kept.frozen().trueIndices())
  }

  /// Every pair of a batch's rows and the right rows for which the condition is true.
  private func nestedLoop(_ batch: Batch) throws -> RowPairs {
    var leftRows: [UInt32] = []
    var rightRows: [UInt32] = []
    let allRight = Buffer((0..<UInt32(truncatingIfNeeded: right.rowCount)).map { $0 })
    for row in 0..<UInt32(truncatingIfNeeded: batch.count) {
      if row & 63 == 0 { try context.checkCancellation() }
      var pairs = RowPairs(left: Buffer(repeating: row, count: allRight.count), right: allRight)
      if let condition = join.condition { pairs = try filtered(batch, pairs, condition) }
      leftRows += pairs.left
      rightRows += pairs.right
      guard leftRows.count <= JoinOperator.pairLimit else { throw ExecutionError.tooManyRows }
    }
    return RowPairs(left: Buffer(leftRows), right: Buffer(rightRows))
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

  func mark(_ rows: Buffer<UInt32>) { flags.withLock { flags in for row in rows { flags[Int(row)] = true } } }

  func unmarked() -> [UInt32] {
    flags.withLock { flags in flags.indices.filter { !flags[$0] }.map { UInt32(truncatingIfNeeded: $0) } }
  }
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
  var knownRowCount: Int? {
    join.condition == nil ? left.knownRowCount.map { $0.multipliedWithoutOverflow(by: right.rowCount) } : nil
  }

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
    return pairs.gather(try evaluator.selection(condition, pairs).trueIndices())
  }

  func domain(_ column: Int) -> ColumnDomain { .unknown }
}
