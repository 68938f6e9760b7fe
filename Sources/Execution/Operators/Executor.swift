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

  /// All rows of a plan. What plans lie on in long chains has functions of its own, so that a step of the recursion takes
  /// little of the stack.
  private func table(_ plan: LogicalPlan) throws -> Table {
    switch plan {
    case .distinct: try distinct(plan)
    case .filter, .project, .unionAll, .join, .apply, .unnest: try source(plan).table(plan.fields, context)
    default: try computed(plan)
    }
  }

  private func distinct(_ plan: LogicalPlan) throws -> Table {
    guard case .distinct(let input) = plan else { return try table(plan) }
    let fields = plan.fields
    if fields.isEmpty { return try first(1, after: 0, of: input) }
    let source = try source(input)
    let keys = input.fields.enumerated().map {
      PlanExpression(.column($0.offset), type: $0.element.type, span: .init(start: 0, end: 0))
    }
    let columns = try AggregateOperator(source: source, keys: keys, aggregates: [], context: context).run()
    return made(fields, columns.columns, columns.count)
  }

  private func computed(_ plan: LogicalPlan) throws -> Table {
    let fields = plan.fields
    switch plan {
    case .scan(let scan) where scan.sources == scan.table.columns.indices.map({ .column($0) }):
      // A table as it stands; the descriptions may have other names.
      return Table(
        descriptions: fields.map(\.description), columns: scan.table.columns, rowCount: scan.table.rowCount,
        origin: scan.table.origin, note: scan.table.note)
    case .scan(let scan):
      // Columns are shared, not copied.
      return made(fields, TableSource(scan).columns, scan.table.rowCount)
    case .filter, .project, .unionAll, .join, .apply, .unnest, .distinct: return try table(plan)
    case .aggregate(let input, let keys, let aggregates):
      let columns = try AggregateOperator(
        source: try source(input), keys: keys.map(\.expression), aggregates: aggregates, context: context
      ).run()
      return made(fields, columns.columns, columns.count)
    case .window(let input, let functions):
      let below = try table(input)
      let results = try WindowOperator(functions: functions, input: below, context: context).run()
      return made(fields, below.columns + results, below.rowCount)
    case .sort(let input, let keys, let limit):
      return try SortOperator(keys: keys, limit: limit, context: context).run(try table(input))
    case .limit(let input, let count, let offset):
      let end = count.map { count -> Int in
        let (sum, overflow) = count.addingReportingOverflow(offset)
        return overflow ? .max : sum
      }
      return try first(end, after: offset, of: input)
    case .setOperation(let operation, let left, let right, let keepsDuplicates):
      return try SetOperator(operation: operation, keepsDuplicates: keepsDuplicates, context: context)
        .run(try table(left), try table(right))
    case .transform(let input, let transform): return try transform.apply(to: try table(input))
    case .shared(let shared):
      return try context.sharedTables.table(shared.number) { try table(shared.plan) }.described(fields)
    case .recursive(let recursive): return try RecursiveOperator(recursive, executor: self, context: context).run()
    case .round: throw ExecutionError.outOfPlace
    }
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
    case .join(let join):
      let right = try table(join.right)
      return try JoinOperator(join, left: try source(join.left), right: right, context: context).source()
    case .unnest(let unnest): return UnnestSource(unnest, try source(unnest.input))
    case .apply(let apply): return try source(ApplyOperator(apply, executor: self, context: context).joined())
    default: return try source(plan)
    }
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
