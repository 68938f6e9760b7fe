// Precedence as PostgreSQL has it ("Operator Precedence" in its manual), loosest first: or; and; not; is; comparisons,
// which do not chain; between, in, like; other operators; + -; * / // %; ^; at time zone; collate; signs; [ ]; ::

extension Parser {
  /// An expression.
  mutating func expression() throws(Diagnostic) -> Expression {
    try nested { parser throws(Diagnostic) in try parser.disjunction() }
  }

  /// `a, b, c`.
  mutating func expressions() throws(Diagnostic) -> [Expression] {
    var result = [try expression()]
    while accept(.comma) { result.append(try expression()) }
    return result
  }

  private mutating func disjunction() throws(Diagnostic) -> Expression {
    let first = try conjunction()
    guard at(.or) else { return first }
    var parts = [first]
    while accept(.or) {
      parts.append(try beside { parser throws(Diagnostic) in try parser.conjunction() })
    }
    return logical(.or, parts)
  }

  private mutating func conjunction() throws(Diagnostic) -> Expression {
    let first = try negation()
    guard at(.and) else { return first }
    var parts = [first]
    while accept(.and) {
      parts.append(try beside { parser throws(Diagnostic) in try parser.negation() })
    }
    return logical(.and, parts)
  }

  private func logical(_ operation: LogicalOperator, _ parts: [Expression]) -> Expression {
    let start = parts.first?.span.start ?? token.span.start
    return Expression(.logical(operation, parts), span: span(from: start))
  }

  /// `not not x`, without recursion.
  private mutating func negation() throws(Diagnostic) -> Expression {
    var starts: [Int] = []
    while at(.not) {
      starts.append(token.span.start)
      advance()
    }
    var result = try test()
    try grow(by: starts.count)
    for start in starts.reversed() {
      result = Expression(.unary(.not, result), span: span(from: start))
    }
    return result
  }

  /// `x is ...`.
  private mutating func test() throws(Diagnostic) -> Expression {
    var result = try binary(.comparison)
    while true {
      if accept(.isnull) {
        result = isTest(result, .null, false)
      } else if accept(.notnull) {
        result = isTest(result, .null, true)
      } else if accept(.not, .null) {
        result = isTest(result, .null, true)
      } else if accept(.is) {
        result = try isTail(result)
      } else {
        return result
      }
      try grow()
    }
  }

  private func isTest(_ value: Expression, _ test: IsTest, _ isNegated: Bool) -> Expression {
    Expression(.isTest(value, test, isNegated: isNegated), span: span(from: value.span.start))
  }

  private mutating func isTail(_ value: Expression) throws(Diagnostic) -> Expression {
    let isNegated = accept(.not)
    if accept(.null) { return isTest(value, .null, isNegated) }
    if accept(.true) { return isTest(value, .true, isNegated) }
    if accept(.false) { return isTest(value, .false, isNegated) }
    if accept(.unknown) { return isTest(value, .unknown, isNegated) }
    if accept(.distinct) {
      try expect(.from)
      let other = try binary(.comparison)
      let operation = isNegated ? BinaryOperator.isNotDistinctFrom : .isDistinctFrom
      return Expression(.binary(operation, value, other), span: span(from: value.span.start))
    }
    throw failure(expected: "`null`, `true`, `false`, `unknown` or `distinct from` after `is`")
  }

  /// How tightly an operator between two values binds.
  enum Level: Int {
    case comparison
    case range
    case other
    case sum
    case product
    case power
    case zone
    case collation
    case prefix

    var tighter: Level { Level(rawValue: rawValue + 1) ?? .prefix }
  }

  /// Operators from `level` on; those of one level go from left to right.
  mutating func binary(_ level: Level) throws(Diagnostic) -> Expression {
    var left = try prefixed()
    var hasCompared = false
    while true {
      if let (operation, found) = infixOperator(), found.rawValue >= level.rawValue {
        if found == .comparison {
          if hasCompared { throw chainedComparison() }
          hasCompared = true
        }
        advance()
        if found == .comparison, let quantified = try quantifiedComparison(left, operation) {
          left = quantified
        } else {
          let right = try beside { parser throws(Diagnostic) in try parser.binary(found.tighter) }
          left = Expression(.binary(operation, left, right), span: span(from: left.span.start))
        }
      } else if level.rawValue <= Level.range.rawValue, let range = try rangeTest(left) {
        left = range
      } else if level.rawValue <= Level.zone.rawValue, looksAt(.at, .time, .zone) {
        advance(by: 3)
        let zone = try binary(.collation)
        left = call("timezone", [zone, left], from: left.span.start)
      } else if level.rawValue <= Level.collation.rawValue, accept(.collate) {
        let name = try identifier("the name of a collation")
        left = Expression(.collate(left, name), span: span(from: left.span.start))
      } else {
        return left
      }
      try grow()
    }
  }

