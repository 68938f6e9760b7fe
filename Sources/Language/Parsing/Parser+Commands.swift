extension Parser {
  /// `load paths [(options)] [as name]`.
  mutating func load() throws(Diagnostic) -> LoadStatement {
    advance()
    var paths = [try path("a path, such as `load actions.csv`")]
    var name: Identifier?
    var options: [Option]?
    while true {
      if isAtPath {
        paths.append(try path("a path"))
      } else if at(.comma) {
        advance()
        paths.append(try path("a path after the comma"))
      } else if name == nil, accept(.as) {
        name = try identifier("a name for the table", afterAs: true)
      } else if options == nil, at(.leftParenthesis) {
        options = try optionList()
      } else if at(.pipe) {
        throw Diagnostic(
          "a pipe cannot follow `load`", at: token.span,
          help: "load the table first; or ask the file in place: `from 'file.csv' |> ...`")
      } else {
        return LoadStatement(paths: paths, name: name, options: options ?? [])
      }
    }
  }

  /// Whether `load errata` and a path in quotes follow; without quotes, `errata` is a path itself.
  var isLoadErrata: Bool {
    text(peek(1)).lowercased() == "errata" && ["'", "\""].contains(text(peek(2)).prefix(1))
  }

  /// `load errata 'file'`.
  mutating func loadErrata() throws(Diagnostic) -> Statement.Kind {
    advance(by: 2)
    return .loadErrata(try path("the path of a file of errata"))
  }

  /// `print value, ...`.
  mutating func print() throws(Diagnostic) -> Statement.Kind {
    advance()
    var values = [try expression()]
    while accept(.comma) { values.append(try expression()) }
    return .print(values)
  }

  /// `sample [t] [n]`.
  mutating func sample() throws(Diagnostic) -> Statement.Kind {
    advance()
    let table = isAtEnd || token.kind == .number ? nil : try qualifiedName("a table")
    return .sample(table, count: try count("a whole number"))
  }

  /// `run file [with (name = value, ...)]`.
  mutating func run() throws(Diagnostic) -> Statement.Kind {
    advance()
    let file = try path("the path of a script, such as `run monthly.nbk`")
    var arguments: [RunArgument] = []
    guard accept(.with) else { return .run(file, arguments: []) }
    let opening = token
    try expect(.leftParenthesis, "`(` and parameters, such as `with (since = date '2021-01-31')`")
    repeat {
      let name = try identifier("the name of a parameter", afterAs: true)
      guard accept(.equal) || accept(.fatArrow) || accept(.assign) else { throw failure(expected: "`=`") }
      arguments.append(RunArgument(name: name, value: try expression()))
    } while accept(.comma)
    try close(opening)
    return .run(file, arguments: arguments)
  }

  /// `set option [=] values`.
  mutating func set() throws(Diagnostic) -> Statement.Kind {
    advance()
    let name = try identifier("the name of a setting; `settings` lists them", afterAs: true)
    if !accept(.equal) { _ = accept(.to) }
    let values = try optionValues()
    if values.isEmpty { throw failure(expected: "a value for `\(name.text)`") }
    return .set(name, values: values)
  }

  /// `help [topic]`: whatever follows is the topic.
  mutating func help() -> Statement.Kind {
    advance()
    var words: [String] = []
    while !isAtEnd {
      words.append(text(token))
      advance()
    }
    return .help(topic: words.joined(separator: " "))
  }

  /// `history [n]`.
  mutating func history() throws(Diagnostic) -> Statement.Kind {
    advance()
    return .history(count: try count("a whole number"))
  }

  /// `connect 'address' [as name]`.
  mutating func connect() throws(Diagnostic) -> Statement.Kind {
    advance()
    let address = try path("the address of a database, such as `connect 'spark://host:15002'`")
    return .connect(address, as: accept(.as) ? try identifier("a name for the connection", afterAs: true) : nil)
  }

  /// `disconnect name`.
  mutating func disconnected() throws(Diagnostic) -> Identifier {
    advance()
    return try identifier("the name of a connection", afterAs: true)
  }

  /// `tour [n]`.
  mutating func tour() throws(Diagnostic) -> Statement.Kind {
    advance()
    return .tour(step: try count("the number of a step"))
  }

  /// `cd [folder]`, `ls [folder]`.
  mutating func optionalPath() throws(Diagnostic) -> PathText? {
    advance()
    return isAtEnd ? nil : try path("a folder")
  }

  /// `watch 5s statement`.
  mutating func watch() throws(Diagnostic) -> Statement.Kind {
    advance()
    let help = "say how long to wait and what to show: `watch 5s from actions |> share action`"
    guard token.kind == .path, let seconds = Parser.seconds(text(token)) else {
      throw failure(expected: "a time such as `5s`, `500ms` or `1m`", help: help)
    }
    guard (0.1...86_400).contains(seconds) else {
      throw Diagnostic("`watch` waits for 100ms at least and 24h at most", at: token.span)
    }
    advance()
    if isAtEnd { throw failure(expected: "a query or another statement that shows rows", help: help) }
    let shown = try statement()
    switch shown.kind {
    case .query, .tables, .columns, .describe, .sample, .listFolder, .explain:
      return .watch(seconds: seconds, shown)
    default:
      throw Diagnostic("`watch` repeats a query, or another statement that only shows rows", at: shown.span, help: help)
    }
  }

  /// The seconds of `5s`, `0.5s`, `500ms`, `2m`, `1h`, `5`; nil for another text.
  private static func seconds(_ text: String) -> Double? {
    let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
    guard let number = Double(digits) else { return nil }
    switch text.dropFirst(digits.count).lowercased() {
    case "ms": return number / 1000
    case "s", "": return number
    case "m", "min": return number * 60
    case "h": return number * 3600
    default: return nil
    }
  }

  /// `timer [on|off]`.
  mutating func timer() throws(Diagnostic) -> Statement.Kind {
    advance()
    if isAtEnd { return .timer(nil) }
    if accept(.on) { return .timer(true) }
    if accept(.off) { return .timer(false) }
    throw failure(expected: "`on` or `off`")
  }

  /// `format name`.
  mutating func format() throws(Diagnostic) -> Statement.Kind {
    advance()
    return .format(try formatName())
  }

  /// What follows `format`.
  mutating func formatName() throws(Diagnostic) -> Identifier {
    try identifier("the name of a format, such as `box` or `csv`", afterAs: true)
  }

  /// `output file`, `output off`.
  mutating func output() throws(Diagnostic) -> Statement.Kind {
    advance()
    let file = try path("the path of a file, or `off`")
    return .output(!file.isQuoted && file.literal?.lowercased() == "off" ? nil : file)
  }

  /// Whether `save` is followed by a word, such as `session`, and a path.
  func isSave(_ word: String) -> Bool {
    peek(1).kind == .path && text(peek(1)).lowercased() == word && peek(2).kind == .path
  }

  /// `save session file`.
  mutating func saveSession() throws(Diagnostic) -> Statement.Kind {
    advance(by: 2)
    return .saveSession(try path("a path"))
  }

  /// `save snapshot file [of a, b]`.
  mutating func saveSnapshot() throws(Diagnostic) -> Statement.Kind {
    advance(by: 2)
    let file = try path("a path")
    var names: [QualifiedName] = []
    guard accept(.of) else { return .saveSnapshot(file, of: []) }
    repeat { names.append(try qualifiedName("a table")) } while accept(.comma)
    return .saveSnapshot(file, of: names)
  }
}
