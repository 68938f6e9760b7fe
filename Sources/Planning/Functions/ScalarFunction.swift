import ColumnStore

/// Every scalar function and operator, by what it does. Names, signatures and help are in `FunctionRegistry`; how each is
/// computed is the business of an engine.
public enum ScalarFunction: String, Sendable, Hashable, CaseIterable {
  // Operators.
  case add, subtract, multiply, divide, integerDivide, modulo, negate, power
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isDistinctFrom, isNotDistinctFrom
  case isNull, isNotNull, not, concatenate, like, ilike
  case addMonths, addMicroseconds, addDays, daysBetween
  // Text.
  case lower, upper, trim, trimStart, trimEnd, length, substring, left, right, replace, contains, startsWith, endsWith
  case position, concat, concatWithSeparator, repeated, reverse, padLeft, padRight, splitPart, capitalise
  case figure, remark
  // Numbers.
  case absolute, round, floor, ceiling, truncate, squareRoot, exponential, naturalLogarithm, decimalLogarithm, sign
  case greatest, least
  // Dates.
  case dateTruncate, datePart, dateDifference, makeDate, formatDate, parseDate, monthName, dayName, epoch
  // Conditional.
  case coalesce, nullIf
  // Regular expressions.
  case regexMatches, regexFullMatch, regexExtract, regexExtractAll, regexReplace, regexCount, regexPosition, regexSplit
  case regexSubstring, regexEscape
  // Lists.
  case listContains, listLength

  /// Whether it gives NULL as soon as one argument is NULL; only the others look at NULL themselves.
  public var isStrict: Bool {
    switch self {
    case .coalesce, .nullIf, .isNull, .isNotNull, .isDistinctFrom, .isNotDistinctFrom, .concat, .concatWithSeparator,
      .greatest,
      .least:
      false
    default: true
    }
  }
}

extension AggregateFunction {
  /// Whether it is 0 of no rows, where others are NULL.
  var isZeroOfNothing: Bool { self == .countRows || self == .count || self == .countWhere }
}

/// Every aggregate function, by what it does.
public enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
  case countRows, count, sum, average, minimum, maximum, median, quantile, quantileDiscrete
  case standardDeviation, standardDeviationPopulation, variance, variancePopulation
  case first, last, anyValue, concatenation, every, some, countWhere
}
