import Language
import Planning

/// Operations on the 64 bits of integers.
enum BitFunctions {
  /// The result. A shift to the left that loses bits, or turns the sign round, is an error; one to the right keeps the sign.
  static func call(_ function: ScalarFunction, _ x: Int64, _ y: Int64, _ span: SourceSpan) throws -> Int64 {
    switch function {
    case .bitAnd: return x & y
    case .bitOr: return x | y
    case .bitXor: return x ^ y
    case .shiftRight:
      guard y >= 0 else { throw ExecutionError.negativeShift(by: y, span: span) }
      return x >> min(y, 63)
    default:
      guard y >= 0 else { throw ExecutionError.negativeShift(by: y, span: span) }
      let shifted = y < 64 ? x << y : 0
      guard x == 0 || (y < 64 && shifted >> y == x) else {
        throw ExecutionError.overflow(operation: "the shift", operands: "\(x) by \(y)", span: span)
      }
      return shifted
    }
  }
}
