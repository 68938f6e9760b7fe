extension Parser {
  /// A value that no operator is part of.
  mutating func primary() throws(Diagnostic) -> Expression {
    switch token.kind {
    case .number, .string, .specialString, .parameter: return try value()
    case .symbol(.leftParenthesis): return try bracketed()
    case .symbol(.leftBracket): return try list()
    case .quotedName: return try nameOrCall()
    case .word:
      if let result = try keywordPrimary(token) { return result }
      return try nameOrCall()
    default: throw noExpression()
    }
  }

  // The functions between two levels of nesting hold little: what needs room on the stack is done in others.

  private func noExpression() -> Diagnostic {
    let isStar = token.kind == .symbol(.star)
    return failure(
      expected: "an expression", help: isStar ? "`*` stands for all columns only in `select` and `count(*)`" : nil)
  }

  /// A number, a text or a parameter.
  private mutating func value() throws(Diagnostic) -> Expression {
    let first = token
    advance()
    switch first.kind {
    case .number: return Expression(.literal(try number(first)), span: first.span)
    case .specialString: return Expression(.literal(.string(try specialStringText(first))), span: first.span)
    case .parameter: return Expression(.parameter(String(text(first).dropFirst())), span: first.span)
    default: return Expression(.literal(.string(stringText(first))), span: first.span)
    }
  }

  /// What a word of the language begins; nil if it is a plain name here.
  private mutating func keywordPrimary(_ first: Token) throws(Diagnostic) -> Expression? {
    let next = peek(1)
    let isCall = next.kind == .symbol(.leftParenthesis)
    switch first.keyword {
    case .null: return literal(.null)
    case .true: return literal(.boolean(true))
    case .false: return literal(.boolean(false))
    case .case: return try caseExpression()
    case .date where next.kind == .string: return typed(.date)
    case .time where next.kind == .string: return typed(.time)
    case .timestamp where next.kind == .string, .timestamptz where next.kind == .string: return typed(.timestamp)
    case .interval where next.kind == .string || next.kind == .number || isIntervalBracket(): return try interval()
    case .cast where isCall: return try cast(isTry: false)
    case .tryCast where isCall, .safeCast where isCall: return try cast(isTry: true)
    case .exists where isCall: return try exists()
    case .extract where isCall: return try extract()
    case .substring where isCall: return try substring()
    case .position where isCall: return try position()
    case .trim where isCall: return try trim()
    case .array where next.kind == .symbol(.leftBracket):
      advance()
      return try list()
    default: return nil
    }
  }

  private mutating func literal(_ value: Literal) -> Expression {
    let span = token.span
    advance()
    return Expression(.literal(value), span: span)
  }

  private mutating func typed(_ kind: TypedLiteralKind) -> Expression {
    let start = token.span.start
    advance()
    let value = stringText(token)
    advance()
    return Expression(.literal(.typed(kind, value)), span: span(from: start))
  }

  /// `interval (x) day`: a bracket after `interval` is a call unless a unit follows; looks for the unit.
  private func isIntervalBracket() -> Bool {
    guard peek(1).kind == .symbol(.leftParenthesis) else { return false }
    var open = 0
    var ahead = 1
    while peek(ahead).kind != .end, ahead < 100 {
      if case .symbol(let symbol) = peek(ahead).kind {
        if symbol.opens { open += 1 }
        if symbol.closes { open -= 1 }
        if open == 0 { return Self.isUnit(text(peek(ahead + 1))) }
      }
      ahead += 1
    }
    return false
  }

  private static func isUnit(_ word: String) -> Bool {
    let lower = word.lowercased()
    let singular = lower.hasSuffix("s") ? String(lower.dropLast()) : lower
    return units.contains(singular)
  }

  private static let units: Set<String> = [
    "microsecond", "millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade",
    "century", "millennium",
  ]

  private mutating func interval() throws(Diagnostic) -> Expression {
    let start = token.span.start
    advance()
    let amount: Expression
    if at(.leftParenthesis) {
      let opening = token
      advance()
      amount = try expression()
      try close(opening)
    } else {
      let first = token
      advance()
      let value: Literal = first.kind == .string ? .string(stringText(first)) : try number(first)
      amount = Expression(.literal(value), span: first.span)
    }
    let hasUnit = token.kind == .word && Self.isUnit(text(token))
    if !hasUnit, peek(-1).kind != .string {
      throw failure(expected: "a unit such as `day` or `month`")
    }
    let unit = hasUnit ? takeIdentifier() : nil
    return Expression(.interval(amount, unit: unit), span: span(from: start))
  }

  /// `(x)`, `(x, y)`, `(select ...)`.
  private mutating func bracketed() throws(Diagnostic) -> Expression {
    let opening = token
    advance()
    if isAtQueryStart() {
      let query = try query()
      try close(opening)
      return Expression(.subquery(query), span: span(from: opening.span.start))
    }
    let first = try expression()
    if case .subquery(let inner) = first.kind, isAtQueryTail() {
      let query = try query(continuing: inner)
      try close(opening)
      return Expression(.subquery(query), span: span(from: opening.span.start))
    }
    guard at(.comma) else {
      try close(opening)
      return Expression(first.kind, span: first.span)
    }
    var items = [first]
    while accept(.comma) { items.append(try expression()) }
    try close(opening)
    return Expression(.tuple(items), span: span(from: opening.span.start))
  }

  private mutating func list() throws(Diagnostic) -> Expression {
    let opening = token
    advance()
    let items = at(.rightBracket) ? [] : try expressions()
    try close(opening, with: .rightBracket)
    return Expression(.list(items), span: span(from: opening.span.start))
  }

  /// A column, or a function's name with its arguments.
  private mutating func nameOrCall() throws(Diagnostic) -> Expression {
    let first = try expressionName()
    return at(.leftParenthesis) ? try functionCall(first) : try column(first)
  }

  /// The first word of a column or call.
  private mutating func expressionName() throws(Diagnostic) -> Identifier {
    if token.keyword == .by, startsOperand(peek(1)) { throw failure(expected: "an expression before `by`") }
    if token.keyword?.isReserved ?? false { throw failure(expected: "an expression", help: reservedHelp()) }
    return try identifier("an expression")
  }

  private mutating func column(_ first: Identifier) throws(Diagnostic) -> Expression {
    if Self.valueFunctions.contains(first.text.lowercased()), !first.isQuoted, !at(.dot) {
      let call = FunctionCall(name: first)
      return Expression(.call(call), span: first.span)
    }
    var parts = [first]
    while at(.dot), peek(1).kind != .symbol(.star) {
      advance()
      parts.append(try identifier("a column after the point", afterAs: true))
    }
    let last = parts.removeLast()
    let name = QualifiedName(last, qualifiers: parts)
    return Expression(.column(name), span: name.span)
  }

  /// SQL's functions that are written without brackets.
  private static let valueFunctions: Set<String> = [
    "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp",
  ]

  /// Words that stand where a value should, and end a clause: quotes make them columns.
  private func reservedHelp() -> String? {
    let next = peek(1)
    guard next.kind == .end || next.kind == .symbol(.comma) || next.kind == .symbol(.pipe) else { return nil }
    return "a column of that name needs quotes: \"\(text(token))\""
  }

  /// Whether a value can begin with the token, so that a word before it is no value.
  private func startsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .word: return !(token.keyword?.endsItem ?? false)
    case .quotedName, .string, .number, .parameter: return true
    default: return false
    }
  }
}
