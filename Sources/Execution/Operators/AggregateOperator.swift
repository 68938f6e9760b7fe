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

  /// Groups that are numbered by their keys' codes take memory whether they occur or not, hence a limit.
  private static let denseLimit = 1 << 16

  init(source: any RowSource, keys: [PlanExpression], aggregates: [Aggregate], context: ExecutionContext) {
    self.source = source
    self.keys = keys
    self.aggregates = aggregates
    self.context = context
    evaluator = Evaluator(rowCount: source.rowBound)
    let domains = keys.map { key -> ColumnDomain in
      if case .column(let index) = key.kind { return source.domain(index) }
      return .unknown
    }
    layout = DenseLayout(domains, types: keys.map(\.type), limit: AggregateOperator.denseLimit)
  }

  /// One row per group: the keys' columns, then the aggregates'.
  func run() throws -> Batch {
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

  private func makeWorker() -> AggregateWorker {
    let grouper: any Grouper
    if keys.isEmpty {
      grouper = SingleGroup()
    } else if let layout {
      grouper = DenseGrouper(layout)
    } else {
      grouper = HashGrouper(types: keys.map(\.type))
    }
    return AggregateWorker(grouper, keys, aggregates, evaluator)
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

  init(_ grouper: any Grouper, _ keys: [PlanExpression], _ aggregates: [Aggregate], _ evaluator: Evaluator) {
    self.grouper = grouper
    self.keys = keys
    self.aggregates = aggregates
    self.evaluator = evaluator
    states = aggregates.map(AggregateStates.make)
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
      if !AggregateStates.takesNulls(aggregate.function), let validity = arguments.first?.validity {
        mask = Bitmap.both(mask, validity)
      }
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
