import Notices

extension HelpText {
  /// The page on sources: those that come with the notebook, and what it makes of them.
  static var sources: String {
    let width = SourceCatalog.names.map(\.count).max() ?? 0
    let list = SourceCatalog.all.map { adapter in
      "  \(padded(adapter.name, width)) \(adapter.title)"
    }
    return """
      `load` recognises published tables by their columns, reads them with the names, types and texts for NULL that their
      source adapter says, and tells so:
      \(list.joined(separator: "\n"))

      load 'sor-global-2025-07-02-full.zip' as sor     recognised
      load 'mine.csv' as lumen                         named: an error where the columns are not there
      load 'mine.csv' as t (adapter lumen)             the same for a table of another name
      load 'mine.csv' as t (adapter 'mine.json')       an adapter of one's own: see help adapters
      load 'mine.csv' as t (adapter none)              the table as it stands

      Beside a table `sor` there may be sor!actions and sor!notices, its rows in the
      columns that all sources share; sor!published, the rows before totals were left
      out; sor!remarks and sor!rejects. They cost nothing until they are asked for.
      `sources` lists what each source does not record, `vocabulary` the words for
      actions with each source's own, `vocabulary sor` the words found in a table,
      and which of them mean nothing that is known.

      An action may carry several restrictions. Counted exclusively, each action once, under the most severe:
        from sor!actions |> share action
      Counted multi-label, the share of actions that carry each restriction, which add up to more than 100 %:
        from sor!actions |> share restrictions
      """
  }

  /// The page on how an adapter is written.
  static let adapters = """
    A source adapter is a file of JSON: name it in `load` by its path, or put it as NAME.json into
    ~/.config/noticebook/adapters and name it by its name. Expressions are the notebook's own, over the columns.

    {
      "name": "my_source", "title": "What people call it", "publisher": "...", "url": "...",
      "recognise": ["id", "decision"],
      "columns": [
        {"name": "id", "spelled": ["Case No.", "Nr"], "type": "text", "note": "what it holds"},
        {"name": "decision", "spelled": "Decision", "type": "text"},
        {"name": "countries", "type": "text", "list": ", "}, "law", "company",
        {"name": "decided", "type": "timestamp", "precision": "day"}
      ],
      "keys": {"platform": "company", "time": "decided"},
      "changes": [{"on": "2025-07-01", "columns": ["law"], "what": "new names of
      laws"}], "nulls": ["-"], "editions": [{"name": "with laws", "with": "law"},
      {"name": "without laws", "without": "law"}],
      "rows": ["|> where id is not null"],
      "vocabulary": [{"column": "decision", "words": {
        "closed": "suspended",
        "hidden": [{"when": "countries is null", "action": "removed"}, "withheld"],
        "gone": {"kept": "closed, or left by its owner"}}}],
      "notices": {"rows": "|> where law is not null", "columns": {"id": "id", "legal_basis": "law"}},
      "actions": {"columns": {"id": "id", "territory": "string_split(countries, ',
      ')"}}, "checks": [{"name": "numbers are short", "holds": "length(id) < 10"}],
      "limits": ["what the source does not record"]
    }

    recognise   columns that the table must have
    columns     the name that the table gives it; how files spell it; its type; for several values in a field `list`: what
                stands between them, or json for an array of JSON; `precision` for times of which only the day is known
    keys        the columns that say of which platform and when a row is, by which errata find their rows
    changes     days from which on columns mean something else, over which no timeline of them is drawn
    nulls       what stands for no value, in place of the usual
    editions    what is said of files with some columns and without others
    rows        pipe operators that make the table of the published rows, which stay as t!published
    vocabulary  what words mean: a word of `vocabulary`, the first of several whose condition holds, or none with a reason.
                Words that are not listed stay as they are, and are told of by `vocabulary t`
    notices     rows, and columns of t!notices: id, authority, requester, platform, country, territory, legal_basis, received,
                accounts, items
    actions     the same of t!actions: id, notice, subject, platform, duration, scope, territory, ground,
                automated_detection, automated_decision, acted_at, ended_at; action and restrictions come of the vocabulary
    checks      what rows must fulfil; `load` tells how many do not
    limits      what `load` tells each time

    A text may be a list of lines. Only name, title, recognise and columns must be there.
    """
}
