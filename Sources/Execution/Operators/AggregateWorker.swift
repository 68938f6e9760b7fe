import ColumnStore
import Planning
import Synchronization

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
  /// Rows that are held back; nil where they are taken at once.
  private var held: SlicedRows?
  /// Rows and sums that share words; nil where there are none.
  private let packed: PackedSums?

  init(
    _ grouper: any Grouper, _ keys: [GroupKey], _ aggregates: [Aggregate], _ states: [any AggregateState],
    _ packing: PackedSums.Layout?, _ evaluator: Evaluator
  ) {
    self.grouper = grouper
    self.keys = keys
    self.aggregates = aggregates
    self.evaluator = evaluator
    self.states = states
    onlyCountsRows =
      grouper is DenseGrouper && aggregates.allSatisfy { $0.function == .countRows && $0.filter == nil }
    let holdsBack =
      grouper is DenseGrouper && grouper.groupCount >= SlicedRows.leastGroups && states.allSatisfy(\.isIndependent)
    held = holdsBack ? SlicedRows(groupCount: grouper.groupCount) : nil
    packed = holdsBack ? nil : packing.map { PackedSums($0, groupCount: grouper.groupCount) }
  }

  /// Takes rows in, of which the first is the `firstRow`th of all.
  func take(_ batch: Batch, firstRow: Int) throws {
    let keyColumns = try keys.map { try $0.column(batch, evaluator) }
    if onlyCountsRows, let dense = grouper as? DenseGrouper {
      dense.countOnly(keyColumns, count: batch.count)
      return
    }
    if held != nil, let dense = grouper as? DenseGrouper {
      let groups = dense.known(keyColumns, count: batch.count)
      held?.append(groups, try aggregates.map { try input(of: $0, batch, groups, firstRow: firstRow) })
      if held?.isFull == true { takeHeld() }
      return
    }
    if let packed, try take(batch, keyColumns, packed, firstRow: firstRow) { return }
    let groups = grouper.groups(keyColumns, count: batch.count, firstRow: firstRow)
    for index in states.indices { try update(index, batch, groups, firstRow: firstRow) }
  }

  private func update(_ index: Int, _ batch: Batch, _ groups: Buffer<UInt32>, firstRow: Int) throws {
    states[index].grow(grouper.groupCount)
    if let answer = states[index] as? QuantileAnswer, !answer.feeds { return }
    states[index].update(try input(of: aggregates[index], batch, groups, firstRow: firstRow))
  }

  /// Takes rows in where those of a group are counted and summed in one word; false where a column has missing values or
  /// other numbers than short integers.
  private func take(_ batch: Batch, _ keyColumns: [Column], _ packed: PackedSums, firstRow: Int) throws -> Bool {
    let fields = packed.layout.fields
    let columns = try fields.map { try evaluator.column(aggregates[$0.aggregate].arguments[0], batch) }
    guard let dense = grouper as? DenseGrouper,
      columns.allSatisfy({ $0.validity == nil && $0.data.isShortInteger && $0.count >= batch.count })
    else { return false }
    func add(_ groups: Buffer<some FixedWidthInteger & UnsignedInteger>) {
      packed.add(groups.slice(0..<batch.count), columns.map(\.data), settle: settle)
    }
    switch fields.count == states.count ? dense.codes(keyColumns, count: batch.count) : nil {
    case .codes8(let codes, _)?: add(codes)
    case .codes16(let codes, _)?: add(codes)
    case .codes32(let codes, _)?: add(codes)
    default:
      let groups = dense.numbered(keyColumns, count: batch.count)
      add(groups)
      for index in states.indices where !fields.contains(where: { $0.aggregate == index }) {
        try update(index, batch, groups, firstRow: firstRow)
      }
    }
    return true
  }

  /// Hands the sums that share words on to the states.
  private func settle(_ packed: PackedSums) {
    packed.settle(
      counts: { (grouper as? DenseGrouper)?.counts.add(rows: $0, $1) },
      sums: { field, furthest, sum in
        let state = states[field.aggregate]
        state.grow(grouper.groupCount)
        (state as? IntegerSumState)?.add(furthest: furthest, sum)
      })
  }

  /// Whether its groups are parts of one, which another worker has to put together.
  var isDivided: Bool { grouper is SingleGroup && grouper.groupCount > 1 }

  /// Whether rows are held back.
  var holdsRows: Bool { held?.isEmpty == false }

  /// Takes the rows that are held back.
  func takeHeld() {
    for state in states { state.grow(grouper.groupCount) }
    guard let groups = held?.flush(into: states) else { return }
    (grouper as? DenseGrouper)?.counts.add(groups)
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
    let arguments = try aggregate.rowArguments.map { try evaluator.column($0, batch) }
    mask = AggregateStates.mask(aggregate.function, arguments, filter: mask)
    return AggregateInput(
      groups: groups, count: batch.count, arguments: arguments,
      order: try aggregate.order.map { try evaluator.column($0.expression, batch) }, mask: mask, firstRow: firstRow)
  }

  /// Takes over another worker's groups.
  func merge(_ other: AggregateWorker) throws {
    if let packed { settle(packed) }
    if let packed = other.packed { other.settle(packed) }
    if onlyCountsRows, let dense = grouper as? DenseGrouper, let otherDense = other.grouper as? DenseGrouper {
      return dense.counts.add(otherDense.counts)
    }
    let map = grouper.merge(other.grouper)
    try forEachState { index in
      states[index].grow(grouper.groupCount)
      other.states[index].grow(other.grouper.groupCount)
      states[index].merge(other.states[index], map: map)
    }
  }

  /// So many groups are worth a thread for each state.
  private static let manyGroups = 1 << 15

  /// Calls `body` with the number of every state, on all threads where that helps.
  private func forEachState(_ body: @Sendable (Int) throws -> Void) throws {
    if grouper.groupCount >= Self.manyGroups, states.allSatisfy(\.isIndependent) {
      try WorkerPool.shared.run(parts: states.count) { index, _ in try body(index) }
    } else {
      try states.indices.forEach(body)
    }
  }

  // MARK: The second look

  /// For each aggregate that looks at the rows twice what the workers need for it, in the order in which they were merged.
  func secondLooks(workerCount: Int) -> [(aggregate: Int, looks: [any SecondLook])] {
    states.enumerated().compactMap { index, state in
      guard let answer = state as? QuantileAnswer, answer.feeds else { return nil }
      answer.grow(grouper.groupCount)
      let looks = answer.census.looks(workerCount: workerCount)
      return looks.isEmpty ? nil : (index, looks)
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
    if let packed { settle(packed) }
    let order = grouper.order()
    let keyColumns = zip(keys, grouper.keyColumns(of: order)).map { $0.decoded($1) }
    if onlyCountsRows, let dense = grouper as? DenseGrouper {
      return Batch(columns: keyColumns + states.map { _ in dense.counts.column }, count: order.count)
    }
    let selection = RowSelection(order, of: grouper.groupCount)
    let rowCounts = grouper.rowCounts
    let results = Mutex<[Column?]>(states.map { _ in nil })
    try forEachState { index in
      states[index].grow(grouper.groupCount)
      if let rowCounts { states[index].take(rowCounts: rowCounts) }
      let column = try states[index].finish().gather(selection)
      results.withLock { $0[index] = column }
    }
    return Batch(columns: keyColumns + results.withLock { $0 }.compactMap { $0 }, count: order.count)
  }
}

extension Aggregate {
  /// What it takes of a row.
  fileprivate var values: [PlanExpression] { arguments + order.map(\.expression) }
}
