import ColumnStore

/// A column, or whatever else stands for a value, that an expression may use.
struct GeneratedColumn {
  var name: String
  var type: DataType
}

/// Writes random expressions that SQLite and our engine must agree on.
struct ExpressionGenerator {
  let choices: Choices
  let columns: [GeneratedColumn]
  /// Writes queries inside of expressions; nil where there may be none.
  var subqueries: SubqueryGenerator?

  static let texts = ["a", "b", "ab", "B", "", "abc", "zebra", "a longer text than twelve"]

  func expression(_ type: DataType, depth: Int) -> String {
    switch type {
    case .integer: integer(depth)
    case .double: double(depth)
    case .boolean: condition(depth: depth)
    default: text(depth)
    }
  }

  /// A constant; NULL says its type, since the two guess differently what a NULL alone is.
  func literal(_ type: DataType) -> String {
    if choices.oneIn(12) { return null(type) }
    return switch type {
    case .integer: choices.pick(["1", "0", "2", "3", "-1", "-3", "5", "+ 2", "- 4"])
    case .double: choices.pick(["0.5", "1.0", "-2.25", "0.0", "3.0", "1.75"])
    case .boolean: choices.pick(["true", "false"])
    default: "'\(choices.pick(Self.texts))'"
    }
  }

  private func null(_ type: DataType) -> String {
    switch type {
    case .integer: "cast(NULL as integer)"
    case .double: "cast(NULL as real)"
    case .boolean: "(NULL = 1)"
    default: "cast(NULL as text)"
    }
  }

  private func leaf(_ type: DataType) -> String {
    let fitting = columns.filter { $0.type == type }
    if fitting.isEmpty || choices.oneIn(5) { return literal(type) }
    return choices.pick(fitting).name
  }

  private func integer(_ depth: Int) -> String {
    if depth == 0 || choices.below(4) == 0 { return leaf(.integer) }
    switch choices.below(14) {
    case 0: return "(\(integer(depth - 1)) + \(integer(depth - 1)))"
    case 1: return "(\(integer(depth - 1)) - \(integer(depth - 1)))"
    case 2: return "\(integer(depth - 1)) * \(choices.pick(["2", "3", "-1", "-2", "0"]))"
    case 3: return "\(leaf(.integer)) % \(choices.pick(["2", "3", "-3", "0"]))"
    case 4: return "abs(\(integer(depth - 1)))"
    case 5: return "length(\(text(depth - 1)))"
    case 6: return "- \(leaf(.integer))"
    case 7: return "+ - \(leaf(.integer))"
    case 8: return "- (- \(integer(depth - 1)))"
    case 9: return "\(leaf(.integer)) + \(leaf(.integer)) * \(leaf(.integer)) - \(leaf(.integer))"
    case 10 where Feature.isEnabled(.integerDivision): return divided(depth)
    case 11: return subqueries?.scalar(.integer, columns) ?? leaf(.integer)
    default: return either(.integer, depth)
    }
  }

  /// `/` of integers is asked for as SQLite has it: the part behind the point is cut.
  private func divided(_ depth: Int) -> String {
    "\(leaf(.integer)) / \(choices.pick(["2", "3", "-2", "0", "(\(integer(depth - 1)))"]))"
  }

  private func double(_ depth: Int) -> String {
    if depth == 0 || choices.below(4) == 0 { return leaf(.double) }
    switch choices.below(10) {
    case 0: return "(\(double(depth - 1)) + \(double(depth - 1)))"
    case 1: return "(\(double(depth - 1)) - \(integer(depth - 1)))"
    case 2: return "\(double(depth - 1)) * \(choices.pick(["0.5", "2", "-1.5"]))"
    case 3: return "\(double(depth - 1)) / \(choices.pick(["2", "0.5", "4.0", "0", "0.0"]))"
    case 4: return "abs(\(double(depth - 1)))"
    case 5: return "- \(leaf(.double))"
    case 6: return "cast(\(integer(depth - 1)) as real)"
    case 7: return subqueries?.scalar(.double, columns) ?? leaf(.double)
    default: return either(.double, depth)
    }
  }

