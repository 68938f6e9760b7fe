import ColumnStore

/// Which of the three truths a condition can have, over some rows of which the bounds are known.
public struct PossibleTruths: OptionSet, Sendable {
  /// A bit for each truth.
  public let rawValue: UInt8

  /// Truths by their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// It can be true.
  public static let isTrue = PossibleTruths(rawValue: 1)
  /// It can be false.
  public static let isFalse = PossibleTruths(rawValue: 2)
  /// It can be unknown.
  public static let isUnknown = PossibleTruths(rawValue: 4)
  /// Nothing is known.
  public static let all: PossibleTruths = [.isTrue, .isFalse, .isUnknown]

  /// What the negation can be.
  fileprivate var negated: PossibleTruths {
    var result = intersection(.isUnknown)
    if contains(.isTrue) { result.insert(.isFalse) }
    if contains(.isFalse) { result.insert(.isTrue) }
    return result
  }

  /// What both together can be, if either can be anything whatever the other is.
  fileprivate func and(_ other: PossibleTruths) -> PossibleTruths {
    var result = union(other).intersection(.isFalse)
    if contains(.isTrue), other.contains(.isTrue) { result.insert(.isTrue) }
    let (first, second) = (subtracting(.isFalse), other.subtracting(.isFalse))
    if !first.isEmpty, !second.isEmpty, first.union(second).contains(.isUnknown) { result.insert(.isUnknown) }
    return result
  }
}

extension PlanExpression {
  /// What a condition can be, given what the columns' values can be. Never too little: what is not in the result does not
  /// occur.
  public func truths(_ columns: (Int) -> ColumnBounds) -> PossibleTruths {
    switch kind {
    case .literal(.boolean(let flag)): return flag ? .isTrue : .isFalse
    case .literal(.null): return .isUnknown
    case .column(let index) where type == .boolean: return columns(index).mayBeValue ? .all : .isUnknown
    case .and(let operands): return operands.reduce(PossibleTruths.isTrue) { $0.and($1.truths(columns)) }
    case .or(let operands): return operands.reduce(PossibleTruths.isTrue) { $0.and($1.truths(columns).negated) }.negated
    case .memberOf(let operand, let values): return membership(operand, values, columns)
    case .call(.not, let arguments): return arguments[0].truths(columns).negated
    case .call(.isNull, let arguments): return nullness(arguments[0].bounds(columns))
    case .call(.isNotNull, let arguments): return nullness(arguments[0].bounds(columns)).negated
    case .call(let function, let arguments) where function.isComparison:
      return comparison(function, arguments[0].bounds(columns), arguments[1].bounds(columns))
    case .call(let function, let arguments) where function.isStrict:
      return arguments.allSatisfy { $0.bounds(columns).mayBeValue } ? .all : .isUnknown
    default: return .all
    }
  }

  private func nullness(_ bounds: ColumnBounds) -> PossibleTruths {
    var result: PossibleTruths = []
    if bounds.mayBeNull { result.insert(.isTrue) }
    if bounds.mayBeValue { result.insert(.isFalse) }
    return result
  }

  private func membership(_ operand: PlanExpression, _ values: [Value], _ columns: (Int) -> ColumnBounds)
    -> PossibleTruths
  {
    let bounds = operand.bounds(columns)
    var result: PossibleTruths = bounds.mayBeNull ? .isUnknown : []
    guard bounds.mayBeValue else { return result }
    for value in values {
      let literal = PlanExpression(.literal(value), type: operand.type, span: span)
      result.formUnion(comparison(.equal, bounds, literal.bounds(columns)).intersection([.isTrue, .isUnknown]))
    }
    if !values.contains(.null) { result.insert(.isFalse) }
    return result
  }

  private func comparison(_ function: ScalarFunction, _ left: ColumnBounds, _ right: ColumnBounds) -> PossibleTruths {
    var result: PossibleTruths = left.mayBeNull || right.mayBeNull ? .isUnknown : []
    guard left.mayBeValue, right.mayBeValue else { return result }
    guard let first = left.range, let second = right.range else { return .all }
    let mayBeLess = first.lowerBound < second.upperBound
    let mayBeGreater = first.upperBound > second.lowerBound
    let mayBeEqual = first.overlaps(second)
    let (whenLess, whenEqual, whenGreater) = function.answers
    if mayBeLess { result.insert(whenLess ? .isTrue : .isFalse) }
    if mayBeEqual { result.insert(whenEqual ? .isTrue : .isFalse) }
    if mayBeGreater { result.insert(whenGreater ? .isTrue : .isFalse) }
    return result
  }
}

extension ScalarFunction {
  /// Whether it is one of the six comparisons.
  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  /// What a comparison says of a smaller, an equal and a larger left side.
  fileprivate var answers: (whenLess: Bool, whenEqual: Bool, whenGreater: Bool) {
    switch self {
    case .equal: (false, true, false)
    case .notEqual: (true, false, true)
    case .less: (true, false, false)
    case .lessOrEqual: (true, true, false)
    case .greater: (false, false, true)
    case .greaterOrEqual: (false, true, true)
    default: (true, true, true)
    }
  }

  /// The comparison that is true where this one is false.
  var negation: ScalarFunction? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    default: nil
    }
  }
}
