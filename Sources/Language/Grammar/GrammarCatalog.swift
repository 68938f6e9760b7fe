/// One thing of the language that can be explained, completed or highlighted.
public struct GrammarEntry: Sendable, Hashable {
  /// What kind of thing it is.
  public enum Kind: String, Sendable, Hashable {
    /// Begins a statement.
    case command
    /// Follows `|>`, or stands alone for the table in use.
    case pipeOperator
    /// A word of SQL that begins a clause.
    case clause
  }
  /// The words, in lower case: `load`, `order by`.
  public let name: String
  /// What kind of thing it is.
  public let kind: Kind
  /// How it is written.
  public let syntax: String
  /// What it does, in one line.
  public let summary: String
  /// A statement that uses it.
  public let example: String
}

/// The words of the language as data, for completion, highlighting and `help`.
public enum GrammarCatalog {
  /// Every command, in the order in which a newcomer needs them.
  public static let commands: [GrammarEntry] = commandTable.map { entry($0, .command) }

  /// Every pipe operator, the general ones first.
  public static let operators: [GrammarEntry] = operatorTable.map { entry($0, .pipeOperator) }

  /// The operators that `force` can stand before.
  public static let forcibleOperators: [String] = PipeWords.forcible.words

  /// The clauses of SQL in the order in which they are written.
  public static let clauses: [GrammarEntry] = clauseTable.map { entry($0, .clause) }

  /// Every word that the grammar gives a meaning, in lower case and alphabetical order.
  public static let keywords: [String] = Keyword.allCases.map(\.text).sorted()

  /// The words that cannot name a column or table without quotes.
  public static let reservedWords: [String] = Keyword.allCases.filter(\.isReserved).map(\.text).sorted()

  /// The entries whose name is, or begins with, `topic`, an exact name first.
  public static func entries(about topic: String) -> [GrammarEntry] {
    let topic = topic.lowercased()
    let all = commands + operators + clauses
    let exact = all.filter { $0.name == topic }
    return exact.isEmpty ? all.filter { $0.name.hasPrefix(topic) } : exact
  }

  /// The commands and operators that a word at the start of a statement may have been meant to be, nearest first.
  public static func nearestStatements(to word: String) -> [String] {
    nearestNames(to: word, in: statementWords)
  }

  /// What a statement can begin with.
  static let statementWords: [String] = {
    var seen: Set<String> = []
    let names = (commands + operators).map { String($0.name.prefix { $0 != " " }) } + ["with", "values", "summarize"]
    return names.filter { seen.insert($0).inserted }
  }()

  private typealias Row = (name: String, syntax: String, summary: String, example: String)

  private static func entry(_ row: Row, _ kind: GrammarEntry.Kind) -> GrammarEntry {
    GrammarEntry(name: row.name, kind: kind, syntax: row.syntax, summary: row.summary, example: row.example)
  }

