extension GrammarCatalog {
  /// Pipe operators for notices and actions, and what is done with rows at the end.
  static let noticeOperators: [GrammarEntry] = [
    GrammarEntry(
      .pipeOperator, "share",
      syntax: "share COLUMNS [of BASE] [by GROUPS] [without nulls]",
      summary: "count each value, with its share and interval",
      text: """
        Counts the rows of each value and gives their share of all, or of their group with `by`, with the 95 % \
        interval of Wilson. For tables that hold counts already, `of` names the column that a count is part of.
        """,
      examples: [
        "from actions |> share action by reported_by",
        "from removal_requests |> share accounts_withheld of accounts_specified by period",
      ]),
    GrammarEntry(
      .pipeOperator, "timeline",
      syntax: "timeline [COLUMNS] by PERIOD [of TIME] [per GROUPS]",
      summary: "count per period, empty periods shown",
      text: """
        Counts per period of time, with the periods in which nothing is, or sums a column of counts. A table with \
        one column of dates need not say which.
        """,
      examples: [
        "from actions |> timeline action by day of as_of",
        "from blocked_per_year |> extend make_date(year, 1, 1) as day |> timeline by year of day",
      ]),
    GrammarEntry(
      .pipeOperator, "latency",
      syntax: "latency [in UNIT] from TIME to TIME [by GROUPS] [until TIME]",
      summary:
        "how long it takes: n, median with interval, quartiles; what is still open counts as such (Kaplan-Meier)",
      text: """
        How long it took from one time to another: how many, the median with its interval, the quartiles. What has \
        not come to its end by `until` counts as still open, by the method of Kaplan and Meier.
        """,
      examples: [
        "from actions |> join notices using (notice_id) |> latency in days from notice_date to as_of by reported_by",
        "from notices |> latency in days from notice_date to published",
      ]),
    GrammarEntry(
      .pipeOperator, "force",
      syntax: "force OPERATOR ...",
      summary: "answer a question that is refused, with a footnote: see help refusals",
      text: """
        Answers a question that a source cannot answer, with a footnote that says why it is refused.
        """,
      examples: [
        "from actions |> force share action",
        "from removal_requests |> force timeline by year of period_start",
      ]),
    GrammarEntry(
      .pipeOperator, "top",
      syntax: "top [N] COLUMNS [by MEASURE]",
      summary: "the most frequent values, with cumulated share",
      text: """
        The most frequent values with their shares, and the share of all that are listed so far. With `by` they are \
        ranked by a sum or another number made of many rows.
        """,
      examples: [
        "from removal_requests |> top 5 country by sum(accounts_withheld)",
        "from actions |> top 3 reported_by",
      ]),
    GrammarEntry(
      .pipeOperator, "plot",
      syntax: "plot KIND [VALUES] [by X [, SERIES]] [title 'TEXT'] [log] [width N] [height N] [save 'FILE']",
      summary: "draw the rows: \(PlotOperator.Kind.allCases.map(\.rawValue).joined(separator: ", "))",
      text: """
        Draws a chart on the terminal, or with `save` in a file. Without columns the result of share, timeline, top, \
        latency or aggregate is drawn as what it is, with its intervals and bounds; else the values come first, and \
        behind `by` where they stand and what parts them into series.
        """,
      examples: [
        "from actions |> share action by reported_by |> plot bar",
        "from removal_requests |> plot line sum(accounts_withheld) by period title 'Accounts withheld'",
      ]),
    GrammarEntry(
      .pipeOperator, "check",
      syntax: "check ['NAME' that] CONDITION",
      summary: "count the rows that do not meet a condition; the script goes on",
      text: """
        Counts the rows for which a condition does not hold, and shows the first with file and line. The script goes \
        on, and ends with exit status 3.
        """,
      examples: [
        "from removal_requests |> check 'withheld at most specified' that accounts_withheld <= accounts_specified",
        "from actions |> check as_of >= '2021-01-31'",
      ]),
    GrammarEntry(
      .pipeOperator, "reconcile",
      syntax: "reconcile with TABLE on KEYS [by GROUPS] [reported COLUMN [observed AGGREGATE]]",
      summary: "rows that another table does not know, counts that differ; also: reconcile A with B on KEYS",
      text: """
        Compares a table with another one that should know the same keys: which only one of them has, which occur \
        twice, and whether what was reported is what is there.
        """,
      examples: [
        "from actions |> reconcile with notices on notice_id",
        "reconcile actions with notices on notice_id",
      ]),
    GrammarEntry(
      .pipeOperator, "diff",
      syntax: "diff with OLD by KEYS [share COLUMNS]",
      summary: "rows added, removed, changed; also: diff OLD NEW by KEYS",
      text: """
        Compares two loads of the same data by their keys: rows that came, went or changed, and with `share` how the \
        shares moved.
        """,
      examples: [
        "let before := from actions |> where as_of < '2021-02-12'; diff before actions by claim_id share action",
        "let before := from notices; from notices |> diff with before by notice_id",
      ]),
    GrammarEntry(
      .pipeOperator, "audit",
      syntax: "audit",
      summary: "look for what is often wrong in notices and actions; also: audit [TABLE]",
      text: """
        Looks for what is often wrong: actions before their notice, more acted on than asked for, ids that went \
        through a spreadsheet, doubled rows, words that are unknown.
        """,
      examples: [
        "audit actions",
        "from removal_requests |> audit",
      ]),
    GrammarEntry(
      .pipeOperator, "pseudonymise",
      syntax: "pseudonymise COLUMN, ... [with key 'FILE']",
      summary: "put a keyed hash in place of each value",
      text: """
        Puts a keyed hash in the place of each value, the same for the same value, so that accounts can be told \
        apart and not be named.
        """,
      examples: [
        "create key 'mine.key'; from actions |> pseudonymise claim_id with key 'mine.key'",
        "from notices |> pseudonymise notice_id with key 'mine.key'",
      ]),
    GrammarEntry(
      .pipeOperator, "assert",
      syntax: "assert CONDITION [, MESSAGE]",
      summary: "stop the script unless a condition holds",
      text: """
        Stops the script with exit status 3 unless the condition holds of all rows together.
        """,
      examples: [
        "from actions |> assert count(*) = 12, 'not all claims are here'",
        "from removal_requests |> assert min(period) = '2012-H1'",
      ]),
    GrammarEntry(
      .pipeOperator, "save",
      syntax: "save 'FILE' [(OPTION VALUE, ...)]",
      summary: "write the rows to a file, its format by the extension",
      text: """
        Writes the rows to a file, in the format of its ending or of the option. The file is there whole, or not at \
        all.
        """,
      examples: [
        "from actions |> share action by reported_by |> save 'shares.csv'",
        "from notices |> save 'notices.txt' (format markdown)",
      ]),
    GrammarEntry(
      .pipeOperator, "shell",
      syntax: "shell 'COMMAND'",
      summary: "pipe the rows into a command",
      text: """
        Runs a command of the shell and gives it the rows, as CSV or in the format in force.
        """,
      examples: [
        "from actions |> shell 'head -3'",
        "format tsv; from notices |> select notice_id, kind |> shell 'sort'",
      ]),
    GrammarEntry(
      .pipeOperator, "format",
      syntax: "format NAME",
      summary: "print the rows in a format, such as `line`: one line a value",
      text: """
        Prints the rows in this format, whatever the setting.
        """,
      examples: [
        "from notices |> format line",
        "from actions |> share action |> format markdown",
      ]),
  ]
}
