import ColumnStore
import Formats
import Planning

/// Runs logical plans in this process.
///
/// Scans, filters, projections and the probing of joins hand rows on part by part; everything that must see all rows
/// before it can give the first (grouping, order, set operations) runs its input in parallel and keeps the result.
public struct Executor: Sendable {
  private let context: ExecutionContext
  /// Where it is noted what the plan takes; nil where nobody asks.
  private let profile: PlanProfile?

  /// An executor for one query.
  ///
  /// - Parameter profile: one of the plan that will be run, to be filled in.
  public init(context: ExecutionContext = ExecutionContext(), profile: PlanProfile? = nil) {
    self.context = context
    self.profile = profile
  }

  /// All rows of a plan as a table, with the footnotes of all tables that it reads and of all that is computed.
  public func run(_ plan: LogicalPlan) throws -> Table {
    let result = try table(plan)
    try context.checkCancellation()
    return result.adding(plan.scans.flatMap(\.table.notes) + context.notes.all)
  }

  /// The executor of a plan directly below.
  private func below(_ index: Int = 0) -> Executor {
    guard let profile else { return self }
    return Executor(context: context, profile: profile.inputs[index])
  }

  /// The executor of plans that are made while the query runs, which no profile knows.
  private var unmeasured: Executor { Executor(context: context) }

  private func table(_ plan: LogicalPlan) throws -> Table {
    if let profile, !plan.isStreamed { return try measuredTable(plan, profile) { try makeTable(plan) } }
    return try makeTable(plan)
  }

  private func source(_ plan: LogicalPlan) throws -> any RowSource {
    if let profile { return try measuredSource(plan, profile) }
    return try makeSource(plan)
  }

  private func measuredTable(_ plan: LogicalPlan, _ profile: PlanProfile, _ make: () throws -> Table) throws -> Table {
    let clock = ContinuousClock()
    let start = clock.now
    let table = try make()
    // Reading a stored table is done by those who read it.
    var counts = PlanProfile.Counts(rows: table.rowCount, bytes: table.columns.reduce(0) { $0 + $1.rowBytes })
    if case .scan = plan {} else { counts.time = clock.now - start }
    profile.add(counts)
    return table
  }

  private func measuredSource(_ plan: LogicalPlan, _ profile: PlanProfile) throws -> any RowSource {
    let clock = ContinuousClock()
    let start = clock.now
    let source = try makeSource(plan)
    if case .scan(let scan) = plan {
      let bytes = (source as? TableSource)?.columns.reduce(0) { $0 + $1.rowBytes } ?? 0
      profile.add(PlanProfile.Counts(rows: scan.table.rowCount, bytes: bytes))
      return source
    }
    guard plan.isStreamed else { return source }
    // What is below and makes whole tables has been run by now, and has its own time.
    let below = profile.inputs.compactMap(\.counts).filter { !$0.isStreamed }.reduce(Duration.zero) { $0 + $1.time }
    profile.add(PlanProfile.Counts(time: max(.zero, clock.now - start - below), isStreamed: true))
    return MeasuredSource(source, profile)
  }

  // One function per operator, each of which takes the operator apart by itself: plans may be hundreds of operators deep,
  // and this way each takes little of the stack.

  private func makeTable(_ plan: LogicalPlan) throws -> Table {
    switch plan {
    case .scan(let scan): return scanned(scan, plan.fields)
    case .filter, .project, .unionAll, .join, .apply, .unnest: return try collected(plan)
    case .aggregate(let input, let keys, let aggregates):
      return try grouped(input, keys.map(\.expression), aggregates, plan.fields)
    case .distinct(let input): return try distinct(input, plan.fields)
    case .sample, .window, .sort, .transform: return try changed(plan)
    case .limit(let input, let count, let offset):
      return try below().first(count.map { $0.addingWithoutOverflow(offset) }, after: offset, of: input)
    case .setOperation: return try setOperation(plan)
    case .shared(let shared): return try self.shared(shared)
    case .recursive(let recursive):
      return try RecursiveOperator(recursive, executor: unmeasured, context: context).run()
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
      descriptions: fields.map(\.description), columns: Array(scan.table.columns), rowCount: scan.table.rowCount,
      origin: scan.table.origin, note: scan.table.note)
  }

  private func collected(_ plan: LogicalPlan) throws -> Table {
    let source = try source(plan)
    context.meter?.begin("reading", rows: plan.rowsRead)
    return try source.table(plan.fields, context)
  }

  private func grouped(_ input: LogicalPlan, _ keys: [PlanExpression], _ aggregates: [Aggregate], _ fields: [Field])
    throws -> Table
  {
    let source = try below().source(input)
    context.meter?.begin("grouping", rows: input.rowsRead)
    let groups = try AggregateOperator(source: source, keys: keys, aggregates: aggregates, context: context).run()
    return made(fields, groups.columns, groups.count)
  }

  private func distinct(_ input: LogicalPlan, _ fields: [Field]) throws -> Table {
    if fields.isEmpty { return try below().first(1, after: 0, of: input) }
    let keys = fields.enumerated().map {
      PlanExpression(.column($0.offset), type: $0.element.type, span: .init(start: 0, end: 0))
    }
    return try grouped(input, keys, [], fields)
  }

