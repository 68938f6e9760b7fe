/// What people type who come from `psql`, `sqlite3`, `duckdb` or a shell, and what it is called here.
enum ForeignCommands {
  /// For a statement that begins with a word that is no command, operator or table name.
  static func unknown(_ parser: Parser) -> Diagnostic {
    let token = parser.token
    guard token.kind == .word else { return parser.failure(expected: "a command or a query") }
    let word = parser.text(token).lowercased()
    if let help = words[word] {
      return Diagnostic("there is no command `\(word)`", at: token.span, help: help)
    }
    if token.keyword?.isReserved ?? false {
      return parser.failure(expected: "a command or a query")
    }
    let help = suggestion(for: word, in: GrammarCatalog.statementWords)
    return Diagnostic(
      "there is no command `\(parser.text(token))`", at: token.span, help: help ?? "`help` lists the commands")
  }

  /// For a statement that begins with `\`, `.` or `?`; nil for other beginnings.
  static func diagnostic(for parser: Parser) -> Diagnostic? {
    let first = parser.token
    switch first.kind {
    case .symbol(.question):
      return Diagnostic("there is no command `?`", at: first.span, help: "did you mean `help`?")
    case .symbol(.backslash), .symbol(.dot): break
    default: return nil
    }
    let next = parser.peek(1)
    guard next.kind == .word, next.span.start == first.span.end else { return nil }
    let word = parser.text(next)
    let name = parser.text(first) + word
    return Diagnostic(
      "there is no command `\(name)`", at: .merging(first.span, next.span),
      help: prefixed[word.lowercased()] ?? "commands have no `\(parser.text(first))` here; `help` lists them")
  }

  private static let words: [String: String] = [
    "show": "did you mean `tables`, `columns t` or `settings`?",
    "desc": "did you mean `describe`?",
    "import": "did you mean `load`?",
    "open": "did you mean `load`?",
    "read": "did you mean `load`?",
    "attach": "did you mean `load`?",
    "copy": "rows are written with `|> save 'out.csv'` and read with `load in.csv`",
    "export": "rows are written with `|> save 'out.csv'`",
    "alter": "columns are changed with `let t := from t |> rename a as b`",
    "analyze": "how rows are spread is noted while a table is made: there is nothing to do",
    "vacuum": "there is nothing to do: what is dropped is gone",
    "merge": "rows are put in with `insert or replace into t ...`",
    "grant": "there are no users here",
    "savepoint": "changes are taken back to `begin` with `rollback`",
    "abort": "did you mean `rollback`?",
    "source": "did you mean `run`?",
    "pragma": "did you mean `set`?",
    "list": "did you mean `tables`?",
    "head": "did you mean `sample`?",
    "group": "groups belong to an operator: `aggregate count(*) as n group by country`",
    "filter": "did you mean `where`?",
    "count": "`share column` counts each value, `aggregate count(*)` all rows",
    "bye": "did you mean `quit`?",
  ]

  private static let prefixed: [String: String] = [
    "d": "did you mean `tables` or `columns t`?",
    "dt": "did you mean `tables`?",
    "l": "did you mean `tables`?",
    "tables": "did you mean `tables`?",
    "schema": "did you mean `columns t`?",
    "q": "did you mean `quit`?",
    "quit": "did you mean `quit`?",
    "exit": "did you mean `quit`?",
    "h": "did you mean `help`?",
    "help": "did you mean `help`?",
    "i": "did you mean `run`?",
    "read": "did you mean `run`?",
    "import": "did you mean `load`?",
    "open": "did you mean `load`?",
    "mode": "did you mean `format`?",
    "output": "did you mean `output`?",
    "o": "did you mean `output`?",
    "timing": "did you mean `timer`?",
    "timer": "did you mean `timer`?",
    "x": "did you mean `format line`?",
    "set": "did you mean `let` for a parameter, or `set` for a setting?",
    "show": "did you mean `settings`?",
    "width": "did you mean `settings`?",
    "cd": "did you mean `cd`?",
    "watch": "did you mean `watch 2s from ...`?",
    "e": "did you mean `edit`?",
    "edit": "did you mean `edit`?",
    "copy": "did you mean `save`?",
    "save": "did you mean `save`?",
    "history": "did you mean `history`?",
  ]
}
