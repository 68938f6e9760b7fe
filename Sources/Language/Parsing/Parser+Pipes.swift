extension Parser {
  /// The operator after a `|>`, or one that stands alone as a statement.
  mutating func pipeOperator() throws(Diagnostic) -> PipeOperator {
    let start = token.span.start
    let isForced = PipeWords.isForced(self)
    if isForced { advance() }
    let kind = try pipeOperatorKind()
    let operation = PipeOperator(kind, span: span(from: start), isForced: isForced)
    switch token.kind {
    case .end, .symbol(.pipe), .symbol(.rightParenthesis), .symbol(.semicolon): return operation
    default: throw afterOperator()
    }
  }

  /// What follows an operator and is no part of it.
  private func afterOperator() -> Diagnostic {
    if let help = missingPipe() { return failure(expected: "`|>` or the end of the statement", help: help) }
    if token.keyword == .from {
      return failure(
        expected: "`|>` or the end of the statement", help: "in a pipe the table comes first: `from t |> select a`")
    }
    if token.kind == .word, wanted.words.contains(text(token).lowercased()) == false,
      PipeWords.startsOperator(self), suggestion(for: text(token), in: wanted.words) == nil
    {
      return failure(
        expected: "`|>` or the end of the statement", help: "put `|>` before `\(text(token).lowercased())`")
    }
    return failure(expected: "`|>` or the end of the statement")
  }

  /// An operator's word without `|>` before it has been taken as an alias: `from t share action`.
  func missingPipe() -> String? {
    let before = peek(-1)
    guard index > 1, before.kind == .word, let keyword = before.keyword, PipeWords.unlikelyAliases.contains(keyword),
      token.kind == .word || token.kind == .string || token.kind == .number || token.kind == .quotedName
    else { return nil }
    return "put `|>` before `\(keyword.text)`"
  }

  private mutating func pipeOperatorKind() throws(Diagnostic) -> PipeOperator.Kind {
    guard token.kind == .word else { throw failure(expected: "an operator after `|>`") }
    if let (kind, isNatural) = joinWords() {
      let right = try tableReference()
      let condition = try joinCondition(kind, isNatural: isNatural)
      return .join(PipeJoin(kind: kind, right: right, condition: condition))
    }
    let first = token
    switch first.keyword {
    case .limit, .offset: return .limit(try limitClause())
    case .with: return .with(try withClause())
    case .order: return .orderBy(try orderBy())
    case .tablesample: return .sample(try tableSample())
    case .pivot: return .pivot(try pivot(), alias: try alias(implicit: true))
    case .unpivot: return .unpivot(try unpivot(), alias: try alias(implicit: true))
    default: break
    }
    guard let keyword = first.keyword, PipeWords.plain.contains(keyword) else { throw PipeWords.unknown(self) }
    advance()
    switch keyword {
    case .where: return .filter(try expression())
    case .select:
      let isDistinct = looksAt(.distinct) && accept(.distinct)
      let items = try selectItems()
      return .select(items, isDistinct: isDistinct, windows: try namedWindows())
    case .extend, .window:
      let items = try selectItems()
      return .extend(items, windows: try namedWindows())
    case .set: return .set(try assignments())
    case .drop: return .drop(try identifiers("a column"))
    case .rename: return .rename(try renamings())
    case .aggregate: return try aggregate()
    case .distinct: return .distinct(on: try distinctKeys())
    case .union: return try setOperation(.union)
    case .intersect: return try setOperation(.intersect)
    case .except: return try setOperation(.except)
    case .as: return .alias(try identifier("a name", afterAs: true))
    case .call: return try call()
    default: return try noticeOperator(keyword)
    }
  }

  /// `aggregate items [group [and order] by ...]`; without items, each group once.
  private mutating func aggregate() throws(Diagnostic) -> PipeOperator.Kind {
    let items = at(.group) ? [] : try selectItems()
    if at(.by) { throw failure(expected: "`|>` or `group by`", help: "groups are written `group by`") }
    return .aggregate(items, groupBy: at(.group) ? try groupBy(inPipe: true) : nil)
  }

  private mutating func assignments() throws(Diagnostic) -> [ColumnAssignment] {
    var result: [ColumnAssignment] = []
    repeat {
      let column = try qualifiedName("a column")
      try expect(.equal)
      result.append(ColumnAssignment(column: column, value: try expression()))
    } while accept(.comma)
    return result
  }

  private mutating func distinctKeys() throws(Diagnostic) -> [Expression] {
    guard accept(.on) else { return [] }
    guard at(.leftParenthesis) else { return try expressions() }
    let opening = token
    advance()
    let keys = try expressions()
    try close(opening)
    return keys
  }

  private mutating func setOperation(_ operation: SetOperator) throws(Diagnostic) -> PipeOperator.Kind {
    let (isAll, isByName) = try setQuantifier()
    var queries: [Query] = []
    repeat {
      queries.append(try operand())
    } while accept(.comma)
    return .setOperation(
      PipeSetOperation(operation: operation, isAll: isAll, isByName: isByName, queries: queries))
  }

  /// A query in brackets; also `from t` or a table's name.
  private mutating func operand() throws(Diagnostic) -> Query {
    let start = token.span.start
    if at(.leftParenthesis) {
      let opening = token
      advance()
      let query = try query()
      try close(opening)
      return query
    }
    _ = accept(.from)
    let table = try tableReference()
    return Query(body: .from(table), span: span(from: start))
  }

  private mutating func call() throws(Diagnostic) -> PipeOperator.Kind {
    let name = try identifier("a table function")
    let call = try plainCall(name)
    return .call(call, alias: try tableAlias())
  }
}

