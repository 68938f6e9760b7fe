import ColumnStore
import Language
import Planning

/// Functions of counts with bounds, on single values.
enum CountFunctions {
  static let table: [ScalarFunction: RowFunction] = [
    .countEqual: pair { $0.isEqual(to: $1).map { .boolean($0) } },
    .countLess: pair { $0.isLess(than: $1).map { .boolean($0) } },
    .exactCount: RowFunction { number($0.count(0)?.exact) },
    .approximateCount: RowFunction { number($0.count(0)?.approximate) },
    .countBetween: RowFunction(failing: { values, call in
      guard !(values[0].isNull && values[1].isNull) else { return .null }
      return try count(lower: values.integer(0) ?? 0, upper: values.integer(1), call.span)
    }),
    .atLeast: RowFunction(failing: { values, call in try count(lower: values.integer(0), upper: nil, call.span) }),
    .atMost: RowFunction(failing: { values, call in try count(lower: 0, upper: values.integer(0), call.span) }),
    .around: RowFunction(failing: { values, call in
      guard let number = values.integer(0) else { return .null }
      guard let count = BoundedCount.around(number) else {
        throw ExecutionError.noCount(lower: 0, upper: number, span: call.span)
      }
      return .count(count)
    }),
    .ratioLow: pair { ShareBounds.ratio($0, to: $1).map { .double($0.low) } },
    .ratioHigh: pair { ShareBounds.ratio($0, to: $1)?.high.map { .double($0) } },
    .shareLow: pair { ShareBounds.share(of: $0, in: $1).map { .double($0.low) } },
    .shareHigh: pair { ShareBounds.share(of: $0, in: $1)?.high.map { .double($0) } },
    .splitLow: pair { ShareBounds.share(of: $0, beside: $1).map { .double($0.low) } },
    .splitHigh: pair { ShareBounds.share(of: $0, beside: $1)?.high.map { .double($0) } },
  ]

  /// A function that has a meaning for other types too; nil where the values are no counts.
  static func call(_ function: ScalarFunction, _ values: [Value], _ span: SourceSpan) throws -> Value? {
    let counts = values.compactMap { if case .count(let count) = $0 { count } else { nil } }
    guard let first = counts.first else { return nil }
    let bounds = counts.map(CountBounds.init)
    let operands = counts.map(\.description).joined(separator: " and ")
    func made(_ result: CountBounds, _ operation: String) throws -> Value {
      guard let count = result.count else {
        throw ExecutionError.countOverflow(operation: operation, operands: operands, span: span)
      }
      return .count(count)
    }
    switch function {
    case .lower: return number(first.lower)
    case .upper: return number(first.upper)
    case .negate: return try made(bounds[0].negated, "the negative")
    case .add: return try made(bounds[0] + bounds[1], ArithmeticKernels.name(function))
    case .subtract: return try made(bounds[0] + bounds[1].negated, ArithmeticKernels.name(function))
    case .multiply: return try made(bounds[0] * bounds[1], ArithmeticKernels.name(function))
    case .greatest, .least:
      // One count alone keeps the number that it names.
      if counts.allSatisfy({ $0 == first }) { return .count(first) }
      let isLeast = function == .least
      let extreme = bounds.dropFirst().reduce(bounds[0]) { isLeast ? $0.minimum($1) : $0.maximum($1) }
      return extreme.count.map { .count($0) }
    default: return nil
    }
  }

  private static func number(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }

  private static func count(lower: Int64?, upper: Int64?, _ span: SourceSpan) throws -> Value {
    guard let count = BoundedCount(lower: lower, upper: upper) else {
      throw ExecutionError.noCount(lower: lower, upper: upper, span: span)
    }
    return .count(count)
  }

  private static func pair(_ body: @escaping @Sendable (BoundedCount, BoundedCount) -> Value?) -> RowFunction {
    RowFunction { values in
      guard let first = values.count(0), let second = values.count(1) else { return .null }
      return body(first, second) ?? .null
    }
  }
}

extension Array where Element == Value {
  /// The count of an argument; nil where it is left out or none.
  fileprivate func count(_ index: Int) -> BoundedCount? {
    if index < count, case .count(let count) = self[index] { return count }
    return nil
  }
}
