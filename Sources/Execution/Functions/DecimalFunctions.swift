import ColumnStore
import Language
import Planning

/// Exact arithmetic on single decimals; what the kernels over whole columns must agree with.
enum DecimalFunctions {
  /// The result as a value of `type`; nil for values that are no decimals.
  static func call(_ function: ScalarFunction, _ values: [Value], as type: DataType, _ span: SourceSpan) throws
    -> Value?
  {
    guard case .decimal(let x)? = values.first else { return nil }
    if values.count > 1, case .decimal(let y) = values[1] { return try both(function, x, y, as: type, span) }
    switch function {
    case .negate: return .decimal(Decimal(units: -x.units, scale: x.scale))
    case .absolute: return .decimal(Decimal(units: x.units < 0 ? -x.units : x.units, scale: x.scale))
    case .sign: return .integer(Int64(x.units.signum()))
    case .round, .floor, .ceiling, .truncate:
      var places = 0
      if values.count > 1, case .integer(let given) = values[1] { places = Int(max(-39, min(given, 38))) }
      return try rounded(function, x, places: places, as: type, span)
    default: return nil
    }
  }

  private static func both(
    _ function: ScalarFunction, _ x: Decimal, _ y: Decimal, as type: DataType, _ span: SourceSpan
  ) throws -> Value {
    guard case .decimal(let precision, let scale) = type else { return .null }
    switch function {
    case .integerDivide, .modulo:
      if y.units == 0 { return .null }
      let units = function == .modulo ? x.units % y.units : x.units / y.units
      return .decimal(Decimal(units: units, scale: scale))
    default:
      let (units, overflow) = DecimalKernels.apply(function, x.units, y.units)
      guard !overflow, Decimal.fits(units, precision: precision) else {
        throw ExecutionError.decimalOverflow(
          operation: ArithmeticKernels.name(function), operands: "\(x) and \(y)", type: type, span: span)
      }
      return .decimal(Decimal(units: units, scale: scale))
    }
  }

  /// A number with so many decimal places (negative: rounded to tens), as a value of a type with enough of them.
  private static func rounded(
    _ function: ScalarFunction, _ x: Decimal, places: Int, as type: DataType, _ span: SourceSpan
  ) throws -> Value {
    guard case .decimal(let precision, let scale) = type else { return .null }
    let dropped = x.scale - places
    var units = x.units
    if dropped > 38 {
      units = 0
    } else if dropped > 0 {
      let divisor = Decimal.powersOfTen[dropped]
      let quotient: Int128 =
        switch function {
        case .floor: floorDivide(units, divisor)
        case .ceiling: -floorDivide(-units, divisor)
        case .truncate: units / divisor
        default: Decimal.divideRounding(units, divisor)
        }
      let (product, overflow) = quotient.multipliedReportingOverflow(by: divisor)
      if overflow { throw overflowed(x, type, span) }
      units = product
    }
    guard let result = Decimal(units: units, scale: x.scale).rescaled(precision: precision, scale: scale) else {
      throw overflowed(x, type, span)
    }
    return .decimal(result)
  }

  private static func overflowed(_ x: Decimal, _ type: DataType, _ span: SourceSpan) -> ExecutionError {
    .decimalOverflow(operation: "the rounded value", operands: "\(x)", type: type, span: span)
  }
}
