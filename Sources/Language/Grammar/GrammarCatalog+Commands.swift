extension GrammarCatalog {
  /// Commands that load, look and ask.
  static let lookingCommands: [GrammarEntry] = [
    GrammarEntry(
      .command, "load",
      syntax: "load PATH[, ...] [(OPTION VALUE, ...)] [as NAME]",
      summary: "read files, folders or archives into a table",
      text: """
        Finds out the separator, the encoding, the header, the types and what stands for NULL, and says what it \
        found. What could not be read is in TABLE!rejects. Archives are read without unpacking them, and sources \
        that are published in a known form get their columns in one spelling.
        """,
      examples: [
        "load datasets/india-2021/",
        "load datasets/india-2021/actions.csv as claims (types (accounts count))",
      ]),
    GrammarEntry(
      .command, "tables",
      syntax: "tables",
      summary: "list the tables with rows, columns and bytes",
      text: """
        Lists what is loaded, stored and named, with rows, columns and the memory that each takes.
        """,
      examples: [
        "tables",
        "watch 1m tables",
      ]),
    GrammarEntry(
      .command, "columns",
      syntax: "columns [TABLE]",
      summary: "list the columns of a table with their types",
      text: """
        Lists the columns of a table, or of the table in use, with their types, how many values are missing, and \
        what a data package says of each.
        """,
      examples: [
        "columns actions",
        "columns removal_requests",
      ]),
    GrammarEntry(
      .command, "sources",
      syntax: "sources",
      summary: "list the sources that `load` recognises, with what they do not record",
      text: """
        Lists the published sources whose files `load` knows by their columns, and what each does not record, so \
        that questions which it cannot answer are refused.
        """,
      examples: [
        "sources",
        "help adapters",
      ]),
    GrammarEntry(
      .command, "vocabulary",
      syntax: "vocabulary [TABLE]",
      summary: "list the words for actions with each source's words, or a table's words",
      text: """
        Lists the words of an action in the notebook and in each source, what they mean, and which mean that nothing \
        is known.
        """,
      examples: [
        "vocabulary",
        "vocabulary actions",
      ]),
    GrammarEntry(
      .command, "errata",
      syntax: "errata [TABLE] | load errata 'FILE'",
      summary: "list the known faults of published data, or those that touch a table; or add your own",
      text: """
        Lists faults that are known of published data, with who announced them and when, and warns of results that \
        they touch. A file of your own adds to them.
        """,
      examples: [
        "errata",
        "errata actions",
      ]),
    GrammarEntry(
      .command, "describe",
      syntax: "describe [TABLE]",
      summary: "summarise every column of a table",
      text: """
        Gives for each column how many values there are and how many are different, the least, the largest, mean and \
        quartiles, a small histogram of numbers and dates, and the most frequent texts. It is a result, as rows of a \
        query are: `save` writes it, `_` shows all of it.
        """,
      examples: [
        "describe actions",
        "describe removal_requests",
      ]),
    GrammarEntry(
      .command, "sample",
      syntax: "sample [TABLE] [N]",
      summary: "show some rows of a table",
      text: """
        Shows some rows by chance, and the same ones each time; of the table in use where none is named.
        """,
      examples: [
        "sample removal_requests 5",
        "sample actions",
      ]),
    GrammarEntry(
      .command, "from",
      syntax: "from TABLE|'FILE' [|> ...]",
      summary: "begin a query",
      text: """
        Begins a query with a table, a view, a file that was not loaded, or a query in brackets. Each `|>` hands the \
        rows on to the next operator.
        """,
      examples: [
        "from actions |> where reported_by = 'Twitter' |> select action, accounts",
        "from 'datasets/india-2021/actions.csv' |> share action by reported_by",
      ]),
    GrammarEntry(
      .command, "select",
      syntax: "select ITEMS from TABLE ...;",
      summary: "a query in SQL",
      text: """
        SQL as PostgreSQL and DuckDB have it. It ends at `;` and may take several lines. Pipes can follow it.
        """,
      examples: [
        "select reported_by, count(*) as claims from actions group by reported_by;",
        "select action from actions |> share action;",
      ]),
    GrammarEntry(
      .command, "use",
      syntax: "use TABLE",
      summary: "let operators without a query work on a table",
      text: """
        From here on an operator that stands alone works on this table, as if `from TABLE |>` stood before it.
        """,
      examples: [
        "use actions",
        "use removal_requests",
      ]),
    GrammarEntry(
      .command, "let",
      syntax: "let NAME = QUERY|VALUE",
      summary: "name a query or a value; `:=` stores the rows",
      text: """
        With `=` a query gets a name and is run when the name is asked for; with `:=` it is run now and its rows are \
        kept. A value gets a name the same way, and is written $NAME.
        """,
      examples: [
        "let twitter = from actions |> where reported_by = 'Twitter'",
        "let since = date '2021-02-10'",
      ]),
    GrammarEntry(
      .command, "drop",
      syntax: "drop [table|view|index] [if exists] NAME[, ...]",
      summary: "forget tables, views or indexes",
      text: """
        Forgets tables and views; files stay. `undo` brings them back.
        """,
      examples: [
        "drop blocked_per_year",
        "drop table if exists cases",
      ]),
  ]
}
