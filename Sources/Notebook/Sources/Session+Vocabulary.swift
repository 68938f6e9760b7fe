import ColumnStore
import Language
import Notices
import Planning

/// `sources` and `vocabulary`.
extension Session {
  /// `sources`: the sources that `load` recognises.
  func sourcesTable() -> Table {
    Session.table(
      [
        ("source", .text), ("title", .text), ("publisher", .text), ("recognised by", .text), ("limits", .text),
        ("url", .text),
      ],
      SourceCatalog.all.map { adapter in
        [
          .text(adapter.name), .text(adapter.title), .text(adapter.publisher),
          .text(adapter.recognise.joined(separator: ", ")), .text(adapter.limits.joined(separator: "; ")),
          .text(adapter.url),
        ]
      })
  }

  /// `vocabulary`: the words for actions and what each source calls them; `vocabulary t`: the words that a table has, how
  /// often, and what they mean.
  func vocabulary(of name: QualifiedName?) throws -> Table {
    guard let name else { return vocabularyTable() }
    guard let adapter = source(of: name.text) else {
      return try foundWords(in: name.text, having: columns(of: name, name.span).0, name.span)
    }
    let entry = entries[name.text.lowercased()]
    let owner = (entry?.isPartOf.flatMap { entries[$0] } ?? entry)?.name ?? remoteSource(of: name.text)?.table
    var rows: [[Value]] = []
    for words in adapter.vocabulary {
      for row in try wordCounts(adapter.wordQuery(words, of: owner ?? name.text), adapter) {
        guard case .text(let word) = row[0] else { continue }
        let (action, note) = meaning(words.words[word])
        rows.append([.text(words.column), row[0], row[1], action, note])
      }
    }
    return foundTable(rows)
  }

  /// The words of a table without a source, which must be the vocabulary's own.
  private func foundWords(in name: String, having columns: [ColumnDescription], _ span: SourceSpan) throws -> Table {
    guard columns.contains(where: { $0.name.lowercased() == "action" }) else {
      throw Diagnostic(
        "`\(name)` is of no known source and has no column `action`", at: span,
        help: "`vocabulary` lists the words for actions; `sources` the sources that `load` recognises")
    }
    let query =
      "from \(Quoting.name(name)) |> where action is not null"
      + " |> aggregate count(*) as count group by action |> order by count desc, action"
    let rows = try wordCounts(query, nil).map { row -> [Value] in
      guard case .text(let word) = row[0] else {
        return [.text("action"), .text(row[0].description), row[1], .null, .null]
      }
      let (action, note) = meaning(ActionVocabulary.contains(word) ? .action(word) : nil)
      return [.text("action"), row[0], row[1], action, note]
    }
    return foundTable(rows)
  }

  private func wordCounts(_ query: String, _ adapter: SourceAdapter?) throws -> [[Value]] {
    let source = SourceText(name: adapter?.name ?? "vocabulary", text: query)
    var statements = StatementSequence(source)
    guard let statement = try statements.next()?.get(), case .query(let query) = statement.kind else { return [] }
    let table = try rows(of: query)
    return (0..<table.rowCount).map { table.row($0) }
  }

  private func foundTable(_ rows: [[Value]]) -> Table {
    Session.table([("column", .text), ("word", .text), ("count", .integer), ("action", .text), ("note", .text)], rows)
  }

  private func vocabularyTable() -> Table {
    var rows: [[Value]] = []
    for word in ActionVocabulary.words {
      var uses: [[Value]] = []
      for adapter in SourceCatalog.all {
        for words in adapter.vocabulary {
          for (spelled, meaning) in words.words.sorted(by: { $0.key < $1.key }) {
            guard let condition = meaning.condition(for: word.name) else { continue }
            uses.append([
              .text(word.name), .text(word.meaning), .text(adapter.name), .text(words.column), .text(spelled),
              condition.isEmpty ? .null : .text(condition),
            ])
          }
        }
      }
      rows += uses.isEmpty ? [[.text(word.name), .text(word.meaning), .null, .null, .null, .null]] : uses
    }
    return Session.table(
      [("action", .text), ("means", .text), ("source", .text), ("column", .text), ("word", .text), ("when", .text)],
      rows)
  }

  /// What a word means, and what is to be said of that.
  private func meaning(_ meaning: SourceAdapter.Meaning?) -> (action: Value, note: Value) {
    switch meaning {
    case .action(let action)?: (.text(action), .null)
    case .cases(let cases)?:
      (
        .text(cases.map(\.action).joined(separator: ", ")),
        .text(cases.map { "\($0.action)\($0.condition.map { " when \($0)" } ?? " else")" }.joined(separator: "; "))
      )
    case .kept(let reason)?: (.text("unknown"), .text(reason))
    case nil: (.text("unknown"), .text("no word of the vocabulary; it is kept as it is"))
    }
  }
}

extension SourceAdapter.Meaning {
  /// When the word means an action: the condition, empty for always; nil for never.
  fileprivate func condition(for action: String) -> String? {
    switch self {
    case .action(let meant): return meant == action ? "" : nil
    case .cases(let cases):
      guard let place = cases.firstIndex(where: { $0.action == action }) else { return nil }
      return cases[place].condition ?? "otherwise"
    case .kept: return nil
    }
  }
}
