/// Bins that numbers are counted in: fine near a pivot, and ever wider away from it, a 32nd of the distance. A larger
/// number never has a smaller bin, whatever the pivot and the scale; these only decide how evenly the bins fill.
///
/// The bin is the exponent and the first bits of the distance as a double, as in G. Tene's HdrHistogram.
public struct ValueBins: Sendable {
  /// How many bins there are.
  public static let count = 1024
  let pivot: Double
  let factor: Double

  /// Bins for numbers of which some are known.
  public init(fitting sample: Buffer<Double>) {
    var low = Double.infinity
    var high = -Double.infinity
    for index in 0..<sample.count where sample[index].isFinite {
      low = min(low, sample[index])
      high = max(high, sample[index])
    }
    let spread = high - low
    pivot = low.isFinite ? low : 0
    let factor = 0x1p20 / spread
    self.factor = factor.isFinite && factor > 0 ? factor : 1
  }
}
