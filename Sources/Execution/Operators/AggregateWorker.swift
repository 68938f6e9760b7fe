import ColumnStore
import Planning

/// One worker's groups and aggregates.
///
/// `@unchecked Sendable`: a worker number is never in use twice at the same time, so no two threads share one; in the
/// second look, when they share the first worker, its groups and states are only read.
final class AggregateWorker: @unchecked Sendable {
  private let grouper: any Grouper
  private let keys: [GroupKey]
  private let aggregates: [Aggregate]
  private let states: [any AggregateState]
  private let evaluator: Evaluator
  private let onlyCountsRows: Bool

  init(
    _ grouper: any Grouper, _ keys: [GroupKey], _ aggregates: [Aggregate], _ states: [any AggregateState],
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

  /// Takes rows in, of which the first is the `firstRow`th of all.
  func take(_ batch: Batch, firstRow: Int) throws {
    let keyColumns = try keys.map { try $0.column(batch, evaluator) }
    if onlyCountsRows, let dense = grouper as? DenseGrouper {
      dense.countOnly(keyColumns, count: batch.count)
      return
    }
    let groups = grouper.groups(keyColumns, count: batch.count, firstRow: firstRow)
    for (aggregate, state) in zip(aggregates, states) {
      state.grow(grouper.groupCount)
      if let answer = state as? QuantileAnswer, !answer.feeds { continue }
      var input = try input(of: aggregate, batch, groups, firstRow: firstRow)
      if input.mask == nil, input.count == batch.count { input.groupCounts = grouper.latestCounts }
      state.update(input)
    }
  }

  private func input(of aggregate: Aggregate, _ batch: Batch, _ groups: Buffer<UInt32>, firstRow: Int) throws
    -> AggregateInput
  {
    var (batch, groups) = (batch, groups)
    var mask = try aggregate.filter.map { try evaluator.selection($0, batch) }
    if let selection = mask, aggregate.arguments.contains(where: \.mayFail) {
      // Rows that the filter leaves out must not fail.
      let rows = selection.trueIndices()
      batch = batch.gather(rows, columns: aggregate.values.columns)
      groups = Buffer(rows.map { groups[Int($0)] })
      mask = nil
    }
    let arguments = try aggregate.arguments.map { try evaluator.column($0, batch) }
    mask = AggregateStates.mask(aggregate.function, arguments, filter: mask)
    return AggregateInput(
      groups: groups, count: batch.count, arguments: arguments,
      order: try aggregate.order.map { try evaluator.column($0.expression, batch) }, mask: mask, firstRow: firstRow)
  }

  /// Takes over another worker's groups.
  func merge(_ other: AggregateWorker) {
    if onlyCountsRows, let dense = grouper as? DenseGrouper, let otherDense = other.grouper as? DenseGrouper {
      return dense.addCounts(of: otherDense)
    }
    let map = grouper.merge(other.grouper)
    for (state, otherState) in zip(states, other.states) {
      state.grow(grouper.groupCount)
      otherState.grow(other.grouper.groupCount)
      state.merge(otherState, map: map)
    }
  }

  // MARK: The second look

  /// For each aggregate that looks at the rows twice what the workers need for it, in the order in which they were merged.
  func secondLooks(workerCount: Int) -> [(aggregate: Int, looks: [any SecondLook])] {
    let answers = states.enumerated().compactMap { index, state in (state as? QuantileAnswer).map { (index, $0) } }
    return answers.filter(\.1.feeds).map { index, answer in
      answer.grow(grouper.groupCount)
      let wanted = answers.filter { $0.1.census === answer.census }.flatMap(\.1.quantiles)
      return (index, answer.census.looks(wanted, workerCount: workerCount))
    }
  }

  /// Shows rows again to those who look twice.
  func look(_ batch: Batch, firstRow: Int, _ looks: [(aggregate: Int, look: any SecondLook)]) throws {
    if batch.count == 0 { return }
    let groups = grouper.known(try keys.map { try $0.column(batch, evaluator) }, count: batch.count)
    for (aggregate, look) in looks {
      look.keep(try input(of: aggregates[aggregate], batch, groups, firstRow: firstRow))
    }
  }

  /// Takes over what the second look found.
  func take(_ looks: [(aggregate: Int, looks: [any SecondLook])]) {
    for (aggregate, looks) in looks { (states[aggregate] as? QuantileAnswer)?.census.take(looks) }
  }

  // MARK: The result

  /// One row per group: the keys' columns, then the aggregates'.
  func finish() throws -> Batch {
    let order = grouper.order()
    var columns = zip(keys, grouper.keyColumns(of: order)).map { $0.decoded($1) }
    let selection = RowSelection(order, of: grouper.groupCount)
    for state in states {
      if onlyCountsRows, let dense = grouper as? DenseGrouper {
        columns.append(dense.counts(of: order))
      } else {
        state.grow(grouper.groupCount)
        columns.append(try state.finish().gather(selection))
      }
    }
    return Batch(columns: columns, count: order.count)
  }
}

extension Aggregate {
  /// What it takes of a row.
  fileprivate var values: [PlanExpression] { arguments + order.map(\.expression) }
}
