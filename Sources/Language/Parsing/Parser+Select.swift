extension SelectQuery {
  /// A select with the clauses still to come.
  init(items: [SelectItem], from: TableReference?, span: SourceSpan) {
    self.init(
      distinct: .all, items: items, from: from, filter: nil, groupBy: nil, having: nil, windows: [], qualify: nil,
      span: span)
  }
}

extension Parser {
  /// `select ...`, with `from` before it if it has been read already.
  mutating func selectQuery(
    from known: TableReference? = nil, start: Int? = nil
  ) throws(Diagnostic) -> SelectQuery {
    let start = start ?? token.span.start
    try expect(.select)
    var select = SelectQuery(items: [], from: known, span: token.span)
    if accept(.distinct) {
      select.distinct = .distinct
      if accept(.on) {
        let opening = token
        try expect(.leftParenthesis)
        select.distinct = .distinctOn(try expressions())
        try close(opening)
      }
    } else if startsOperandAfterAll() {
      advance()
    }
    select.items = try selectItems()
    if known == nil, accept(.from) { select.from = try tableReferences() }
    try clauses(of: &select, from: start)
    return select
  }

  /// `where` up to `qualify`, in their order.
  mutating func clauses(of select: inout SelectQuery, from start: Int) throws(Diagnostic) {
    if accept(.where) { select.filter = try expression() }
    if at(.group) { select.groupBy = try groupBy(inPipe: false) }
    if accept(.having) { select.having = try expression() }
    if accept(.qualify) { select.qualify = try expression() }
    select.windows = try namedWindows()
    if select.qualify == nil, accept(.qualify) { select.qualify = try expression() }
    select.span = span(from: start)
  }

  /// `window w as (...), ...`, if it comes.
  mutating func namedWindows() throws(Diagnostic) -> [NamedWindow] {
    var windows: [NamedWindow] = []
    guard accept(.window) else { return windows }
    repeat {
      let name = try identifier("a name for the window")
      try expect(.as)
      windows.append(NamedWindow(name: name, specification: try window()))
    } while accept(.comma)
    return windows
  }

  /// `a, b as c, *`; a comma too many before the next clause is let pass.
  mutating func selectItems() throws(Diagnostic) -> [SelectItem] {
    var items = [try selectItem()]
    while accept(.comma) {
      if at(.from) || at(.group) || at(.pipe) { break }
      items.append(try selectItem())
    }
    return items
  }

  private mutating func selectItem() throws(Diagnostic) -> SelectItem {
    if at(.star) { return .star(try star(qualifier: nil)) }
    if let qualifier = starQualifier() { return .star(try star(qualifier: qualifier)) }
    let value = try expression()
    return .expression(value, alias: try alias(implicit: true))
  }

  /// Takes `t.` or `s.t.` if a `*` follows.
  private mutating func starQualifier() -> QualifiedName? {
    var ahead = 0
    while isName(peek(ahead)), peek(ahead + 1).kind == .symbol(.dot), ahead < 8 {
      ahead += 2
      guard peek(ahead).kind == .symbol(.star) else { continue }
      var parts: [Identifier] = []
      while at(.star) == false {
        parts.append(takeIdentifier())
        advance()
      }
      let last = parts.removeLast()
      return QualifiedName(last, qualifiers: parts)
    }
    return nil
  }

  private func isName(_ token: Token) -> Bool { token.kind == .word || token.kind == .quotedName }

  /// `*` and what it leaves out or replaces.
  mutating func star(qualifier: QualifiedName?) throws(Diagnostic) -> Star {
    let start = qualifier?.span.start ?? token.span.start
    try expect(.star)
    var excluded: [QualifiedName] = []
    var replaced: [Star.Replacement] = []
    var renamed: [ColumnRenaming] = []
    while true {
      if at(.exclude) || (at(.except) && peek(1).kind == .symbol(.leftParenthesis) && !isQuery(peek(2))) {
        advance()
        excluded += try starNames()
      } else if looksAt(.replace), peek(1).kind == .symbol(.leftParenthesis) {
        advance()
        replaced += try starReplacements()
      } else if looksAt(.rename), peek(1).kind == .symbol(.leftParenthesis) {
        advance()
        let opening = token
        advance()
        renamed += try renamings()
        try close(opening)
      } else {
        return Star(
          qualifier: qualifier, excluded: excluded, replaced: replaced, renamed: renamed, span: span(from: start))
      }
    }
  }

