import ColumnStore

/// Bins of groups whose values are kept, each in a slot of its own.
struct KeptBins: Sendable {
  /// The slot of every bin of every group; -1 for one that is not kept.
  private(set) var slots: [Int32]
  /// How many slots there are.
  private(set) var count = 0

  /// Keeps none.
  init(groupCount: Int) { slots = Array(repeating: -1, count: groupCount * ValueBins.count) }

  /// The slot of a bin of a group; nil where it is not kept.
  subscript(bin: Int, group: Int) -> Int? {
    let slot = slots[group * ValueBins.count + bin]
    return slot < 0 ? nil : Int(slot)
  }

  /// Gives a bin of a group a slot, unless it has one.
  mutating func add(_ bin: Int, _ group: Int) {
    guard self[bin, group] == nil else { return }
    slots[group * ValueBins.count + bin] = Int32(truncatingIfNeeded: count)
    count += 1
  }

  /// Whether it keeps all that another one keeps.
  func contains(_ other: KeptBins) -> Bool {
    slots.count == other.slots.count && zip(slots, other.slots).allSatisfy { $0 >= 0 || $1 < 0 }
  }

  /// How many deviations of a rank in a sample are allowed for.
  private static let margin = 4.0

  /// The bins in which the quantiles of all values seem to lie, judged by those that have been counted; none where these
  /// would be too many to keep.
  ///
  /// The rank of a quantile q in a sample of n values scatters by the square root of n q (1 - q), as by a binomial
  /// distribution: H. A. David and H. N. Nagaraja, "Order Statistics" (2003), section 2.5. Values that come in some order
  /// scatter more, which costs a second look.
  init(likelyFor wanted: [Quantile], _ counts: BinCounts, groupCount: Int) {
    self.init(groupCount: groupCount)
    var (all, kept) = (0, 0)
    for group in 0..<groupCount {
      let total = counts.total(group)
      all += total
      for quantile in wanted where total > 0 {
        let place = quantile.part * Double(total - 1)
        let reach = Self.margin * (Double(total) * quantile.part * (1 - quantile.part)).squareRoot() + 2
        let low = place < reach ? 0 : counts.place(Int(place - reach), group).bin
        let endsBefore = place + reach + 1 < Double(total)
        let high = endsBefore ? counts.place(Int(place + reach) + 1, group).bin : ValueBins.count - 1
        for bin in low...high where self[bin, group] == nil {
          add(bin, group)
          kept += Int(counts[group * ValueBins.count + bin])
        }
      }
    }
    if kept > all / 8 { self.init(groupCount: groupCount) }
  }
}

/// How many values each bin of each group has.
typealias BinCounts = GroupArray<Int64>

extension BinCounts {
  /// The values of a group.
  func total(_ group: Int) -> Int {
    var total: Int64 = 0
    for bin in 0..<ValueBins.count { total += self[group * ValueBins.count + bin] }
    return Int(total)
  }

  /// The bin of a group that holds the value of a rank, and its rank in there.
  func place(_ rank: Int, _ group: Int) -> (bin: Int, rank: Int) {
    var rest = rank
    for bin in 0..<ValueBins.count {
      let here = Int(self[group * ValueBins.count + bin])
      if rest < here { return (bin, rest) }
      rest -= here
    }
    preconditionFailure("a rank is below the number of values")
  }
}
