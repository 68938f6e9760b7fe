extension Parser {
  // MARK: In brackets

  /// `pivot (aggregates for column in (values) [column in (values)] [group by keys])`.
  mutating func pivot() throws(Diagnostic) -> Pivot {
    let start = token.span.start
    try expect(.pivot)
    let opening = token
    try expect(.leftParenthesis)
    let aggregates = try namedExpressions()
    guard accept(.for) else { throw failure(expected: "`,` or `for` and a column") }
    var sources: [Pivot.Source] = []
    repeat {
      let value = try beside { parser throws(Diagnostic) in try parser.binary(.other) }
      try expect(.in)
      sources.append(Pivot.Source(value: value, values: try pivotValues()))
    } while !at(.rightParenthesis) && !at(.group) && !isAtEnd
    var groupBy: [Expression]?
    if accept(.group) {
      try expect(.by)
      groupBy = try expressions()
    }
    try close(opening)
    return Pivot(
      aggregates: aggregates, sources: sources, groupBy: groupBy, spelling: .brackets, span: span(from: start))
  }

  private mutating func namedExpressions() throws(Diagnostic) -> [NamedExpression] {
    var result: [NamedExpression] = []
    repeat {
      let value = try expression()
      result.append(NamedExpression(value, alias: try alias(implicit: true)))
    } while accept(.comma)
    return result
  }

  /// `(value [as name], ...)`.
  private mutating func pivotValues() throws(Diagnostic) -> [NamedExpression] {
    let opening = token
    try expect(.leftParenthesis, "`(` and the values")
    if isAtQueryStart() {
      throw Diagnostic(
        "the values of a pivot are written out", at: token.span,
        help: "`pivot t on column using ...` finds out which values there are")
    }
    let values = try namedExpressions()
    try close(opening)
    return values
  }

  /// `unpivot [include|exclude nulls] (value for name in (a, b as 'x'))`, `unpivot ((v, w) for name in ((a, b), (c, d)))`.
  mutating func unpivot() throws(Diagnostic) -> Unpivot {
    let start = token.span.start
    try expect(.unpivot)
    let includesNulls = try nullInclusion()
    let opening = token
    try expect(.leftParenthesis)
    let values =
      at(.leftParenthesis) ? try bracketedIdentifiers("a column's name") : [try identifier("a name for the values")]
    guard accept(.for) else { throw failure(expected: "`for` and a name for the names") }
    let name = try identifier("a name for the names")
    try expect(.in)
    let list = token
    try expect(.leftParenthesis)
    let sources = try unpivotSources()
    try close(list)
    try close(opening)
    return Unpivot(
      values: values, name: name, sources: sources, includesNulls: includesNulls, spelling: .brackets,
      span: span(from: start))
  }

  private mutating func nullInclusion() throws(Diagnostic) -> Bool {
    if accept(.include) {
      try expect(.nulls)
      return true
    }
    if at(.exclude), peek(1).keyword == .nulls { advance(by: 2) }
    return false
  }

  private mutating func unpivotSources() throws(Diagnostic) -> [Unpivot.Source] {
    var sources: [Unpivot.Source] = []
    repeat {
      var columns: [Expression] = []
      if at(.star) {
        let star = try star(qualifier: nil)
        columns = [Expression(.star(star), span: star.span)]
      } else {
        let column = try expression()
        if case .tuple(let items) = column.kind { columns = items } else { columns = [column] }
      }
      sources.append(Unpivot.Source(columns: columns, label: try unpivotLabel()))
    } while accept(.comma)
    return sources
  }

  /// `[as] 'x'`, `[as] 1`, `as x`.
  private mutating func unpivotLabel() throws(Diagnostic) -> Expression? {
    let hasAs = accept(.as)
    if token.kind == .string || token.kind == .number { return try primary() }
    guard hasAs else { return nil }
    let name = try identifier("what the row is called, a text or a name", afterAs: true)
    return Expression(.literal(.string(name.text)), span: name.span)
  }

  // MARK: As a statement

  /// Whether `pivot t on ...` or `unpivot t on ...` begins here, and not an operator on the table in use.
  func isAtPivotStatement() -> Bool {
    guard token.keyword == .pivot || token.keyword == .unpivot else { return false }
    let next = peek(1)
    switch next.kind {
    case .quotedName, .string: return true
    case .word: return !(next.keyword?.endsItem ?? false) && next.keyword != .include && next.keyword != .exclude
    case .symbol(.leftParenthesis): return [.select, .from, .values, .with].contains(peek(2).keyword)
    default: return false
    }
  }

  /// `pivot t on columns [using aggregates] [group by keys]`.
  mutating func pivotStatement() throws(Diagnostic) -> TableReference {
    let start = token.span.start
    advance()
    let table = try tableReference()
    try expect(.on)
    var sources: [Pivot.Source] = []
    repeat {
      let value = try beside { parser throws(Diagnostic) in try parser.binary(.other) }
      sources.append(Pivot.Source(value: value, values: accept(.in) ? try pivotValues() : nil))
    } while accept(.comma)
    let aggregates = accept(.using) ? try namedExpressions() : []
    var groupBy: [Expression]?
    if accept(.group) {
      try expect(.by)
      groupBy = try expressions()
    }
    let pivot = Pivot(
      aggregates: aggregates, sources: sources, groupBy: groupBy, spelling: .statement, span: span(from: start))
    return TableReference(.pivot(table, pivot), span: pivot.span)
  }

  /// `unpivot t [include nulls] on columns [into name n value v]`.
  mutating func unpivotStatement() throws(Diagnostic) -> TableReference {
    let start = token.span.start
    advance()
    let table = try tableReference()
    let includesNulls = try nullInclusion()
    try expect(.on)
    let here = span(from: lastEnd)
    let sources = try unpivotSources()
    var name = Identifier("name", span: here)
    var values = [Identifier("value", span: here)]
    if accept(.into) {
      try expect(.name)
      name = try identifier("a name for the names")
      try expect(word: "value")
      values = try identifiers("a name for the values")
    }
    let unpivot = Unpivot(
      values: values, name: name, sources: sources, includesNulls: includesNulls, spelling: .statement,
      span: span(from: start))
    return TableReference(.unpivot(table, unpivot), span: unpivot.span)
  }
}
