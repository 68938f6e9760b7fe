import ColumnStore
import Language

extension SessionCompleter {
  /// The most frequent values of a column with their counts, where it is compared with a text: behind `country = `,
  /// `country <> 'T`, `country like '`, `country in ('TR', `. Nil where no such thing is asked for.
  func valueCandidates(in text: String, at cursor: Int) -> [Candidate]? {
    let source = SourceText(utf8: Array(text.utf8.prefix(cursor)))
    var pieces = lexemes(of: source)
    var typed = ""
    var start = cursor
    if let last = pieces.last, last.kind == .fault, source.text(last.span).first == "'" {
      typed = String(source.text(last.span).dropFirst()).replacing("''", with: "'")
      start = last.span.start
      pieces.removeLast()
    } else if pieces.last?.kind == .keyword, pieces.last?.span.end == cursor {
      return nil
    }
    let words = pieces.map { source.text($0.span) }
    guard let name = comparedColumn(pieces, words) else { return nil }
    for table in session.tables(spokenOf: words.map { Quoting.name(written: $0) }) {
      guard let values = values(of: name, in: table, beginning: typed) else { continue }
      return values.map { value, count in
        Candidate(
          range: start..<cursor, text: Quoting.text(value),
          description: Session.counted(Int(count), "row"), suffix: " ")
      }
    }
    return nil
  }

  /// The column in front of a comparison that the statement ends with.
  private func comparedColumn(_ pieces: [Lexeme], _ words: [String]) -> String? {
    guard var index = words.indices.last else { return nil }
    if ["(", ","].contains(words[index]) {
      // Back over the values that are listed already.
      while index > 0, pieces[index].kind == .string || words[index] == "," { index -= 1 }
      guard words[index] == "(", index > 1, words[index - 1].lowercased() == "in" else { return nil }
      index -= 1
    } else if !["=", "==", "<>", "!=", "like", "ilike"].contains(words[index].lowercased()) {
      return nil
    }
    if index > 1, words[index - 1].lowercased() == "not" { index -= 1 }
    guard index > 0 else { return nil }
    return Quoting.name(written: words[index - 1])
  }

  /// The most frequent texts of a column that begin in some way, whatever the case. Nil where there is no such column, or
  /// where counting its values would keep a person waiting, or tell what `suppress_below` hides.
  private func values(of name: String, in table: String, beginning typed: String) -> [(String, Int64)]? {
    guard session.suppression == nil, case .table(let rows)? = try? session.entry(named: table),
      let number = rows.descriptions.firstIndex(where: { $0.name.lowercased() == name.lowercased() }),
      rows.descriptions[number].type == .text
    else { return nil }
    switch rows.columns[number].data {
    case .codes8, .codes16, .codes32: break
    default: guard rows.rowCount <= 100_000 else { return nil }
    }
    let column = Quoting.name(rows.descriptions[number].name)
    let query = """
      from \(Quoting.name(table))
        |> where starts_with(lower(\(column)), lower(\(Quoting.text(typed))))
        |> aggregate count(*) as n group by \(column)
        |> order by n desc, \(column)
        |> limit 50
      """
    // What is asked on the way is no result of the person's.
    let results = session.results
    defer { session.results = results }
    guard let found = try? session.evaluate(SourceText(text: query)) else { return nil }
    return (0..<found.rowCount).compactMap { row in
      guard case .text(let value) = found.columns[0].value(row), case .integer(let count) = found.columns[1].value(row)
      else { return nil }
      return (value, count)
    }
  }
}
