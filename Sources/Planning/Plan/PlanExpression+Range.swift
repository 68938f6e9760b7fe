import ColumnStore

extension PlanExpression {
  /// Bounds that no value of a whole-number expression can leave, given those of the columns: interval arithmetic. Nil
  /// where nothing is known, or where a step could leave 64 bits.
  func range(_ columns: (Int) -> ClosedRange<Int64>?) -> ClosedRange<Int64>? {
    switch kind {
    case .column(let index): return columns(index)
    case .literal(.integer(let number)): return number...number
    case .literal(.date(let days)): return Int64(days)...Int64(days)
    case .literal(.timestamp(let instant)): return instant...instant
    case .call(let function, let arguments) where type == .integer:
      let ranges = arguments.map { $0.type == .integer ? $0.range(columns) : nil }
      guard let first = ranges.first ?? nil else { return nil }
      switch (function, ranges.count) {
      case (.negate, 1):
        return ClosedRange(corners: [
          Int64(0).subtractingReportingOverflow(first.lowerBound),
          Int64(0).subtractingReportingOverflow(first.upperBound),
        ])
      case (.absolute, 1):
        guard first.lowerBound > .min else { return nil }
        return 0...max(abs(first.lowerBound), abs(first.upperBound))
      case (_, 2):
        guard let second = ranges[1] else { return nil }
        return ClosedRange.of(function, first, second)
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether some value could end the query with an error, given bounds of the columns.
  func mayFail(_ columns: (Int) -> ClosedRange<Int64>?) -> Bool {
    guard mayFail else { return false }
    if children.contains(where: { $0.mayFail(columns) }) { return true }
    guard case .call(let function, _) = kind, type == .integer else { return isFailingItself }
    switch function {
    case .add, .subtract, .multiply, .negate, .absolute: return range(columns) == nil
    default: return isFailingItself
    }
  }

  /// Whether it may fail although nothing that it is computed from does.
  private var isFailingItself: Bool {
    mapChildren { PlanExpression(.literal(.null), type: $0.type, span: $0.span) }.mayFail
  }
}

extension ClosedRange<Int64> {
  /// The range of what may come of an operator, from the results at the corners; nil if one of them overflows.
  fileprivate init?(corners: [(partialValue: Int64, overflow: Bool)]) {
    guard !corners.contains(where: \.overflow), let low = corners.map(\.partialValue).min(),
      let high = corners.map(\.partialValue).max()
    else { return nil }
    self = low...high
  }

  fileprivate static func of(_ function: ScalarFunction, _ left: Self, _ right: Self) -> Self? {
    let operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    switch function {
    case .add: operation = { $0.addingReportingOverflow($1) }
    case .subtract: operation = { $0.subtractingReportingOverflow($1) }
    case .multiply: operation = { $0.multipliedReportingOverflow(by: $1) }
    default: return nil
    }
    return ClosedRange(
      corners: [left.lowerBound, left.upperBound].flatMap { first in
        [right.lowerBound, right.upperBound].map { operation(first, $0) }
      })
  }
}
