import ColumnStore
import Glibc
import Language
import Planning

/// Every scalar function on single values: what the kernels over whole columns must agree with, and what computes the
/// functions that have none.
enum RowFunctions {
  /// The value of a function of values.
  static func call(_ function: ScalarFunction, _ values: [Value], _ expression: PlanExpression) throws -> Value {
    if function.isStrict, values.contains(.null) { return .null }
    let span = expression.span
    switch function {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .boolean(holds(function, compare(values[0], values[1])))
    case .isDistinctFrom, .isNotDistinctFrom:
      let isSame =
        values[0].isNull || values[1].isNull
        ? values[0].isNull && values[1].isNull : compare(values[0], values[1]) == 0
      return .boolean(isSame == (function == .isNotDistinctFrom))
    case .isNull: return .boolean(values[0].isNull)
    case .isNotNull: return .boolean(!values[0].isNull)
    case .not: return values[0] == .boolean(true) ? .boolean(false) : .boolean(true)
    case .coalesce: return values.first { !$0.isNull } ?? .null
    case .nullIf:
      guard !values[0].isNull, !values[1].isNull else { return values[0] }
      return compare(values[0], values[1]) == 0 ? .null : values[0]
    case .greatest, .least:
      if let count = try CountFunctions.call(function, values, span) { return count }
      let known = values.filter { !$0.isNull }
      return (function == .least ? known.min { compare($0, $1) < 0 } : known.max { compare($0, $1) < 0 }) ?? .null
    case .listContains:
      guard case .list(let items, _) = values[0] else { return .null }
      return .boolean(items.contains { !$0.isNull && compare($0, values[1]) == 0 })
    case .bitAnd, .bitOr, .bitXor, .bitNot, .shiftLeft, .shiftRight:
      guard case .integer(let x) = values[0] else { return .null }
      if function == .bitNot { return .integer(~x) }
      guard case .integer(let y) = values[1] else { return .null }
      return .integer(try BitFunctions.call(function, x, y, span))
    case .makeList, .listItem, .listSlice, .listConcatenate:
      return ListFunctions.call(function, values, as: expression.type)
    case .add, .subtract, .multiply, .divide, .integerDivide, .modulo, .negate, .power, .absolute, .round, .floor,
      .ceiling, .truncate, .squareRoot, .exponential, .naturalLogarithm, .decimalLogarithm, .sign:
      if let exact = try DecimalFunctions.call(function, values, as: expression.type, span) { return exact }
      if let count = try CountFunctions.call(function, values, span) { return count }
      if let temporal = try TemporalArithmetic.call(function, values, as: expression.type, span) { return temporal }
      return try NumberFunctions.call(function, values, span)
    case .addDays, .daysBetween, .dateTruncate, .datePart, .dateDifference, .makeDate,
      .formatDate, .parseDate, .monthName, .dayName, .epoch:
      return try DateFunctions.call(function, values, span)
    default:
      if let rowFunction = table[function] { return try rowFunction.prepare(values, expression)(values) }
      return try CountFunctions.call(function, values, span) ?? TextFunctions.call(function, values, span)
    }
  }

  /// The order of two values of one type, neither of them NULL: negative, zero or positive.
  static func compare(_ left: Value, _ right: Value) -> Int {
    func order<Key: Comparable>(_ first: Key, _ second: Key) -> Int { first < second ? -1 : first == second ? 0 : 1 }
    switch (left, right) {
    case (.boolean(let first), .boolean(let second)): return order(first ? 1 : 0, second ? 1 : 0)
    case (.integer(let first), .integer(let second)): return order(first, second)
    case (.double(let first), .double(let second)): return order(first.orderedBits, second.orderedBits)
    case (.date(let first), .date(let second)): return order(first, second)
    case (.timestamp(let first), .timestamp(let second)): return order(first, second)
    case (.text(let first), .text(let second)):
      return first.utf8.elementsEqual(second.utf8) ? 0 : first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
    case (.decimal(let first), .decimal(let second)): return order(first.units, second.units)
    case (.time(let first), .time(let second)): return order(first, second)
    case (.interval(let first), .interval(let second)): return order(first.length, second.length)
    case (.count(let first), .count(let second)): return order(first.orderKey, second.orderKey)
    case (.list(let first, _), .list(let second, _)):
      for (one, other) in zip(first, second) {
        // NULL is larger than every item and equal to itself, as in PostgreSQL's arrays.
        let comparison =
          one.isNull || other.isNull ? order(one.isNull ? 1 : 0, other.isNull ? 1 : 0) : compare(one, other)
        if comparison != 0 { return comparison }
      }
      return order(first.count, second.count)
    default: return 0
    }
  }

  static func holds(_ function: ScalarFunction, _ order: Int) -> Bool {
    switch function {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    default: order >= 0
    }
  }
}
