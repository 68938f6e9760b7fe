// Forms that SQL writes with words between the brackets, or without brackets at all.

extension Parser {
  /// `case ... end`.
  mutating func caseExpression() throws(Diagnostic) -> Expression {
    let start = token.span.start
    advance()
    let operand = at(.when) ? nil : try expression()
    var branches: [CaseExpression.Branch] = []
    while accept(.when) {
      let condition = try expression()
      try expect(.then)
      branches.append(.init(condition: condition, result: try expression()))
    }
    if branches.isEmpty { throw failure(expected: "`when`") }
    let otherwise = accept(.else) ? try expression() : nil
    if !accept(.end) { throw failure(expected: otherwise == nil ? "`when`, `else` or `end`" : "`end`") }
    let result = CaseExpression(operand: operand, branches: branches, otherwise: otherwise)
    return Expression(.caseWhen(result), span: span(from: start))
  }

  /// `cast(x as t)`.
  mutating func cast(isTry: Bool) throws(Diagnostic) -> Expression {
    let start = token.span.start
    let opening = openForm()
    let value = try expression()
    try expect(.as)
    let type = try typeName()
    try close(opening)
    return Expression(.cast(value, type, isTry: isTry), span: span(from: start))
  }

  /// `exists (select ...)`.
  mutating func exists() throws(Diagnostic) -> Expression {
    let start = token.span.start
    advance()
    let opening = token
    advance()
    let query = try query()
    try close(opening)
    return Expression(.exists(query), span: span(from: start))
  }

  /// `extract(year from x)`.
  mutating func extract() throws(Diagnostic) -> Expression {
    let start = token.span.start
    let opening = openForm()
    let part: Identifier
    if token.kind == .string {
      part = Identifier(stringText(token), isQuoted: true, span: token.span)
      advance()
    } else {
      part = try identifier("a part of a date such as `year`")
    }
    try expect(.from)
    let value = try expression()
    try close(opening)
    return Expression(.extract(part: part, value), span: span(from: start))
  }

  /// `substring(x from 2 for 3)`, `substring(x, 2, 3)`.
  mutating func substring() throws(Diagnostic) -> Expression {
    let start = token.span.start
    let opening = openForm()
    var arguments = [try expression()]
    if accept(.from) {
      arguments.append(try expression())
      if accept(.for) { arguments.append(try expression()) }
    } else if accept(.for) {
      arguments.append(Expression(.literal(.integer(1)), span: span(from: lastEnd)))
      arguments.append(try expression())
    } else {
      while accept(.comma) { arguments.append(try expression()) }
    }
    try close(opening)
    return call("substring", arguments, from: start)
  }

  /// `position(a in b)`, `position(a, b)`.
  mutating func position() throws(Diagnostic) -> Expression {
    let start = token.span.start
    let opening = openForm()
    let needle = try nested { parser throws(Diagnostic) in try parser.binary(.other) }
    guard accept(.in) || accept(.comma) else { throw failure(expected: "`in`") }
    let text = try expression()
    try close(opening)
    return call("position", [needle, text], from: start)
  }

  /// `trim([both|leading|trailing] [x] from y)`, `trim(y [, x])`.
  mutating func trim() throws(Diagnostic) -> Expression {
    let start = token.span.start
    let opening = openForm()
    var name = "trim"
    let isSided = peek(1).kind != .symbol(.rightParenthesis) && peek(1).kind != .symbol(.comma)
    if isSided, accept(.leading) {
      name = "ltrim"
    } else if isSided, accept(.trailing) {
      name = "rtrim"
    } else if isSided {
      _ = accept(.both)
    }
    var arguments: [Expression] = []
    if !at(.from) { arguments.append(try expression()) }
    if accept(.from) {
      arguments.insert(try expression(), at: 0)
    } else {
      while accept(.comma) { arguments.append(try expression()) }
    }
    try close(opening)
    return call(name, arguments, from: start)
  }

  /// Takes the form's word and its bracket, and gives the bracket.
  private mutating func openForm() -> Token {
    advance()
    noteAttached()
    let opening = token
    advance()
    return opening
  }

  /// `text`, `decimal(10, 2)`, `double precision`, `timestamp with time zone`, `text[]`.
  mutating func typeName() throws(Diagnostic) -> TypeName {
    let first = try identifier("a type", afterAs: false)
    forgetName()
    var name = first.text.lowercased()
    if let second = Self.secondWords[name], text(token).lowercased() == second {
      advance()
      name += " " + second
    }
    var parameters: [Int64] = []
    if at(.leftParenthesis) {
      noteAttached()
      let opening = token
      advance()
      repeat {
        guard let value = try count("a whole number") else { throw failure(expected: "a whole number") }
        parameters.append(value)
      } while accept(.comma)
      try close(opening)
    }
    if looksAt(.with, .time, .zone) || looksAt(.without, .time, .zone) {
      name += " \(text(token).lowercased()) time zone"
      advance(by: 3)
    }
    var listDepth = 0
    while at(.leftBracket), peek(1).kind == .symbol(.rightBracket) {
      noteAttached()
      advance(by: 2)
      listDepth += 1
    }
    return TypeName(
      name: name, parameters: parameters, listDepth: listDepth, span: span(from: first.span.start))
  }

  /// Types of two words.
  private static let secondWords = ["double": "precision", "character": "varying", "char": "varying"]
}
