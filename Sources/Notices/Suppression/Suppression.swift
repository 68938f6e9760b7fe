import ColumnStore
import Language
import Planning

/// Makes queries safe to publish: no number comes out that is made of fewer records than a threshold, nor one from which
/// such a number could be worked out.
///
/// A plan is rewritten from its tables up. Rows of loaded tables are *tracked*: which records they are is carried along.
/// Where they are grouped, a transform on top of the aggregation decides what is hidden, with the help of a log of all
/// that was told before, and puts NULL there. What is above sees the rows as they are told, so that no filter, order or
/// further computation can tell more: a computation that reads a hidden cell is hidden itself.
public struct Suppression {
  /// Groups of fewer records are small.
  public var threshold: Int
  /// What has been told so far.
  public var log: ReleaseLog
  /// Names of tables each row of which holds counts already, in lower case.
  public var countTables: Set<String>
  /// A path as all names of one file have it.
  public var canonicalPath: (String) -> String

  var shared: [Int: Rewritten] = [:]
  /// Whether the columns that are summed next hold counts, as the measure above says.
  var sumsCounts = false

  /// Suppression of what is made of fewer records than `threshold`.
  public init(
    threshold: Int, log: ReleaseLog, countTables: Set<String> = [], canonicalPath: @escaping (String) -> String = { $0 }
  ) {
    self.threshold = threshold
    self.log = log
    self.countTables = countTables
    self.canonicalPath = canonicalPath
  }

  /// The name of the last column of a plan that is safe: whether the row has hidden cells.
  static let flagName = "hidden"

  enum Rewritten {
    case tracked(TrackedRows)
    case pending(PendingCells)
    case released(ReleasedRows)
  }

  /// The plan made safe, with one more column, which `release` takes off its rows again; and which columns may have hidden
  /// cells.
  ///
  /// - Throws: `Diagnostic` for a plan that gives single records, or whose records cannot be followed.
  public func plan(_ plan: LogicalPlan, at span: SourceSpan) throws -> (plan: LogicalPlan, masked: Set<Int>) {
    var rewriting = self
    guard case .released(let rows) = rewriting.sealed(try rewriting.rewrite(plan)) else {
      throw Diagnostic(
        "these are single records, and with `suppress_below` only groups of \(threshold) or more are shown", at: span,
        help: "count them: share, top, timeline, or aggregate ... group by; or `set suppress_below off`")
    }
    var columns = rows.plan.fields.passed(span: .none)
    columns[rows.width].field.isHidden = false
    return (.project(rows.plan, columns), rows.masked)
  }

  /// The rows of a plan that was made safe, known as such.
  public static func release(_ table: Table, masked: Set<Int>) -> Table {
    let flag = table.columns[table.columns.count - 1]
    let rows = Bitmap((0..<table.rowCount).map { flag.value($0) == .boolean(true) })
    return Table(
      descriptions: Array(table.descriptions.dropLast()), columns: Array(table.columns.dropLast()),
      rowCount: table.rowCount
    ).adding(table.notes).released(hiding: HiddenCells(rows: rows, columns: masked))
  }

  // MARK: From the tables up

  mutating func rewrite(_ plan: LogicalPlan) throws -> Rewritten {
    switch plan {
    case .scan(let scan): return scanned(scan)
    case .filter(let input, let predicate):
      return try rowByRow(input) { .filter($0, predicate: predicate) }
    case .sort(let input, let keys, let limit): return try rowByRow(input) { .sort($0, keys: keys, limit: limit) }
    case .sample(let input, let sample): return try rowByRow(input) { .sample($0, sample) }
    case .limit(let input, let count, let offset):
      return try rowByRow(input) { .limit($0, count: count, offset: offset) }
    case .project(let input, let projections): return projected(try rewrite(input), projections)
    case .window(let input, let functions): return windowed(try rewrite(input), functions)
    case .aggregate(let input, let keys, let aggregates):
      let sumsCounts = self.sumsCounts
      self.sumsCounts = false
      return try aggregated(sealed(try rewrite(input)), keys, aggregates, sumsCounts: sumsCounts)
    case .distinct(let input): return try distinct(sealed(try rewrite(input)))
    case .transform(let input, let transform): return try transformed(input, transform)
    case .join(let join): return try joined(join)
    case .apply(let apply): return try applied(apply)
    case .unnest(let unnest): return try unnested(unnest)
    case .unionAll(let inputs): return try united(inputs)
    case .setOperation(let operation, let left, let right, let keepsDuplicates):
      let sides = try [left, right].map {
        try releasedRows($0, "`\(operation.rawValue)`").plan.picking(0..<left.fields.count)
      }
      return .released(
        ReleasedRows(
          plan: LogicalPlan.setOperation(operation, sides[0], sides[1], keepsDuplicates: keepsDuplicates).flagged))
    case .shared(let shared): return try self.shared(shared)
    case .recursive, .round:
      guard plan.isMadeOfReleasedRows else { throw Suppression.cannotFollow("`with recursive`", at: nil) }
      return .released(ReleasedRows(plan: plan.flagged))
    }
  }

