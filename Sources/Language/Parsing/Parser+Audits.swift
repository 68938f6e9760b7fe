// The operators that look for what is wrong, and the one that hides who it is about.

extension Parser {
  /// `['name' that] condition`.
  mutating func check() throws(Diagnostic) -> CheckOperator {
    guard token.kind == .string, peek(1).keyword == .that else {
      if isAtEnd { throw failure(expected: "a condition, such as `check 'withheld' that withheld <= specified`") }
      return CheckOperator(name: nil, condition: try expression())
    }
    let name = try string("the name of the check")
    advance()
    return CheckOperator(name: name, condition: try expression())
  }

  /// `with other on keys [by groups] [reported count [observed aggregate]]`.
  mutating func reconciliation() throws(Diagnostic) -> ReconcileOperator {
    if !accept(.with) {
      throw failure(
        expected: "`with` and a table", help: "for example: from actions |> reconcile with notices on notice_id")
    }
    let other = try tableReference()
    if !accept(.on) { throw failure(expected: "`on` and the columns that say which rows belong together") }
    let keys = try expressions()
    var groups: [NamedExpression] = []
    var reported: Expression?
    var observed: Expression?
    while true {
      if groups.isEmpty, accept(.by) {
        groups = try namedExpressions("a column to group by")
      } else if reported == nil, accept(.reported) {
        reported = try expression()
      } else if reported != nil, observed == nil, accept(.observed) {
        observed = try expression()
      } else {
        return ReconcileOperator(other: other, keys: keys, groups: groups, reported: reported, observed: observed)
      }
    }
  }

  /// `with old by keys [share columns]`.
  mutating func difference() throws(Diagnostic) -> DiffOperator {
    if !accept(.with) {
      throw failure(expected: "`with` and a table", help: "for example: from june |> diff with may by id")
    }
    return try difference(with: try tableReference())
  }

  private mutating func difference(with old: TableReference) throws(Diagnostic) -> DiffOperator {
    if !accept(.by) { throw failure(expected: "`by` and the columns that say which row is which") }
    let keys = try expressions()
    let shares = accept(.share) ? try namedExpressions("a column whose shares are compared") : []
    return DiffOperator(old: old, keys: keys, shares: shares)
  }

  /// `a, b [with key 'file']`.
  mutating func pseudonyms() throws(Diagnostic) -> PseudonymiseOperator {
    var columns: [QualifiedName] = []
    repeat { columns.append(try qualifiedName("a column")) } while accept(.comma)
    guard accept(.with) else { return PseudonymiseOperator(columns: columns, key: nil) }
    try expect(word: "key")
    return PseudonymiseOperator(columns: columns, key: try path("the path of the key's file, such as 'my.key'"))
  }

  /// The statements that name their tables first: `audit t`, `reconcile a with b ...`, `diff old new ...`; nil where none
  /// begins here.
  mutating func tableFirst() throws(Diagnostic) -> Query? {
    guard let keyword = token.keyword, [.audit, .reconcile, .diff].contains(keyword), isName(peek(1)) else {
      return nil
    }
    let start = token.span.start
    return try nested { parser throws(Diagnostic) in
      parser.advance()
      let (table, kind) = try parser.tableAndOperator(keyword)
      let first = PipeOperator(kind, span: parser.span(from: start))
      let others = try parser.pipeOperators()
      return Query(body: .from(table), operators: [first] + others, span: parser.span(from: start))
    }
  }

  private mutating func tableAndOperator(_ keyword: Keyword) throws(Diagnostic) -> (TableReference, PipeOperator.Kind) {
    let table = try namedTable()
    switch keyword {
    case .reconcile: return (table, .reconcile(try reconciliation()))
    case .diff:
      if !isName(token) { throw failure(expected: "a second table, the newer one, such as `diff may june by id`") }
      let new = try namedTable()
      return (new, .diff(try difference(with: table)))
    default: return (table, .audit(AuditOperator()))
    }
  }

  private mutating func namedTable() throws(Diagnostic) -> TableReference {
    let name = try qualifiedName("a table")
    return TableReference(.name(name), span: name.span)
  }

  /// Whether a token names a table, and is no word that goes on with the operator.
  private func isName(_ token: Token) -> Bool {
    switch token.kind {
    case .quotedName: return true
    case .word: return token.keyword != .with && token.keyword != .by && !(token.keyword?.isReserved ?? false)
    default: return false
    }
  }
}
