// `create`, `drop`, `reindex`.

extension Parser {
  /// `create ...`, from the word `create` on.
  mutating func create() throws(Diagnostic) -> Statement.Kind {
    advance()
    let orReplace = accept(.or, .replace)
    let isTemporary = accept(.temp) || accept(.temporary)
    if accept(.table) { return .createTable(try createTable(orReplace: orReplace, isTemporary: isTemporary)) }
    if accept(.view) { return .createView(try createView(orReplace: orReplace, isTemporary: isTemporary)) }
    if !orReplace, !isTemporary, accept(word: "key") {
      return .createKey(try path("the path of the new file, such as `create key 'my.key';`"))
    }
    let isUnique = !orReplace && !isTemporary && accept(.unique)
    if !orReplace, !isTemporary, accept(.index) { return .createIndex(try createIndex(isUnique: isUnique)) }
    let word = text(token).lowercased()
    if token.kind == .word, let help = Self.notCreated[word] {
      throw Diagnostic("there is no `create \(word)`", at: token.span, help: help)
    }
    throw failure(expected: isUnique ? "`index`" : "`table`, `view`, `index` or `key` after `create`")
  }

  private static let notCreated: [String: String] = [
    "trigger": "there are no triggers here; what is to happen after a change is written after it",
    "materialized": "rows are stored with `create table t as ...` or `let t := ...`",
    "schema": "there is one set of tables here: leave the schema out",
    "database": "there is one set of tables here; `load` reads more into it",
    "sequence": "numbers are given to rows with row_number() over ()",
    "function": "a value or a query gets a name with `let name = ...`",
    "macro": "a value or a query gets a name with `let name = ...`",
    "procedure": "statements in a file are run with `run file`",
    "type": "the types are integer, double, decimal, text, boolean, date, time, timestamp, interval and lists of them",
    "virtual": "`create table` makes a table, `load` reads a file",
    "external": "a file is read with `load`, or asked in place: `from 'file.csv'`",
  ]

  private mutating func ifNotExists() throws(Diagnostic) -> Bool {
    guard looksAt(.if) else { return false }
    advance()
    try expect(.not)
    try expect(.exists)
    return true
  }

  private mutating func createTable(orReplace: Bool, isTemporary: Bool) throws(Diagnostic) -> CreateTableStatement {
    let ifNotExists = try ifNotExists()
    let modifiers = CreateModifiers(orReplace: orReplace, isTemporary: isTemporary, ifNotExists: ifNotExists)
    let name = try qualifiedName("a name for the table")
    if accept(.as) {
      return CreateTableStatement(modifiers: modifiers, name: name, content: .query(try statementQuery(), columns: []))
    }
    guard at(.leftParenthesis) else { throw failure(expected: "`(` and columns, or `as` and a query") }
    if isAtColumnNames() {
      let columns = try bracketedIdentifiers("a column's name")
      try expect(.as)
      return CreateTableStatement(
        modifiers: modifiers, name: name, content: .query(try statementQuery(), columns: columns))
    }
    return CreateTableStatement(modifiers: modifiers, name: name, content: try tableElements())
  }

  /// Whether `(a, b) as` comes, and not columns with their types.
  private func isAtColumnNames() -> Bool {
    var ahead = 1
    while peek(ahead).kind == .word || peek(ahead).kind == .quotedName {
      switch peek(ahead + 1).kind {
      case .symbol(.comma): ahead += 2
      case .symbol(.rightParenthesis): return peek(ahead + 2).keyword == .as
      default: return false
      }
    }
    return false
  }

  private mutating func createView(orReplace: Bool, isTemporary: Bool) throws(Diagnostic) -> CreateViewStatement {
    let ifNotExists = try ifNotExists()
    let modifiers = CreateModifiers(orReplace: orReplace, isTemporary: isTemporary, ifNotExists: ifNotExists)
    let name = try qualifiedName("a name for the view")
    let columns = at(.leftParenthesis) ? try bracketedIdentifiers("a column's name") : []
    try expect(.as)
    return CreateViewStatement(modifiers: modifiers, name: name, columns: columns, query: try statementQuery())
  }

  private mutating func createIndex(isUnique: Bool) throws(Diagnostic) -> CreateIndexStatement {
    let ifNotExists = try ifNotExists()
    let name = token.keyword == .on ? nil : try identifier("a name for the index")
    try expect(.on)
    let table = try qualifiedName("a table")
    let opening = token
    try expect(.leftParenthesis, "`(` and the columns")
    let keys = try orderItems()
    try close(opening)
    let filter = accept(.where) ? try expression() : nil
    return CreateIndexStatement(
      isUnique: isUnique, ifNotExists: ifNotExists, name: name, table: table, keys: keys, filter: filter)
  }

  // MARK: Columns and constraints

  private mutating func tableElements() throws(Diagnostic) -> CreateTableStatement.Content {
    let opening = token
    advance()
    var columns: [ColumnDefinition] = []
    var constraints: [TableConstraint] = []
    repeat {
      if startsTableConstraint() {
        constraints.append(try tableConstraint())
      } else if constraints.isEmpty {
        columns.append(try columnDefinition())
      } else {
        throw failure(expected: "a constraint or `)`", help: "columns come before the constraints of the table")
      }
    } while accept(.comma)
    guard at(.rightParenthesis) || isAtEnd else { throw failure(expected: "a constraint, `,` or `)`") }
    try close(opening)
    if columns.isEmpty {
      throw Diagnostic("a table needs a column", at: opening.span, help: "for example: create table t (a integer);")
    }
    return .columns(columns, constraints: constraints)
  }

