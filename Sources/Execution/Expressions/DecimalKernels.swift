import ColumnStore
import Language
import Planning

/// Sums, differences and products of decimals over whole columns. The planner has brought both sides to the digits that the
/// operation needs, so units are calculated with as whole numbers.
enum DecimalKernels {
  /// The result; nil for an operation or operands that have no kernel.
  static func calculate(
    _ function: ScalarFunction, _ left: Operand, _ right: Operand, _ expression: PlanExpression, count: Int
  ) throws -> Column? {
    guard case .decimal(let precision, _) = expression.type,
      function == .add || function == .subtract || function == .multiply
    else { return nil }
    let validity = Bitmap.both(left.column?.validity, right.column?.validity)
    if precision <= Decimal.narrowPrecision {
      guard let first = narrow(left, count), let second = narrow(right, count) else { return nil }
      precondition(first.count >= count && second.count >= count)
      let result = MutableBuffer<Int64>(count: count)
      // The type has room for every result; what lies where there is no value may wrap.
      switch function {
      case .add: for row in 0..<count { result.pointer[row] = first.pointer[row] &+ second.pointer[row] }
      case .subtract: for row in 0..<count { result.pointer[row] = first.pointer[row] &- second.pointer[row] }
      default: for row in 0..<count { result.pointer[row] = first.pointer[row] &* second.pointer[row] }
      }
      return Column(type: expression.type, data: .decimal64(result.frozen()), validity: validity)
    }
    guard let first = wide(left, count), let second = wide(right, count) else { return nil }
    precondition(first.count >= count && second.count >= count)
    let result = MutableBuffer<Int128>(count: count)
    let limit = Decimal.powersOfTen[precision].magnitude
    var overflowed = false
    for row in 0..<count {
      let (value, overflow) = apply(function, first.pointer[row], second.pointer[row])
      result.pointer[row] = value
      overflowed = overflowed || overflow || value.magnitude >= limit
    }
    if overflowed {
      for row in 0..<count where validity?[row] ?? true {
        let (value, overflow) = apply(function, first.pointer[row], second.pointer[row])
        guard overflow || value.magnitude >= limit else { continue }
        throw ExecutionError.decimalOverflow(
          operation: ArithmeticKernels.name(function), operands: "\(left.value(row)) and \(right.value(row))",
          type: expression.type, span: expression.span)
      }
    }
    return Column(type: expression.type, data: .decimal128(result.frozen()), validity: validity)
  }

  @inline(__always)
  static func apply(_ function: ScalarFunction, _ left: Int128, _ right: Int128) -> (Int128, Bool) {
    let (value, overflow) =
      switch function {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      default: left.multipliedReportingOverflow(by: right)
      }
    return (value, overflow)
  }

  /// A column of whole numbers or decimals with other digits; nil where a value may not fit.
  static func cast(_ column: Column, to type: DataType) -> Column? {
    guard case .decimal(let precision, let scale) = type,
      column.type == .integer || column.type.scale > 0 || isDecimal(column)
    else { return nil }
    let wholeDigits: Int
    switch column.type {
    case .decimal(let oldPrecision, let oldScale): wholeDigits = oldPrecision - oldScale
    default: wholeDigits = 19
    }
    guard scale >= column.type.scale, precision - scale >= wholeDigits else { return nil }
    let factor = Decimal.powersOfTen[scale - column.type.scale]
    if precision <= Decimal.narrowPrecision {
      let values = column.widened()
      let result = MutableBuffer<Int64>(count: column.count)
      let narrowFactor = Int64(truncatingIfNeeded: factor)
      for row in 0..<column.count { result.pointer[row] = values.pointer[row] &* narrowFactor }
      return Column(type: type, data: .decimal64(result.frozen()), validity: column.validity)
    }
    let values = column.widened128()
    let result = MutableBuffer<Int128>(count: column.count)
    for row in 0..<column.count { result.pointer[row] = values.pointer[row] &* factor }
    return Column(type: type, data: .decimal128(result.frozen()), validity: column.validity)
  }

  /// The nearest doubles; nil for a column that holds no decimals.
  static func doubles(_ column: Column) -> Column? {
    guard case .decimal(_, let scale) = column.type else { return nil }
    let result = MutableBuffer<Double>(count: column.count)
    if case .decimal64(let values) = column.data {
      let divisor = Double(Decimal.powersOfTen[scale])
      for row in 0..<column.count {
        let units = values.pointer[row]
        // Both are exact up to 2^53, so their quotient is rounded once.
        result.pointer[row] =
          units.magnitude < 1 << 53 ? Double(units) / divisor : Decimal(units: Int128(units), scale: scale).double
      }
    } else {
      let values = column.widened128()
      for row in 0..<column.count { result.pointer[row] = Decimal(units: values.pointer[row], scale: scale).double }
    }
    return Column(type: .double, data: .double(result.frozen()), validity: column.validity)
  }

  private static func isDecimal(_ column: Column) -> Bool {
    switch column.data {
    case .decimal64, .decimal128: true
    default: false
    }
  }

  private static func narrow(_ operand: Operand, _ count: Int) -> Buffer<Int64>? {
    switch operand {
    case .constant(.decimal(let number)): Buffer(repeating: Int64(truncatingIfNeeded: number.units), count: count)
    case .column(let column): if case .decimal64(let values) = column.data { values } else { nil }
    default: nil
    }
  }

  private static func wide(_ operand: Operand, _ count: Int) -> Buffer<Int128>? {
    switch operand {
    case .constant(.decimal(let number)): Buffer(repeating: number.units, count: count)
    case .column(let column): isDecimal(column) ? column.widened128() : nil
    default: nil
    }
  }
}
