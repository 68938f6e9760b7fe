extension Parser {
  /// Whether a query begins here with its own word, so that a bracket before it holds a query.
  func isAtQueryStart() -> Bool {
    switch token.keyword {
    case .select, .from: return true
    case .with: return peek(1).kind == .word || peek(1).kind == .quotedName
    case .values: return peek(1).kind == .symbol(.leftParenthesis)
    case .table: return isAtTableQuery()
    case .pivot, .unpivot: return isAtPivotStatement()
    default: return false
    }
  }

  /// `table t` is `from t`; a column or table named `table` has no name after it.
  private func isAtTableQuery() -> Bool {
    let next = peek(1)
    guard next.kind == .quotedName || next.kind == .word && !(next.keyword?.endsItem ?? false) else { return false }
    var ahead = 2
    while peek(ahead).kind == .symbol(.dot) { ahead += 2 }
    switch peek(ahead).kind {
    case .end, .symbol(.rightParenthesis), .symbol(.pipe): return true
    default: return peek(ahead).keyword?.endsItem ?? false
    }
  }

  /// Whether something follows that goes on with a query in brackets.
  func isAtQueryTail() -> Bool {
    switch token.keyword {
    case .union, .intersect, .except, .order, .limit, .offset, .fetch: return true
    default: return at(.pipe)
    }
  }

  /// A whole query: `[with ...] body [order by ...] [limit ...] [|> ...]`.
  mutating func query() throws(Diagnostic) -> Query {
    try nested { parser throws(Diagnostic) in
      let start = parser.token.span.start
      let with = parser.at(.with) ? try parser.withClause() : nil
      return try parser.query(with: with, from: start)
    }
  }

  /// A query whose `with`, which began at `start`, has been read.
  mutating func query(with: WithClause?, from start: Int) throws(Diagnostic) -> Query {
    var query = try setExpression(first: try queryPrimary())
    query.with = with
    return try finish(query, from: start)
  }

  /// A query whose first part, in brackets, has been read.
  mutating func query(continuing inner: Query) throws(Diagnostic) -> Query {
    try nested { parser throws(Diagnostic) in
      let first = Query(body: .nested(inner), span: inner.span)
      return try parser.finish(try parser.setExpression(first: first), from: inner.span.start)
    }
  }

  /// `order by`, `limit` and pipe operators after a query's body.
  private mutating func finish(_ query: Query, from start: Int) throws(Diagnostic) -> Query {
    var query = query
    if at(.order) { query.orderBy = try orderBy() }
    if at(.limit) || at(.offset) || at(.fetch) { query.limit = try limitClause() }
    try checkClauseOrder(after: query)
    query.operators = try pipeOperators()
    query.span = span(from: start)
    return query
  }

  /// `|> operator |> operator`.
  mutating func pipeOperators() throws(Diagnostic) -> [PipeOperator] {
    var result: [PipeOperator] = []
    while accept(.pipe) {
      result.append(try beside { parser throws(Diagnostic) in try parser.pipeOperator() })
      try grow()
    }
    return result
  }

  /// A clause of `select` that stands where it cannot.
  private func checkClauseOrder(after query: Query) throws(Diagnostic) {
    if !query.orderBy.isEmpty || query.limit != nil, let word = token.keyword,
      [.union, .intersect, .except].contains(word)
    {
      let clause = query.orderBy.isEmpty ? "limit" : "order by"
      throw Diagnostic(
        "`\(clause)` cannot stand before `\(word.text)`", at: token.span,
        help: "put it at the end, where it is for all rows, or put brackets around the query that it is for")
    }
    guard let keyword = token.keyword, let name = Self.clauseNames[keyword] else { return }
    guard case .select = query.body else {
      if case .setOperation = query.body, keyword != .order { return }
      throw Diagnostic(
        "`\(name)` cannot stand here", at: token.span,
        help: "the order is `from`, `select`, `where`, `group by`, `having`, `window`, `qualify`, `order by`, `limit`")
    }
    throw Diagnostic(
      "`\(name)` cannot stand here", at: token.span,
      help: "the order is `select`, `from`, `where`, `group by`, `having`, `window`, `qualify`, `order by`, `limit`")
  }

  private static let clauseNames: [Keyword: String] = [
    .select: "select", .from: "from", .where: "where", .group: "group by", .having: "having", .qualify: "qualify",
    .order: "order by", .limit: "limit",
  ]

  mutating func withClause() throws(Diagnostic) -> WithClause {
    let start = token.span.start
    advance()
    let isRecursive = looksAt(.recursive) && peek(1).keyword != .as && accept(.recursive)
    var tables: [CommonTable] = []
    repeat {
      let name = try identifier("a name for the query")
      let columns = at(.leftParenthesis) ? try bracketedIdentifiers("a column's name") : []
      try expect(.as)
      if !accept(.materialized) { _ = accept(.not, .materialized) }
      let opening = token
      try expect(.leftParenthesis, "`(` and a query")
      let query = try query()
      try close(opening)
      tables.append(CommonTable(name: name, columns: columns, query: query))
    } while accept(.comma)
    return WithClause(isRecursive: isRecursive, tables: tables, span: span(from: start))
  }

  // MARK: Set operations

  /// `union` and `except` from left to right; `intersect` binds tighter.
  private mutating func setExpression(first: Query) throws(Diagnostic) -> Query {
    var left = try intersection(first: first)
    while true {
      let operation: SetOperator
      if accept(.union) { operation = .union } else if accept(.except) { operation = .except } else { return left }
      let (isAll, isByName) = try setQuantifier()
      let right = try beside { parser throws(Diagnostic) in
        try parser.intersection(first: try parser.queryPrimary())
      }
      left = combined(operation, isAll, isByName, left, right)
      try grow()
    }
  }

  private mutating func intersection(first: Query) throws(Diagnostic) -> Query {
    var left = first
    while accept(.intersect) {
      let (isAll, isByName) = try setQuantifier()
      let right = try beside { parser throws(Diagnostic) in try parser.queryPrimary() }
      left = combined(.intersect, isAll, isByName, left, right)
      try grow()
    }
    return left
  }

  private func combined(
    _ operation: SetOperator, _ isAll: Bool, _ isByName: Bool, _ left: Query, _ right: Query
  ) -> Query {
    let operation = SetOperation(
      operation: operation, isAll: isAll, isByName: isByName, left: left, right: right)
    return Query(body: .setOperation(operation), span: span(from: left.span.start))
  }

  /// `[all|distinct] [by name]`.
  mutating func setQuantifier() throws(Diagnostic) -> (isAll: Bool, isByName: Bool) {
    let isAll = accept(.all)
    if !isAll { _ = accept(.distinct) }
    guard accept(.by) else { return (isAll, false) }
    try expect(.name)
    return (isAll, true)
  }

  // MARK: Bodies

  private mutating func queryPrimary() throws(Diagnostic) -> Query {
    let start = token.span.start
    let body: QueryBody
    if at(.select) {
      body = .select(try selectQuery())
    } else if at(.from) {
      body = try fromFirst()
    } else if accept(.values) {
      body = .values(try rows())
    } else if at(.table) {
      advance()
      let name = try qualifiedName("a table")
      body = .from(TableReference(.name(name), span: name.span))
    } else if isAtPivotStatement() {
      body = .from(at(.pivot) ? try pivotStatement() : try unpivotStatement())
    } else if at(.leftParenthesis) {
      let opening = token
      advance()
      let inner = try query()
      try close(opening)
      body = .nested(inner)
    } else {
      throw failure(expected: "a query: `from`, `select`, `values` or `(`")
    }
    return Query(body: body, span: span(from: start))
  }

  mutating func rows() throws(Diagnostic) -> [[Expression]] {
    var result: [[Expression]] = []
    repeat {
      let opening = token
      try expect(.leftParenthesis, "`(` and a row of values")
      let row = try expressions()
      try close(opening)
      if let first = result.first, first.count != row.count {
        throw Diagnostic(
          "this row has \(row.count) values, the first has \(first.count)", at: span(from: opening.span.start))
      }
      result.append(row)
    } while accept(.comma)
    return result
  }

  /// `from t`, and the clauses of SQL if any follow.
  private mutating func fromFirst() throws(Diagnostic) -> QueryBody {
    let start = token.span.start
    advance()
    let from = try tableReferences()
    if at(.select) {
      return .select(try selectQuery(from: from, start: start))
    }
    guard [.where, .group, .having, .window, .qualify].contains(token.keyword) else { return .from(from) }
    let star = Star(qualifier: nil, excluded: [], replaced: [], renamed: [], span: span(from: lastEnd))
    var select = SelectQuery(items: [.star(star)], from: from, span: from.span)
    try clauses(of: &select, from: start)
    return .select(select)
  }

  // MARK: Order and limit

  /// `order by ...`, from the word `order` on.
  mutating func orderBy() throws(Diagnostic) -> [OrderItem] {
    try expect(.order)
    try expect(.by)
    return try orderItems()
  }

  /// `a desc nulls last, b`.
  mutating func orderItems() throws(Diagnostic) -> [OrderItem] {
    var items: [OrderItem] = []
    repeat {
      let start = token.span.start
      let key: OrderItem.Key
      if at(.all), !isFollowedByOperator() {
        advance()
        key = .all
      } else {
        key = .expression(try expression())
      }
      items.append(try orderItem(key, from: start))
    } while accept(.comma)
    return items
  }

  /// Whether the word before is a column's name in a longer expression.
  private func isFollowedByOperator() -> Bool {
    guard case .symbol(let symbol) = peek(1).kind else { return false }
    switch symbol {
    case .comma, .rightParenthesis, .pipe: return false
    default: return true
    }
  }

  /// `[asc|desc] [nulls first|last]` after a key.
  mutating func orderItem(_ key: OrderItem.Key, from start: Int) throws(Diagnostic) -> OrderItem {
    let isDescending = accept(.desc)
    if !isDescending { _ = accept(.asc) }
    var nullsFirst: Bool?
    if accept(.nulls) {
      if accept(.first) {
        nullsFirst = true
      } else if accept(.last) {
        nullsFirst = false
      } else {
        throw failure(expected: "`first` or `last`")
      }
    }
    return OrderItem(key: key, isDescending: isDescending, nullsFirst: nullsFirst, span: span(from: start))
  }

  /// `limit n [offset m]`, `offset m [limit n]`, `[offset m] fetch first n rows only`.
  mutating func limitClause() throws(Diagnostic) -> LimitClause {
    let start = token.span.start
    var count: Expression?
    var offset: Expression?
    var hasLimit = false
    while true {
      if !hasLimit, accept(.limit) {
        hasLimit = true
        if !accept(.all) { count = try expression() }
      } else if !hasLimit, accept(.fetch) {
        hasLimit = true
        count = try fetchCount()
      } else if offset == nil, accept(.offset) {
        offset = try expression()
        if token.keyword == .row || token.keyword == .rows { advance() }
      } else {
        return LimitClause(count: count, offset: offset, span: span(from: start))
      }
    }
  }

  /// `first [n] rows only` after `fetch`.
  private mutating func fetchCount() throws(Diagnostic) -> Expression {
    guard accept(.first) || accept(word: "next") else { throw failure(expected: "`first` or `next`") }
    let here = span(from: lastEnd)
    let isOne = token.keyword == .row || token.keyword == .rows
    let count = isOne ? Expression(.literal(.integer(1)), span: here) : try expression()
    guard accept(.rows) || accept(.row) else { throw failure(expected: "`rows`") }
    try expect(word: "only")
    return count
  }
}
