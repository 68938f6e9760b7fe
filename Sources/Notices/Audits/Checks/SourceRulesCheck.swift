/// What the adapter of a table's source says that its rows fulfil.
struct SourceRulesCheck: AuditCheck {
  let name = "rule of the source"
  let severity = AuditSeverity.error
  let summary = "rows for which the checks of the source's adapter do not hold; `sources` lists the adapters"

  func questions(about table: AuditedTable) -> [AuditQuestion] {
    (table.source?.checks ?? []).compactMap { check in
      let fails = "not (\(check.condition))"
      let place = table.hasPlaces ? "_file || ':' || _line::text" : "null::text"
      let query = """
        select count(*) filter (where \(fails)) as count, count(*) as looked,
          first(\(place)) filter (where \(fails)) as example
        from published
        """
      // Some of the columns may have been left out by then.
      return table.canAsk(query) ? AuditQuestion(named: check.name, query: query) : nil
    }
  }
}