/// What the words after `|>` are.
enum PipeWords {
  /// Words that alone say which operator it is.
  static let plain = KeywordSet([
    .where, .select, .extend, .window, .set, .drop, .rename, .aggregate, .distinct, .union, .intersect, .except, .as,
    .call,
    .share, .timeline, .top, .latency, .save, .shell, .assert, .format,
    .check, .audit, .reconcile, .diff, .pseudonymise, .plot,
  ])

  /// Words of operators that may be refused, and so may follow `force`.
  static let forcible = KeywordSet([.share, .timeline, .top, .latency, .call])

  /// Whether `force` and an operator that it is for begin here.
  static func isForced(_ parser: Parser) -> Bool {
    parser.token.keyword == .force && parser.peek(1).keyword.map(forcible.contains) == true
  }

  /// Words of operators that may be names, but then are seldom followed by something.
  static let unlikelyAliases = KeywordSet([
    .extend, .set, .drop, .rename, .aggregate, .distinct, .call, .share, .timeline, .top, .latency, .save, .shell,
    .assert, .format,
    .check, .audit, .reconcile, .diff, .pseudonymise, .plot,
  ])

  /// Words that begin an operator together with others, or by a rule of their own.
  private static let others = KeywordSet([
    .limit, .offset, .order, .pivot, .unpivot, .tablesample, .join, .left, .right, .full, .inner, .cross, .natural,
    .semi, .anti, .asof,
  ])

  /// Whether the current token is the first word of an operator.
  static func startsOperator(_ parser: Parser) -> Bool {
    guard let keyword = parser.token.keyword else { return false }
    if isForced(parser) { return true }
    return plain.contains(keyword) || others.contains(keyword)
  }

  /// What to say about a word that is no operator.
  static func unknown(_ parser: Parser) -> Diagnostic {
    let word = parser.text(parser.token).lowercased()
    if let help = elsewhere[word] {
      return Diagnostic("there is no operator `\(word)`", at: parser.token.span, help: help)
    }
    let names = GrammarCatalog.operators.map(\.name)
    return Diagnostic(
      "there is no operator `\(word)`", at: parser.token.span,
      help: suggestion(for: word, in: names) ?? "`help operators` lists them")
  }

  /// How words of SQL and of other pipe languages are said here.
  private static let elsewhere: [String: String] = [
    "group": "groups belong to an operator: `|> aggregate count(*) as n group by country`",
    "having": "after `aggregate`, `where` does that: `|> where n > 1`",
    "qualify": "after `extend`, `where` does that",
    "from": "`from` begins a query; a second table comes in by `join` or `union`",
    "filter": "did you mean `where`?",
    "sort": "did you mean `order by`?",
    "arrange": "did you mean `order by`?",
    "head": "did you mean `limit`?",
    "take": "did you mean `limit`?",
    "fetch": "did you mean `limit`?",
    "mutate": "did you mean `extend`?",
    "derive": "did you mean `extend`?",
    "project": "did you mean `select` or `extend`?",
    "keep": "did you mean `select`?",
    "unique": "did you mean `distinct`?",
    "dedupe": "did you mean `distinct`?",
    "count": "`|> share column` counts each value, `|> aggregate count(*)` all rows",
    "summarize": "did you mean `aggregate`? `describe t` tells about every column of a table",
    "summarise": "did you mean `aggregate`? `describe t` tells about every column of a table",
    "chart": "did you mean `plot bar`?",
    "draw": "did you mean `plot bar`?",
    "graph": "did you mean `plot line`?",
    "hist": "did you mean `plot hist`?",
    "histogram": "did you mean `plot hist`?",
    "write": "did you mean `save`?",
    "export": "did you mean `save`?",
    "pseudonymize": "did you mean `pseudonymise`?",
    "compare": "did you mean `diff with t by key`?",
    "force": "`force` stands before \(forcible.words.map { "`\($0)`" }.joined(separator: ", "))",
    "sample": "did you mean `tablesample (10 percent)` or `limit`?",
  ]
}
