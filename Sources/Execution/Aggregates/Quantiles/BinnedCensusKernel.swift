import ColumnStore

/// For few groups, numbered alike by all workers: the first look counts each group's values in bins and, once so many have
/// been counted that the quantiles' bins can be told, keeps the values of these. Where a quantile lies in another bin after
/// all, the second look keeps what is needed.
final class BinnedCensus: Census {
  private let shared: SharedBins
  private let wanted: [Quantile]
  private let counts = BinCounts(filledWith: 0)
  private(set) var groupCount = 0
  /// What was counted before it could be told which bins are kept, and how many rows that are.
  private var pending: [AggregateInput] = []
  private var pendingRows = 0
  private let sampleRows: Int
  /// Nil until that can be told.
  private var kept: KeptValues?

  /// Groups beyond which their bins would not stay in a cache.
  static let groupLimit = 512

  /// - Parameters:
  ///   - shared: the bins of all workers.
  ///   - wanted: the quantiles that will be asked for.
  ///   - sampleRows: a worker that has counted so many rows tells in which bins these seem to lie.
  init(_ shared: SharedBins, _ wanted: [Quantile], sampleRows: Int = 4 * Segment.rowCount) {
    self.shared = shared
    self.wanted = wanted
    self.sampleRows = sampleRows
  }

  func grow(_ groupCount: Int) {
    self.groupCount = max(self.groupCount, groupCount)
    counts.grow(self.groupCount * ValueBins.count)
  }

  func count(_ input: AggregateInput) {
    keepPending()
    let input = input.withoutMask
    let numbers = NumberKeys.doubles(input)
    let bins = shared.bins(fitting: numbers)
    let counts = counts.pointer
    input.forEachPlaces(bins, numbers) { rows, places in
      for place in places { counts[Int(place)] &+= 1 }
      kept?.take(input, rows, places)
    }
    if kept == nil {
      pending.append(input.withGroupsCopied)
      pendingRows += input.count
      if pendingRows >= sampleRows {
        _ = shared.kept { KeptBins(likelyFor: wanted, self.counts, groupCount: groupCount) }
        keepPending()
      }
    }
  }

  /// Keeps what has been counted only, once it can be told which bins are kept.
  private func keepPending() {
    guard kept == nil, let bins = shared.kept else { return }
    precondition(bins.slots.count == groupCount * ValueBins.count, "the groups of workers are numbered alike")
    let values = KeptValues(bins)
    for input in pending { values.take(input, shared.bins) }
    pending = []
    kept = values
  }

  func merge(_ other: any Census, map: Buffer<UInt32>) {
    guard let other = other as? BinnedCensus else { return }
    precondition((0..<other.groupCount).allSatisfy { Int(map[$0]) == $0 }, "the groups of workers are numbered alike")
    for place in 0..<other.counts.count { counts[place] &+= other.counts[place] }
    keepPending()
    other.keepPending()
    if let values = other.kept { kept?.add(values) }
  }

  func looks(workerCount: Int) -> [any SecondLook] {
    var needed = KeptBins(groupCount: groupCount)
    for group in 0..<groupCount {
      let total = counts.total(group)
      for rank in wanted.flatMap({ $0.ranks(total) }) { needed.add(counts.place(rank, group).bin, group) }
    }
    if let kept, kept.bins.contains(needed) { return [] }
    kept = KeptValues(needed)
    return (0..<workerCount).map { _ in BinnedLook(shared.bins, needed) }
  }

  func take(_ looks: [any SecondLook]) {
    for case let look as BinnedLook in looks { kept?.add(look.kept) }
  }

  func values(of quantile: Quantile) -> [Value] {
    (0..<groupCount).map { group in
      quantile.value(counts.total(group), { key($0, group) }, next: { key($0 + 1, group) })
    }
  }

  private func key(_ rank: Int, _ group: Int) -> Int64 {
    let (bin, rest) = counts.place(rank, group)
    guard let kept, let slot = kept.bins[bin, group] else { preconditionFailure("the bins of quantiles are kept") }
    return kept.values[slot].withUnsafeMutableBufferPointer { $0.select(rest) }
  }
}

/// Values of some bins.
private final class KeptValues {
  let bins: KeptBins
  /// By slot.
  var values: [[Int64]]
  private let chosen = MutableBuffer<UInt32>(count: AggregateInput.blockSize)

  init(_ bins: KeptBins) {
    self.bins = bins
    values = Array(repeating: [], count: bins.count)
  }

  /// Takes in the values of its bins.
  func take(_ input: AggregateInput, _ valueBins: ValueBins) {
    let input = input.withoutMask
    input.forEachPlaces(valueBins, NumberKeys.doubles(input)) { rows, places in take(input, rows, places) }
  }

  /// Takes those of some rows in whose places, below the number of slots, are known.
  func take(_ input: AggregateInput, _ rows: Range<Int>, _ places: UnsafeBufferPointer<UInt32>) {
    guard bins.count > 0 else { return }
    precondition(places.count <= chosen.count && rows.count == places.count)
    bins.slots.withUnsafeBufferPointer { slots in
      NumberKeys.with(input) { key in
        // Few rows are kept; a branch for each of all rows would often be predicted wrongly.
        let chosen = chosen.pointer
        var count = 0
        for index in 0..<places.count {
          chosen[count] = UInt32(truncatingIfNeeded: index)
          count &+= slots[Int(places[index])] < 0 ? 0 : 1
        }
        for index in 0..<count {
          let index = Int(chosen[index])
          values[Int(slots[Int(places[index])])].append(key(rows.lowerBound + index))
        }
      }
    }
  }

  /// Takes in what another one has of the same bins.
  func add(_ other: KeptValues) {
    for slot in values.indices { values[slot] += other.values[slot] }
  }
}

/// The values of bins in which quantiles are known to lie.
private final class BinnedLook: SecondLook {
  private let bins: ValueBins
  let kept: KeptValues

  init(_ bins: ValueBins, _ kept: KeptBins) {
    self.bins = bins
    self.kept = KeptValues(kept)
  }

  func keep(_ input: AggregateInput) { kept.take(input, bins) }
}

extension AggregateInput {
  /// So many rows are looked at together.
  fileprivate static let blockSize = 4096

  /// Calls `body` for some rows after others with the places of their bins among those of all groups.
  @inline(__always)
  fileprivate func forEachPlaces(
    _ bins: ValueBins, _ numbers: Buffer<Double>, _ body: (_ rows: Range<Int>, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    let places = MutableBuffer<UInt32>(count: min(Self.blockSize, count))
    for start in stride(from: 0, to: count, by: Self.blockSize) {
      let rows = start..<min(start + Self.blockSize, count)
      bins.places(of: numbers.slice(rows), groups: groups.slice(rows), into: places)
      body(rows, UnsafeBufferPointer(start: places.pointer, count: rows.count))
    }
  }

  /// The rows to take.
  fileprivate var withoutMask: AggregateInput {
    guard let mask else { return self }
    let rows = mask.trueIndices()
    let selection = RowSelection(rows, of: count)
    return AggregateInput(
      groups: groups.gather(rows), count: rows.count, arguments: arguments.map { $0.gather(selection) }, order: [],
      mask: nil, firstRow: firstRow)
  }

  /// The same rows, with group numbers that nobody writes over.
  fileprivate var withGroupsCopied: AggregateInput {
    AggregateInput(
      groups: MutableBuffer(copying: groups.slice(0..<count)).frozen(), count: count, arguments: arguments,
      order: order, mask: mask, firstRow: firstRow)
  }
}
