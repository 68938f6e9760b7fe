import ColumnStore
import Planning
import Synchronization

/// Groups the rows of a source and aggregates each group.
struct AggregateOperator {
  let source: any RowSource
  let keys: [GroupKey]
  let aggregates: [Aggregate]
  let context: ExecutionContext
  private let evaluator: Evaluator
  private let layout: DenseLayout?
  private let bins: [SharedBins]
  private let packing: PackedSums.Layout?

  private let domains: [ColumnDomain]

  init(source: any RowSource, keys: [PlanExpression], aggregates: [Aggregate], context: ExecutionContext) throws {
    // Texts that are grouped by, or whose different values are counted, are worth a dictionary.
    let counted = aggregates.filter(\.isDistinct).flatMap(\.arguments)
    // Of others a dictionary helps that is there already.
    let all = keys + aggregates.flatMap(\.expressions)
    let source = source.encoded((keys + counted).textColumns, isNeeded: true)
      .encoded(all.computedTextColumns, isNeeded: false)
      .reading(all.columns)
    let evaluator = Evaluator(rowCount: source.rowBound, allCome: source.knownRowCount != nil)
    self.source = source
    self.keys = try keys.map { try GroupKey($0, source, evaluator) }
    self.aggregates = aggregates.map(\.withIntegersKept)
    self.context = context
    self.evaluator = evaluator
    domains = self.keys.map { $0.domain(source) }
    layout = DenseLayout(domains, types: self.keys.map(\.type), rows: source.rowBound)
    bins = aggregates.map { _ in SharedBins() }
    if let layout, !keys.isEmpty {
      packing = Self.packing(self.aggregates, source, layout)
    } else {
      packing = nil
    }
  }

  /// How sums of short integers share words, where rows are counted in any case.
  private static func packing(_ aggregates: [Aggregate], _ source: any RowSource, _ layout: DenseLayout)
    -> PackedSums.Layout?
  {
    let sums = aggregates.enumerated().compactMap { index, aggregate -> (Int, ClosedRange<Int64>)? in
      guard [.sum, .average].contains(aggregate.function), !aggregate.isDistinct, aggregate.filter == nil,
        aggregate.arguments[0].type == .integer,
        case .range(let range, _) = GroupKey.expression(aggregate.arguments[0]).domain(source)
      else { return nil }
      return (index, range)
    }
    return PackedSums.Layout(sums, groupCount: layout.groupCount)
  }

  /// One row per group: the keys' columns, then the aggregates'.
  func run() throws -> Batch {
    if let partitioned = try partitioned() { return try partitioned.run() }
    let workers = AggregateWorkers(partCount: source.partCount) { makeWorker(mayDivide: true) }
    try WorkerPool.shared.run(parts: source.partCount) { part, number in
      try context.checkCancellation()
      let batch = try source.part(part)
      if batch.count == 0 { return }
      try workers.worker(number, takes: part).take(batch, firstRow: part << 32)
    }
    let all = workers.all
    if all.contains(where: \.worker.holdsRows) {
      WorkerPool.shared.forEach(parts: all.count) { all[$0].worker.takeHeld() }
    }
    let leader = all.first.flatMap { $0.worker.isDivided ? nil : $0.worker }
    let first = leader ?? makeWorker(mayDivide: false)
    for other in all.dropFirst(leader == nil ? 0 : 1) { try first.merge(other.worker) }
    try lookAgain(first, all.map(\.parts))
    return try first.finish()
  }

  /// The way that many groups take; nil for few, and for keys that it does not know.
  private func partitioned() throws -> PartitionedGrouping? {
    guard layout == nil, source.partCount >= PartitionedGrouping.leastParts,
      let packed = PackedKeys(domains, types: keys.map(\.type))
    else { return nil }
    let expected = try GroupEstimate.groups(keys, of: source, packed, evaluator)
    guard expected >= PartitionedGrouping.leastGroups else { return nil }
    return PartitionedGrouping(
      source, keys: keys, packed, aggregates: aggregates, expectedGroups: expected, evaluator, context
    ) { aggregates.map { state($0, groupCount: nil) } }
  }

  /// The second look at the rows, for aggregates that need one. Every worker gets the parts that it had in the first.
  private func lookAgain(_ first: AggregateWorker, _ parts: [[Int]]) throws {
    let looks = first.secondLooks(workerCount: max(1, parts.count))
    guard !looks.isEmpty else { return }
    let reading = ReadingWorkers(parts.indices.map { worker in looks.map { ($0.aggregate, $0.looks[worker]) } })
    try WorkerPool.shared.run(parts: parts.count) { worker, _ in
      for part in parts[worker] {
        try context.checkCancellation()
        try first.look(try source.part(part), firstRow: part << 32, reading.looks[worker])
      }
    }
    first.take(looks)
  }