  /// What is asked for where only released rows can stand.
  mutating func releasedRows(_ plan: LogicalPlan, _ what: String) throws -> ReleasedRows {
    guard case .released(let rows) = sealed(try rewrite(plan)) else { throw Suppression.cannotFollow(what, at: nil) }
    return rows
  }

  private mutating func rowByRow(_ input: LogicalPlan, _ make: (LogicalPlan) -> LogicalPlan) throws -> Rewritten {
    switch sealed(try rewrite(input)) {
    case .tracked(var rows):
      rows.plan = make(rows.plan)
      return .tracked(rows)
    case .released(var rows):
      rows.plan = make(rows.plan)
      return .released(rows)
    case let pending: return pending
    }
  }

  private mutating func shared(_ shared: SharedPlan) throws -> Rewritten {
    if let known = self.shared[shared.number] { return known }
    var result = sealed(try rewrite(shared.plan))
    if case .released(var rows) = result {
      rows.plan = .shared(SharedPlan(rows.plan, number: shared.number))
      result = .released(rows)
    }
    self.shared[shared.number] = result
    return result
  }

  /// A stored table: single records, unless it was released before or has none.
  private func scanned(_ scan: Scan) -> Rewritten {
    guard !scan.isReleased else {
      guard let hidden = scan.table.hiddenCells else {
        return .released(ReleasedRows(plan: LogicalPlan.scan(scan).flagged))
      }
      let flag = Column(type: .boolean, data: .boolean(hidden.rows))
      var flagged = scan
      flagged.table = Table(
        descriptions: scan.table.descriptions + [ColumnDescription(name: Self.flagName, type: .boolean)],
        columns: scan.table.columns + [flag], rowCount: scan.table.rowCount)
      flagged.fields.append(Field(name: Self.flagName, type: .boolean, isHidden: true))
      flagged.sources.append(.column(scan.table.columns.count))
      let masked = scan.sources.indices.filter { index in
        if case .column(let column) = scan.sources[index] { hidden.columns.contains(column) } else { false }
      }
      return .released(ReleasedRows(plan: .scan(flagged), masked: Set(masked)))
    }
    var tracked = scan
    tracked.fields.append(Field(name: "record", type: .integer, isHidden: true))
    tracked.sources.append(.row(from: log.firstUnit(of: scan.table, canonicalPath: canonicalPath)))
    return .tracked(
      TrackedRows(
        plan: .scan(tracked), width: scan.fields.count, origins: scan.fields.map(\.name),
        holdsCounts: countTables.contains(scan.name.lowercased())
          || scan.table.descriptions.contains { $0.type == .count }))
  }

  // MARK: Deciding

  /// Rows of groups with what is to be hidden hidden.
  func sealed(_ rewritten: Rewritten) -> Rewritten {
    guard case .pending(let pending) = rewritten else { return rewritten }
    let transform = SuppressionTransform(pending, threshold: threshold, log: log)
    return .released(ReleasedRows(plan: .transform(pending.plan, transform), masked: pending.masked))
  }

  static func cannotFollow(_ what: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "through \(what) single records cannot be followed, so nothing can be said of which numbers are safe", at: span,
      help: "aggregate first, or `set suppress_below off`")
  }
}

extension Scan {
  /// Whether it gives no single records.
  var isReleased: Bool { table.hiddenCells != nil || table.columns.isEmpty }
}

extension LogicalPlan {
  /// Whether it reads no single records.
  var isMadeOfReleasedRows: Bool { scans.allSatisfy(\.isReleased) }

  /// The rows, none of which has hidden cells.
  var flagged: LogicalPlan {
    adding([Projection(name: Suppression.flagName, expression: .truth(false), isHidden: true)])
  }
}
