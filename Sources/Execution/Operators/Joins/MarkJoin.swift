import ColumnStore
import Planning

/// Adds to every left row whether a right row matches it, in SQL's logic of three values: what `in`, `exists`, `any` and
/// `all` ask of a query.
///
/// The join's equalities say which right rows belong to a left row. Of a condition made of equalities the true answers
/// are found by an index; the unknown ones, where a NULL may stand for anything, by looking at the right rows that belong
/// to the left row, and only where a NULL is among them.
struct MarkJoin: Sendable {
  private let join: JoinPlan
  private let right: Table
  private let context: ExecutionContext
  private let pairs: Evaluator
  private let leftEvaluator: Evaluator
  /// The equalities that the condition consists of; empty where it asks something else.
  private let tests: [JoinPlan.Equality]
  /// Right rows by what belongs together and by the tests.
  private let matches: JoinIndex?
  /// Right rows by what belongs together.
  private let members: JoinIndex?
  /// Those of them in which a test has no value.
  private let unknowns: JoinIndex?
  private let hasUnknowns: Bool

  init(
    _ join: JoinPlan, left: any RowSource, right: Table, context: ExecutionContext, pairs: Evaluator
  ) throws {
    self.join = join
    self.right = right
    self.context = context
    self.pairs = pairs
    leftEvaluator = Evaluator(rowCount: right.rowCount)
    let (equalities, rest) = join.condition?.equalities(leftCount: join.left.fields.count) ?? ([], [])
    tests = rest.isEmpty ? equalities : []
    let scope = join.equalities
    matches = tests.isEmpty ? nil : try JoinIndex(right, scope + tests, context, left: left)
    members = scope.isEmpty ? nil : try JoinIndex(right, scope, context, left: left)
    let isUnknown = tests.filter { !$0.nullsMatch }.map {
      PlanExpression(.call(.isNull, [$0.right]), type: .boolean, span: $0.right.span)
    }
    guard let first = isUnknown.first else {
      (hasUnknowns, unknowns) = (false, nil)
      return
    }
    let condition = isUnknown.count == 1 ? first : PlanExpression(.or(isUnknown), type: .boolean, span: first.span)
    let rows = try FilterSource(TableSource(right), condition).table(join.right.fields, context)
    hasUnknowns = rows.rowCount > 0
    unknowns = hasUnknowns && !scope.isEmpty ? try JoinIndex(rows, scope, context) : nil
  }

  /// The left rows with their marks.
  func source(_ left: any RowSource) -> any RowSource {
    JoinedSource(left: left) { batch, _ in
      try context.checkCancellation()
      return Batch(columns: batch.columns + [try marks(batch)], count: batch.count)
    }
  }

  private func marks(_ batch: Batch) throws -> Column {
    if right.rowCount == 0 { return Column(repeating: .boolean(false), type: .boolean, count: batch.count) }
    let scope = try join.equalities.map { try leftEvaluator.column($0.left, batch) }
    guard let condition = join.condition else {
      guard let members else { return Column(repeating: .boolean(true), type: .boolean, count: batch.count) }
      return Column(type: .boolean, data: .boolean(try hits(members, scope, batch.count)))
    }
    guard let matches else {
      return try asked(condition, batch, scope, of: Bitmap(repeating: true, count: batch.count))
    }
    let values = try tests.map { try leftEvaluator.column($0.left, batch) }
    let isTrue = try hits(matches, scope + values, batch.count)
    let ownNulls = zip(values, tests).reduce(nil as Bitmap?) { valid, test in
      test.1.nullsMatch ? valid : Bitmap.both(valid, test.0.validity)
    }
    if ownNulls == nil, !hasUnknowns { return Column(type: .boolean, data: .boolean(isTrue)) }
    // What is not true may be unknown: where the left value is NULL, or a right one that belongs to the row.
    var maybe = ownNulls?.inverted() ?? Bitmap(repeating: false, count: batch.count)
    if hasUnknowns {
      let unknown = try unknowns.map { try hits($0, scope, batch.count) } ?? Bitmap(repeating: true, count: batch.count)
      maybe = maybe.combined(with: unknown, |)
    }
    maybe = maybe.combined(with: isTrue) { $0 & ~$1 }
    if tests.count > 1 {
      let answers = try asked(condition, batch, scope, of: maybe)
      return LogicKernels.or(Column(type: .boolean, data: .boolean(isTrue)), answers)
    }
    // One test with a NULL on either side is unknown, as soon as there is a right row to compare with.
    if let members { maybe = maybe.combined(with: try hits(members, scope, batch.count), &) }
    return Column(type: .boolean, data: .boolean(isTrue), validity: maybe.inverted().validity)
  }

  /// The rows that an index has a match for.
  private func hits(_ index: JoinIndex, _ keys: [Column], _ count: Int) throws -> Bitmap {
    let hit = MutableBitmap(count: count)
    try index.match(keys, count: count, limit: .max) { row, _ in hit.set(Int(row)) }
    return hit.frozen()
  }

  /// The answers for some rows of a batch, worked out pair by pair; false for the others.
  private func asked(_ condition: PlanExpression, _ batch: Batch, _ scope: [Column], of rows: Bitmap) throws -> Column {
    let isTrue = MutableBitmap(count: batch.count)
    let isUnknown = MutableBitmap(count: batch.count)
    func ask(_ row: UInt32, _ candidates: Buffer<UInt32>) throws {
      var start = 0
      while start < candidates.count {
        try context.checkCancellation()
        let part = candidates.slice(start..<min(start + Segment.rowCount, candidates.count))
        start += part.count
        let own = Buffer(repeating: row, count: part.count)
        let pair = Batch(
          columns: batch.columns.map { $0.gather(own) } + right.columns.map { $0.gather(part) }, count: part.count)
        let answer = try pairs.column(condition, pair)
        if answer.trueRows.trueCount > 0 {
          isTrue.set(Int(row))
          return
        }
        if answer.nullCount > 0 { isUnknown.set(Int(row)) }
      }
    }
    if let members {
      var pending: [(UInt32, Buffer<UInt32>)] = []
      try members.match(scope, count: batch.count, limit: .max) { row, found in
        if rows[Int(row)] { pending.append((row, found)) }
      }
      for (row, found) in pending { try ask(row, found) }
    } else {
      let all = Buffer((0..<UInt32(truncatingIfNeeded: right.rowCount)).map { $0 })
      for row in rows.trueIndices() { try ask(row, all) }
    }
    let known = isTrue.frozen()
    let unknown = isUnknown.frozen().combined(with: known) { $0 & ~$1 }
    return Column(type: .boolean, data: .boolean(known), validity: unknown.inverted().validity)
  }
}
