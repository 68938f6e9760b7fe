import ColumnStore
import Planning

/// The sums over pairs of numbers from which correlation and regression are made; in twice the bits, which leaves enough
/// of them after the subtractions.
struct PairSums: BitwiseCopyable {
  var count: Int64 = 0
  var x = DoubleDouble()
  var y = DoubleDouble()
  var xx = DoubleDouble()
  var yy = DoubleDouble()
  var xy = DoubleDouble()

  @inline(__always)
  mutating func add(_ x: Double, _ y: Double) {
    count += 1
    self.x.add(x)
    self.y.add(y)
    xx.addSquare(x)
    yy.addSquare(y)
    xy.addProduct(x, y)
  }

  mutating func add(_ other: PairSums) {
    count += other.count
    x.add(other.x)
    y.add(other.y)
    xx.add(other.xx)
    yy.add(other.yy)
    xy.add(other.xy)
  }

  /// The squared distances of x from its mean, summed. Rounding may leave a hair less than nothing.
  var sxx: Double { spread(xx, x) }
  var syy: Double { spread(yy, y) }
  /// The products of both distances from the means, summed.
  var sxy: Double { (xy - x.multiplied(by: y, over: Double(count))).value }

  private func spread(_ squares: DoubleDouble, _ sum: DoubleDouble) -> Double {
    let value = (squares - sum.squared(over: Double(count))).value
    return value < 0 ? 0 : value
  }

  /// The value of a function of the pairs; nil where it has none.
  ///
  /// The formulas are those of ISO/IEC 9075-2, "binary set functions", as PostgreSQL has them: `regr_r2` of a constant y
  /// is 1.
  func value(_ function: AggregateFunction) -> Double? {
    let n = Double(count)
    if count == 0 { return nil }
    switch function {
    case .regressionAverageX: return x.value / n
    case .regressionAverageY: return y.value / n
    case .regressionSXX: return sxx
    case .regressionSYY: return syy
    case .regressionSXY: return sxy
    case .covariancePopulation: return sxy / n
    case .covarianceSample: return count > 1 ? sxy / (n - 1) : nil
    case .correlation:
      let scale = sxx.squareRoot() * syy.squareRoot()
      return scale == 0 ? nil : scale.isNaN ? .nan : max(-1, min(1, sxy / scale))
    case .regressionSlope: return sxx == 0 ? nil : sxy / sxx
    case .regressionIntercept: return sxx == 0 ? nil : (y.value - x.value * sxy / sxx) / n
    case .regressionR2: return sxx == 0 ? nil : syy == 0 ? 1 : sxy * sxy / (sxx * syy)
    // The value is y, its weight x.
    case .weightedAverage: return x.value == 0 ? nil : xy.value / x.value
    case .standardError: return count > 1 ? (syy / (n - 1) / n).squareRoot() : nil
    default: return nil
    }
  }
}