  /// - Parameter mayDivide: whether a single group may be dealt out to several, where the states allow it.
  private func makeWorker(mayDivide: Bool) -> AggregateWorker {
    let states = makeStates()
    let grouper: any Grouper
    if keys.isEmpty {
      let isDivided = mayDivide && states.allSatisfy(\.isDivisible)
      grouper = SingleGroup(groupCount: isDivided ? SingleGroup.manyGroups : 1)
    } else if let layout {
      grouper = DenseGrouper(layout)
    } else {
      grouper = HashGrouper(types: keys.map(\.type), dictionaries: domains.map(\.dictionary))
    }
    return AggregateWorker(grouper, keys, aggregates, states, packing, evaluator)
  }

  private func makeStates() -> [any AggregateState] {
    let groupCount = keys.isEmpty ? 1 : layout?.groupCount
    var states: [any AggregateState] = []
    for (index, aggregate) in aggregates.enumerated() {
      if let quantiles = aggregate.numberQuantiles {
        // Quantiles of the same numbers share one census.
        let twin = aggregates[..<index].firstIndex { $0.hasSameNumbers(as: aggregate) }
        let shared = twin.flatMap { states[$0] as? QuantileAnswer }?.census
        let isBinned = groupCount.map { $0 <= BinnedCensus.groupLimit } ?? false
        let census = shared ?? (isBinned ? BinnedCensus(bins[index], wanted(like: aggregate)) : PlacedCensus())
        states.append(
          QuantileAnswer(quantiles.parts, isList: quantiles.isList, of: census, feeds: shared == nil))
      } else {
        states.append(state(aggregate, groupCount: groupCount))
      }
    }
    return states
  }

  /// All quantiles of the numbers that an aggregate takes.
  private func wanted(like aggregate: Aggregate) -> [Quantile] {
    aggregates.filter { $0.hasSameNumbers(as: aggregate) }.flatMap { $0.numberQuantiles?.parts ?? [] }
  }

  private func state(_ aggregate: Aggregate, groupCount: Int?) -> any AggregateState {
    let domain = aggregate.arguments.first.map { GroupKey.expression($0).domain(source) } ?? .unknown
    return AggregateStates.make(
      aggregate, domain: domain, groupCount: groupCount, rowCount: source.rowBound,
      countsAreGiven: layout != nil && !keys.isEmpty)
  }
}

extension Aggregate {
  /// What is computed of every row: which quantile it is, is known beforehand.
  var rowArguments: ArraySlice<PlanExpression> { numberQuantiles == nil ? arguments[...] : arguments.prefix(1) }

  /// The same, without making doubles of integers where its state takes them as they are.
  fileprivate var withIntegersKept: Aggregate {
    guard PairSumState.takesIntegers(function), !isDistinct else { return self }
    var aggregate = self
    aggregate.arguments = arguments.map { argument in
      if case .cast(let inner, _) = argument.kind, argument.type == .double, inner.type == .integer {
        inner
      } else {
        argument
      }
    }
    return aggregate
  }

  /// The quantiles that it asks for, where they are those of numbers.
  fileprivate var numberQuantiles: (parts: [Quantile], isList: Bool)? {
    guard !isDistinct, let argument = arguments.first, NumberKeys.exist(for: argument.type) else { return nil }
    return Quantile.quantiles(of: self)
  }

  fileprivate func hasSameNumbers(as other: Aggregate) -> Bool {
    numberQuantiles != nil && arguments.first == other.arguments.first && filter == other.filter
  }
}

/// The workers of an aggregation, made when they first get rows, and which parts each of them got.
private final class AggregateWorkers: Sendable {
  private let workers: Mutex<[(worker: AggregateWorker, number: Int, parts: [Int])]>
  private let make: @Sendable () -> AggregateWorker

  init(partCount: Int, make: @escaping @Sendable () -> AggregateWorker) {
    workers = Mutex([])
    self.make = make
  }

  /// A worker by its number, who from now on has a part as well.
  func worker(_ number: Int, takes part: Int) -> AggregateWorker {
    let known = workers.withLock { workers -> AggregateWorker? in
      guard let index = workers.firstIndex(where: { $0.number == number }) else { return nil }
      workers[index].parts.append(part)
      return workers[index].worker
    }
    if let known { return known }
    let worker = make()
    workers.withLock { $0.append((worker, number, [part])) }
    return worker
  }

  /// All workers in the order of their numbers.
  var all: [(worker: AggregateWorker, parts: [Int])] {
    workers.withLock { $0.sorted { $0.number < $1.number }.map { ($0.worker, $0.parts) } }
  }
}

/// What each worker needs for the second look.
///
/// `@unchecked Sendable`: the list is constant, and the pool gives a part, by which a worker finds its own, to one thread.
private final class ReadingWorkers: @unchecked Sendable {
  let looks: [[(aggregate: Int, look: any SecondLook)]]

  init(_ looks: [[(aggregate: Int, look: any SecondLook)]]) { self.looks = looks }
}
