import ColumnStore

/// For few groups: the first look counts each group's values in bins, the second keeps those of the bins in which quantiles
/// lie.
final class BinnedCensus: Census {
  private let shared: SharedBins
  /// The values per bin of each group.
  private let counts = GroupArray<Int64>(filledWith: 0)
  private(set) var groupCount = 0
  /// For every bin of every group which of the kept values are its own; -1 for none.
  private var slots: [Int32] = []
  private var kept: [[Int64]] = []

  /// Groups beyond which their bins would not stay in a cache.
  static let groupLimit = 512

  /// - Parameter shared: the bins of all workers.
  init(_ shared: SharedBins) { self.shared = shared }

  func grow(_ groupCount: Int) {
    self.groupCount = max(self.groupCount, groupCount)
    counts.grow(self.groupCount * ValueBins.count)
  }

  func count(_ input: AggregateInput) {
    let counts = counts.pointer
    NumberKeys.with(input) { number, _ in
      let bins = shared.bins {
        var sample: [Double] = []
        input.forEach { row, _ in sample.append(number(row)) }
        return sample
      }
      input.forEach { row, group in counts[group &* ValueBins.count &+ bins.bin(number(row))] &+= 1 }
    }
  }

  func merge(_ other: any Census, map: Buffer<UInt32>) {
    guard let other = other as? BinnedCensus else { return }
    for group in 0..<other.groupCount {
      let (target, source) = (Int(map[group]) * ValueBins.count, group * ValueBins.count)
      for bin in 0..<ValueBins.count { counts[target + bin] &+= other.counts[source + bin] }
    }
  }

  func looks(_ wanted: [Quantile], workerCount: Int) -> [any SecondLook] {
    slots = Array(repeating: -1, count: groupCount * ValueBins.count)
    var count: Int32 = 0
    for group in 0..<groupCount {
      let total = total(group)
      for rank in wanted.flatMap({ $0.ranks(total) }) {
        let place = group * ValueBins.count + place(rank, group).bin
        if slots[place] < 0 {
          slots[place] = count
          count += 1
        }
      }
    }
    kept = Array(repeating: [], count: Int(count))
    let bins = shared.bins { [] }
    return (0..<workerCount).map { _ in BinnedLook(bins, slots, count: kept.count) }
  }

  func take(_ looks: [any SecondLook]) {
    for case let look as BinnedLook in looks { for slot in kept.indices { kept[slot] += look.kept[slot] } }
  }

  func values(of quantile: Quantile) -> [Value] {
    (0..<groupCount).map { group in quantile.value(total(group), { key($0, group) }, next: { key($0 + 1, group) }) }
  }

  private func total(_ group: Int) -> Int {
    var total: Int64 = 0
    for bin in 0..<ValueBins.count { total += counts[group * ValueBins.count + bin] }
    return Int(total)
  }

  private func key(_ rank: Int, _ group: Int) -> Int64 {
    let (bin, rest) = place(rank, group)
    return kept[Int(slots[group * ValueBins.count + bin])].withUnsafeMutableBufferPointer { $0.select(rest) }
  }

  /// The bin that holds the value of a rank, and its rank in there.
  private func place(_ rank: Int, _ group: Int) -> (bin: Int, rank: Int) {
    var rest = rank
    for bin in 0..<ValueBins.count {
      let here = Int(counts[group * ValueBins.count + bin])
      if rest < here { return (bin, rest) }
      rest -= here
    }
    preconditionFailure("a rank is below the number of values")
  }
}

/// The values of some bins.
private final class BinnedLook: SecondLook {
  private let bins: ValueBins
  private let slots: [Int32]
  private(set) var kept: [[Int64]]

  init(_ bins: ValueBins, _ slots: [Int32], count: Int) {
    self.bins = bins
    self.slots = slots
    kept = Array(repeating: [], count: count)
  }

  func keep(_ input: AggregateInput) {
    let bins = bins
    slots.withUnsafeBufferPointer { slots in
      NumberKeys.with(input) { number, key in
        input.forEach { row, group in
          let slot = slots[group &* ValueBins.count &+ bins.bin(number(row))]
          if slot >= 0 { kept[Int(slot)].append(key(row)) }
        }
      }
    }
  }
}
