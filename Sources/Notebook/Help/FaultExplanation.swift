/// Why a kind of fault is one, for `help why`: what the message alone has no room for.
struct FaultExplanation {
  /// What the messages of the kind have in them, one of these.
  let phrases: [String]
  /// What is behind it.
  let text: String
  /// A statement that has the fault, on a table `t` with the columns `action` and `n`.
  let example: String

  /// The first explanation that a message asks for.
  static func of(_ message: String) -> FaultExplanation? {
    all.first { explanation in explanation.phrases.contains { message.contains($0) } }
  }

  /// All explanations, those of narrower messages first.
  static let all: [FaultExplanation] = [
    FaultExplanation(
      phrases: ["there is no column `", "has no column `", "is no column of these rows"],
      text: """
        A column is looked for in what the pipe has come to, not in the table that it began with: `select`, `aggregate`,
        `share`, `timeline` and `top` leave only the columns that they name. Capital letters make no difference. A name
        with spaces, or one that is a word of the language, stands in double quotes: "of all". Single quotes make a text.
        """, example: "from t |> where acton = 'x'"),
    FaultExplanation(
      phrases: ["there is no table `", "is neither a table nor a command", "no table of this query is called"],
      text: """
        Tables are made by `load`, `let NAME := ...` and `create table`, and last until the notebook is left; `save snapshot`
        keeps them. A file that was not loaded stands in quotes: from 'actions.csv'. `tables` lists what there is.
        """, example: "from u"),
    FaultExplanation(
      phrases: ["there is no function `"],
      text: """
        `help functions` lists all functions, `help NAME` explains one. Most have the names of PostgreSQL and DuckDB.
        """, example: "select frobnicate(1);"),
    FaultExplanation(
      phrases: ["the parameter `$"],
      text: """
        `$name` is a value that a script is given from outside, so that one script serves many files and dates. It gets its
        value by `let name = ...` before it, by `run script.nbk with (name = ...)`, or by --set name=... on the command line.
        """, example: "from t |> where n > $least"),
    FaultExplanation(
      phrases: ["is neither grouped by nor aggregated"],
      text: """
        A group of many rows becomes one row, so every value in it is either the same for the whole group (it stands in
        `group by`) or is made of all its rows by an aggregate such as count, sum, min or median. Where any value of the
        group will do, say so: any_value(x).
        """, example: "select action, n from t group by action;"),
    FaultExplanation(
      phrases: ["counts over many rows and cannot stand here", "looks at other rows and cannot stand here"],
      text: """
        Conditions in `where` are asked of each row by itself, before rows are grouped or numbered. What is made of many rows
        is asked afterwards: by a second `where` behind `|> aggregate`, by `having` in SQL, by `qualify` for windows.
        """, example: "from t |> where count(*) > 1"),
    FaultExplanation(
      phrases: ["could be several columns"],
      text: """
        After a join both sides may have a column of that name. Put the table's name before it, as in t.action; a join with
        `using (action)` leaves only one of them.
        """, example: "from t as a |> join t as b on a.n = b.n |> select action"),
    FaultExplanation(
      phrases: ["do not go together here", "must be a number", "does not take"],
      text: """
        Both sides of an operator must be of types that go together. Texts and numbers do not: a column that should be
        numbers and is text holds something that is none, which `load` tells of (`from TABLE!rejects`); `x::integer`
        converts it, and `try_cast(x as integer)` gives NULL for what is none. `columns TABLE` shows the types, `help types`
        what goes together.
        """, example: "from t |> where n = action"),
    FaultExplanation(
      phrases: ["needs a condition", "must be a condition"],
      text: """
        A condition is true, false, or NULL where it is not known. A number is none: compare it, as in n > 0.
        """, example: "from t |> where n"),
    FaultExplanation(
      phrases: ["is not a date", "is not a timestamp", "is not an integer", "is not a double", "is no part of a date"],
      text: """
        The text does not have the form of what it is to become. Dates are written 2021-02-10, timestamps
        2021-02-10 19:30:00. Other forms are read by strptime(text, '%d.%m.%Y'); `try_cast(x as date)` gives NULL for
        texts that are none.
        """, example: "select 'tomorrow'::date;"),
    FaultExplanation(
      phrases: ["does not fit 64 bits", "has more digits than", "does not fit"],
      text: """
        Integers have 64 bits and decimals 38 digits. What does not fit is an error here and no number that is nearly right.
        A double (x::double) is larger and rounds; a decimal (x::decimal(38,0)) is exact.
        """, example: "select 9223372036854775807 + 1;"),
    FaultExplanation(
      phrases: ["stands for one value and gives more than one row"],
      text: """
        A query in brackets inside an expression is one value, so it gives one column and at most one row. Make it one with
        an aggregate or `limit 1` and an order; ask for membership with `in (select ...)` or `exists (select ...)`.
        """, example: "select (select n from t) as x;"),
    FaultExplanation(
      phrases: ["is never closed", "closes nothing"],
      text: """
        Brackets, quotes and comments come in pairs. A quote inside a text is written twice: 'it''s'. At the prompt a
        statement goes on to the next line until all of them are closed; Ctrl-C gives it up.
        """, example: "select (1;"),
    FaultExplanation(
      phrases: ["there is no command `"],
      text: """
        A statement begins with a command (`help` lists them), with `from` or `select`, or with an operator that works on the
        table in use. A table alone shows its rows: its name.
        """, example: "frobnicate t"),
    FaultExplanation(
      phrases: ["expected the end of the statement", "or the end of the statement"],
      text: """
        Up to here it was a whole statement, and what follows belongs to none. Between operators stands `|>`. SQL ends at `;`,
        every other statement at the end of its line; a line that is indented goes on with the one before.
        """, example: "from t where n > 1 |> select n 7"),
    FaultExplanation(
      phrases: ["expected "],
      text: """
        The grammar wants something else at this place. Words that mean something to the language can be names only in
        double quotes.
        """, example: "from t |> where"),
    FaultExplanation(
      phrases: [
        "`suppress_below` is on", "`set suppress_below` keeps", "are shown while `suppress_below`", "`suppress_below`",
      ],
      text: """
        With `set suppress_below N` nothing is told that is made of fewer than N records, nor what such a number could be
        worked out from; what cannot be shown to be safe is refused. `help suppression` says how it is done.
        """, example: "set suppress_below 5\nfrom t"),
    FaultExplanation(
      phrases: ["is made of itself"],
      text: """
        A name that `let NAME = query` gives stands for the query, which is run when it is asked for. One whose query asks
        for the same name would never end. `let NAME := query` stores the rows that there are now.
        """, example: "let v = from t\nlet v = from v"),
    FaultExplanation(
      phrases: ["is a view, which has no rows of its own"],
      text: """
        A view is a query with a name. Its rows are those of other tables, and are changed there; or store them in a table
        first: let t := from v.
        """, example: "let v = from t\ninsert into v values ('a', 1);"),
    FaultExplanation(
      phrases: ["check failed", "does not hold"],
      text: """
        The statement ran; the data is not as it promised to be. Behind `assert` and `check` stands what must hold, in a
        table's rules what its rows must be. In a script the exit status is then 3.
        """, example: "from t |> assert count(*) > 99"),
  ]
}
