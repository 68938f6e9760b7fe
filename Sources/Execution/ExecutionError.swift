import ColumnStore
import Language
import Planning

/// What can go wrong while a plan runs.
public enum ExecutionError: Error, Sendable {
  /// Somebody asked for the query to stop.
  case cancelled
  /// A whole number left the 64 bits of an integer: by which operation, on what.
  case overflow(operation: String, operands: String, span: SourceSpan)
  /// A decimal has more digits than its type.
  case decimalOverflow(operation: String, operands: String, type: DataType, span: SourceSpan)
  /// A value does not read as the type that it was cast to.
  case uncastable(value: String, to: DataType, span: SourceSpan)
  /// A date left the years -9999 to 9999.
  case dateOutOfRange(span: SourceSpan)
  /// A regular expression that comes from the data is none.
  case invalidPattern(RegularExpression.Invalid, span: SourceSpan)
  /// Bits are shifted by a number below 0.
  case negativeShift(by: Int64, span: SourceSpan)
  /// A part of a length of time left its bits.
  case intervalOutOfRange(span: SourceSpan)
  /// A bound of a count left the 64 bits of an integer: by which operation, on what.
  case countOverflow(operation: String, operands: String, span: SourceSpan)
  /// No count lies between these bounds; nil is none.
  case noCount(lower: Int64?, upper: Int64?, span: SourceSpan)
  /// The query itself said so, by `error(message)`.
  case raised(message: String, span: SourceSpan)
  /// A list would have too many items.
  case tooManyItems(limit: Int, span: SourceSpan)
  /// A name that comes from the data is that of no time zone.
  case unknownTimeZone(name: String, span: SourceSpan)
  /// Two texts are too long to be compared character by character.
  case argumentTooLong(function: String, span: SourceSpan)
  /// A function's result would be unreasonably large.
  case tooLong(function: String, span: SourceSpan)
  /// An argument that counts something is below 1.
  case notPositive(function: String, span: SourceSpan)
  /// A query that stands for one value gave more than one row.
  case severalRows(span: SourceSpan?)
  /// A row of an enclosing query is asked for where none is known.
  case outOfPlace
  /// A recursive query went on and on.
  case endlessRecursion(rounds: Int)
  /// An intermediate result would have more rows than can be numbered.
  case tooManyRows

  /// What a person reads; nil for a query that was stopped, which needs no explanation.
  public var diagnostic: Diagnostic? {
    switch self {
    case .cancelled: nil
    case .overflow(let operation, let operands, let span):
      Diagnostic(
        "\(operation) of \(operands) does not fit a 64-bit integer", at: span,
        help: "calculate with doubles: cast(x as double)")
    case .decimalOverflow(let operation, let operands, let type, let span):
      Diagnostic(
        "\(operation) of \(operands) does not fit \(article(type))", at: span,
        help: "calculate with doubles, cast(x as double), or cast to fewer digits behind the point")
    case .uncastable(let value, let type, let span):
      Diagnostic(
        "'\(value.count > 60 ? value.prefix(57) + "..." : value)' is not \(article(type))", at: span,
        help: "try_cast gives NULL where a value cannot be converted")
    case .dateOutOfRange(let span): Diagnostic("the date is outside the years -9999 to 9999", at: span)
    case .invalidPattern(let error, let span): Diagnostic.invalidPattern(error, span: span)
    case .negativeShift(let count, let span):
      Diagnostic("bits cannot be shifted by \(count)", at: span, help: "shift the other way")
    case .intervalOutOfRange(let span):
      Diagnostic("the length of time is too large: months and days have 32 bits, the rest has 64", at: span)
    case .countOverflow(let operation, let operands, let span):
      Diagnostic("a bound of \(operation) of \(operands) does not fit 64 bits", at: span)
    case .noCount(let lower, let upper, let span):
      Diagnostic(
        "there is no count of at least \(lower ?? 0)\(upper.map { " and at most \($0)" } ?? "")", at: span,
        help: "bounds have 64 bits and are in order: count_between(lower, upper)")
    case .tooManyItems(let limit, let span): Diagnostic("the list would have more than \(limit) items", at: span)
    case .unknownTimeZone(let name, let span): Diagnostic.unknownTimeZone(name, span: span)
    case .raised(let message, let span): Diagnostic(message, at: span)
    case .argumentTooLong(let function, let span):
      Diagnostic(
        "the texts are too long for `\(function)`", at: span, help: "compare their beginnings: left(text, 1000)")
    case .tooLong(let function, let span):
      Diagnostic("the result of `\(function)` would be longer than 256 MB", at: span)
    case .notPositive(let function, let span):
      Diagnostic("what `\(function)` counts begins at 1", at: span)
    case .severalRows(let span):
      Diagnostic(
        "this query stands for one value and gives more than one row", at: span,
        help: "aggregate (max, first ...), or take one row: order by ... limit 1")
    case .outOfPlace: Diagnostic("a query inside this one speaks of rows that are not known there", at: nil)
    case .endlessRecursion(let rounds):
      Diagnostic(
        "the recursive query has not come to an end after \(rounds) rounds", at: nil,
        help: "give its step a condition that ends it, or use `union` in place of `union all`")
    case .tooManyRows:
      Diagnostic(
        "an intermediate result would have more than 4,294,967,294 rows", at: nil,
        help: "join on more columns, or filter first")
    }
  }

  private func article(_ type: DataType) -> String {
    type.name.hasPrefix("i") ? "an \(type.name)" : "a \(type.name)"
  }
}