  func isQuery(_ token: Token) -> Bool {
    [.select, .from, .values, .with].contains(token.keyword) || token.kind == .symbol(.leftParenthesis)
  }

  private mutating func starNames() throws(Diagnostic) -> [QualifiedName] {
    guard at(.leftParenthesis) else { return [try qualifiedName("a column")] }
    let opening = token
    advance()
    var names = [try qualifiedName("a column")]
    while accept(.comma) { names.append(try qualifiedName("a column")) }
    try close(opening)
    return names
  }

  private mutating func starReplacements() throws(Diagnostic) -> [Star.Replacement] {
    let opening = token
    advance()
    var result: [Star.Replacement] = []
    repeat {
      let value = try expression()
      try expect(.as)
      result.append(.init(value: value, column: try identifier("a column", afterAs: true)))
    } while accept(.comma)
    try close(opening)
    return result
  }

  /// `a as b, c as d`; the `as` may be missing.
  mutating func renamings() throws(Diagnostic) -> [ColumnRenaming] {
    var result: [ColumnRenaming] = []
    repeat {
      let column = try identifier("a column")
      if !accept(.as), !isAtName() { try expect(.as) }
      result.append(ColumnRenaming(column: column, newName: try identifier("the new name", afterAs: true)))
    } while accept(.comma)
    return result
  }

  // MARK: Group by

  /// `group [and order] by ...`, from the word `group` on. Aliases and directions are for pipes only.
  mutating func groupBy(inPipe: Bool) throws(Diagnostic) -> GroupBy {
    let start = token.span.start
    try expect(.group)
    var isOrdered = false
    if inPipe, accept(.and) {
      try expect(.order)
      isOrdered = true
    }
    try expect(.by)
    if at(.all), !isInLongerExpression() {
      advance()
      return GroupBy(isAll: true, isOrdered: isOrdered, elements: [], span: span(from: start))
    }
    var elements: [GroupBy.Element] = []
    repeat {
      elements.append(try groupElement(inPipe: inPipe))
    } while accept(.comma)
    return GroupBy(isAll: false, isOrdered: isOrdered, elements: elements, span: span(from: start))
  }

  /// Whether `all` is a column's name here.
  private func isInLongerExpression() -> Bool {
    guard case .symbol(let symbol) = peek(1).kind else { return false }
    return symbol != .pipe && symbol != .rightParenthesis
  }

  private mutating func groupElement(inPipe: Bool) throws(Diagnostic) -> GroupBy.Element {
    let start = token.span.start
    let isCall = peek(1).kind == .symbol(.leftParenthesis)
    if isCall, accept(.rollup) {
      return .init(kind: .rollup(try bracketedExpressions()), alias: nil, order: nil, span: span(from: start))
    }
    if isCall, accept(.cube) {
      return .init(kind: .cube(try bracketedExpressions()), alias: nil, order: nil, span: span(from: start))
    }
    if accept(.grouping, .sets) { return try groupingSets(from: start) }
    let value = try expression()
    guard inPipe else {
      return .init(kind: .expression(value), alias: nil, order: nil, span: span(from: start))
    }
    let alias = try alias(implicit: true)
    var order: OrderItem?
    if [.asc, .desc, .nulls].contains(token.keyword) { order = try orderItem(.expression(value), from: start) }
    return .init(kind: .expression(value), alias: alias, order: order, span: span(from: start))
  }

  /// `(a, b)`, also `()`.
  private mutating func bracketedExpressions() throws(Diagnostic) -> [Expression] {
    let opening = token
    try expect(.leftParenthesis)
    if accept(.rightParenthesis) { return [] }
    let result = try expressions()
    try close(opening)
    return result
  }

  private mutating func groupingSets(from start: Int) throws(Diagnostic) -> GroupBy.Element {
    let opening = token
    try expect(.leftParenthesis)
    var sets: [[Expression]] = []
    repeat {
      sets.append(at(.leftParenthesis) ? try bracketedExpressions() : [try expression()])
    } while accept(.comma)
    try close(opening)
    return .init(kind: .groupingSets(sets), alias: nil, order: nil, span: span(from: start))
  }
}
