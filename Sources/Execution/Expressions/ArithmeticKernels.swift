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

  /// The largest or smallest of several numbers, days or instants; nil for others, and where some row has none.
  static func extreme(_ operands: [Operand], isLeast: Bool, count: Int) -> Column? {
    guard let type = operands.lazy.compactMap(\.column?.type).first, [.integer, .date, .timestamp].contains(type),
      operands.allSatisfy({ $0.column.map { $0.type == type && $0.validity == nil } ?? ($0.constant?.type == type) })
    else { return nil }
    let parts = operands.map { ($0.column ?? Column(repeating: $0.value(0), type: type, count: count)).widened() }
    precondition(parts.allSatisfy { $0.count >= count })
    let result = MutableBuffer(copying: parts[0].slice(0..<count))
    for part in parts.dropFirst() {
      let (best, others) = (result.pointer, part.pointer)
      if isLeast {
        for row in 0..<count { best[row] = min(best[row], others[row]) }
      } else {
        for row in 0..<count { best[row] = max(best[row], others[row]) }
      }
    }
    return Column(type: type, data: ColumnData(keys: result.frozen(), type: type))
  }

  /// What a function makes of the signs of integers; nil for other operands, and where a result leaves 64 bits.
  static func signs(_ function: ScalarFunction, _ operand: Operand) -> Column? {
    guard let column = operand.column, column.type == .integer else { return nil }
    let values = column.widened()
    let (result, source) = (MutableBuffer<Int64>(count: values.count), values.pointer)
    // The least integer has no opposite.
    var hasLeast = false
    switch function {
    case .sign: for row in 0..<values.count { result.pointer[row] = source[row].signum() }
    case .negate:
      for row in 0..<values.count {
        result.pointer[row] = 0 &- source[row]
        hasLeast = hasLeast || source[row] == .min
      }
    default:
      for row in 0..<values.count {
        result.pointer[row] = source[row] < 0 ? 0 &- source[row] : source[row]
        hasLeast = hasLeast || source[row] == .min
      }
    }
    return hasLeast ? nil : Column(type: .integer, data: .integer64(result.frozen()), validity: column.validity)
  }

  /// The whole quotient of integers, or what is left over; NULL for a divisor of zero. Nil for other operands, and where a
  /// quotient leaves 64 bits.
  static func divideWhole(_ function: ScalarFunction, _ left: Operand, _ right: Operand, count: Int) -> Column? {
    guard let first = integers(left, count), let second = integers(right, count) else { return nil }
    precondition(first.count >= count && second.count >= count)
    let (numerators, divisors) = (first.pointer, second.pointer)
    let result = MutableBuffer<Int64>(count: count)
    var (anyZero, overflowed) = (false, false)
    if function == .modulo {
      for row in 0..<count {
        let divisor = divisors[row]
        // Nothing is left over of either, and neither may be divided by as it stands.
        let isPlain = divisor != 0 && divisor != -1
        result.pointer[row] = isPlain ? numerators[row] % divisor : 0
        anyZero = anyZero || divisor == 0
      }
    } else {
      for row in 0..<count {
        let (quotient, overflow) = numerators[row].dividedReportingOverflow(by: divisors[row])
        result.pointer[row] = quotient
        anyZero = anyZero || divisors[row] == 0
        overflowed = overflowed || (overflow && divisors[row] != 0)
      }
    }
    if overflowed { return nil }
    var validity = Bitmap.both(left.column?.validity, right.column?.validity)
    if anyZero { validity = Bitmap.both(validity, packBits(count) { divisors[$0] != 0 }) }
    return Column(type: .integer, data: .integer64(result.frozen()), validity: validity)
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
