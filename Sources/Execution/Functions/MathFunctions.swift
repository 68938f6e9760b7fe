import ColumnStore
import Glibc
import Planning

/// Mathematics on single numbers. What leaves the domain of a function is NULL; NaN stays NaN.
enum MathFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .logarithm: RowFunction { values in
      guard let first = values.double(0), first > 0 || first.isNaN else { return .null }
      guard values.count > 1 else { return .double(log10(first)) }
      guard let x = values.double(1), x > 0 || x.isNaN, first != 1 else { return .null }
      // Whole powers of the two usual bases come out whole.
      return .double(first == 2 ? log2(x) : first == 10 ? log10(x) : log(x) / log(first))
    },
    .factorial: RowFunction(failing: { values, call in
      guard let number = values.integer(0), number >= 0 else { return .null }
      guard number <= 20 else {
        throw ExecutionError.overflow(operation: "the factorial", operands: "\(number)", span: call.span)
      }
      return .integer((0..<number).reduce(1) { $0 * ($1 + 1) })
    }),
    .greatestCommonDivisor: RowFunction(failing: { values, call in
      try whole(divisor(values), "the greatest common divisor", values, call)
    }),
    .leastCommonMultiple: RowFunction(failing: { values, call in
      guard let x = values.integer(0), let y = values.integer(1) else { return .null }
      if x == 0 || y == 0 { return .integer(0) }
      let (product, overflow) = (x.magnitude / divisor(values)).multipliedReportingOverflow(by: y.magnitude)
      return try whole(overflow ? .max : product, "the least common multiple", values, call)
    }),
    .pi: RowFunction { _ in .double(.pi) },
    .safeAdd: safe({ $0.addingReportingOverflow($1) }, +),
    .safeSubtract: safe({ $0.subtractingReportingOverflow($1) }, -),
    .safeMultiply: safe({ $0.multipliedReportingOverflow(by: $1) }, *),
    .widthBucket: RowFunction { values in
      guard let x = values.double(0), let low = values.double(1), let high = values.double(2),
        let count = values.integer(3), count > 0, count < .max, low.isFinite, high.isFinite, low != high
      else { return .null }
      // NaN is larger than every number, as everywhere.
      let isBelow = low < high ? x < low : x > low
      let isBehind = low < high ? !(x < high) : x.isNaN ? false : x <= high
      if isBelow || (low > high && x.isNaN) { return .integer(0) }
      if isBehind { return .integer(count + 1) }
      let part = ((x - low) / (high - low) * Double(count)).rounded(.down)
      return .integer(min(count, Int64(part) + 1))
    },
    .roundEven: RowFunction { values in
      values.double(0).map { .double(roundedToEven($0, values.integer(1) ?? 0)) } ?? .null
    },
    .bitCount: RowFunction { $0.integer(0).map { .integer(Int64($0.nonzeroBitCount)) } ?? .null },
    .isNaN: test { $0.isNaN },
    .isInfinite: test { $0.isInfinite },
    .isFinite: test { $0.isFinite },
    .signBit: test { $0.sign == .minus },
    .nextAfter: reals { nextafter($0, $1) },
    .hypotenuse: reals { hypot($0, $1) },
    .arcTangent2: reals { atan2($0, $1) },
  ]

  private static func reals(_ body: @escaping @Sendable (Double, Double) -> Double) -> RowFunction {
    RowFunction { values in
      guard let x = values.double(0), let y = values.double(1) else { return .null }
      return .double(body(x, y))
    }
  }

  private static func test(_ body: @escaping @Sendable (Double) -> Bool) -> RowFunction {
    RowFunction { $0.double(0).map { .boolean(body($0)) } ?? .null }
  }

  private static func safe(
    _ whole: @escaping @Sendable (Int64, Int64) -> (partialValue: Int64, overflow: Bool),
    _ real: @escaping @Sendable (Double, Double) -> Double
  ) -> RowFunction {
    RowFunction { values in
      if let x = values.integer(0), let y = values.integer(1) {
        let (result, overflow) = whole(x, y)
        return overflow ? .null : .integer(result)
      }
      guard let x = values.double(0), let y = values.double(1) else { return .null }
      return .double(real(x, y))
    }
  }

  private static func divisor(_ values: [Value]) -> UInt64 {
    var (x, y) = ((values.integer(0) ?? 0).magnitude, (values.integer(1) ?? 0).magnitude)
    while y != 0 { (x, y) = (y, x % y) }
    return x
  }

  private static func whole(_ magnitude: UInt64, _ what: String, _ values: [Value], _ call: PlanExpression) throws
    -> Value
  {
    guard let number = Int64(exactly: magnitude) else {
      let operands = values.map(\.description).joined(separator: " and ")
      throw ExecutionError.overflow(operation: what, operands: operands, span: call.span)
    }
    return .integer(number)
  }

  /// Rounded as `round` does it, but halves to the even neighbour.
  private static func roundedToEven(_ x: Double, _ places: Int64) -> Double {
    guard x.isFinite, x != 0 else { return x }
    if places == 0 { return x.rounded(.toNearestOrEven) }
    if places < 0 {
      if places < -308 { return 0 }
      let scale = pow(10, Double(-places))
      return (x / scale).rounded(.toNearestOrEven) * scale
    }
    guard places < 308, x.magnitude < 1e15 else { return x }
    return DecimalRounding.round(x, places: Int(places), .halvesToEven)
  }
}
