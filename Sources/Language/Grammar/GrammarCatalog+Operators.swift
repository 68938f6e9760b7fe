extension GrammarCatalog {
  /// Pipe operators for any rows.
  static let generalOperators: [GrammarEntry] = [
    GrammarEntry(
      .pipeOperator, "where",
      syntax: "where CONDITION",
      summary: "keep the rows for which a condition holds",
      text: """
        A row is kept where the condition is true, and left out where it is false or not known, as of NULL.
        """,
      examples: [
        "from actions |> where reported_by = 'Twitter' and accounts is not null",
        "from removal_requests |> where period >= '2016-H1' and accounts_withheld > 100",
      ]),
    GrammarEntry(
      .pipeOperator, "select",
      syntax: "select [distinct] ITEMS",
      summary: "keep, compute and order columns",
      text: """
        Gives the columns that are named, in that order, and values that are computed of them. `*` is all columns, \
        `* except (a, b)` all but some.
        """,
      examples: [
        "from actions |> select action, accounts, as_of + 1 as next_day",
        "from notices |> select * except (source, published)",
      ]),
    GrammarEntry(
      .pipeOperator, "extend",
      syntax: "extend VALUE as NAME, ...",
      summary: "add columns",
      text: """
        Adds columns behind those that there are.
        """,
      examples: [
        "from removal_requests |> extend requests_by_court_order + requests_by_others as requests",
        "from actions |> extend extract(year from as_of) as year",
      ]),
    GrammarEntry(
      .pipeOperator, "set",
      syntax: "set COLUMN = VALUE, ...",
      summary: "give columns new values",
      text: """
        Gives columns new values, in their places.
        """,
      examples: [
        "from actions |> set reported_by = upper(reported_by)",
        "from removal_requests |> set country = coalesce(iso_code, country)",
      ]),
    GrammarEntry(
      .pipeOperator, "drop",
      syntax: "drop COLUMN, ...",
      summary: "leave columns out",
      text: """
        Leaves columns out and keeps the others.
        """,
      examples: [
        "from actions |> drop source, published, remark",
        "from removal_requests |> drop remarks",
      ]),
    GrammarEntry(
      .pipeOperator, "rename",
      syntax: "rename COLUMN as NAME, ...",
      summary: "give columns new names",
      text: """
        Gives columns new names and leaves them where they are.
        """,
      examples: [
        "from actions |> rename as_of as day",
        "from removal_requests |> rename iso_code as code, accounts_withheld as withheld",
      ]),
    GrammarEntry(
      .pipeOperator, "aggregate",
      syntax: "aggregate VALUES [group [and order] by KEYS]",
      summary: "sum up rows, for each group",
      text: """
        Makes one row of all rows, or with `group by` one row of each group: `group and order by` sorts them too. \
        NULLs are a group of their own.
        """,
      examples: [
        "from removal_requests |> aggregate sum(accounts_withheld) as withheld group and order by period",
        "from actions |> aggregate count(*) as claims, min(as_of) as first group by reported_by, action",
      ]),
    GrammarEntry(
      .pipeOperator, "order by",
      syntax: "order by KEY [desc] [nulls first|last], ...",
      summary: "sort rows",
      text: """
        Sorts rows. NULLs come last, first in a descending order, unless it is said.
        """,
      examples: [
        "from removal_requests |> order by accounts_withheld desc nulls last",
        "from actions |> order by as_of, claim_id",
      ]),
    GrammarEntry(
      .pipeOperator, "limit",
      syntax: "limit N [offset M]",
      summary: "keep the first rows",
      text: """
        Keeps so many rows from the start; without an order before it, which ones these are is not said.
        """,
      examples: [
        "from removal_requests |> order by accounts_withheld desc nulls last |> limit 5",
        "from actions |> limit 3 offset 2",
      ]),
    GrammarEntry(
      .pipeOperator, "offset",
      syntax: "offset M",
      summary: "leave the first rows out",
      text: """
        Leaves so many rows out from the start.
        """,
      examples: [
        "from actions |> order by claim_id |> offset 10",
        "from removal_requests |> order by period |> offset 380",
      ]),
    GrammarEntry(
      .pipeOperator, "distinct",
      syntax: "distinct [on (KEYS)]",
      summary: "keep one of equal rows",
      text: """
        Keeps one row of those that are equal, or with `on` of those whose keys are.
        """,
      examples: [
        "from actions |> select reported_by, action |> distinct",
        "from actions |> order by as_of |> distinct on (reported_by)",
      ]),
    GrammarEntry(
      .pipeOperator, "join",
      syntax: "[left|right|full|semi|anti|cross] join TABLE on|using ...",
      summary: "put matching rows of two tables together",
      text: """
        Puts each row beside the rows of another table that match it. `left` keeps rows without a match, `semi` rows \
        that have one and `anti` those that have none, without the other table's columns.
        """,
      examples: [
        "from actions |> join notices using (notice_id) |> select claim_id, accounts, accounts_requested",
        "from notices |> anti join actions using (notice_id)",
      ]),
    GrammarEntry(
      .pipeOperator, "union",
      syntax: "union [all] [by name] (QUERY), ...",
      summary: "rows of this and other queries",
      text: """
        Puts the rows of other queries behind these, column by column, or by their names. Without `all` equal rows \
        are kept once.
        """,
      examples: [
        "from actions |> select notice_id |> union all (from notices |> select notice_id)",
        "from notices |> select notice_date as day |> union (from actions |> select as_of)",
      ]),
    GrammarEntry(
      .pipeOperator, "intersect",
      syntax: "intersect [all] (QUERY), ...",
      summary: "rows that are in both",
      text: """
        Keeps the rows that the other query gives too.
        """,
      examples: [
        "from actions |> select notice_id |> intersect (from notices |> select notice_id)",
        "from notices |> select published |> intersect (from actions |> select as_of)",
      ]),
    GrammarEntry(
      .pipeOperator, "except",
      syntax: "except [all] (QUERY), ...",
      summary: "rows that are not in the other",
      text: """
        Keeps the rows that the other query does not give.
        """,
      examples: [
        "from notices |> select notice_id |> except (from actions |> select notice_id)",
        "from actions |> select as_of |> except (from notices |> select notice_date)",
      ]),
    GrammarEntry(
      .pipeOperator, "as",
      syntax: "as NAME",
      summary: "name what comes so far, to speak of its columns",
      text: """
        Gives the rows so far a name, so that a join can tell their columns from another table's.
        """,
      examples: [
        "from actions |> as a |> join actions as b on a.notice_id = b.notice_id and a.claim_id < b.claim_id |> select a.claim_id, b.claim_id as other",
        "from actions |> as a |> select a.action",
      ]),
    GrammarEntry(
      .pipeOperator, "with",
      syntax: "with NAME as (QUERY), ...",
      summary: "name queries for the operators that follow",
      text: """
        Names queries for the operators behind it.
        """,
      examples: [
        "from actions |> with orders as (from notices |> where kind = 'order') |> join orders using (notice_id)",
        "from notices |> with twitter as (from actions |> where reported_by = 'Twitter') |> union all by name (from twitter)",
      ]),
    GrammarEntry(
      .pipeOperator, "window",
      syntax: "window VALUE as NAME, ...",
      summary: "add columns made of window functions",
      text: """
        Adds columns that look at other rows too: ranks, running sums, the row before. It is `extend` under a name \
        that says so.
        """,
      examples: [
        "from removal_requests |> window sum(accounts_withheld) over (order by period) as so_far",
        "from blocked_per_year |> window accounts_blocked - lag(accounts_blocked) over (order by year) as more",
      ]),
    GrammarEntry(
      .pipeOperator, "call",
      syntax: "call FUNCTION(...)",
      summary: "apply a table function",
      text: """
        Calls a measure as a function, which is what it is.
        """,
      examples: [
        "from actions |> call share(action)",
        "from removal_requests |> call timeline(by => year, of => period_start)",
      ]),
    GrammarEntry(
      .pipeOperator, "tablesample",
      syntax: "tablesample [bernoulli|system|reservoir] (N percent|rows) [repeatable (SEED)]",
      summary: "keep rows by chance, the same ones every time",
      text: """
        Keeps a percentage or a number of rows by chance; with the same seed the same rows.
        """,
      examples: [
        "from removal_requests |> tablesample (10 percent) repeatable (7)",
        "from removal_requests |> tablesample reservoir (5 rows)",
      ]),
    GrammarEntry(
      .pipeOperator, "pivot",
      syntax: "pivot (AGGREGATE [as NAME], ... for COLUMN in (VALUE [as NAME], ...))",
      summary: "turn values into columns",
      text: """
        Turns values of a column into columns, each with an aggregate of its rows.
        """,
      examples: [
        "from removal_requests |> select country, period, accounts_withheld |> pivot (sum(accounts_withheld) for period in ('2016-H2', '2017-H1'))",
        "from actions |> select reported_by, action |> pivot (count(*) for action in ('withheld', 'suspended', 'blocked'))",
      ]),
    GrammarEntry(
      .pipeOperator, "unpivot",
      syntax: "unpivot [include nulls] (VALUE for NAME in (COLUMN, ...))",
      summary: "turn columns into rows",
      text: """
        Turns columns into rows: one row for each value, beside the name of the column that it stood in.
        """,
      examples: [
        "from removal_requests |> select country, accounts_specified, accounts_withheld |> unpivot (accounts for what in (accounts_specified, accounts_withheld))",
        "from blocked_per_year |> select year, accounts_blocked |> unpivot (n for what in (accounts_blocked))",
      ]),
  ]
}
