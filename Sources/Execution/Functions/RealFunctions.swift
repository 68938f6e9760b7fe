import ColumnStore
import Glibc
import Planning

/// Functions of one double that give a double, for single values and whole columns alike. NaN for a number that is none
/// itself stands for NULL: it lies outside of the function's domain.
enum RealFunctions {
  typealias Body = @Sendable (Double) -> Double

  /// All of them.
  static let table = ofNumbers.merging(ofDoubles) { first, _ in first }

  /// As functions of values, those that are nothing but functions of doubles.
  static let rowFunctions = ofDoubles.mapValues { body in
    RowFunction { values in values.double(0).map { value(body($0), of: $0) } ?? .null }
  }

  /// Those that other types have too.
  private static let ofNumbers: [ScalarFunction: Body] = [
    .negate: { -$0 },
    .absolute: { abs($0) },
    .round: { $0.rounded(.toNearestOrAwayFromZero) },
    .floor: { $0.rounded(.down) },
    .ceiling: { $0.rounded(.up) },
    .truncate: { $0.rounded(.towardZero) },
    .squareRoot: { $0.squareRoot() },
    .exponential: { exp($0) },
    .naturalLogarithm: { $0 <= 0 ? .nan : log($0) },
    .decimalLogarithm: { $0 <= 0 ? .nan : log10($0) },
  ]

  private static let ofDoubles: [ScalarFunction: Body] = [
    .binaryLogarithm: { $0 <= 0 ? .nan : log2($0) },
    .cubeRoot: { x in
      // The C library's root of 27 is a bit more than 3.
      let root = cbrt(x)
      let whole = root.rounded()
      return whole * whole * whole == x ? whole : root
    },
    .gamma: { tgamma($0) },
    .logarithmOfGamma: { lgamma($0) },
    .errorFunction: { erf($0) },
    .complementaryErrorFunction: { erfc($0) },
    .even: { number in
      let half = number / 2
      return (number < 0 ? half.rounded(.down) : half.rounded(.up)) * 2
    },
    .degrees: { $0 * 180 / .pi },
    .radians: { $0 / 180 * .pi },
    .sine: { sin($0) },
    .cosine: { cos($0) },
    .tangent: { tan($0) },
    .cotangent: { $0 == 0 ? .nan : 1 / tan($0) },
    .arcSine: { asin($0) },
    .arcCosine: { acos($0) },
    .arcTangent: { atan($0) },
    .hyperbolicSine: { sinh($0) },
    .hyperbolicCosine: { cosh($0) },
    .hyperbolicTangent: { tanh($0) },
    .areaSine: { asinh($0) },
    .areaCosine: { acosh($0) },
    .areaTangent: { abs($0) >= 1 ? .nan : atanh($0) },
    .sineOfDegrees: { sineOfDegrees($0) },
    .cosineOfDegrees: { sineOfDegrees(90 - fmod(abs($0), 360)) },
    .tangentOfDegrees: { number in
      let cosine = sineOfDegrees(90 - fmod(abs(number), 360))
      return cosine == 0 ? .nan : sineOfDegrees(number) / cosine
    },
  ]

  /// What a function that gave a result for `x` has as its value.
  static func value(_ result: Double, of x: Double) -> Value {
    result.isNaN && !x.isNaN ? .null : .double(result)
  }

  /// Exact for the angles that people know: brought into -45 to 45 degrees before it leaves whole numbers.
  private static func sineOfDegrees(_ degrees: Double) -> Double {
    guard degrees.isFinite else { return .nan }
    var angle = fmod(degrees, 360)
    if angle > 180 { angle -= 360 }
    if angle < -180 { angle += 360 }
    if angle > 90 { angle = 180 - angle }
    if angle < -90 { angle = -180 - angle }
    switch abs(angle) {
    case 0: return 0
    case 30: return angle > 0 ? 0.5 : -0.5
    case 90: return angle > 0 ? 1 : -1
    case 0..<45: return sin(angle / 180 * .pi)
    default:
      let cosine = cos((90 - abs(angle)) / 180 * .pi)
      return angle > 0 ? cosine : -cosine
    }
  }
}