  private func chainedComparison() -> Diagnostic {
    Diagnostic(
      "comparisons cannot be chained", at: token.span,
      help: "write `a < b and b < c`, or put brackets around one of them")
  }

  private func infixOperator() -> (BinaryOperator, Level)? {
    guard case .symbol(let symbol) = token.kind else { return nil }
    switch symbol {
    case .equal: return (.equal, .comparison)
    case .notEqual, .exclamationEqual: return (.notEqual, .comparison)
    case .less: return (.less, .comparison)
    case .lessOrEqual: return (.lessOrEqual, .comparison)
    case .greater: return (.greater, .comparison)
    case .greaterOrEqual: return (.greaterOrEqual, .comparison)
    case .doubleBar: return (.concatenate, .other)
    case .arrow: return (.arrow, .other)
    case .longArrow: return (.longArrow, .other)
    case .ampersand: return (.bitAnd, .other)
    case .bar: return (.bitOr, .other)
    case .shiftLeft: return (.shiftLeft, .other)
    case .shiftRight: return (.shiftRight, .other)
    case .tilde: return (.matches, .other)
    case .tildeStar: return (.matchesIgnoringCase, .other)
    case .notTilde: return (.notMatches, .other)
    case .notTildeStar: return (.notMatchesIgnoringCase, .other)
    case .plus: return (.add, .sum)
    case .minus: return (.subtract, .sum)
    case .star: return (.multiply, .product)
    case .slash: return (.divide, .product)
    case .doubleSlash: return (.integerDivide, .product)
    case .percent: return (.modulo, .product)
    case .caret, .doubleStar: return (.power, .power)
    default: return nil
    }
  }

  /// `= any (...)`, `> all (...)`.
  private mutating func quantifiedComparison(
    _ left: Expression, _ operation: BinaryOperator
  ) throws(Diagnostic) -> Expression? {
    guard peek(1).kind == .symbol(.leftParenthesis) else { return nil }
    let quantifier: Quantifier
    switch token.keyword {
    case .any, .some(.some): quantifier = .any
    case .all: quantifier = .all
    default: return nil
    }
    advance()
    let opening = token
    advance()
    let operand: QuantifiedOperand
    if isAtQueryStart() { operand = .query(try query()) } else { operand = .list(try expression()) }
    try close(opening)
    return Expression(.quantified(left, operation, quantifier, operand), span: span(from: left.span.start))
  }

  /// `[not] between`, `in`, `like`, `ilike` after a value; nil if none of them follows.
  private mutating func rangeTest(_ value: Expression) throws(Diagnostic) -> Expression? {
    let isNegated = token.keyword == .not
    switch peek(isNegated ? 1 : 0).keyword {
    case .between, .in, .like, .ilike: break
    default:
      for keyword in [Keyword.between, .in, .like, .ilike, .is] { _ = at(keyword) }
      return nil
    }
    if isNegated { advance() }
    let keyword = token.keyword
    advance()
    switch keyword {
    case .between:
      let low = try binary(.other)
      try expect(.and)
      let high = try binary(.other)
      return Expression(
        .between(value, low: low, high: high, isNegated: isNegated), span: span(from: value.span.start))
    case .in: return try inTail(value, isNegated)
    default:
      let pattern = try binary(.other)
      let escape = accept(.escape) ? try binary(.other) : nil
      let test = LikeTest(
        value: value, pattern: pattern, escape: escape, ignoresCase: keyword == .ilike, isNegated: isNegated)
      return Expression(.like(test), span: span(from: value.span.start))
    }
  }

