extension Parser {
  /// The one statement that the tokens are.
  mutating func statement() throws(Diagnostic) -> Statement {
    let start = token.span.start
    let kind = try statementKind()
    guard isAtEnd else { throw afterStatement() }
    return Statement(kind: kind, span: span(from: start))
  }

  private func afterStatement() -> Diagnostic {
    if at(.rightParenthesis) || at(.rightBracket) {
      return Diagnostic("this `\(text(token))` closes nothing", at: token.span)
    }
    if let help = missingPipe() { return failure(expected: "the end of the statement", help: help) }
    let isNewLine =
      (token.startsLine || peek(-1).startsLine)
      && tokens.first?.keyword.map(StatementReader.sqlWords.contains) ?? false
    return failure(
      expected: "the end of the statement",
      help: isNewLine ? "SQL ends with `;`: put one after the line before" : nil)
  }

  private mutating func statementKind() throws(Diagnostic) -> Statement.Kind {
    switch token.kind {
    case .quotedName, .symbol(.pipe), .symbol(.leftParenthesis): return .query(try statementQuery())
    case .word: break
    case .string:
      throw Diagnostic(
        "a statement cannot begin with a string", at: token.span,
        help: "`from \(described(token))` asks a file, `load \(described(token))` reads it into a table")
    default: throw ForeignCommands.diagnostic(for: self) ?? failure(expected: "a command or a query")
    }
    // A table may have the name of a command: `tables |> where ...`.
    guard let keyword = token.keyword, peek(1).kind != .symbol(.pipe) || keyword == .distinct || keyword == .audit
    else {
      return .query(try statementQuery())
    }
    if let command = try command(keyword) { return command }
    return .query(try statementQuery())
  }

  /// The command that the word is; nil if it is none.
  private mutating func command(_ keyword: Keyword) throws(Diagnostic) -> Statement.Kind? {
    switch keyword {
    case .load where isLoadErrata: return try loadErrata()
    case .load: return .load(try load())
    case .tables: return alone(.tables)
    case .settings: return alone(.settings)
    case .sources: return alone(.sources)
    case .vocabulary: return .vocabulary(try optionalName())
    case .errata: return .errata(try optionalName())
    case .last: return alone(.last)
    case .quit, .exit: return alone(.quit)
    case .edit: return alone(.edit)
    case .connect: return try connect()
    case .disconnect: return .disconnect(try disconnected())
    case .drivers: return alone(.drivers)
    case .undo: return alone(.undo)
    case .redo: return alone(.redo)
    case .watch: return try watch()
    case .cd: return .changeFolder(try optionalPath())
    case .ls: return .listFolder(try optionalPath())
    case .pwd: return alone(.workingFolder)
    case .tour: return try tour()
    case .columns: return .columns(try optionalName())
    case .describe, .summarize: return .describe(try optionalName())
    case .sample: return try sample()
    case .drop: return try drop()
    case .create: return try create()
    case .reindex: return try reindex()
    case .insert, .replace, .update, .delete: return try rowChange()
    case .with where isAtQueryStart(): return try withStatement()
    case .truncate: return try truncate()
    case .begin: return try transaction(.begin)
    case .start where isWord(peek(1), "transaction"): return try transaction(.begin)
    case .commit: return try transaction(.commit)
    case .rollback: return try transaction(.rollback)
    case .use: return .use(try nameAfterWord("a table"))
    case .let: return .define(try define())
    case .run: return try run()
    case .set: return try set()
    case .help: return help()
    case .history: return try history()
    case .explain: return try explain()
    case .timer: return try timer()
    case .format: return try format()
    case .output: return try output()
    case .print: return try print()
    case .save where isSave("session"): return try saveSession()
    case .save where isSave("snapshot"): return try saveSnapshot()
    default: return nil
    }
  }

  private mutating func alone(_ kind: Statement.Kind) -> Statement.Kind {
    advance()
    return kind
  }

  private mutating func optionalName() throws(Diagnostic) -> QualifiedName? {
    advance()
    return isAtEnd ? nil : try qualifiedName("a table")
  }

