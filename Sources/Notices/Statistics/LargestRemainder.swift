/// Rounds shares so that what is printed adds up to exactly what it should.
///
/// The method of largest remainders (T. Hare, 1859): every share is cut to whole units, and the units still missing go
/// to those that lost most by the cut.
public enum LargestRemainder {
  /// Whole units for shares that add up to 1 (within rounding), `units` in all; nil where they do not add up to 1.
  ///
  /// Of equal remainders the earlier share is served first.
  public static func distribute(_ shares: [Double], units: Int) -> [Int]? {
    let total = shares.reduce(0, +)
    guard (total - 1).magnitude < 1e-9, shares.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
    let exact = shares.map { $0 * Double(units) }
    // A share that is a whole number of units but for the last bit must not lose one.
    var whole = exact.map { Int(($0 + 1e-9).rounded(.down)) }
    let missing = units - whole.reduce(0, +)
    // Compared without the last bits, which differ between remainders that are equal.
    let rests = zip(exact, whole).map { (($0 - Double($1)) * 1e9).rounded() }
    let order = shares.indices.sorted { left, right in
      rests[left] == rests[right] ? left < right : rests[left] > rests[right]
    }
    for index in order.prefix(max(0, missing)) { whole[index] += 1 }
    return whole
  }
}
