/// How many of some ranks are there, and which rank the nth of them has: both in time that grows with the logarithm of the
/// number of ranks (P. M. Fenwick, "A New Data Structure for Cumulative Frequency Tables", Software: Practice and
/// Experience 24 (1994)).
struct RankTree {
  private var sums: [Int32]
  private let top: Int
  /// How many there are in all.
  private(set) var total = 0

  /// None of any of the ranks below a number.
  init(rankCount: Int) {
    sums = Array(repeating: 0, count: rankCount + 1)
    var top = 1
    while top * 2 <= rankCount { top *= 2 }
    self.top = top
  }

  /// Adds one of a rank, or takes one out with a change of -1.
  mutating func change(_ rank: Int, by change: Int32) {
    var index = rank + 1
    while index < sums.count {
      sums[index] += change
      index += index & -index
    }
    total += Int(change)
  }

  /// The rank of the nth, counted from 0; there must be so many.
  func rank(ofNth number: Int) -> Int {
    var rest = Int32(truncatingIfNeeded: number)
    var index = 0
    var step = top
    while step > 0 {
      let next = index + step
      if next < sums.count, sums[next] <= rest {
        index = next
        rest -= sums[next]
      }
      step /= 2
    }
    return index
  }
}
