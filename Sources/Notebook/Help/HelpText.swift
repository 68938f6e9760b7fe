import Formats
import Language
import Planning

/// The pages of `help`, made of the same lists that parsing, planning and completion use.
enum HelpText {
  /// What there is help on.
  static var topics: [String] {
    [
      "why", "commands", "operators", "functions", "formats", "settings", "types", "load options", "snapshot", "keys",
      "adapters", "refusals", "suppression", "engines",
    ]
      + (GrammarCatalog.commands + GrammarCatalog.operators + GrammarCatalog.clauses).map(\.name)
      + FunctionRegistry.allNames
  }

  /// The page of a topic; nil for one that there is none on.
  static func about(_ topic: String) -> String? {
    switch topic.lowercased() {
    case "": return overview
    case "commands": return "Commands\n\(list(GrammarCatalog.commands))"
    case "operators":
      return "Operators: from TABLE |> OPERATOR |> OPERATOR ...\n\(list(GrammarCatalog.operators))"
    case "functions": return functions
    case "formats":
      return "The formats of results:\n"
        + TableFormats.all.map { "  \(padded($0.name, 10)) .\($0.fileExtensions.joined(separator: " ."))" }
        .joined(separator: "\n")
        + "\nChoose one with `format NAME`, `--format NAME`, or the ending of a file's name.\n\n"
        + boxDetails
    case "settings":
      return "What `set` changes:\n"
        + Settings.all.map { "  \(padded($0.name, 10)) \($0.summary): \($0.values)" }.joined(separator: "\n")
    case "types": return types
    case "refusals": return refusals
    case "engines": return engines
    case "suppression", "suppress_below": return suppression
    case "count", "counts": return (FunctionRegistry.aggregate(named: "count").map(page) ?? "") + "\n\n" + counts
    case "keys": return keys
    case "sources": return sources
    case "adapters": return adapters
    case "load options":
      return loadOptions
    default: break
    }
    if let setting = Settings.all.first(where: { $0.name == topic.lowercased() }),
      GrammarCatalog.entries(about: topic).isEmpty
    {
      return
        "set \(setting.name) VALUE\n  \(setting.summary)\n\nIt takes \(setting.values). `settings` shows what it is now."
    }
    let entries = GrammarCatalog.entries(about: topic.lowercased() == "snapshot" ? "save snapshot" : topic)
    if !entries.isEmpty { return entries.map(page).joined(separator: "\n\n") }
    return FunctionRegistry.scalar(named: topic).map(page) ?? FunctionRegistry.aggregate(named: topic).map(page)
      ?? FunctionRegistry.window(named: topic).map(page)
  }

  /// All words of the language on one screen of 80x24.
  private static var overview: String {
    let width = groups.map(\.title.count).max() ?? 0
    let lines = groups.flatMap { group in
      columns(of: group.names, width: 79 - width - 2).enumerated().map { index, line in
        padded(index == 0 ? group.title : "", width) + "  " + line
      }
    }
    return """
      tour takes you through the notebook in ten steps. A first look of your own:
        load actions.csv
        from actions |> share action by country

      \(lines.joined(separator: "\n"))

      help NAME explains each of these, help why the last error. More: help commands,
      help operators, help functions, help settings, help keys, help types, help
      formats, help load options.
      """
  }

  /// A text in lines as long as those of the pages that are laid out by hand.
  static func paragraph(_ text: String) -> String { wrappedText(text, width: 79).joined(separator: "\n") }

