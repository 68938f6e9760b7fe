extension Parser {
  /// `a join b on ..., c`: commas are cross joins.
  mutating func tableReferences() throws(Diagnostic) -> TableReference {
    try nested { parser throws(Diagnostic) in
      var left = try parser.joinedTable()
      while parser.accept(.comma) {
        let right = try parser.beside { parser throws(Diagnostic) in try parser.joinedTable() }
        left = parser.joined(left, .cross, right, .none)
        try parser.grow()
      }
      return left
    }
  }

  private func joined(
    _ left: TableReference, _ kind: JoinKind, _ right: TableReference, _ condition: JoinCondition
  ) -> TableReference {
    let join = Join(left: left, kind: kind, right: right, condition: condition)
    return TableReference(.join(join), span: span(from: left.span.start))
  }

  private mutating func joinedTable() throws(Diagnostic) -> TableReference {
    var left = try tableReference()
    while let (kind, isNatural) = joinWords() {
      let right = try beside { parser throws(Diagnostic) in try parser.tableReference() }
      let condition = try joinCondition(kind, isNatural: isNatural)
      left = joined(left, kind, right, condition)
      try grow()
    }
    return left
  }

  /// Takes `[natural] [inner|left [outer|semi|anti]|right|full|cross|semi|anti|asof [left]] join`; takes nothing if no
  /// `join` comes.
  mutating func joinWords() -> (kind: JoinKind, isNatural: Bool)? {
    var ahead = 0
    let isNatural = token.keyword == .natural
    if isNatural { ahead = 1 }
    var kind = JoinKind.inner
    switch peek(ahead).keyword {
    case .inner: kind = .inner
    case .left: kind = .left
    case .right: kind = .right
    case .full: kind = .full
    case .cross: kind = .cross
    case .semi: kind = .semi
    case .anti: kind = .anti
    case .asof: kind = .asof
    default: ahead -= 1
    }
    ahead += 1
    if ahead > 0 {
      switch (kind, peek(ahead).keyword) {
      case (.left, .outer), (.right, .outer), (.full, .outer), (.asof, .inner): ahead += 1
      case (.asof, .left):
        kind = .asofLeft
        ahead += peek(ahead + 1).keyword == .outer ? 2 : 1
      case (.left, .semi):
        kind = .semi
        ahead += 1
      case (.left, .anti):
        kind = .anti
        ahead += 1
      default: break
      }
    }
    guard peek(ahead).keyword == .join else {
      for keyword in [Keyword.join, .left, .inner, .cross] { _ = at(keyword) }
      return nil
    }
    advance(by: ahead + 1)
    return (kind, isNatural)
  }

  /// `on ...` or `using (...)`, as the kind of join wants it.
  mutating func joinCondition(_ kind: JoinKind, isNatural: Bool) throws(Diagnostic) -> JoinCondition {
    if isNatural { return .natural }
    if kind == .cross { return .none }
    if accept(.on) { return .on(try expression()) }
    if accept(.using) { return .using(try bracketedIdentifiers("a column")) }
    // A misspelt `on` has been taken as the table's alias.
    throw failure(
      expected: "`on` or `using` after the joined table",
      help: (isAtEnd ? nil : suggestion(for: text(peek(-1)), in: ["on", "using"]))
        ?? "say how rows match: `on a.id = b.id` or `using (id)`; every pair is `cross join`")
  }

  /// One table with its alias.
  mutating func tableReference() throws(Diagnostic) -> TableReference {
    let start = token.span.start
    let kind = try tableKind()
    var result = TableReference(kind, span: span(from: start))
    result.alias = try tableAlias()
    if at(.tablesample) { result.sample = try tableSample() }
    result.span = span(from: start)
    while at(.pivot) || at(.unpivot) {
      let table = result
      result = TableReference(
        at(.pivot) ? .pivot(table, try pivot()) : .unpivot(table, try unpivot()), span: span(from: start))
      result.alias = try tableAlias()
      result.span = span(from: start)
      try grow()
    }
    return result
  }

  private mutating func tableKind() throws(Diagnostic) -> TableReference.Kind {
    switch token.kind {
    case .string:
      let path = try path(token)
      advance()
      return .file(path, options: at(.leftParenthesis) ? try optionList() : [])
    case .symbol(.leftParenthesis): return try bracketedTable(isLateral: false)
    case .parameter:
      throw failure(
        expected: "a table", help: "a file whose path is a parameter is written '$name'; a table cannot be one")
    default: break
    }
    if looksAt(.lateral) {
      if peek(1).kind == .symbol(.leftParenthesis) {
        advance()
        return try bracketedTable(isLateral: true)
      }
      if peek(2).kind == .symbol(.leftParenthesis) {
        advance()
        return try tableFunction(isLateral: true)
      }
    }
    if at(.values), peek(1).kind == .symbol(.leftParenthesis) {
      let start = token.span.start
      advance()
      let rows = try rows()
      return .subquery(Query(body: .values(rows), span: span(from: start)), isLateral: false)
    }
    if isAtName(), peek(1).kind == .symbol(.leftParenthesis), !peek(1).followsSpace || token.keyword == .unnest {
      return try tableFunction(isLateral: false)
    }
    return .name(try qualifiedName("a table"))
  }

  private mutating func tableFunction(isLateral: Bool) throws(Diagnostic) -> TableReference.Kind {
    let name = try identifier("a function")
    let call = try plainCall(name)
    let withOrdinality = accept(.with, .ordinality)
    return .function(call, isLateral: isLateral, withOrdinality: withOrdinality)
  }

  /// `(query)` or `(a join b)`.
  private mutating func bracketedTable(isLateral: Bool) throws(Diagnostic) -> TableReference.Kind {
    let opening = token
    advance()
    if isAtQueryStart() {
      let query = try query()
      try close(opening)
      return .subquery(query, isLateral: isLateral)
    }
    let inner = try tableReferences()
    if case .subquery(let first, _) = inner.kind, inner.alias == nil, isAtQueryTail() {
      let query = try query(continuing: first)
      try close(opening)
      return .subquery(query, isLateral: isLateral)
    }
    try close(opening)
    guard inner.alias != nil, !isLateral else { return inner.kind }
    return .subquery(Query(body: .from(inner), span: inner.span), isLateral: isLateral)
  }

  /// `[as] name [(columns)]`.
  mutating func tableAlias() throws(Diagnostic) -> TableAlias? {
    guard let name = try alias(implicit: true) else { return nil }
    guard at(.leftParenthesis) else { return TableAlias(name: name, columns: []) }
    return TableAlias(name: name, columns: try bracketedIdentifiers("a column's name"))
  }

  /// `tablesample [method] (n percent|rows) [repeatable (seed)]`; a number alone is a percentage, and without a method
  /// the brackets may be left out.
  mutating func tableSample() throws(Diagnostic) -> TableSample {
    let start = token.span.start
    try expect(.tablesample)
    let method = token.kind == .word ? try identifier("a method or `(`").text.lowercased() : nil
    let opening = token
    let hasBrackets = at(.leftParenthesis)
    if hasBrackets { advance() } else if method != nil { try expect(.leftParenthesis) }
    let amount = try beside { parser throws(Diagnostic) in try parser.binary(.power) }
    let unit: TableSample.Unit
    if accept(.rows) {
      unit = .rows
    } else if accept(Keyword.percent) || accept(Symbol.percent) || hasBrackets && at(.rightParenthesis) {
      unit = .percent
    } else {
      throw failure(expected: "`percent` or `rows`")
    }
    if hasBrackets { try close(opening) }
    var seed: Expression?
    if accept(.repeatable) || accept(.seed) {
      let opening = token
      try expect(.leftParenthesis)
      seed = try expression()
      try close(opening)
    }
    return TableSample(method: method, amount: amount, unit: unit, seed: seed, span: span(from: start))
  }
}
