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
    case .greatest: return values.filter { !$0.isNull }.max { compare($0, $1) < 0 } ?? .null
    case .least: return values.filter { !$0.isNull }.min { compare($0, $1) < 0 } ?? .null
    case .listContains:
      guard case .textList(let items) = values[0], case .text(let item) = values[1] else { return .null }
      return .boolean(items.contains(item))
    case .listLength: return .null
    case .add, .subtract, .multiply, .divide, .integerDivide, .modulo, .negate, .power, .absolute, .round, .floor,
      .ceiling, .truncate, .squareRoot, .exponential, .naturalLogarithm, .decimalLogarithm, .sign:
      return try NumberFunctions.call(function, values, span)
    case .addMonths, .addMicroseconds, .addDays, .daysBetween, .dateTruncate, .datePart, .dateDifference, .makeDate,
      .formatDate, .parseDate, .monthName, .dayName, .epoch:
      return try DateFunctions.call(function, values, span)
    default:
      if let rowFunction = table[function] { return try rowFunction.prepare(values, expression)(values) }
      return try TextFunctions.call(function, values, span)
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
    case (.textList(let first), .textList(let second)): return first == second ? 0 : 1
    default: return 0
    }
  }

  private static func holds(_ function: ScalarFunction, _ order: Int) -> Bool {
    switch function {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    default: order >= 0
    }
  }

  /// A value as another type; nil where it cannot be converted. NULL stays NULL.
  static func cast(_ value: Value, to type: DataType) -> Value? {
    switch (value, type) {
    case (.null, _): return .null
    case (_, .text): return .text(value.description)
    case (.text(let text), .boolean): return TextParsing.boolean(text[...]).map { .boolean($0) }
    case (.text(let text), .integer): return TextParsing.integer(text[...]).map { .integer($0) }
    case (.text(let text), .double): return TextParsing.double(text[...]).map { .double($0) }
    case (.text(let text), .date): return TextParsing.date(text[...]).map { .date($0) }
    case (.text(let text), .timestamp): return TextParsing.timestamp(text[...]).map { .timestamp($0) }
    case (.text(let text), .textList): return TextParsing.textList(text[...]).map { .textList($0) }
    case (.integer(let number), .double): return .double(Double(number))
    case (.integer(let number), .boolean): return .boolean(number != 0)
    case (.boolean(let flag), .integer): return .integer(flag ? 1 : 0)
    case (.boolean(let flag), .double): return .double(flag ? 1 : 0)
    case (.double(let number), .integer):
      // Halves go to the even neighbour, as PostgreSQL has it.
      let rounded = number.rounded(.toNearestOrEven)
      return Int64(exactly: rounded).map { .integer($0) }
    case (.date(let days), .timestamp): return .timestamp(Int64(days) &* microsecondsPerDay)
    case (.timestamp(let instant), .date):
      return .date(Int32(truncatingIfNeeded: floorDivide(instant, microsecondsPerDay)))
    default: return value.type == type ? value : nil
    }
  }
}