  private mutating func nameAfterWord(_ what: String) throws(Diagnostic) -> QualifiedName {
    advance()
    return try qualifiedName(what)
  }

  // MARK: Queries

  /// A query as a statement: also a bare table name, a pipe on the last result, an operator on the table in use.
  mutating func statementQuery() throws(Diagnostic) -> Query {
    let start = token.span.start
    let here = SourceSpan(start: start, end: start)
    if isAtQueryStart() || at(.leftParenthesis) { return try query() }
    if at(.pipe) {
      let last = QualifiedName(Identifier("_", span: here))
      return try piped(.from(TableReference(.name(last), span: here)), from: start)
    }
    if let query = try tableFirst() { return query }
    if isAtBareName() {
      let name = try qualifiedName("a table")
      return try piped(.from(TableReference(.name(name), span: name.span)), from: start)
    }
    guard PipeWords.startsOperator(self) else { throw ForeignCommands.unknown(self) }
    return try nested { parser throws(Diagnostic) in
      let first = try parser.beside { parser throws(Diagnostic) in try parser.pipeOperator() }
      let others = try parser.pipeOperators()
      return Query(body: .tableInUse(here), operators: [first] + others, span: parser.span(from: start))
    }
  }

  private mutating func piped(_ body: QueryBody, from start: Int) throws(Diagnostic) -> Query {
    try nested { parser throws(Diagnostic) in
      let operators = try parser.pipeOperators()
      return Query(body: body, operators: operators, span: parser.span(from: start))
    }
  }

  /// A name with nothing but a pipe after it: `removals`, `s.removals |> ...`.
  func isAtBareName() -> Bool {
    guard isAtName(), !(token.keyword == .distinct || token.keyword == .audit) else { return false }
    var ahead = 1
    while peek(ahead).kind == .symbol(.dot) { ahead += 2 }
    let next = peek(ahead).kind
    if next == .symbol(.pipe) { return true }
    return next == .end && !(ahead == 1 && PipeWords.startsOperator(self))
  }

  private mutating func explain() throws(Diagnostic) -> Statement.Kind {
    advance()
    let isAnalyze = at(.analyze) && peek(1).kind != .end && accept(.analyze)
    return .explain(try statementQuery(), isAnalyze: isAnalyze)
  }

  // MARK: let

  private mutating func define() throws(Diagnostic) -> LetStatement {
    advance()
    let name = try identifier("a name, such as `let since = date '2021-01-31'`")
    if accept(.assign) {
      return LetStatement(name: name, value: .query(try statementQuery()), isStored: true)
    }
    guard accept(.equal) else { throw failure(expected: "`=` or `:=` after the name") }
    let isQuery = isAtQueryStart() || at(.pipe) || isAtPipedName() || isAtBracketedQuery() || isAtBareOperator()
    let value: LetStatement.Value = isQuery ? .query(try statementQuery()) : .expression(try expression())
    return LetStatement(name: name, value: value, isStored: false)
  }

  private func isAtPipedName() -> Bool {
    isAtBareName()
      && {
        var ahead = 1
        while peek(ahead).kind == .symbol(.dot) { ahead += 2 }
        return peek(ahead).kind == .symbol(.pipe)
      }()
  }

  private func isAtBracketedQuery() -> Bool {
    var ahead = 0
    while peek(ahead).kind == .symbol(.leftParenthesis) { ahead += 1 }
    guard ahead > 0 else { return false }
    return [.select, .from, .with, .values].contains(peek(ahead).keyword)
  }

  /// Whether an operator on the table in use begins here, and not a value: `share action`, but not `share + 1`.
  private func isAtBareOperator() -> Bool {
    guard PipeWords.startsOperator(self) else { return false }
    if token.keyword?.isReserved ?? false { return true }
    switch peek(1).kind {
    case .word: return ![.and, .or, .not, .in, .is, .like, .ilike, .between].contains(peek(1).keyword)
    case .quotedName, .string, .number, .parameter, .path: return true
    default: return false
    }
  }
}
