import ColumnStore

/// A column that an expression may name.
struct GeneratedColumn {
  var name: String
  var type: DataType
}

/// Writes random expressions that SQLite and our engine must agree on. Brackets stand everywhere, so that precedence is
/// no question.
///
/// Left out, since the two differ on purpose:
/// - `/` of integers (SQLite cuts to an integer), and integers that leave 64 bits (SQLite goes on with doubles);
/// - comparing or joining values of different types, and casts: SQLite turns texts into numbers and back by itself;
/// - booleans as values: SQLite has 0 and 1 instead;
/// - doubles as text, which are printed differently;
/// - `substr` with places below 1, which SQLite counts from the end;
/// - `intersect` beside `union` without brackets, which binds closer with us, and `except all`, `intersect all`;
/// - which rows come first where the order leaves it open.
struct ExpressionGenerator {
  var generator: FixedGenerator
  let columns: [GeneratedColumn]

  static let texts = ["a", "b", "ab", "B", "", "abc", "zebra", "a longer text than twelve"]

  mutating func expression(_ type: DataType, depth: Int) -> String {
    switch type {
    case .integer: integer(depth)
    case .double: double(depth)
    default: text(depth)
    }
  }

  /// A constant; NULL says its type, since the two guess differently what a NULL alone is.
  mutating func literal(_ type: DataType) -> String {
    if generator.oneIn(12) { return "cast(NULL as \(type.name))" }
    return switch type {
    case .integer: "\(generator.below(9) - 3)"
    case .double: generator.pick(["0.5", "1.0", "-2.25", "0.0", "3.0", "1.75"])
    default: "'\(generator.pick(Self.texts))'"
    }
  }

  private mutating func leaf(_ type: DataType) -> String {
    let fitting = columns.filter { $0.type == type }
    if fitting.isEmpty || generator.oneIn(4) { return literal(type) }
    return generator.pick(fitting).name
  }

  private mutating func integer(_ depth: Int) -> String {
    if depth == 0 || generator.oneIn(4) { return leaf(.integer) }
    let left = integer(depth - 1)
    switch generator.below(9) {
    case 0: return "(\(left) + \(integer(depth - 1)))"
    case 1: return "(\(left) - \(integer(depth - 1)))"
    case 2: return "(\(left) * \(generator.below(5) - 2))"
    case 3: return "(\(left) % \(generator.pick(["2", "3", "-3", "0"])))"
    case 4: return "abs(\(left))"
    case 5: return "length(\(text(depth - 1)))"
    case 6: return "(- \(left))"
    default: return either(.integer, depth)
    }
  }

  private mutating func double(_ depth: Int) -> String {
    if depth == 0 || generator.oneIn(4) { return leaf(.double) }
    let left = double(depth - 1)
    switch generator.below(7) {
    case 0: return "(\(left) + \(double(depth - 1)))"
    case 1: return "(\(left) - \(integer(depth - 1)))"
    case 2: return "(\(left) * \(generator.pick(["0.5", "2", "-1.5"])))"
    case 3: return "(\(left) / \(generator.pick(["2", "0.5", "4.0", "0", "0.0"])))"
    case 4: return "abs(\(left))"
    default: return either(.double, depth)
    }
  }

  private mutating func text(_ depth: Int) -> String {
    if depth == 0 || generator.oneIn(3) { return leaf(.text) }
    let left = text(depth - 1)
    switch generator.below(8) {
    case 0: return "(\(left) || \(text(depth - 1)))"
    case 1: return "upper(\(left))"
    case 2: return "lower(\(left))"
    case 3: return "substr(\(left), \(generator.below(4) + 1), \(generator.below(3)))"
    case 4: return "replace(\(left), 'a', '\(generator.pick(Self.texts))')"
    case 5: return "trim(\(left), '\(generator.pick(["a", "ab", "z "]))')"
    default: return either(.text, depth)
    }
  }

  /// A value that depends on a condition.
  private mutating func either(_ type: DataType, _ depth: Int) -> String {
    switch generator.below(4) {
    case 0: return "coalesce(\(expression(type, depth: depth - 1)), \(expression(type, depth: depth - 1)))"
    case 1: return "nullif(\(leaf(type)), \(literal(type)))"
    case 2:
      return
        "(case \(leaf(type)) when \(literal(type)) then \(expression(type, depth: depth - 1)) when \(literal(type)) "
        + "then \(literal(type)) end)"
    default:
      let branches = (0...generator.below(2)).map { _ in
        "when \(condition(depth: depth - 1)) then \(expression(type, depth: depth - 1))"
      }
      let otherwise = generator.oneIn(2) ? " else \(expression(type, depth: depth - 1))" : ""
      return "(case \(branches.joined(separator: " "))\(otherwise) end)"
    }
  }

  mutating func condition(depth: Int) -> String {
    if depth > 0, generator.oneIn(2) {
      let left = condition(depth: depth - 1)
      switch generator.below(5) {
      case 0: return "(not \(left))"
      case 1, 2: return "(\(left) and \(condition(depth: depth - 1)))"
      default: return "(\(left) or \(condition(depth: depth - 1)))"
      }
    }
    let type = generator.pick([DataType.integer, .double, .text])
    let left = expression(type, depth: max(0, depth - 1))
    switch generator.below(12) {
    case 0: return "(\(left) is null)"
    case 1: return "(\(left) is not null)"
    case 2:
      let not = generator.oneIn(2) ? "not " : ""
      let list = (0...generator.below(3)).map { _ in generator.oneIn(9) ? "NULL" : literal(type) }.joined(
        separator: ", ")
      return "(\(left) \(not)in (\(list)))"
    case 3:
      let not = generator.oneIn(2) ? "not " : ""
      return "(\(left) \(not)between \(literal(type)) and \(expression(type, depth: 0)))"
    case 4:
      let not = generator.oneIn(2) ? "not " : ""
      let pattern = generator.pick(["a%", "%b", "%a%", "_", "a_%", "%", "", "ab", "%e%r%"])
      return "(\(text(max(0, depth - 1))) \(not)like '\(pattern)')"
    case 5: return "(\(left) is not distinct from \(expression(type, depth: 0)))"
    case 6: return "(\(left) is distinct from \(expression(type, depth: 0)))"
    case 7 where type != .text:
      return "(\(integer(max(0, depth - 1))) \(comparison()) \(double(max(0, depth - 1))))"
    default: return "(\(left) \(comparison()) \(expression(type, depth: max(0, depth - 1))))"
    }
  }

  private mutating func comparison() -> String { generator.pick(["=", "<>", "<", "<=", ">", ">="]) }
}
