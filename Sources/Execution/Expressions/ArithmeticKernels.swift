import ColumnStore
import Language
import Planning

/// Arithmetic over whole columns. Integers that leave 64 bits are noticed; where a row has no value, whatever lies in the
/// buffer is calculated with and thrown away.
enum ArithmeticKernels {
  /// Sum, difference or product; nil for operands that are not both of the result's type.
  static func calculate(
    _ function: ScalarFunction, _ left: Operand, _ right: Operand, _ expression: PlanExpression, count: Int
  ) throws -> Column? {
    let validity = Bitmap.both(left.column?.validity, right.column?.validity)
    switch expression.type {
    case .double:
      guard let first = doubles(left, count), let second = doubles(right, count) else { return nil }
      let result = MutableBuffer<Double>(count: count)
      precondition(first.count >= count && second.count >= count)
      switch function {
      case .add: for row in 0..<count { result.pointer[row] = first.pointer[row] + second.pointer[row] }
      case .subtract: for row in 0..<count { result.pointer[row] = first.pointer[row] - second.pointer[row] }
      default: for row in 0..<count { result.pointer[row] = first.pointer[row] * second.pointer[row] }
      }
      return Column(type: .double, data: .double(result.frozen()), validity: validity)
    case .integer:
      guard let first = integers(left, count), let second = integers(right, count) else { return nil }
      precondition(first.count >= count && second.count >= count)
      let result = MutableBuffer<Int64>(count: count)
      var overflowed = false
      for row in 0..<count {
        let (value, overflow) = apply(function, first.pointer[row], second.pointer[row])
        result.pointer[row] = value
        overflowed = overflowed || overflow
      }
      if overflowed {
        for row in 0..<count where validity?[row] ?? true {
          let (_, overflow) = apply(function, first.pointer[row], second.pointer[row])
          guard overflow else { continue }
          throw ExecutionError.overflow(
            operation: name(function), operands: "\(first.pointer[row]) and \(second.pointer[row])",
            span: expression.span)
        }
      }
      return Column(type: .integer, data: .integer64(result.frozen()), validity: validity)
    case .decimal: return try DecimalKernels.calculate(function, left, right, expression, count: count)
    default: return nil
    }
  }

  /// The quotient of doubles; NULL for a divisor of zero.
  static func divide(_ left: Operand, _ right: Operand, count: Int) -> Column? {
    guard let first = doubles(left, count), let second = doubles(right, count) else { return nil }
    precondition(first.count >= count && second.count >= count)
    let result = MutableBuffer<Double>(count: count)
    var anyZero = false
    for row in 0..<count {
      result.pointer[row] = first.pointer[row] / second.pointer[row]
      anyZero = anyZero || second.pointer[row] == 0
    }
    var validity = Bitmap.both(left.column?.validity, right.column?.validity)
    if anyZero {
      let nonzero = MutableBitmap(count: count)
      for row in 0..<count where second.pointer[row] != 0 { nonzero.set(row) }
      validity = Bitmap.both(validity, nonzero.frozen())
    }
    return Column(type: .double, data: .double(result.frozen()), validity: validity)
  }

  @inline(__always)
  private static func apply(_ function: ScalarFunction, _ left: Int64, _ right: Int64) -> (Int64, Bool) {
    let (value, overflow) =
      switch function {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      default: left.multipliedReportingOverflow(by: right)
      }
    return (value, overflow)
  }

  static func name(_ function: ScalarFunction) -> String {
    switch function {
    case .add: "the sum"
    case .subtract: "the difference"
    default: "the product"
    }
  }

  private static func doubles(_ operand: Operand, _ count: Int) -> Buffer<Double>? {
    switch operand {
    case .constant(.double(let value)): Buffer(repeating: value, count: count)
    case .column(let column): if case .double(let values) = column.data { values } else { nil }
    default: nil
    }
  }

  private static func integers(_ operand: Operand, _ count: Int) -> Buffer<Int64>? {
    switch operand {
    case .constant(.integer(let value)): Buffer(repeating: value, count: count)
    case .column(let column) where column.type == .integer: column.widened()
    default: nil
    }
  }
}
