import FixedRandom

/// Where a generator's decisions come from: random numbers that are kept, or kept ones once more.
///
/// Everything that is generated is a function of these numbers, 0 being the plainest choice, so whatever is made of fewer
/// and smaller numbers is a simpler case of the same kind. That is how a failing case is made small (D. MacIver and
/// A. Donaldson, Test-Case Reduction via Test-Case Generation, 2020).
final class Choices {
  /// The decisions so far.
  private(set) var made: [Int] = []
  private let replayed: [Int]?
  private var random: FixedGenerator

  /// New decisions.
  init(seed: UInt64) {
    random = FixedGenerator(seed: seed)
    replayed = nil
  }

  /// Decisions once more; where they end, 0 is chosen.
  init(replaying choices: [Int]) {
    random = FixedGenerator(seed: 0)
    replayed = choices
  }

  /// A number below a bound.
  func below(_ bound: Int) -> Int {
    let choice: Int
    if let replayed {
      choice = made.count < replayed.count ? replayed[made.count] % bound : 0
    } else {
      choice = Int(truncatingIfNeeded: random.next() >> 1) % bound
    }
    made.append(choice)
    return choice
  }

  /// True once in so many times on average; false is the plainer choice.
  func oneIn(_ count: Int) -> Bool { below(count) == count - 1 }

  /// One of several things, of which the first is the plainest.
  func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

  /// The same things in another order.
  func shuffled<Item>(_ items: [Item]) -> [Item] {
    var rest = items
    return items.indices.map { _ in rest.remove(at: below(rest.count)) }
  }
}

extension Choices {
  /// Fewer and smaller decisions for which something still holds.
  static func smallest(_ choices: [Int], attempts: Int, where holds: ([Int]) -> Bool) -> [Int] {
    var best = choices
    var left = attempts
    func tries(_ candidate: [Int]) -> Bool {
      guard left > 0 else { return false }
      left -= 1
      guard holds(candidate) else { return false }
      best = candidate
      return true
    }
    var before: [Int]
    repeat {
      before = best
      var length = best.count
      while length > 0 {
        var start = 0
        while start < best.count {
          let end = min(start + length, best.count)
          let isShorter = tries(Array(best[..<start] + best[end...]))
          if isShorter { continue }
          let zeros = best[start..<end].contains { $0 != 0 }
          if zeros { _ = tries(Array(best[..<start]) + Array(repeating: 0, count: end - start) + best[end...]) }
          start += length
        }
        length /= 2
      }
      for index in best.indices {
        while index < best.count, best[index] > 0 {
          var candidate = best
          candidate[index] -= 1
          if !tries(candidate) { break }
        }
      }
    } while best != before && left > 0
    return best
  }
}