  /// Words side by side, on as many lines as they need.
  private static func columns(of words: [String], width: Int) -> [String] {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + 2 + word.count <= width {
        lines[lines.count - 1] = "\(last)  \(word)"
      } else {
        lines.append(word)
      }
    }
    return lines
  }

  /// The words by what they are for.
  static let groups: [(title: String, names: [String])] = [
    ("Look", ["load", "tables", "columns", "describe", "sample", "sources", "vocabulary", "errata", "last", "watch"]),
    ("Ask", ["from", "select", "use", "let", "explain", "print"]),
    (
      "Pipe |>",
      [
        "where", "select", "extend", "set", "drop", "rename", "aggregate", "order by", "limit", "offset", "distinct",
        "join", "union", "intersect", "except", "as", "with", "window", "call", "tablesample", "pivot", "unpivot",
      ]
    ),
    ("Measure |>", ["share", "timeline", "latency", "top", "plot", "force"]),
    ("Verify |>", ["check", "assert", "reconcile", "diff", "audit", "pseudonymise"]),
    ("Keep", ["save", "shell", "save snapshot", "output", "format"]),
    (
      "Change",
      [
        "drop", "create table", "create view", "create index", "create key", "insert", "update", "delete", "truncate",
        "begin", "commit", "rollback", "undo", "redo",
      ]
    ),
    (
      "Notebook",
      [
        "run", "edit", "connect", "disconnect", "drivers", "set", "settings", "timer", "history", "cd", "ls", "pwd",
        "tour",
        "help", "quit", "exit",
      ]
    ),
  ]

  private static func list(_ entries: [GrammarEntry]) -> String {
    let width = entries.map(\.name.count).max() ?? 0
    return entries.map { "  \(padded($0.name, width)) \($0.summary)" }.joined(separator: "\n")
  }

  private static func page(_ entry: GrammarEntry) -> String {
    let examples = entry.examples.map { "\n  \($0)" }.joined()
    var text = "\(entry.syntax)\n  \(entry.summary)\n\n\(paragraph(entry.text))\n\nFor example:\(examples)"
    if entry.name == "load" { text += "\n\n" + loadOptions }
    if entry.name == "save snapshot" { text += "\n\n" + snapshotDetails }
    if entry.name == "save" { text += "\n\n" + saveDetails }
    if let details = auditDetails[entry.name] ?? resultDetails[entry.name] { text += "\n\n" + details }
    if entry.name == "plot" { text += "\n\n" + plotDetails }
    if entry.name == "share" { text += "\n\n" + shareDetails }
    if entry.name == "errata" { text += "\n\n" + errataDetails }
    if entry.name == "latency" { text += "\n\n" + latencyDetails }
    return text
  }

  private static func page<Function>(_ entry: FunctionEntry<Function>) -> String {
    let result = entry.example.result.isEmpty ? "NULL" : entry.example.result
    let others = entry.names.count > 1 ? "\n  also: \(entry.names.dropFirst().joined(separator: ", "))" : ""
    return "\(entry.usage)\n  \(entry.summary)\n  example: \(entry.example.call) = \(result)\(others)"
  }

  private static var functions: String {
    let groups = FunctionRegistry.groups.map { group in
      "\(group.name)\n" + group.entries.map { "  \($0.usage): \($0.summary)" }.joined(separator: "\n")
    }
    let aggregates = FunctionRegistry.aggregates.map { "  \($0.usage): \($0.summary)" }
    let windows = FunctionRegistry.windows.map { "  \($0.usage): \($0.summary)" }
    let others = [
      "Aggregates\n\(aggregates.joined(separator: "\n"))",
      "Window functions; every aggregate can stand over a window too\n\(windows.joined(separator: "\n"))",
    ]
    return (groups + others).joined(separator: "\n\n")
  }

  private static var loadOptions: String {
    let width = LoadOptions.catalog.map(\.name.count).max() ?? 0
    return "Options of load, each found out by itself where it is not given:\n"
      + LoadOptions.catalog.map { "  \(padded($0.name, width)) \($0.takes)" }.joined(separator: "\n")
      + "\n  example: load f.csv (delimiter ';', header off, types (id text), null ('-'))"
      + "\nA snapshot, `load 'removals.nbs'`, takes none: see help snapshot."
  }

  private static let types = """
    The types of columns, and values of them written out:
      boolean        true, false
      integer        257: whole numbers of 64 bits, an error beyond
      double         0.5, 1e9
      decimal(10,2)  '1.50'::decimal(10,2): exact, up to 38 digits; a number with a point beside one is exact too
      text           'withheld'
      date           date '2021-02-10'
      time           time '19:30'
      timestamp      timestamp '2021-02-10 19:30:00', in UTC
      interval       interval '1 month', interval '2 days 04:05:06', interval 'P1Y2M'
      count          'over 500'::count, at_least(500), 0-499: a number or two bounds; see help count
      integer[]      [1, 2, 3]: a list of any type; x[1] is its first item, x[-1] its last, x[2:3] a part, x || y both

    x::date and cast(x as date) convert; try_cast gives NULL where that fails. What
    goes together by itself: an integer and a decimal or double, a decimal and a
    double (a double), a date and a timestamp (its midnight). date - date is a
    number of days, timestamp - timestamp an interval; `/` gives a double (see `set
    division`), `//` an integer. Bits of integers: & | << >> ~ and xor(x, y).
    """

  private static let shareDetails = """
      NULL is a value of its own unless `without nulls` is said. What is printed
      adds up to exactly 100 %; files get all digits.

      from sor!actions |> share restrictions by platform
        for a column of lists, multi-label: the share of rows that carry each item; these add up to more than 100 %
      from t |> share suspended, withheld of specified by country
        each column over its base, where both are known. Of counts with bounds low
        and high are the bounds of the share, and no interval of Wilson's: see help
        count
    """

  private static let saveDetails = """
      The ending of the name says in what format: see help formats. .nbs is a snapshot of the rows, which opens at once:
      from actions |> where country = 'IN' |> save 'india.nbs'
    """

  private static let snapshotDetails = """
      A snapshot holds tables as they lie in memory, with their rules and what
      could not be read of them; without `of` also the views and the values of
      `let`. `load` opens it at once, however large it is, and a column is read
      when a query first asks for it. The files that the tables were loaded from
      are not needed any more; `_file` and `_line` still name them. What is damaged
      or cut is found by checksums and told.

      noticebook> load datasets/india-2021/
      noticebook> save snapshot 'india.nbs'
      saved 3 tables to india.nbs: 13.6 kB, 0.049 s
      noticebook> load 'india.nbs'
      india.nbs: 3 tables, 13.6 kB, saved 2026-11-25 18:07:43 UTC by Noticebook 0.1.0, 0.001 s
        actions: 12 rows, 14 columns
        blocked_per_year: 9 rows, 6 columns
        notices: 3 rows, 11 columns

      save snapshot 'two.nbs' of actions, notices
      from actions |> where country = 'IN' |> save 'india.nbs'
      load 'india.nbs' as india
      from 'india.nbs' |> share action
        the last two for a snapshot of one table
    """

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
