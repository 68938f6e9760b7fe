import ColumnStore
import Planning

/// Runs logical plans in this process.
///
/// Scans, filters, projections and the probing of joins hand rows on part by part; everything that must see all rows
/// before it can give the first (grouping, order, set operations) runs its input in parallel and keeps the result.
public struct Executor: Sendable {
  private let context: ExecutionContext

  /// An executor for one query.
  public init(context: ExecutionContext = ExecutionContext()) { self.context = context }

  /// All rows of a plan as a table.
  public func run(_ plan: LogicalPlan) throws -> Table {
    try table(plan)
  }

  // One function per operator, each of which takes the operator apart by itself: plans may be hundreds of operators deep,
  // and this way each takes little of the stack.

  private func table(_ plan: LogicalPlan) throws -> Table {
    switch plan {
    case .scan(let scan): return scanned(scan, plan.fields)
    case .filter, .project, .unionAll, .join, .apply, .unnest: return try collected(plan)
    case .aggregate(let input, let keys, let aggregates):
      return try grouped(input, keys.map(\.expression), aggregates, plan.fields)
    case .distinct(let input): return try distinct(input, plan.fields)
    case .sample, .window, .sort, .transform: return try changed(plan)
    case .limit(let input, let count, let offset):
      return try first(count.map { $0.addingWithoutOverflow(offset) }, after: offset, of: input)
    case .setOperation: return try setOperation(plan)
    case .shared(let shared): return try self.shared(shared)
    case .recursive(let recursive): return try RecursiveOperator(recursive, executor: self, context: context).run()
    case .round: throw ExecutionError.outOfPlace
    }
  }

  private func scanned(_ scan: Scan, _ fields: [Field]) -> Table {
    guard scan.sources == scan.table.columns.indices.map({ .column($0) }) else {
      // Columns are shared, not copied.
      return made(fields, TableSource(scan).columns, scan.table.rowCount)
    }
    // A table as it stands; the descriptions may have other names.
    return Table(
      descriptions: fields.map(\.description), columns: scan.table.columns, rowCount: scan.table.rowCount,
      origin: scan.table.origin, note: scan.table.note)
  }

  private func collected(_ plan: LogicalPlan) throws -> Table { try source(plan).table(plan.fields, context) }

  private func grouped(_ input: LogicalPlan, _ keys: [PlanExpression], _ aggregates: [Aggregate], _ fields: [Field])
    throws -> Table
  {
    let groups = try AggregateOperator(
      source: try source(input), keys: keys, aggregates: aggregates, context: context
    ).run()
    return made(fields, groups.columns, groups.count)
  }

  private func distinct(_ input: LogicalPlan, _ fields: [Field]) throws -> Table {
    if fields.isEmpty { return try first(1, after: 0, of: input) }
    let keys = fields.enumerated().map {
      PlanExpression(.column($0.offset), type: $0.element.type, span: .init(start: 0, end: 0))
    }
    return try grouped(input, keys, [], fields)
  }

  /// The operators that make one whole table of another.
  private func changed(_ plan: LogicalPlan) throws -> Table {
    let input = try table(plan.inputs[0])
    switch plan {
    case .sample(_, let sample): return try SampleOperator(sample, context).run(input)
    case .window(_, let functions):
      let results = try WindowOperator(functions: functions, input: input, context: context).run()
      return made(plan.fields, input.columns + results, input.rowCount)
    case .sort(_, let keys, let limit): return try SortOperator(keys: keys, limit: limit, context: context).run(input)
    case .transform(_, let transform): return try transform.apply(to: input)
    default: return input
    }
  }

  private func setOperation(_ plan: LogicalPlan) throws -> Table {
    let sides = try plan.inputs.map { try table($0) }
    guard case .setOperation(let operation, _, _, let keepsDuplicates) = plan else { throw ExecutionError.outOfPlace }
    return try SetOperator(operation: operation, keepsDuplicates: keepsDuplicates, context: context)
      .run(sides[0], sides[1])
  }

  private func shared(_ shared: SharedPlan) throws -> Table {
    try context.sharedTables.table(shared.number) { try table(shared.plan) }.described(shared.plan.fields)
  }

  private func source(_ plan: LogicalPlan) throws -> any RowSource {
    switch plan {
    case .project: try projected(plan)
    case .filter: try filtered(plan)
    case .scan, .unionAll, .join, .unnest, .apply: try otherSource(plan)
    default: TableSource(try table(plan))
    }
  }

  private func projected(_ plan: LogicalPlan) throws -> any RowSource {
    guard case .project(let input, let projections) = plan else { return try source(plan) }
    return ProjectSource(try source(input), projections.map(\.expression))
  }

  private func filtered(_ plan: LogicalPlan) throws -> any RowSource {
    guard case .filter(let input, let predicate) = plan else { return try source(plan) }
    return FilterSource(try source(input), predicate)
  }

  private func otherSource(_ plan: LogicalPlan) throws -> any RowSource {
    switch plan {
    case .scan(let scan): return TableSource(scan)
    case .unionAll(let inputs): return UnionSource(try inputs.map { try source($0) })
    case .join(let join): return try joined(join)
    case .unnest(let unnest): return UnnestSource(unnest, try source(unnest.input))
    case .apply(let apply): return try source(ApplyOperator(apply, executor: self, context: context).joined())
    default: return try source(plan)
    }
  }

  private func joined(_ join: JoinPlan) throws -> any RowSource {
    let right = try table(join.right)
    return try JoinOperator(join, left: try source(join.left), right: right, context: context).source()
  }

  /// The first rows, reading no further than needed.
  private func first(_ count: Int?, after offset: Int, of plan: LogicalPlan) throws -> Table {
    guard let count else {
      let all = try table(plan)
      return all.slice(min(offset, all.rowCount)..<all.rowCount)
    }
    let input: Table
    switch plan {
    case .filter, .project, .unionAll, .join, .apply, .unnest:
      let source = try source(plan)
      var batches: [Batch] = []
      var rows = 0
      for part in 0..<source.partCount {
        if rows >= count { break }
        try context.checkCancellation()
        let batch = try source.part(part)
        batches.append(batch)
        rows += batch.count
      }
      input = Table(concatenating: batches, plan.fields)
    default: input = try table(plan)
    }
    let end = min(count, input.rowCount)
    return input.slice(min(offset, end)..<end)
  }

  private func made(_ fields: [Field], _ columns: [Column], _ rowCount: Int) -> Table {
    Table(descriptions: fields.map(\.description), columns: columns, rowCount: rowCount)
  }
}