  private static let commandTable: [Row] = [
    (
      "load", "load PATH[, ...] [(OPTION VALUE, ...)] [as NAME]", "read files, folders or archives into a table",
      "load 'reports/*.csv' as removals"
    ),
    ("tables", "tables", "list the tables with rows, columns and bytes", "tables"),
    ("columns", "columns [TABLE]", "list the columns of a table with their types", "columns removals"),
    ("sources", "sources", "list the sources that `load` recognises, with what they do not record", "sources"),
    (
      "vocabulary", "vocabulary [TABLE]", "list the words for actions with each source's words, or a table's words",
      "vocabulary actions"
    ),
    (
      "errata", "errata [TABLE] | load errata 'FILE'",
      "list the known faults of published data, or those that touch a table; or add your own", "errata actions"
    ),
    ("describe", "describe [TABLE]", "summarise every column of a table", "describe removals"),
    ("sample", "sample [TABLE] [N]", "show some rows of a table", "sample removals 10"),
    ("from", "from TABLE|'FILE' [|> ...]", "begin a query", "from removals |> where country = 'IN'"),
    ("select", "select ITEMS from TABLE ...;", "a query in SQL", "select country, count(*) from removals group by 1;"),
    ("use", "use TABLE", "let operators without a query work on a table", "use removals"),
    ("let", "let NAME = QUERY|VALUE", "name a query or a value; `:=` stores the rows", "let since = date '2021-01-31'"),
    (
      "drop", "drop [table|view|index] [if exists] NAME[, ...]", "forget tables, views or indexes", "drop removals"
    ),
    (
      "create table", "create [or replace] table [if not exists] NAME (COLUMN TYPE [RULES], ...) | as QUERY;",
      "make a table, empty or of a query; rules: primary key, unique, not null, default VALUE, check (CONDITION)",
      "create table cases (id integer primary key, country text not null);"
    ),
    (
      "create view", "create [or replace] view [if not exists] NAME [(COLUMNS)] as QUERY;", "name a query",
      "create view india as from removals |> where country = 'IN';"
    ),
    (
      "create index", "create [unique] index [if not exists] NAME on TABLE (COLUMNS);",
      "read for the sake of scripts, since no index is needed; a unique one is a rule",
      "create unique index i on t (id);"
    ),
    (
      "create key", "create key 'FILE';", "make a random key for `pseudonymise` in a new file that only you can read",
      "create key 'my.key';"
    ),
    (
      "insert", "insert [or replace|or ignore] into TABLE [(COLUMNS)] values (...), ... | QUERY | default values;",
      "put rows into a table", "insert into cases values (1, 'IN'), (2, 'TR');"
    ),
    (
      "update", "update TABLE set COLUMN = VALUE, ... [from TABLES] [where CONDITION];", "change rows of a table",
      "update cases set country = 'TR' where id = 2;"
    ),
    (
      "delete", "delete from TABLE [using TABLES] [where CONDITION];", "take rows out of a table",
      "delete from cases where country = 'IN';"
    ),
    ("truncate", "truncate TABLE[, ...]", "take all rows out of tables", "truncate cases"),
    ("begin", "begin", "from here on changes of tables can be taken back", "begin"),
    ("commit", "commit", "keep the changes since `begin`", "commit"),
    ("rollback", "rollback", "take back the changes since `begin`", "rollback"),
    ("print", "print VALUE, ...", "print a line of text, such as a heading", "print 'Suspended versus withheld'"),
    ("last", "last", "show the last result again, all of it", "last"),
    (
      "save", "save 'FILE' | save session FILE", "write rows to a file, or the session with its results to Markdown",
      "save 'out.csv'"
    ),
    (
      "save snapshot", "save snapshot 'FILE.nbs' [of TABLE, ...]",
      "write all tables, views and values to a file that `load` brings back at once",
      "save snapshot 'removals.nbs' of removals, cases"
    ),
    ("run", "run FILE [with (NAME = VALUE, ...)]", "run the statements of a file", "run scripts/monthly.nbk"),
    (
      "explain", "explain [analyze] QUERY", "show how a query would run, or did",
      "explain from removals |> share action"
    ),
    ("set", "set OPTION VALUE", "change a setting", "set rows 100"),
    ("settings", "settings", "list the settings", "settings"),
    ("format", "format NAME", "choose how results are printed", "format markdown"),
    ("output", "output FILE|off", "send results to a file", "output results.txt"),
    ("timer", "timer on|off", "print how long each statement took", "timer on"),
    (
      "undo", "undo", "take back what the last input did to tables, names and settings; files stay as they are", "undo"
    ),
    ("redo", "redo", "do again what `undo` took back", "redo"),
    (
      "watch", "watch TIME STATEMENT", "show the same thing again and again, until Ctrl-C",
      "watch 5s from 'actions.csv' |> share action"
    ),
    ("cd", "cd [FOLDER|-]", "go to a folder, without one to the home folder; `-` is the one before", "cd datasets"),
    ("ls", "ls [FOLDER]", "list what is in a folder, and what of it can be loaded", "ls datasets/india-2021"),
    ("pwd", "pwd", "say which folder paths begin at", "pwd"),
    ("tour", "tour [STEP]", "ten steps through the notebook, on what India ordered in February 2021", "tour"),
    ("history", "history [N]", "list what was typed", "history 20"),
    ("help", "help [TOPIC]", "explain a command, operator or function", "help share"),
    ("quit", "quit", "leave", "quit"),
    ("exit", "exit", "leave", "exit"),
  ]

