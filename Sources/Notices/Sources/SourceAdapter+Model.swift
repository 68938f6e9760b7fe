import ColumnStore
import Language

/// The queries that an adapter comes to, as text of the notebook's own language.
extension SourceAdapter {
  /// The query that makes the table of the rows as they were published, in a table called `published`; nil where they are
  /// the table.
  public func tableQuery(from published: String, having columns: [String]) -> String? {
    rows.isEmpty ? nil : filled(published, having: columns) + "\n" + rows
  }

  /// How rows are seen as notices or actions; nil where they are none.
  public func model(_ canonical: CanonicalTable) -> Model? { canonical == .notices ? notices : actions }

  /// The query that sees a table's rows as notices or actions; nil where they are none.
  public func query(_ canonical: CanonicalTable, of table: String, having columns: [String]) -> String? {
    guard let model = model(canonical) else { return nil }
    let items = canonical.columns.map { column in
      let expression = model.columns[column.name] ?? expression(of: column, in: canonical)
      return "  cast(\(expression) as \(column.type.name)) as \(column.name)"
    }
    return
      ([source(table, having: columns), model.rows].filter { !$0.isEmpty }
      + ["|> select\n" + items.joined(separator: ",\n")]).joined(separator: "\n")
  }

  /// The query that counts the rows of a table in which checks do not hold, a column for each; nil without checks.
  public func checkQuery(of table: String, having columns: [String]) -> String? {
    guard !checks.isEmpty else { return nil }
    let counts = checks.enumerated().map {
      "count(*) filter (where not (\($0.element.condition))) as check_\($0.offset)"
    }
    return source(table, having: columns) + "\n|> aggregate " + counts.joined(separator: ", ")
  }

  /// The query that counts the words of a column that has a vocabulary: `word`, `count`, the most frequent first.
  public func wordQuery(_ vocabulary: ColumnVocabulary, of table: String) -> String {
    let values = values(of: vocabulary.column)
    let word = isList(vocabulary.column) ? "unnest(\(values))" : values
    return "from \(Quoting.name(table))\n|> select \(word) as word\n|> where word is not null"
      + "\n|> aggregate count(*) as count group by word\n|> order by count desc, word"
  }

  /// The rows of the table. One that `rows` made has its own columns, all of them.
  private func source(_ table: String, having present: [String]) -> String {
    rows.isEmpty ? filled(table, having: present) : "from \(Quoting.name(table))"
  }

  /// The rows of a table, with columns of NULL for the published ones that it lacks.
  private func filled(_ table: String, having present: [String]) -> String {
    let present = Set(present.map { $0.lowercased() })
    let missing = columns.filter { !present.contains($0.name.lowercased()) }
    guard !missing.isEmpty else { return "from \(Quoting.name(table))" }
    let nulls = missing.map { "cast(null as \(($0.type ?? .text).name)) as \(Quoting.name($0.name))" }
    return "from \(Quoting.name(table))\n|> extend " + nulls.joined(separator: ", ")
  }

  private func expression(of column: CanonicalTable.Column, in table: CanonicalTable) -> String {
    guard table == .actions, !vocabulary.isEmpty else { return "null" }
    switch column.name {
    case "action": return exclusiveAction
    case "restrictions": return restrictions
    default: return "null"
    }
  }

  // MARK: Actions

  /// The most severe restriction, else the first word that the vocabulary does not know.
  private var exclusiveAction: String {
    let branches = actionWords.map { "when \($0.condition) then \(Quoting.text($0.action))" }
    let others = vocabulary.map { words in
      isList(words.column) ? "list_first(\(unknownWords(words)))" : unknownWords(words)
    }
    return "case \(branches.joined(separator: " ")) else coalesce(\(others.joined(separator: ", "))) end"
  }

  /// All restrictions, the most severe first, then the words that the vocabulary does not know.
  private var restrictions: String {
    let known = actionWords.map { "case when \($0.condition) then \(Quoting.text($0.action)) end" }
    let scalar = vocabulary.filter { !isList($0.column) }.map(unknownWords)
    let several = vocabulary.filter { isList($0.column) }.map(unknownWords)
    let all = several.reduce("list_value(\((known + scalar).joined(separator: ", ")))") { "list_concat(\($0), \($1))" }
    return "list_distinct(\(all))"
  }

  /// The actions that some word stands for, with the condition under which one does.
  private var actionWords: [(action: String, condition: String)] {
    ActionVocabulary.names.compactMap { action in
      let conditions = vocabulary.compactMap { condition(for: action, $0) }
      return conditions.isEmpty ? nil : (action, conditions.joined(separator: " or "))
    }
  }

  private func condition(for action: String, _ vocabulary: ColumnVocabulary) -> String? {
    let plain = vocabulary.words.filter { $0.value == .action(action) }.keys.sorted()
    var parts: [String] = []
    if !plain.isEmpty { parts.append(has(plain, vocabulary.column)) }
    for (word, meaning) in vocabulary.words.sorted(by: { $0.key < $1.key }) {
      guard case .cases(let cases) = meaning, cases.contains(where: { $0.action == action }) else { continue }
      let branches = cases.map { "when \($0.condition ?? "true") then \($0.action == action)" }
      parts.append("(\(has([word], vocabulary.column)) and case \(branches.joined(separator: " ")) else false end)")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " or ")
  }

  private func has(_ words: [String], _ column: String) -> String {
    let list = words.map { Quoting.text($0) }.joined(separator: ", ")
    return isList(column) ? "list_has_any(\(values(of: column)), [\(list)])" : "\(Quoting.name(column)) in (\(list))"
  }

  /// The words of a column that the vocabulary does not know or that it keeps: a text, or a list of them.
  private func unknownWords(_ vocabulary: ColumnVocabulary) -> String {
    let known = vocabulary.words.filter { if case .kept = $0.value { false } else { true } }.keys.sorted().map {
      Quoting.text($0)
    }
    .joined(separator: ", ")
    if isList(vocabulary.column) { return "list_except(\(values(of: vocabulary.column)), [\(known)])" }
    return "case when \(Quoting.name(vocabulary.column)) not in (\(known)) then \(Quoting.name(vocabulary.column)) end"
  }

  // MARK: Columns

  private func isList(_ column: String) -> Bool { columns.first { $0.name == column }?.list != nil }

  /// The values of a column: a text, or a list of texts.
  private func values(of column: String) -> String {
    switch columns.first(where: { $0.name == column })?.list {
    case nil: Quoting.name(column)
    case "json"?: "cast(\(Quoting.name(column)) as text[])"
    case let separator?: "string_split(\(Quoting.name(column)), \(Quoting.text(separator)))"
    }
  }
}