  private func text(_ depth: Int) -> String {
    if depth == 0 || choices.below(3) == 0 { return leaf(.text) }
    switch choices.below(10) {
    case 0: return "(\(text(depth - 1)) || \(text(depth - 1)))"
    case 1: return "upper(\(text(depth - 1)))"
    case 2: return "lower(\(text(depth - 1)))"
    case 3: return "substr(\(text(depth - 1)), \(choices.below(4) + 1), \(choices.below(3)))"
    case 4: return "replace(\(text(depth - 1)), 'a', '\(choices.pick(Self.texts))')"
    case 5: return "trim(\(text(depth - 1)), '\(choices.pick(["a", "ab", "z "]))')"
    case 6: return "cast(\(integer(depth - 1)) as text)"
    case 7: return subqueries?.scalar(.text, columns) ?? leaf(.text)
    default: return either(.text, depth)
    }
  }

  /// A value that depends on a condition.
  private func either(_ type: DataType, _ depth: Int) -> String {
    switch choices.below(5) {
    case 0: return "coalesce(\(expression(type, depth: depth - 1)), \(expression(type, depth: depth - 1)))"
    case 1: return "nullif(\(leaf(type)), \(literal(type)))"
    case 2:
      let branches = (0...choices.below(2)).map { _ in "when \(leaf(type)) then \(expression(type, depth: depth - 1))" }
      return "case \(leaf(type)) \(branches.joined(separator: " ")) else \(literal(type)) end"
    default:
      let branches = (0...choices.below(2)).map { _ in
        "when \(condition(depth: depth - 1)) then \(expression(type, depth: depth - 1))"
      }
      let otherwise = choices.oneIn(2) ? " else \(expression(type, depth: depth - 1))" : ""
      return "case \(branches.joined(separator: " "))\(otherwise) end"
    }
  }

  // MARK: Conditions

  func condition(depth: Int) -> String {
    if depth > 0, choices.oneIn(2) {
      switch choices.below(5) {
      case 0: return "not (\(condition(depth: depth - 1)))"
      case 1, 2: return "\(condition(depth: depth - 1)) and \(condition(depth: depth - 1))"
      case 3: return "(\(condition(depth: depth - 1)) or \(condition(depth: depth - 1)))"
      default: return "(\(condition(depth: depth - 1))) is \(choices.pick(["true", "not true", "false", "null"]))"
      }
    }
    let depth = max(0, depth - 1)
    let type = choices.pick([DataType.integer, .integer, .double, .text])
    switch choices.below(18) {
    case 0...3: return "\(expression(type, depth: depth)) \(comparison()) \(expression(type, depth: depth))"
    case 4: return "\(expression(type, depth: depth)) is null"
    case 5: return "\(expression(type, depth: depth)) is not null"
    case 6: return "not \(leaf(type)) is null"
    case 7:
      let list = (0...choices.below(3)).map { _ in
        choices.oneIn(9) ? "NULL" : choices.oneIn(4) ? leaf(type) : literal(type)
      }.joined(separator: ", ")
      return "\(expression(type, depth: depth)) \(not())in (\(list))"
    case 8: return "\(leaf(type)) \(not())between \(leaf(type)) and \(expression(type, depth: depth))"
    case 9: return "not \(leaf(type)) \(not())between \(literal(type)) and \(leaf(type))"
    case 10:
      let pattern = choices.pick(["a%", "%b", "%a%", "_", "a_%", "%", "", "ab", "%e%r%"])
      return "\(text(depth)) \(not())like '\(pattern)'"
    case 11: return "\(leaf(type)) is \(not())distinct from \(expression(type, depth: depth))"
    case 12 where type != .text: return "\(integer(depth)) \(comparison()) \(double(depth))"
    case 13: return "not NULL \(comparison()) \(leaf(type))"
    case 14, 15, 16: return subqueries?.condition(columns) ?? "\(leaf(type)) \(comparison()) \(leaf(type))"
    case 17 where columns.contains { $0.type == .boolean }: return leaf(.boolean)
    default: return "\(leaf(type)) \(comparison()) \(literal(type))"
    }
  }

  private func not() -> String { choices.oneIn(2) ? "not " : "" }

  private func comparison() -> String { choices.pick(["=", "<>", "<", "<=", ">", ">="]) }
}