  private static let operatorTable: [Row] = [
    ("where", "where CONDITION", "keep the rows for which a condition holds", "where country = 'IN' and year >= 2020"),
    ("select", "select [distinct] ITEMS", "keep, compute and order columns", "select country, action as what"),
    ("extend", "extend VALUE as NAME, ...", "add columns", "extend withheld + suspended as acted_on"),
    ("set", "set COLUMN = VALUE, ...", "give columns new values", "set country = upper(country)"),
    ("drop", "drop COLUMN, ...", "leave columns out", "drop remark"),
    ("rename", "rename COLUMN as NAME, ...", "give columns new names", "rename cc as country"),
    (
      "aggregate", "aggregate VALUES [group [and order] by KEYS]", "sum up rows, for each group",
      "aggregate count(*) as n, sum(withheld) group by country"
    ),
    ("order by", "order by KEY [desc] [nulls first|last], ...", "sort rows", "order by n desc"),
    ("limit", "limit N [offset M]", "keep the first rows", "limit 10"),
    ("offset", "offset M", "leave the first rows out", "offset 10"),
    ("distinct", "distinct [on (KEYS)]", "keep one of equal rows", "distinct on (country)"),
    (
      "join", "[left|right|full|semi|anti|cross] join TABLE on|using ...", "put matching rows of two tables together",
      "left join notices using (notice_id)"
    ),
    ("union", "union [all] [by name] (QUERY), ...", "rows of this and other queries", "union all (from older)"),
    ("intersect", "intersect [all] (QUERY), ...", "rows that are in both", "intersect (from older)"),
    ("except", "except [all] (QUERY), ...", "rows that are not in the other", "except (from older)"),
    ("as", "as NAME", "name what comes so far, to speak of its columns", "as recent"),
    (
      "with", "with NAME as (QUERY), ...", "name queries for the operators that follow",
      "with recent as (from t |> limit 5) |> join recent using (id)"
    ),
    ("window", "window VALUE as NAME, ...", "add columns made of window functions", "window sum(n) over () as total"),
    ("call", "call FUNCTION(...)", "apply a table function", "call share(action)"),
    (
      "tablesample", "tablesample [bernoulli|system|reservoir] (N percent|rows) [repeatable (SEED)]",
      "keep rows by chance, the same ones every time", "tablesample (10 percent)"
    ),
    (
      "pivot", "pivot (AGGREGATE [as NAME], ... for COLUMN in (VALUE [as NAME], ...))", "turn values into columns",
      "pivot (sum(accounts) for action in ('withheld', 'suspended'))"
    ),
    (
      "unpivot", "unpivot [include nulls] (VALUE for NAME in (COLUMN, ...))", "turn columns into rows",
      "unpivot (accounts for action in (withheld, suspended))"
    ),
    (
      "share", "share COLUMNS [of BASE] [by GROUPS] [without nulls]", "count each value, with its share and interval",
      "share action by country"
    ),
    (
      "timeline", "timeline [COLUMNS] by PERIOD [of TIME] [per GROUPS]", "count per period, empty periods shown",
      "timeline action by month"
    ),
    (
      "latency", "latency [in UNIT] from TIME to TIME [by GROUPS] [until TIME]",
      "how long it takes: n, median with interval, quartiles; what is still open counts as such (Kaplan-Meier)",
      "latency in days from received_at to acted_at by authority"
    ),
    (
      "force", "force OPERATOR ...", "answer a question that is refused, with a footnote: see help refusals",
      "force share action without nulls"
    ),
    ("top", "top [N] COLUMNS [by MEASURE]", "the most frequent values, with cumulated share", "top 20 account_id"),
    (
      "check", "check ['NAME' that] CONDITION", "count the rows that do not meet a condition; the script goes on",
      "check 'withheld at most specified' that withheld <= specified"
    ),
    (
      "reconcile", "reconcile with TABLE on KEYS [by GROUPS] [reported COLUMN [observed AGGREGATE]]",
      "rows that another table does not know, counts that differ; also: reconcile A with B on KEYS",
      "reconcile with notices on notice_id reported accounts_actioned"
    ),
    (
      "diff", "diff with OLD by KEYS [share COLUMNS]", "rows added, removed, changed; also: diff OLD NEW by KEYS",
      "diff with removals_may by id share action"
    ),
    ("audit", "audit", "look for what is often wrong in notices and actions; also: audit [TABLE]", "audit"),
    (
      "pseudonymise", "pseudonymise COLUMN, ... [with key 'FILE']", "put a keyed hash in place of each value",
      "pseudonymise account_id with key 'my.key'"
    ),
    (
      "assert", "assert CONDITION [, MESSAGE]", "stop the script unless a condition holds",
      "assert count(*) > 0, 'no actions'"
    ),
    (
      "save", "save 'FILE' [(OPTION VALUE, ...)]", "write the rows to a file, its format by the extension",
      "save 'out.csv'"
    ),
    ("shell", "shell 'COMMAND'", "pipe the rows into a command", "shell 'less -S'"),
    ("format", "format NAME", "print the rows in a format, such as `line`: one line a value", "format line"),
  ]

