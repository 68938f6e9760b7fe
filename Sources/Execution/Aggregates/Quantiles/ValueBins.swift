import Synchronization

/// Bins that numbers are counted in: fine near a pivot, and ever wider away from it, a 32nd of the distance. A larger
/// number never has a smaller bin, whatever the pivot and the scale; these only decide how evenly the bins fill.
///
/// The bin is the exponent and the first bits of the distance as a double, as in G. Tene's HdrHistogram.
struct ValueBins: Sendable {
  /// How many bins there are.
  static let count = 1024
  /// The bin of the pivot itself; numbers below it have fewer bins, since few are expected there.
  private static let middle = 256
  /// How many bits after the exponent make a bin.
  private static let precision: UInt64 = 5

  private let pivot: Double
  private let factor: Double

  /// Bins for numbers of which some are known.
  init(fitting sample: some Sequence<Double>) {
    var low = Double.infinity
    var high = -Double.infinity
    for number in sample where number.isFinite {
      low = min(low, number)
      high = max(high, number)
    }
    let spread = high - low
    pivot = low.isFinite ? low : 0
    let factor = 0x1p20 / spread
    self.factor = factor.isFinite && factor > 0 ? factor : 1
  }

  /// The bin of a number, below `count`. NaN is larger than every number.
  @inline(__always)
  func bin(_ number: Double) -> Int {
    let distance = (number - pivot) * factor
    let magnitude = (distance.magnitude + 1).bitPattern >> (52 - Self.precision)
    let step = Int(truncatingIfNeeded: magnitude) - 1023 << Int(Self.precision)
    return distance < 0 ? max(Self.middle - 1 - step, 0) : min(Self.middle + step, Self.count - 1)
  }
}

/// The bins that all workers of an aggregate share: whoever first has numbers chooses them.
final class SharedBins: Sendable {
  private let chosen = Mutex<ValueBins?>(nil)

  /// The bins; made of a sample, which may be empty, if there are none yet.
  func bins(fitting sample: () -> [Double]) -> ValueBins {
    chosen.withLock { chosen in
      if let chosen { return chosen }
      let numbers = sample()
      let bins = ValueBins(fitting: numbers)
      if !numbers.isEmpty { chosen = bins }
      return bins
    }
  }
}
