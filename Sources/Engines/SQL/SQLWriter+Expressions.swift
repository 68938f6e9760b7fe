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
      guard !lenient, SQLWriter.convertsAlike(operand.type, value.type) else {
        throw Inexpressible(what: "a conversion of \(operand.type.name) to \(value.type.name)")
      }
      return try cast(try expression(operand, column), to: value.type)
    case .call(let function, let arguments):
      return try call(function, try arguments.map { try expression($0, column) }, arguments.map(\.type))
    case .outer, .subquery, .grouping: throw Inexpressible(what: "this value")
    }
  }

  /// Conversions that come to the same everywhere.
  private static func convertsAlike(_ from: DataType, _ to: DataType) -> Bool {
    switch (from, to) {
    case (.integer, .double), (.integer, .text), (.integer, .decimal), (.date, .timestamp), (.timestamp, .date),
      (.decimal, .double):
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
  /// Functions that have the same name and meaning in every dialect that does not say otherwise.
  private static let plain: [ScalarFunction: String] = [
    .lower: "LOWER", .upper: "UPPER", .length: "LENGTH", .coalesce: "COALESCE", .nullIf: "NULLIF",
    .absolute: "ABS", .floor: "FLOOR", .ceiling: "CEIL", .replace: "REPLACE",
  ]

  private func call(_ function: ScalarFunction, _ arguments: [String], _ types: [DataType]) throws -> String {
    if let special = dialect.functions[function] {
      guard let written = special(arguments, types) else { throw Inexpressible(what: "`\(function.rawValue)`") }
      return written
    }
    // Intervals and counts have their own arithmetic.
    let isSimple = types.allSatisfy { ![.interval, .count].contains($0) && $0.element == nil }
    let isArithmetic = isSimple && types.allSatisfy(\.isNumeric)
    if let sign = SQLWriter.infix[function], isSimple, isArithmetic || function == .equal || function == .notEqual {
      return "(\(arguments[0]) \(sign) \(arguments[1]))"
    }
    if let sign = SQLWriter.ordered[function], isSimple {
      let order = types[0] == .text ? dialect.binaryOrder : ""
      return "(\(arguments[0])\(order) \(sign) \(arguments[1])\(order))"
    }
    switch function {
    case .divide where isArithmetic:
      let sides = try arguments.map { try cast($0, to: .double) }
      return "(\(sides[0]) / NULLIF(\(sides[1]), 0))"
    case .negate where isArithmetic: return "(- \(arguments[0]))"
    case .not: return "(NOT \(arguments[0]))"
    case .isNull: return "(\(arguments[0]) IS NULL)"
    case .isNotNull: return "(\(arguments[0]) IS NOT NULL)"
    case .isNotDistinctFrom where isSimple: return dialect.isSame(arguments[0], arguments[1])
    case .isDistinctFrom where isSimple: return "(NOT \(dialect.isSame(arguments[0], arguments[1])))"
    case .concatenate where types.allSatisfy({ $0 == .text }): return "(\(arguments.joined(separator: " || ")))"
    case .length where types[0] != .text: throw Inexpressible(what: "`length`")
    case .floor where types[0] != .double, .ceiling where types[0] != .double:
      throw Inexpressible(what: "`\(function.rawValue)`")
    default: break
    }
    guard let name = SQLWriter.plain[function], isSimple else { throw Inexpressible(what: "`\(function.rawValue)`") }
    let written = "\(name)(\(arguments.joined(separator: ", ")))"
    return function == .length ? try cast(written, to: .integer) : written
  }
}
