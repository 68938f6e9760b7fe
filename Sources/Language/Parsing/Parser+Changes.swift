// `insert`, `update`, `delete`, `truncate`, and `begin`, `commit`, `rollback`.

extension Parser {
  /// `with ...` and the query or change that it belongs to.
  mutating func withStatement() throws(Diagnostic) -> Statement.Kind {
    let start = token.span.start
    return try nested { parser throws(Diagnostic) in
      let with = try parser.withClause()
      if let change = try parser.rowChange(with: with) { return change }
      return .query(try parser.query(with: with, from: start))
    }
  }

  /// `insert`, `replace into`, `update` or `delete`; nil if none of them begins here.
  mutating func rowChange(with: WithClause? = nil) throws(Diagnostic) -> Statement.Kind? {
    switch token.keyword {
    case .insert: return .insert(try insert(with))
    case .replace where peek(1).keyword == .into: return .insert(try insert(with))
    case .update: return .update(try update(with))
    case .delete: return .delete(try delete(with))
    default: return nil
    }
  }

  private mutating func insert(_ with: WithClause?) throws(Diagnostic) -> InsertStatement {
    var conflict = InsertStatement.Conflict.fail
    if accept(.replace) {
      conflict = .replace
    } else {
      advance()
      if accept(.or) { conflict = try insertConflict() }
    }
    try expect(.into)
    let table = try qualifiedName("a table")
    let namesColumns = at(.leftParenthesis) && (!isQuery(peek(1)) || endsName(peek(2)))
    let columns = namesColumns ? try bracketedIdentifiers("a column") : []
    let rows: InsertStatement.Rows
    if at(.default), peek(1).keyword == .values {
      advance(by: 2)
      rows = .defaults
    } else if isAtQueryStart() || at(.leftParenthesis) || at(.values) {
      rows = .query(try query())
    } else {
      if isAtBareName() || at(.pipe) {
        throw failure(expected: "`values` or a query", help: "the rows of a table are `from \(text(token))`")
      }
      throw failure(expected: "`values`, a query or `default values`")
    }
    if at(.on) || isWord(token, "returning") {
      throw Diagnostic(
        "`\(text(token).lowercased())` cannot follow `insert`", at: token.span,
        help: token.keyword == .on
          ? "rows whose key is there are left out by `insert or ignore`, and take its place by `insert or replace`"
          : "the rows of a table are `from \(table.text)`")
    }
    return InsertStatement(with: with, table: table, columns: columns, rows: rows, conflict: conflict)
  }

  /// Whether a word before the token is one of several names, or the only one.
  private func endsName(_ token: Token) -> Bool {
    token.kind == .symbol(.comma) || token.kind == .symbol(.rightParenthesis)
  }

  private mutating func insertConflict() throws(Diagnostic) -> InsertStatement.Conflict {
    if accept(.replace) { return .replace }
    if accept(.ignore) { return .ignore }
    for word in ["abort", "fail", "rollback"] where accept(word: word) { return .fail }
    throw failure(expected: "`replace` or `ignore`", near: ["replace", "ignore"])
  }

  private mutating func update(_ with: WithClause?) throws(Diagnostic) -> UpdateStatement {
    advance()
    let table = try qualifiedName("a table")
    let alias = try changedAlias()
    if at(.where) || at(.from) {
      throw failure(expected: "`set`", help: "the order is `update t set a = 1 from u where ...`")
    }
    try expect(.set)
    var assignments: [UpdateStatement.Assignment] = []
    repeat { assignments.append(try assignment()) } while accept(.comma)
    let from = accept(.from) ? try tableReferences() : nil
    let filter = accept(.where) ? try expression() : nil
    if at(.set) || at(.from) {
      throw Diagnostic(
        "`\(text(token).lowercased())` cannot stand here", at: token.span,
        help: "the order is `update t set a = 1 from u where ...`")
    }
    return UpdateStatement(
      with: with, table: table, alias: alias, assignments: assignments, from: from, filter: filter)
  }

  /// `a = x`, `(a, b) = (x, y)`.
  private mutating func assignment() throws(Diagnostic) -> UpdateStatement.Assignment {
    let isRow = at(.leftParenthesis)
    let columns = isRow ? try bracketedIdentifiers("a column") : [try identifier("a column")]
    if at(.dot) {
      throw failure(expected: "`=`", help: "the column that changes stands without its table")
    }
    try expect(.equal)
    return UpdateStatement.Assignment(columns: columns, isRow: isRow, value: try expression())
  }

  private mutating func delete(_ with: WithClause?) throws(Diagnostic) -> DeleteStatement {
    advance()
    try expect(.from)
    let table = try qualifiedName("a table")
    let alias = try changedAlias()
    let using = accept(.using) ? try tableReferences() : nil
    let filter = accept(.where) ? try expression() : nil
    if at(.using) {
      throw Diagnostic(
        "`using` cannot stand here", at: token.span, help: "the order is `delete from t using u where ...`")
    }
    return DeleteStatement(with: with, table: table, alias: alias, using: using, filter: filter)
  }

  /// `[as] name` of a table that changes: the word `set` is none.
  private mutating func changedAlias() throws(Diagnostic) -> Identifier? {
    at(.set) ? nil : try alias(implicit: true)
  }

  /// `truncate [table] a, b`.
  mutating func truncate() throws(Diagnostic) -> Statement.Kind {
    advance()
    if at(.table), peek(1).kind != .end, peek(1).kind != .symbol(.comma) { advance() }
    return .truncate(try identifiers("a table"))
  }

  /// `begin [transaction]`, `commit`, `rollback`.
  mutating func transaction(_ step: TransactionStep) throws(Diagnostic) -> Statement.Kind {
    advance()
    if !accept(word: "transaction") { _ = accept(word: "work") }
    return .transaction(step)
  }
}
