import ColumnStore
import Planning

extension SQLWriter {
  /// An expression; `column` gives the words for a column of the input. Throws `Inexpressible`.
  func expression(_ value: PlanExpression, _ column: (Int) -> String = { "t.c\($0)" }) throws -> String {
    switch value.kind {
    case .column(let index): return column(index)
    case .literal(let literal): return try self.literal(literal, value.type)
    case .and(let parts): return "(\(try parts.map { try expression($0, column) }.joined(separator: " AND ")))"
    case .or(let parts): return "(\(try parts.map { try expression($0, column) }.joined(separator: " OR ")))"
    case .conditional(let branches, let otherwise):
      let cases = try branches.map {
        "WHEN \(try expression($0.condition, column)) THEN \(try expression($0.result, column))"
      }
      return "CASE \(cases.joined(separator: " ")) ELSE \(try expression(otherwise, column)) END"
    case .memberOf(let operand, let values):
      let items = try values.map { try literal($0, operand.type) }
      return "(\(try expression(operand, column)) IN (\(items.joined(separator: ", "))))"
    case .cast(let operand, let lenient):
      guard SQLWriter.convertsAlike(operand.type, value.type), !(lenient && value.type.isDecimal) else {
        throw Inexpressible(what: "a conversion of \(operand.type.name) to \(value.type.name)")
      }
      // What has no truth values has no words for them.
      if operand.type == .boolean { _ = try cast("", to: .boolean) }
      let written = try expression(operand, column)
      if value.type == .text, operand.type == .date || operand.type == .timestamp {
        guard let text = dialect.dateText else { throw Inexpressible(what: "dates") }
        return text(written)
      }
      return try cast(written, to: value.type)
    case .call(let function, let arguments):
      let call = WrittenCall(
        dialect: dialect, arguments: try arguments.map { try expression($0, column) }, operands: arguments)
      guard let written = self.written(function, call) else {
        throw Inexpressible(what: "`\(FunctionRegistry.name(of: function))`")
      }
      return written
    case .outer, .subquery, .grouping: throw Inexpressible(what: "a query inside of another")
    }
  }

  /// Conversions that come to the same everywhere.
  private static func convertsAlike(_ from: DataType, _ to: DataType) -> Bool {
    switch (from, to) {
    case (.integer, .double), (.integer, .text), (.integer, .decimal), (.date, .timestamp), (.timestamp, .date),
      (.decimal, .double), (.boolean, .text), (.date, .text), (.timestamp, .text):
      true
    default: from == to
    }
  }

  private func literal(_ value: Value, _ type: DataType) throws -> String {
    switch value {
    // Days before the year 1 and behind 9999 are written in other ways, or not known.
    case .date(let days) where !SQLWriter.days.contains(Int64(days)): throw Inexpressible(what: "a day so far away")
    case .timestamp(let time) where !SQLWriter.days.contains(time / 86_400_000_000):
      throw Inexpressible(what: "a day so far away")
    case .double(let number) where !number.isFinite && !dialect.hasInfinities:
      throw Inexpressible(what: "an infinite number")
    case .null: return try cast("NULL", to: type)
    case .boolean(let flag):
      return dialect.typeName(.boolean) == nil ? (flag ? "1" : "0") : (flag ? "TRUE" : "FALSE")
    // Written as texts and converted: a number alone may be of a narrower type, and the smallest one is no literal.
    case .integer, .double, .decimal, .date, .time, .timestamp:
      return try cast("'\(value.description)'", to: value.type ?? type)
    case .text(let text):
      // What C's texts cannot hold, no database takes.
      guard !text.utf8.contains(0) else { throw Inexpressible(what: "a text with a zero byte") }
      return dialect.textLiteral(text)
    case .interval, .count, .list: throw Inexpressible(what: "a value of the type \(type.name)")
    }
  }

  /// The days of the years 1 to 9999.
  private static let days: ClosedRange<Int64> = -719_162...2_932_896
  private static let infix: [ScalarFunction: String] = [
    .add: "+", .subtract: "-", .multiply: "*", .equal: "=", .notEqual: "<>",
  ]
  private static let ordered: [ScalarFunction: String] = [
    .less: "<", .lessOrEqual: "<=", .greater: ">", .greaterOrEqual: ">=",
  ]

  /// A call; nil where it has no words.
  private func written(_ function: ScalarFunction, _ call: WrittenCall) -> String? {
    switch function {
    case .not: return "(NOT \(call[0]))"
    case .isNull: return "(\(call[0]) IS NULL)"
    case .isNotNull: return "(\(call[0]) IS NOT NULL)"
    default: break
    }
    // Intervals and counts have their own arithmetic, and lists are not the same everywhere.
    guard call.operands.allSatisfy({ ![.interval, .count].contains($0.type) && $0.type.element == nil }) else {
      return nil
    }
    let isArithmetic = call.operands.allSatisfy(\.type.isNumeric)
    if let sign = SQLWriter.infix[function] {
      guard isArithmetic || function == .equal || function == .notEqual else { return nil }
      return "(\(call[0]) \(sign) \(call[1]))"
    }
    if let sign = SQLWriter.ordered[function] { return "(\(call.ordered(0)) \(sign) \(call.ordered(1)))" }
    switch function {
    case .divide where isArithmetic:
      guard let above = call.cast(0, to: .double), let below = call.cast(1, to: .double) else { return nil }
      return "(\(above) / NULLIF(\(below), 0))"
    case .negate where isArithmetic: return "(- \(call[0]))"
    case .isNotDistinctFrom: return dialect.isSame(call[0], call[1])
    case .isDistinctFrom: return "(NOT \(dialect.isSame(call[0], call[1])))"
    default: return dialect.wording(of: function)?.write(call)
    }
  }

  /// A value converted to a type of the database.
  func cast(_ value: String, to type: DataType) throws -> String {
    guard let name = dialect.typeName(type) else { throw Inexpressible(what: "the type \(type.name)") }
    return "CAST(\(value) AS \(name))"
  }

  /// A key of an order, with NULL where it belongs.
  func sortKey(_ key: SortKey) throws -> String {
    let order = key.expression.type == .text ? dialect.binaryOrder : ""
    return "\(try expression(key.expression))\(order) \(key.isDescending ? "DESC" : "ASC")"
      + " NULLS \(key.nullsFirst ? "FIRST" : "LAST")"
  }
}