  /// The operators that make one whole table of another.
  private func changed(_ plan: LogicalPlan) throws -> Table {
    let input = try changedInput(plan)
    func begin(_ name: String) { context.meter?.begin("\(name) \(groupedDigits(String(input.rowCount))) rows") }
    switch plan {
    case .sample(_, let sample):
      begin("sampling")
      return try SampleOperator(sample, context).run(input)
    case .window(_, let functions):
      begin("looking over windows of")
      return try windowed(functions, input, plan.fields)
    case .sort(_, let keys, let limit):
      begin("sorting")
      return try SortOperator(keys: keys, limit: limit, context: context).run(input)
    case .transform(_, let transform):
      let result = try transform.apply(to: input)
      context.notes.add(result.notes)
      return result
    default: return input
    }
  }

  private func changedInput(_ plan: LogicalPlan) throws -> Table {
    let input = plan.inputs[0]
    // Texts by which rows are parted are worth a dictionary.
    guard case .window(_, let functions) = plan, case let texts = functions.flatMap(\.layout.partition).textColumns,
      !texts.isEmpty
    else { return try below().table(input) }
    let source = try below().source(input).encoded(texts, isNeeded: true)
    context.meter?.begin("reading", rows: input.rowsRead)
    return try source.table(input.fields, context)
  }

  private func windowed(_ functions: [WindowFunction], _ input: Table, _ fields: [Field]) throws -> Table {
    let results = try WindowOperator(functions: functions, input: input, context: context).run()
    return made(fields, input.columns + results, input.rowCount)
  }

  /// A window of which only the first rows of each partition are asked for; others may be there as well.
  private func windowed(_ plan: LogicalPlan, first limit: RankLimit) throws -> Table {
    guard case .window(let below, let functions) = plan else { return try table(plan) }
    func make() throws -> Table {
      let input = try self.below().table(below)
      let leading = try LeadingRows(limit, WindowInput(input, context))?.table()
      return try windowed(functions, leading ?? input, plan.fields)
    }
    return try profile.map { try measuredTable(plan, $0, make) } ?? make()
  }

  private func setOperation(_ plan: LogicalPlan) throws -> Table {
    let inputs = plan.inputs
    let sides = try inputs.indices.map { try below($0).table(inputs[$0]) }
    context.meter?.begin("comparing rows")
    guard case .setOperation(let operation, _, _, let keepsDuplicates) = plan else { throw ExecutionError.outOfPlace }
    return try SetOperator(operation: operation, keepsDuplicates: keepsDuplicates, context: context)
      .run(sides[0], sides[1])
  }

  private func shared(_ shared: SharedPlan) throws -> Table {
    try context.sharedTables.table(shared.number) { try below().table(shared.plan) }.described(shared.plan.fields)
  }

  private func makeSource(_ plan: LogicalPlan) throws -> any RowSource {
    switch plan {
    case .project: try projected(plan)
    case .filter: try filtered(plan)
    case .scan, .unionAll, .join, .unnest, .apply: try otherSource(plan)
    default: TableSource(try table(plan))
    }
  }

  private func projected(_ plan: LogicalPlan) throws -> any RowSource {
    guard case .project(let input, let projections) = plan else { return try makeSource(plan) }
    return ProjectSource(try below().source(input), projections.map(\.expression))
  }

  private func filtered(_ plan: LogicalPlan) throws -> any RowSource {
    guard case .filter(let input, let predicate) = plan else { return try makeSource(plan) }
    if let limit = plan.rankLimit {
      return FilterSource(TableSource(try below().windowed(input, first: limit)), predicate)
    }
    return FilterSource(try below().source(input), predicate)
  }

  private func otherSource(_ plan: LogicalPlan) throws -> any RowSource {
    switch plan {
    case .scan(let scan): return TableSource(scan, context.meter)
    case .unionAll(let inputs): return UnionSource(try inputs.indices.map { try below($0).source(inputs[$0]) })
    case .join(let join): return try joined(join)
    case .unnest(let unnest): return UnnestSource(unnest, try below().source(unnest.input))
    case .apply(let apply):
      return try unmeasured.source(ApplyOperator(apply, executor: unmeasured, context: context).joined())
    default: return try makeSource(plan)
    }
  }

  private func joined(_ join: JoinPlan) throws -> any RowSource {
    // The left side first: it may make dictionaries that the right side then has too.
    let left = try below(0).source(join.left)
    let right: Table
    if join.right.isStreamed {
      // Where a dictionary is there already, its codes are taken along: they are keys by themselves.
      let texts = join.equalities.map(\.right).textColumns
      let source = try below(1).source(join.right)
      context.meter?.begin("reading", rows: join.right.rowsRead)
      right = try source.encoded(texts, isNeeded: false).table(join.right.fields, context)
    } else {
      right = try below(1).table(join.right)
    }
    context.meter?.begin("indexing \(groupedDigits(String(right.rowCount))) rows to join")
    return try JoinOperator(join, left: left, right: right, context: context).source()
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

extension LogicalPlan {
  /// Whether its rows are handed on part by part.
  fileprivate var isStreamed: Bool {
    switch self {
    case .filter, .project, .unionAll, .join, .apply, .unnest: true
    default: false
    }
  }
}
