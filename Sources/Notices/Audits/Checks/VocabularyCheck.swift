import ColumnStore
import Language

/// Words that nobody has said the meaning of: those that the adapter of a source does not know, and in a column `action`
/// those that are not of the notebook's vocabulary, where most are.
struct VocabularyCheck: AuditCheck {
  let name = "unknown word"
  let severity = AuditSeverity.warning
  let summary =
    "words that the source's adapter does not know, or in a column `action` that the vocabulary does not know"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    let published = table.source?.vocabulary ?? []
    let ofSource = published.compactMap { vocabulary -> AuditQuestion? in
      let words = table.source?.wordQuery(vocabulary, of: "published") ?? ""
      return question(vocabulary.column, among: vocabulary.words.keys.sorted(), of: "(\(words))", table)
    }
    let ofActions = table.columns.filter { column in
      column.type == .text && column.name.lowercased() == "action" && !published.contains { $0.column == column.name }
    }.compactMap { column in
      let words =
        "(select \(column.sql) as word, count(*) as count from input where \(column.sql) is not null group by 1)"
      return question(
        column.name, among: ActionVocabulary.names, of: words, table, threshold: "count > 0 and count * 2 < looked")
    }
    return ofSource + ofActions
  }

  private func question(
    _ column: String, among known: [String], of words: String, _ table: AuditedTable, threshold: String = "count > 0"
  ) -> AuditQuestion? {
    let isUnknown = known.isEmpty ? "true" : "word not in (\(known.map { Quoting.text($0) }.joined(separator: ", ")))"
    let query = """
      with words as (select word, "count" as n from \(words)),
      unknown as (select word, n from words where \(isUnknown) order by n desc, word)
      select coalesce((select sum(n) from unknown), 0) as count, coalesce((select sum(n) from words), 0) as looked,
        (select string_agg(word, ', ') from (select word from unknown limit 3)) as example
      """
    return table.canAsk(query) ? AuditQuestion(named: column, query: query, threshold: threshold) : nil
  }
}
