import ColumnStore

extension PlanExpression {
  /// Whether some value could end the query with an error: a cast that does not read, a number that overflows.
  ///
  /// Such an expression must not be computed for rows that an earlier condition has ruled out.
  public var mayFail: Bool {
    switch kind {
    case .cast(let operand, let lenient) where !lenient && !Casts.alwaysSucceed(from: operand.type, to: type):
      true
    case .call(let function, let arguments) where function.mayFail(giving: type, arguments): true
    default: children.contains(where: \.mayFail)
    }
  }
}

extension ScalarFunction {
  /// Whether some arguments make it throw.
  fileprivate func mayFail(giving type: DataType, _ arguments: [PlanExpression]) -> Bool {
    switch self {
    case .add, .subtract, .multiply, .integerDivide, .modulo, .divide, .negate, .absolute:
      switch type {
      case .boolean, .double, .text, .list: false
      // Shorter ones have room for every result.
      case .decimal(let precision, _): precision == Decimal.precisionLimit
      case .integer, .date, .time, .timestamp, .interval, .count: true
      }
    case .shiftLeft, .shiftRight: true
    case .countBetween, .atLeast, .atMost, .around: true
    case .round, .floor, .ceiling, .truncate: TypeFamily(type) == .decimal
    case .listSum, .listRange, .listSeries, .jsonObject: true
    case .atTimeZone, .fromTimeZone, .utcOffset, .dateBin, .toTimestamp, .epochMilliseconds, .timestampOfSeconds,
      .timestampOfMilliseconds, .timestampOfMicroseconds:
      true
    case .fail, .factorial, .greatestCommonDivisor, .leastCommonMultiple: true
    case .regexReplace, .levenshtein, .damerauLevenshtein, .jaro, .jaroWinkler, .format: true
    // A pattern that is a constant has been checked; another may be none.
    case .regexMatches, .regexFullMatch, .regexExtract, .regexExtractAll, .regexCount, .regexPosition, .regexSplit,
      .regexSubstring, .regexGroups:
      arguments.dropFirst().contains { $0.literal == nil }
    case .addDays, .dateDifference, .repeated, .padLeft, .padRight, .replace: true
    default: false
    }
  }
}