  /// `in t`: the rows of a table of one column; `in [a, b]`, `in unnest(x)`: the elements of a list.
  private mutating func inList(_ value: Expression, _ isNegated: Bool) throws(Diagnostic) -> Expression {
    let start = value.span.start
    if at(.leftBracket) || looksAt(.array) && peek(1).kind == .symbol(.leftBracket)
      || looksAt(.unnest) && peek(1).kind == .symbol(.leftParenthesis)
    {
      let isUnnest = looksAt(.unnest)
      if isUnnest { advance() }
      let items = try nested { parser throws(Diagnostic) in try parser.binary(.prefix) }
      let test = Expression(.quantified(value, .equal, .any, .list(items)), span: span(from: start))
      return isNegated ? Expression(.unary(.not, test), span: test.span) : test
    }
    guard isAtName(), peek(1).kind != .symbol(.leftParenthesis) else {
      throw failure(expected: "`(` after `in`", help: "a list is written `in ('a', 'b')`")
    }
    let name = try qualifiedName("a table")
    let query = Query(body: .from(TableReference(.name(name), span: name.span)), span: name.span)
    return Expression(.inQuery(value, query, isNegated: isNegated), span: span(from: start))
  }

  private mutating func inTail(_ value: Expression, _ isNegated: Bool) throws(Diagnostic) -> Expression {
    guard at(.leftParenthesis) else { return try inList(value, isNegated) }
    let opening = token
    advance()
    if accept(.rightParenthesis) {
      return Expression(.inList(value, [], isNegated: isNegated), span: span(from: value.span.start))
    }
    if isAtQueryStart() {
      let query = try query()
      try close(opening)
      return Expression(.inQuery(value, query, isNegated: isNegated), span: span(from: value.span.start))
    }
    let items = try expressions()
    try close(opening)
    if items.count == 1, case .subquery(let query)? = items.first?.kind {
      return Expression(.inQuery(value, query, isNegated: isNegated), span: span(from: value.span.start))
    }
    return Expression(.inList(value, items, isNegated: isNegated), span: span(from: value.span.start))
  }

  /// Signs before a value, without recursion. They bind tighter than `^`, as in PostgreSQL.
  private mutating func prefixed() throws(Diagnostic) -> Expression {
    if at(.not) { return try nested { parser throws(Diagnostic) in try parser.negation() } }
    var signs: [(UnaryOperator, Int)] = []
    while case .symbol(let symbol) = token.kind {
      switch symbol {
      case .minus: signs.append((.minus, token.span.start))
      case .plus: signs.append((.plus, token.span.start))
      case .tilde: signs.append((.bitNot, token.span.start))
      default: return try signed(signs)
      }
      advance()
    }
    return try signed(signs)
  }

  private mutating func signed(_ signs: [(UnaryOperator, Int)]) throws(Diagnostic) -> Expression {
    var signs = signs
    var result: Expression
    if let (sign, start) = signs.last, sign == .minus, isLeastInteger() {
      signs.removeLast()
      advance()
      result = Expression(.literal(.integer(.min)), span: span(from: start))
    } else {
      result = try postfixed()
    }
    try grow(by: signs.count)
    for (sign, start) in signs.reversed() {
      result = Expression(.unary(sign, result), span: span(from: start))
    }
    return result
  }

  /// The number whose negative is the least integer has no positive form.
  private func isLeastInteger() -> Bool {
    token.kind == .number && peek(1).kind != .symbol(.doubleColon)
      && numberText(token).drop { $0 == "0" } == "9223372036854775808"
  }

  /// `x[1]`, `x[1:2]`, `x::type`.
  private mutating func postfixed() throws(Diagnostic) -> Expression {
    var result = try primary()
    while true {
      if accept(.doubleColon) {
        let type = try typeName()
        result = Expression(.cast(result, type, isTry: false), span: span(from: result.span.start))
      } else if at(.leftBracket) {
        result = try subscripted(result)
      } else {
        return result
      }
      try grow()
    }
  }

  private mutating func subscripted(_ base: Expression) throws(Diagnostic) -> Expression {
    let opening = token
    advance()
    let low = at(.colon) ? nil : try expression()
    guard accept(.colon) else {
      try close(opening, with: .rightBracket)
      guard let low else { return base }
      return Expression(.index(base, low), span: span(from: base.span.start))
    }
    let high = at(.rightBracket) ? nil : try expression()
    try close(opening, with: .rightBracket)
    return Expression(.slice(base, low: low, high: high), span: span(from: base.span.start))
  }

  /// A call that other words stood for.
  func call(_ name: String, _ arguments: [Expression], from start: Int) -> Expression {
    let span = span(from: start)
    let call = FunctionCall(
      name: Identifier(name, span: span), arguments: arguments.map { .init(name: nil, value: $0) })
    return Expression(.call(call), span: span)
  }
}
