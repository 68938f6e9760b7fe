import ColumnStore
import Glibc
import Language
import Planning

/// Arithmetic and mathematics on single values.
enum NumberFunctions {
  static func call(_ function: ScalarFunction, _ values: [Value], _ span: SourceSpan) throws -> Value {
    switch (values.first, values.count > 1 ? values[1] : nil) {
    case (.integer(let x)?, nil): return try integer(function, x, span)
    case (.integer(let x)?, .integer(let y)?): return try integers(function, x, y, span)
    case (.double(let x)?, nil): return double(function, x)
    case (.double(let x)?, .double(let y)?): return doubles(function, x, y)
    case (.double(let x)?, .integer(let places)?):
      return .double(function == .truncate ? truncated(x, places) : rounded(x, places))
    default: return .null
    }
  }

  private static func integer(_ function: ScalarFunction, _ x: Int64, _ span: SourceSpan) throws -> Value {
    switch function {
    case .negate:
      let (value, overflow) = Int64(0).subtractingReportingOverflow(x)
      if overflow { throw ExecutionError.overflow(operation: "the negative", operands: "\(x)", span: span) }
      return .integer(value)
    case .absolute:
      if x == .min { throw ExecutionError.overflow(operation: "the absolute value", operands: "\(x)", span: span) }
      return .integer(abs(x))
    case .sign: return .integer(x.signum())
    default: return .integer(x)
    }
  }

  private static func integers(_ function: ScalarFunction, _ x: Int64, _ y: Int64, _ span: SourceSpan) throws -> Value {
    let (name, result): (String, (Int64, Bool))
    switch function {
    case .add: (name, result) = ("the sum", x.addingReportingOverflow(y))
    case .subtract: (name, result) = ("the difference", x.subtractingReportingOverflow(y))
    case .multiply: (name, result) = ("the product", x.multipliedReportingOverflow(by: y))
    case .integerDivide:
      if y == 0 { return .null }
      (name, result) = ("the quotient", x.dividedReportingOverflow(by: y))
    case .modulo:
      if y == 0 { return .null }
      return .integer(y == -1 ? 0 : x % y)
    default: return .null
    }
    if result.1 { throw ExecutionError.overflow(operation: name, operands: "\(x) and \(y)", span: span) }
    return .integer(result.0)
  }

  private static func double(_ function: ScalarFunction, _ x: Double) -> Value {
    if function == .sign { return .integer(x > 0 ? 1 : x < 0 ? -1 : 0) }
    return RealFunctions.table[function].map { RealFunctions.value($0(x), of: x) } ?? .null
  }

  private static func doubles(_ function: ScalarFunction, _ x: Double, _ y: Double) -> Value {
    switch function {
    case .add: return .double(x + y)
    case .subtract: return .double(x - y)
    case .multiply: return .double(x * y)
    case .divide: return y == 0 ? .null : .double(x / y)
    case .integerDivide: return y == 0 ? .null : .double((x / y).rounded(.towardZero))
    case .modulo: return y == 0 ? .null : .double(fmod(x, y))
    case .power:
      let result = pow(x, y)
      return result.isNaN && !x.isNaN && !y.isNaN ? .null : .double(result)
    default: return .null
    }
  }

  /// Cut to decimal places as the number's shortest decimal form reads; negative places cut to tens.
  static func truncated(_ x: Double, _ places: Int64) -> Double {
    guard x.isFinite, x != 0 else { return x }
    if places <= 0 {
      if places < -308 { return 0 }
      let scale = pow(10, Double(-places))
      return (x / scale).rounded(.towardZero) * scale
    }
    guard places < 308, x.magnitude < 1e15 else { return x }
    return DecimalRounding.round(x, places: Int(places), .down)
  }

  /// Rounded to decimal places as the number's shortest decimal form reads, so that 1.005 becomes 1.01 at two places;
  /// negative places round to tens.
  static func rounded(_ x: Double, _ places: Int64) -> Double {
    guard x.isFinite, x != 0 else { return x }
    if places <= 0 {
      if places < -308 { return 0 }
      let scale = pow(10, Double(-places))
      return (x / scale).rounded(.toNearestOrAwayFromZero) * scale
    }
    // A double has at most 17 significant digits, so beyond that there is nothing to round.
    guard places < 308, x.magnitude < 1e15 else { return x }
    return DecimalRounding.round(x, places: Int(places))
  }
}
