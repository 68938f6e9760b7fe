import ColumnStore
import Formats
import Glibc
import Language
import Planning

/// Knows how a statement can go on, from the grammar and from what is loaded.
public struct SessionCompleter {
  /// One way to go on.
  public struct Candidate: Sendable, Hashable {
    /// The bytes of the text that it replaces.
    public let range: Range<Int>
    /// What is put there.
    public let text: String
    /// What it is, in a few words.
    public let description: String?
    /// What follows when it is the only one.
    public let suffix: String
  }

  let session: Session

  /// A completer for a session.
  public init(_ session: Session) { self.session = session }

  /// The candidates at a byte offset of a statement.
  public func candidates(in text: String, at cursor: Int) -> [Candidate] {
    let bytes = Array(text.utf8)
    let end = min(max(0, cursor), bytes.count)
    var start = end
    while start > 0, isWord(bytes[start - 1]) { start -= 1 }
    let before = String(decoding: bytes[..<start], as: UTF8.self)
    let word = String(decoding: bytes[start..<end], as: UTF8.self)
    if let paths = pathCandidates(bytes, end: end) { return paths }
    if let values = valueCandidates(in: text, at: end) { return values }
    // Inside a text nothing of the grammar goes on.
    guard !isInText(before) else { return [] }
    let options = choices(before: before, words: words(of: before), statement: text)
    var seen: Set<String> = []
    return matching(word.lowercased(), options).filter { seen.insert($0.name.lowercased()).inserted }
      .map { Candidate(range: start..<end, text: $0.inserted, description: $0.what, suffix: $0.suffix) }
  }

  /// The rest of the word that a statement ends with, where only one thing begins so that can stand there. Of what is loaded
  /// only the names are looked at.
  public func continuation(of text: String) -> String? {
    let bytes = Array(text.utf8)
    let start = (bytes.lastIndex { !isWord($0) } ?? -1) + 1
    let before = String(decoding: bytes[..<start], as: UTF8.self)
    let word = String(decoding: bytes[start...], as: UTF8.self)
    guard word.count > 1, pathStart(bytes, end: bytes.count) == nil, !isInText(before) else { return nil }
    let names = Set(choices(before: before, words: words(of: before), statement: text).map(\.inserted))
    let going = names.filter { $0.count > word.count && $0.hasPrefix(word) }
    guard going.count == 1, !names.contains(word), let name = going.first else { return nil }
    return String(name.dropFirst(word.count))
  }