  private static let clauseTable: [Row] = [
    (
      "with", "with NAME as (QUERY), ...", "name queries for the one that follows",
      "with a as (from t) select * from a;"
    ),
    ("select", "select [distinct] ITEMS", "the columns", "select country, count(*) from t group by country;"),
    ("from", "from TABLE [join ...]", "the tables", "select * from t;"),
    ("where", "where CONDITION", "which rows", "select * from t where country = 'IN';"),
    ("group by", "group by KEYS|all", "one row for each group", "select country, count(*) from t group by all;"),
    ("having", "having CONDITION", "which groups", "select country from t group by 1 having count(*) > 5;"),
    ("window", "window NAME as (...)", "name windows", "select rank() over w from t window w as (order by n);"),
    ("qualify", "qualify CONDITION", "which rows, by window functions", "from t qualify row_number() over () = 1;"),
    (
      "pivot", "pivot TABLE on COLUMN [in (VALUES)] [using AGGREGATES] [group by KEYS]",
      "turn a column's values into columns", "pivot t on year using sum(n) group by country;"
    ),
    (
      "unpivot", "unpivot TABLE on COLUMNS [into name NAME value VALUE]", "turn columns into rows",
      "unpivot t on withheld, suspended into name action value accounts;"
    ),
    ("order by", "order by KEYS", "in which order", "select * from t order by n desc;"),
    ("limit", "limit N [offset M]", "how many rows", "select * from t limit 10;"),
    ("values", "values (...), (...)", "rows written out", "values (1, 'a'), (2, 'b');"),
    (
      "with recursive", "with recursive NAME as (QUERY union [all] QUERY on NAME)",
      "rows made of the rows before them, until no new ones come",
      "with recursive n as (select 1 as x union all select x + 1 from n where x < 9) select x from n;"
    ),
    (
      "grouping sets", "group by grouping sets ((KEYS), ...) | rollup (KEYS) | cube (KEYS)",
      "groups by several sets of keys at once; grouping(KEY) is 1 where a set is without the key",
      "select country, action, count(*) from t group by rollup(country, action);"
    ),
    (
      "lateral", "[left] join lateral (QUERY) as NAME on CONDITION", "a query for each row of the tables before it",
      "select * from t left join lateral (select max(n) as top from u where u.id = t.id) as x on true;"
    ),
    (
      "asof join", "asof [left] join TABLE on EQUALITIES and ONE INEQUALITY", "each row with the nearest one",
      "select * from t asof join u on t.account = u.account and t.at >= u.at;"
    ),
    (
      "unnest", "cross join unnest(LIST) as NAME", "the items of a list as rows",
      "select id, country from t cross join unnest(countries) as country;"
    ),
    (
      "exists", "[not] exists (QUERY)", "whether a query gives a row; it may speak of the row around it",
      "select * from t where exists (select 1 from u where u.id = t.id);"
    ),
    (
      "in", "VALUE [not] in (VALUES|QUERY)", "whether a value is among others",
      "select * from t where id in (select id from u);"
    ),
    (
      "any", "VALUE COMPARISON any|all (QUERY|LIST)", "whether a comparison holds for some, or for all",
      "select * from t where n >= all (select n from u);"
    ),
  ]
}
