import ColumnStore
import Language
import Planning

/// `audit`: what is often wrong in tables of notices and actions.
///
/// Gives one row for each finding, the worst first: `table`, `check`, `severity`, the `column` (or columns) that it is about,
/// how many rows (or values) it has (`count`) of how many that were looked at (`of`), an `example`, and the file and line
/// of the first such row (`place`), where the rows know that.
public enum AuditMeasure {
  /// Everything that is looked for.
  static let checks: [any AuditCheck] = [
    OrderOfTimesCheck(), PartOfWholeCheck(), TotalsCheck(), SourceRulesCheck(), ContradictionCheck(),
    RepeatedIdentifierCheck(),
    SpreadsheetIdentifierCheck(),
    RoundedIdentifierCheck(), SpreadsheetErrorCheck(), ImpossibleDateCheck(), UnreadDateCheck(), VocabularyCheck(),
    SpellingCheck(),
    DailyGapCheck(), NearlyEmptyCheck(),
  ]

  /// What is looked for, for `help`.
  public static var summaries: [(name: String, severity: String, summary: String)] {
    checks.map { ($0.name, $0.severity.rawValue, $0.summary) }
  }

  /// - Parameter sources: the adapters by which tables were loaded.
  static func lower(
    on input: LogicalPlan, sources: TableSources, with resolver: Resolver, span: SourceSpan
  ) throws -> LogicalPlan {
    let table = AuditedTable(input, sources: sources, with: resolver, span: span)
    let questions = try checks.enumerated().flatMap { number, check in
      try check.questions(about: table).map { Asked(number: number, check: check, question: $0) }
    }
    return try resolver.plan(
      AuditQuery(table: table, questions: questions).text, on: table.tables, span: span)
  }

  /// A question, and the check that asks it.
  struct Asked {
    let number: Int
    let check: any AuditCheck
    let question: AuditQuestion
  }
}

/// The query that an audit is: one pass over the rows for all questions that can be answered so, and a query for each other.
private struct AuditQuery {
  let table: AuditedTable
  let questions: [AuditMeasure.Asked]

  var text: String {
    var facts: [String] = []
    var answers: [String] = []
    for (place, asked) in questions.enumerated() {
      let columns = Quoting.text(asked.question.column)
      let start =
        "select \(asked.number) as number, \(place) as part, \(Quoting.text(asked.check.name)) as name, "
        + "'\(asked.check.severity.rawValue)' as severity, \(columns) as columns, "
      switch asked.question.form {
      case .rows(let failing, let looked, let example):
        let filter = "filter (where \(failing))"
        facts.append("count(*) \(filter) as n\(place), count(*) filter (where \(looked)) as o\(place)")
        var shown = "null::text as example, null::text as place"
        if let example {
          facts.append("first(\(example)) \(filter) as e\(place)")
          let hasPlaces = table.hasPlaces
          if hasPlaces { facts.append("first(file) \(filter) as f\(place), first(line) \(filter) as l\(place)") }
          shown = "e\(place) as example, \(hasPlaces ? "f\(place) || ':' || l\(place)::text" : "null::text") as place"
        }
        answers.append(
          "select * from (\(start) n\(place) as count, o\(place) as looked, \(shown) from facts) "
            + "where \(asked.question.threshold)")
      case .query(let query):
        answers.append(
          "select * from (\(start) count, looked, example, null::text as place from (\(query))) "
            + "where \(asked.question.threshold)")
      }
    }
    if answers.isEmpty {
      answers = [
        "select 0 as number, 0 as part, '' as name, '' as severity, '' as columns, 0 as count, 0 as looked, "
          + "null::text as example, null::text as place where false"
      ]
    }
    let name = table.name.map { Quoting.text($0) } ?? "null::text"
    return """
      with facts as (select \(facts.isEmpty ? "1" : facts.joined(separator: ",\n")) from input)
      select \(name) as "table", name as "check", severity, columns as "column", count, looked as "of", example, place
      from (\(answers.joined(separator: "\nunion all ")))
      order by case severity when 'error' then 1 when 'warning' then 2 else 3 end, number, count desc, part;
      """
  }
}