  private func words(of text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  private func isInText(_ before: String) -> Bool {
    !before.utf8.count(where: { $0 == UInt8(ascii: "'") }).isMultiple(of: 2)
  }

  /// The choices that begin with a word; without any those that hold it, and without these those that hold its letters in
  /// their order.
  private func matching(_ word: String, _ choices: [Choice]) -> [Choice] {
    let names = choices.map { $0.name.lowercased() }
    func those(_ fits: (String) -> Bool) -> [Choice] { zip(choices, names).filter { fits($0.1) }.map(\.0) }
    let beginning = those { $0.hasPrefix(word) }
    // Of one or two letters nearly everything holds some.
    guard beginning.isEmpty, word.count > 2 else { return beginning }
    let holding = those { $0.contains(word) }
    if !holding.isEmpty { return holding }
    return those { name in
      var letters = word[...]
      for letter in name where letter == letters.first { letters.removeFirst() }
      return letters.isEmpty
    }
  }

  private struct Choice {
    let name: String
    let what: String?
    var suffix = " "
    /// The name as it is written: in quotes where it is no plain word.
    var inserted: String { needsQuotes ? Quoting.name(name) : name }
    var needsQuotes = false
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "!")
      || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  // MARK: Names and words

  private func choices(before: String, words: [String], statement: String) -> [Choice] {
    let trimmed = before.last == "$" ? before : String(before.reversed().drop { $0 == " " || $0 == "\n" }.reversed())
    if trimmed.hasSuffix("$") { return session.parameterNames.map { Choice(name: $0, what: "parameter") } }
    if trimmed.isEmpty || trimmed.hasSuffix(";") {
      return entries(GrammarCatalog.commands) + tables + entries(GrammarCatalog.operators)
    }
    if trimmed.hasSuffix("|>") { return entries(GrammarCatalog.operators) }
    if words.count == 2, words[0] == "set", let setting = Settings.all.first(where: { $0.name == words[1] }) {
      return setting.words.map { Choice(name: $0, what: nil) }
    }
    if words.first == "load", trimmed.hasSuffix("(") || trimmed.hasSuffix(","), trimmed.contains("(") {
      return LoadOptions.catalog.map { Choice(name: $0.name, what: $0.takes) }
    }
    switch words.last {
    case "from", "join", "use", "describe", "columns", "sample", "drop", "summarize", "into", "vocabulary", "errata":
      return tables
    case "audit", "reconcile", "diff": return tables + [Choice(name: "with", what: nil)]
    case "with" where words.suffix(3).contains("reconcile") || words.suffix(3).contains("diff"): return tables
    case "truncate": return tables
    case "force": return entries(GrammarCatalog.operators.filter { GrammarCatalog.forcibleOperators.contains($0.name) })
    case "of" where words.first == "save": return tables
    case "table" where words.first == "drop", "view" where words.first == "drop": return tables
    case "update" where words.count == 1: return tables
    case "help": return HelpText.topics.map { Choice(name: $0, what: nil) }
    case "set" where words.count == 1: return Settings.all.map { Choice(name: $0.name, what: $0.summary) }
    case "format": return (["auto"] + TableFormats.names).map { Choice(name: $0, what: "format") }
    case "plot": return PlotOperator.Kind.allCases.map { Choice(name: $0.rawValue, what: $0.summary) }
    case "timer": return [Choice(name: "on", what: nil), Choice(name: "off", what: nil)]
    default: break
    }
    if trimmed.hasSuffix("."), let qualifier = words.last { return columns(of: qualifier) }
    // Behind the column itself, and not behind a comparison that follows it.
    if let type = comparedType(words, statement), before.last != trimmed.last,
      trimmed.lowercased().hasSuffix(words.last ?? "")
    {
      return comparisons(of: type) + clauses
    }
    return columns(in: statement) + functions + clauses
  }

  /// The type of the column that a condition has come to, where no comparison follows it yet.
  private func comparedType(_ words: [String], _ statement: String) -> String? {
    guard words.count > 1, ["where", "and", "or", "not", "on", "having", "when"].contains(words[words.count - 2]) else {
      return nil
    }
    return columns(in: statement).first { $0.name.lowercased() == words.last }?.what
  }

  /// The comparisons that fit a type.
  private func comparisons(of type: String) -> [Choice] {
    let common = [
      ("=", "is"), ("<>", "is not"), ("in (", "is one of"), ("is null", "has no value"), ("is not null", "has a value"),
    ]
    let fitting: [(String, String)] =
      switch type {
      case "boolean": []
      case "text":
        [("like '", "looks like: % for any letters, _ for one"), ("~ '", "holds what a regular expression describes")]
      default:
        [("<", "is less"), ("<=", "is at most"), (">", "is more"), (">=", "is at least"), ("between", "lies between")]
      }
    return (common + fitting).map { name, what in
      Choice(name: name, what: what, suffix: name.hasSuffix("(") || name.hasSuffix("'") ? "" : " ")
    }
  }

  private func entries(_ entries: [GrammarEntry]) -> [Choice] {
    entries.map { Choice(name: $0.name, what: $0.summary) }
  }

  private var tables: [Choice] {
    session.sortedEntries.map { entry in
      guard case .table(let table) = entry.value else { return Choice(name: entry.name, what: "view") }
      return Choice(name: entry.name, what: Session.counted(table.rowCount, "row"))
    }
      + session.servers.flatMap { connected in
        connected.tableNames.map { Choice(name: $0, what: "on \(connected.server.name)") }
      }
  }

  private var functions: [Choice] {
    FunctionRegistry.aggregates.map { Choice(name: $0.name, what: $0.usage, suffix: "(") }
      + FunctionRegistry.windows.map { Choice(name: $0.name, what: $0.usage, suffix: "(") }
      + FunctionRegistry.scalars.map { Choice(name: $0.name, what: $0.usage, suffix: "(") }
  }

  private var clauses: [Choice] {
    let words = [
      "and", "or", "not", "in", "is", "null", "like", "between", "as", "by", "desc", "asc", "case", "when", "then",
      "else",
      "end", "distinct", "using", "on", "of", "without nulls", "filter (where",
      "that", "reported", "observed", "with key", "title '", "log", "width", "height",
    ]
    return entries(GrammarCatalog.clauses) + words.map { Choice(name: $0, what: nil) }
  }

  /// The columns of the tables that the statement speaks of, or else of the table in use.
  private func columns(in statement: String) -> [Choice] {
    let words = statement.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "!") }.map(String.init)
    return session.tables(spokenOf: words).flatMap { columns(of: $0) }
  }

  private func columns(of name: String) -> [Choice] {
    session.columns(named: name).map { column in
      var choice = Choice(name: column.name, what: column.type.name)
      choice.needsQuotes = !isPlain(column.name)
      return choice
    }
  }

  private func isPlain(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first == "_" else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && !GrammarCatalog.reservedWords.contains(name.lowercased())
  }

  // MARK: Paths

  /// Whether a command takes a file, by the ending of its name.
  private static func takes(_ command: String, _ entry: FolderListing.Entry) -> Bool {
    switch command {
    case "load": ["data", "snapshot"].contains(Session.kind(of: entry))
    case "run": Session.kind(of: entry) == "script"
    case "cd": false
    default: true
    }
  }

  /// Files and folders, where the grammar wants a path.
  private func pathCandidates(_ bytes: [UInt8], end: Int) -> [Candidate]? {
    guard let start = pathStart(bytes, end: end) else { return nil }
    let isQuoted = start > 0 && bytes[start - 1] == 0x27
    let written = String(decoding: bytes[start..<end], as: UTF8.self)
    let entries = FolderListing.entries(
      beginning: isQuoted ? written.replacing("''", with: "'") : written, located: session.location)
    let first = String(decoding: bytes[..<start], as: UTF8.self).split { $0 == " " || $0 == "\n" }.first?.lowercased()
    let fitting = entries.filter { $0.entry.isFolder || SessionCompleter.takes(first ?? "", $0.entry) }
    // Where nothing has the right ending, any file may be meant.
    return (fitting.isEmpty ? entries : fitting).map { path, entry in
      // Between quotes a quote is doubled; without them a path ends at a space.
      let needsQuotes = !isQuoted && path.contains { " '\"(),;$".contains($0) }
      let doubled = path.replacing("'", with: "''")
      let text = isQuoted ? doubled : needsQuotes ? "'\(doubled)\(entry.isFolder ? "" : "'")" : path
      return Candidate(
        range: start..<end, text: text, description: entry.isFolder ? "folder" : ByteSize(entry.byteCount).description,
        suffix: entry.isFolder ? "" : isQuoted ? "'" : " ")
    }
  }

  /// Where the path begins that a text ends with; nil where the grammar wants none.
  private func pathStart(_ bytes: [UInt8], end: Int) -> Int? {
    var start = end
    while start > 0, ![0x20, 0x27, 0x0A, 0x2C, 0x28].contains(bytes[start - 1]) { start -= 1 }
    let isQuoted = start > 0 && bytes[start - 1] == 0x27
    let lead = String(decoding: bytes[..<start], as: UTF8.self).lowercased()
      .split { $0 == " " || $0 == "'" || $0 == "\n" || $0 == "," }.map(String.init)
    let wantsPath: Bool =
      switch (lead.first, lead.last) {
      case ("load", "errata") where lead.count == 2: true
      case ("load", _): !lead.contains("as") && !lead.contains { $0.contains("(") }
      case ("run", _), ("output", _), ("cd", _), ("ls", _): lead.count == 1
      case (_, "save"): isQuoted
      case ("save", "session"), ("save", "snapshot"): lead.count == 2
      case (_, "from"), (_, "join"): isQuoted
      default: false
      }
    return wantsPath ? start : nil
  }
}

extension Session {
  /// The tables and views among some words, in the order of their names; without any the table in use.
  func tables(spokenOf words: [String]) -> [String] {
    let spoken = Set(words.map { $0.lowercased() })
    let named = sortedEntries.filter { spoken.contains($0.name.lowercased()) }.map(\.name)
    return named.isEmpty ? [currentTable].compactMap(\.self) : named
  }

  /// The columns of a table or view; none where there is no such one, or where a view cannot be planned any more.
  func columns(named name: String) -> [ColumnDescription] {
    switch try? entry(named: name) {
    case .table(let table): table.descriptions
    case .view(let query, _): ((try? plan(query).fields) ?? []).filter { !$0.isHidden }.map(\.description)
    case nil: []
    }
  }
}
