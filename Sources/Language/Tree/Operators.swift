/// An operator before its one operand.
public enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
  /// `-x`
  case minus = "-"
  /// `+x`
  case plus = "+"
  /// `not x`
  case not = "not"
  /// `~x`
  case bitNot = "~"
}

/// An operator between two operands. `and` and `or` are `LogicalOperator`.
public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case equal = "="
  /// `<>`, also `!=`
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isDistinctFrom = "is distinct from"
  case isNotDistinctFrom = "is not distinct from"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  /// `/`, which gives a double
  case divide = "/"
  /// `//`, which gives an integer
  case integerDivide = "//"
  case modulo = "%"
  case power = "^"
  case concatenate = "||"
  case bitAnd = "&"
  case bitOr = "|"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  /// `~`: matches a regular expression
  case matches = "~"
  case matchesIgnoringCase = "~*"
  case notMatches = "!~"
  case notMatchesIgnoringCase = "!~*"
  /// `->`: a field or element of a JSON value; also a lambda, where a function takes one
  case arrow = "->"
  /// `->>`: a field or element of a JSON value as text
  case longArrow = "->>"
}

/// `and`, `or`: kept flat, so that a chain of thousands is one node.
public enum LogicalOperator: String, Sendable, Hashable {
  case and
  case or
}