  private func startsTableConstraint() -> Bool {
    let next = peek(1)
    switch token.keyword {
    case .constraint: return next.kind == .word && peek(2).kind == .word
    case .primary: return isWord(next, "key")
    case .foreign: return isWord(next, "key")
    case .unique, .check: return next.kind == .symbol(.leftParenthesis)
    default: return false
    }
  }

  private mutating func columnDefinition() throws(Diagnostic) -> ColumnDefinition {
    let name = try identifier("a column or a constraint")
    guard isAtName(), !startsColumnConstraint() else {
      throw failure(expected: "a type after `\(name.text)`", help: "for example: \(name.text) integer")
    }
    let type = try typeName()
    var constraints: [ColumnConstraint] = []
    while startsColumnConstraint() { constraints.append(try columnConstraint()) }
    return ColumnDefinition(name: name, type: type, constraints: constraints, span: span(from: name.span.start))
  }

  private mutating func startsColumnConstraint() -> Bool {
    let starts: [Keyword] = [.not, .null, .primary, .unique, .default, .check, .references, .collate, .constraint]
    for keyword in starts where at(keyword) { return true }
    return false
  }

  private mutating func constraintName() throws(Diagnostic) -> Identifier? {
    accept(.constraint) ? try identifier("a name for the constraint") : nil
  }

  private mutating func columnConstraint() throws(Diagnostic) -> ColumnConstraint {
    let start = token.span.start
    let name = try constraintName()
    let kind: ColumnConstraint.Kind
    if accept(.not) {
      try expect(.null)
      kind = .notNull
    } else if accept(.null) {
      kind = .null
    } else if accept(.primary) {
      try expect(word: "key")
      kind = .primaryKey
    } else if accept(.unique) {
      kind = .unique
    } else if accept(.default) {
      // No comparison: `default 1 not null` is a default and a constraint.
      kind = .default(try nested { parser throws(Diagnostic) in try parser.binary(.other) })
    } else if accept(.check) {
      kind = .check(try bracketedCondition())
    } else if at(.references) {
      kind = .references(try foreignReference())
    } else if accept(.collate) {
      kind = .collate(try identifier("the name of a collation"))
    } else {
      throw failure(expected: "a constraint such as `not null`")
    }
    return ColumnConstraint(name: name, kind: kind, span: span(from: start))
  }

  private mutating func tableConstraint() throws(Diagnostic) -> TableConstraint {
    let start = token.span.start
    let name = try constraintName()
    let kind: TableConstraint.Kind
    if accept(.primary) {
      try expect(word: "key")
      kind = .primaryKey(try bracketedIdentifiers("a column"))
    } else if accept(.unique) {
      kind = .unique(try bracketedIdentifiers("a column"))
    } else if accept(.check) {
      kind = .check(try bracketedCondition())
    } else if accept(.foreign) {
      try expect(word: "key")
      let columns = try bracketedIdentifiers("a column")
      kind = .foreignKey(columns, try foreignReference())
    } else {
      throw failure(expected: "`primary key`, `unique`, `check` or `foreign key`")
    }
    return TableConstraint(name: name, kind: kind, span: span(from: start))
  }

  private mutating func bracketedCondition() throws(Diagnostic) -> Expression {
    let opening = token
    try expect(.leftParenthesis, "`(` and a condition")
    let condition = try expression()
    try close(opening)
    return condition
  }

  private mutating func foreignReference() throws(Diagnostic) -> ForeignReference {
    try expect(.references)
    let table = try qualifiedName("a table")
    let columns = at(.leftParenthesis) ? try bracketedIdentifiers("a column") : []
    var onDelete: ForeignReference.Action?
    var onUpdate: ForeignReference.Action?
    while accept(.on) {
      if accept(.delete) {
        onDelete = try referenceAction()
      } else {
        try expect(.update)
        onUpdate = try referenceAction()
      }
    }
    return ForeignReference(table: table, columns: columns, onDelete: onDelete, onUpdate: onUpdate)
  }

  private mutating func referenceAction() throws(Diagnostic) -> ForeignReference.Action {
    for action in ForeignReference.Action.allCases {
      let words = action.rawValue.split(separator: " ")
      guard words.enumerated().allSatisfy({ isWord(peek($0.offset), String($0.element)) }) else { continue }
      advance(by: words.count)
      return action
    }
    throw failure(expected: "`cascade`, `restrict`, `set null`, `set default` or `no action`")
  }

  // MARK: drop and reindex

  /// `drop [table|view|index] [if exists] a, b`.
  mutating func drop() throws(Diagnostic) -> Statement.Kind {
    advance()
    var target: DropTarget?
    if peek(1).kind != .end, peek(1).kind != .symbol(.comma) {
      switch token.keyword {
      case .table: target = .table
      case .view: target = .view
      case .index: target = .index
      default: break
      }
    }
    if target != nil { advance() }
    let ifExists = accept(.if, .exists)
    return .drop(try identifiers(target == .index ? "an index" : "a table"), target, ifExists: ifExists)
  }

  /// `reindex [name]`.
  mutating func reindex() throws(Diagnostic) -> Statement.Kind {
    advance()
    return .reindex(isAtEnd ? nil : try qualifiedName("a table or an index"))
  }

  // MARK: Words that are no keywords

  /// Whether a token is the word, which means something only where this is asked.
  func isWord(_ token: Token, _ word: String) -> Bool {
    token.kind == .word && text(token).lowercased() == word
  }

  /// Takes the word if it is there.
  mutating func accept(word: String) -> Bool {
    guard isWord(token, word) else { return false }
    advance()
    return true
  }

  mutating func expect(word: String) throws(Diagnostic) {
    if !accept(word: word) { throw failure(expected: "`\(word)`", near: [word]) }
  }
}
