import ColumnStore
import Planning
import Synchronization

/// Groups the rows of a source and aggregates each group.
struct AggregateOperator {
  let source: any RowSource
  let keys: [PlanExpression]
  let aggregates: [Aggregate]
  let context: ExecutionContext
  private let evaluator: Evaluator
  private let layout: DenseLayout?

  private let domains: [ColumnDomain]

  /// Groups that are numbered by their keys' codes take memory whether they occur or not, hence a limit: what a cache
  /// holds, or for many rows one group for every two of them.
  private static func denseLimit(_ rows: Int) -> Int { max(1 << 16, min(rows / 2, 1 << 24)) }

  init(source: any RowSource, keys: [PlanExpression], aggregates: [Aggregate], context: ExecutionContext) {
    let source = source.encoded(Self.columnsWorthADictionary(keys, aggregates), isNeeded: true)
    self.source = source
    self.keys = keys
    self.aggregates = aggregates
    self.context = context
    evaluator = Evaluator(rowCount: source.rowBound)
    domains = keys.map { Self.domain($0, source) }
    layout = DenseLayout(domains, types: keys.map(\.type), limit: Self.denseLimit(source.rowBound))
  }

  /// Texts that are grouped by, or whose different values are counted.
  private static func columnsWorthADictionary(_ keys: [PlanExpression], _ aggregates: [Aggregate]) -> Set<Int> {
    let distinct = aggregates.filter(\.isDistinct).flatMap(\.arguments)
    return Set(
      (keys + distinct).compactMap { expression in
        guard case .column(let index) = expression.kind, expression.type == .text else { return nil }
        return index
      })
  }

  private static func domain(_ expression: PlanExpression, _ source: any RowSource) -> ColumnDomain {
    if case .column(let index) = expression.kind { return source.domain(index) }
    return .unknown
  }

  /// One row per group: the keys' columns, then the aggregates'.
  func run() throws -> Batch {
    if let partitioned = try partitioned() { return try partitioned.run() }
    let workers = Mutex<[AggregateWorker?]>(Array(repeating: nil, count: WorkerPool.shared.threadCount))
    try WorkerPool.shared.run(parts: source.partCount) { part, number in
      try context.checkCancellation()
      let batch = try source.part(part)
      if batch.count == 0 { return }
      let worker = workers.withLock { workers -> AggregateWorker in
        if let worker = workers[number] { return worker }
        let worker = makeWorker()
        workers[number] = worker
        return worker
      }
      try worker.take(batch, firstRow: part << 32)
    }
    let all = workers.withLock { $0.compactMap { $0 } }
    let first = all.first ?? makeWorker()
    for other in all.dropFirst() { first.merge(other) }
    return try first.finish()
  }

  /// The way that many groups take; nil for few, and for keys that it does not know.
  private func partitioned() throws -> PartitionedGrouping? {
    guard layout == nil, source.rowBound >= PartitionedGrouping.leastGroups,
      let packed = PackedKeys(domains, types: keys.map(\.type))
    else { return nil }
    let expected = try GroupEstimate.groups(keys, of: source, packed, evaluator)
    guard expected >= PartitionedGrouping.leastGroups else { return nil }
    return PartitionedGrouping(
      source, keys: keys, packed, aggregates: aggregates, expectedGroups: expected, evaluator, context
    ) { aggregates.map(state) }
  }

  private func state(_ aggregate: Aggregate) -> any AggregateState {
    let dictionary = aggregate.arguments.first.flatMap { Self.domain($0, source).dictionary }
    return AggregateStates.make(aggregate, dictionary: dictionary, groupCount: keys.isEmpty ? 1 : layout?.groupCount)
  }

  private func makeWorker() -> AggregateWorker {
    let grouper: any Grouper
    if keys.isEmpty {
      grouper = SingleGroup()
    } else if let layout {
      grouper = DenseGrouper(layout)
    } else {
      grouper = HashGrouper(types: keys.map(\.type), dictionaries: domains.map(\.dictionary))
    }
    return AggregateWorker(grouper, keys, aggregates, aggregates.map(state), evaluator)
  }
}

/// One worker's groups and aggregates.
///
/// `@unchecked Sendable`: a worker number is never in use twice at the same time, so no two threads share one.
private final class AggregateWorker: @unchecked Sendable {
  private let grouper: any Grouper
  private let keys: [PlanExpression]
  private let aggregates: [Aggregate]
  private let states: [any AggregateState]
  private let evaluator: Evaluator
  private let onlyCountsRows: Bool

  init(
    _ grouper: any Grouper, _ keys: [PlanExpression], _ aggregates: [Aggregate], _ states: [any AggregateState],
    _ evaluator: Evaluator
  ) {
    self.grouper = grouper
    self.keys = keys
    self.aggregates = aggregates
    self.evaluator = evaluator
    self.states = states
    onlyCountsRows =
      grouper is DenseGrouper && aggregates.allSatisfy { $0.function == .countRows && $0.filter == nil }
  }

  func take(_ batch: Batch, firstRow: Int) throws {
    let keyColumns = try keys.map { try evaluator.column($0, batch) }
    if onlyCountsRows, let dense = grouper as? DenseGrouper {
      dense.countOnly(keyColumns, count: batch.count)
      return
    }
    let groups = grouper.groups(keyColumns, count: batch.count, firstRow: firstRow)
    for (aggregate, state) in zip(aggregates, states) {
      state.grow(grouper.groupCount)
      var (batch, groups) = (batch, groups)
      var mask = try aggregate.filter.map { try evaluator.selection($0, batch) }
      if let selection = mask, aggregate.arguments.contains(where: \.mayFail) {
        // Rows that the filter leaves out must not fail.
        let rows = Buffer(selection.trueIndices())
        batch = batch.gather(rows)
        groups = Buffer(rows.map { groups[Int($0)] })
        mask = nil
      }
      let arguments = try aggregate.arguments.map { try evaluator.column($0, batch) }
      mask = AggregateStates.mask(aggregate.function, arguments, filter: mask)
      state.update(
        AggregateInput(
          groups: groups, count: batch.count, arguments: arguments,
          order: try aggregate.order.map { try evaluator.column($0.expression, batch) }, mask: mask,
          firstRow: firstRow))
    }
  }

  func merge(_ other: AggregateWorker) {
    let map = grouper.merge(other.grouper)
    for (state, otherState) in zip(states, other.states) {
      state.grow(grouper.groupCount)
      otherState.grow(other.grouper.groupCount)
      state.merge(otherState, map: map)
    }
  }

  func finish() throws -> Batch {
    let order = grouper.order()
    var columns = grouper.keyColumns().map { $0.gather(order) }
    for (index, state) in states.enumerated() {
      if onlyCountsRows, let dense = grouper as? DenseGrouper {
        let counts = order.map { dense.rowCounts[Int($0)] }
        columns.append(Column(type: aggregates[index].type, data: ColumnData(narrowing: counts)))
      } else {
        state.grow(grouper.groupCount)
        columns.append(try state.finish().gather(order))
      }
    }
    return Batch(columns: columns, count: order.count)
  }
}
