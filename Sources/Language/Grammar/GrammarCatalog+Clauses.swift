extension GrammarCatalog {
  /// The clauses of SQL in the order in which they are written.
  public static let clauses: [GrammarEntry] = [
    GrammarEntry(
      .clause, "with",
      syntax: "with NAME as (QUERY), ...",
      summary: "name queries for the one that follows",
      text: """
        Each query has a name for those that follow, as a view for this statement only.
        """,
      examples: [
        "with blocked as (select * from actions where action = 'blocked') select count(*) from blocked;",
        "with orders as (from notices |> where kind = 'order') select sum(accounts_requested) from orders;",
      ]),
    GrammarEntry(
      .clause, "select",
      syntax: "select [distinct] ITEMS",
      summary: "the columns",
      text: """
        The columns that are wanted, and values computed of them.
        """,
      examples: [
        "select action, accounts from actions;",
        "select distinct reported_by from actions;",
      ]),
    GrammarEntry(
      .clause, "from",
      syntax: "from TABLE [join ...]",
      summary: "the tables",
      text: """
        The tables, files or queries in brackets that rows come from, and how they are joined.
        """,
      examples: [
        "select * from actions join notices using (notice_id);",
        "select * from 'datasets/india-2021/notices.csv';",
      ]),
    GrammarEntry(
      .clause, "where",
      syntax: "where CONDITION",
      summary: "which rows",
      text: """
        Which rows, before they are grouped.
        """,
      examples: [
        "select * from actions where reported_by = 'press';",
        "select country from removal_requests where accounts_withheld > 100;",
      ]),
    GrammarEntry(
      .clause, "group by",
      syntax: "group by KEYS|all",
      summary: "one row for each group",
      text: """
        One row for each group; `all` groups by every column that is no aggregate.
        """,
      examples: [
        "select reported_by, count(*) from actions group by reported_by;",
        "select country, period, sum(accounts_withheld) from removal_requests group by all;",
      ]),
    GrammarEntry(
      .clause, "having",
      syntax: "having CONDITION",
      summary: "which groups",
      text: """
        Which groups, asked of what was made of their rows.
        """,
      examples: [
        "select country from removal_requests group by country having sum(accounts_withheld) > 100;",
        "select action from actions group by action having count(*) = 1;",
      ]),
    GrammarEntry(
      .clause, "window",
      syntax: "window NAME as (...)",
      summary: "name windows",
      text: """
        Gives a window a name, for several functions to use.
        """,
      examples: [
        "select year, sum(accounts_blocked) over w as so_far, rank() over w as place from blocked_per_year window w as (order by year);",
        "select claim_id, count(*) over w as claims from actions window w as (partition by reported_by);",
      ]),
    GrammarEntry(
      .clause, "qualify",
      syntax: "qualify CONDITION",
      summary: "which rows, by window functions",
      text: """
        Which rows, asked of what windows found.
        """,
      examples: [
        "from removal_requests qualify rank() over (partition by period order by accounts_withheld desc nulls last) = 1;",
        "select * from actions qualify row_number() over (partition by reported_by order by as_of) = 1;",
      ]),
    GrammarEntry(
      .clause, "pivot",
      syntax: "pivot TABLE on COLUMN [in (VALUES)] [using AGGREGATES] [group by KEYS]",
      summary: "turn a column's values into columns",
      text: """
        Each value of the column becomes a column of its own.
        """,
      examples: [
        "pivot (select country, period, accounts_withheld from removal_requests) on period using sum(accounts_withheld) group by country;",
        "pivot actions on action using count(*) group by reported_by;",
      ]),
    GrammarEntry(
      .clause, "unpivot",
      syntax: "unpivot TABLE on COLUMNS [into name NAME value VALUE]",
      summary: "turn columns into rows",
      text: """
        Each of the columns becomes a row of its own.
        """,
      examples: [
        "unpivot (select country, period, accounts_specified, accounts_withheld from removal_requests) on accounts_specified, accounts_withheld into name what value accounts;",
        "unpivot (select year, accounts_blocked from blocked_per_year) on accounts_blocked into name what value n;",
      ]),
    GrammarEntry(
      .clause, "order by",
      syntax: "order by KEYS",
      summary: "in which order",
      text: """
        In which order; NULLs last, and first in a descending order, unless it is said.
        """,
      examples: [
        "select * from actions order by as_of desc, claim_id;",
        "select country, accounts_withheld from removal_requests order by 2 desc nulls last;",
      ]),
    GrammarEntry(
      .clause, "limit",
      syntax: "limit N [offset M]",
      summary: "how many rows",
      text: """
        How many rows at most.
        """,
      examples: [
        "select * from removal_requests order by accounts_withheld desc nulls last limit 5;",
        "select * from actions order by claim_id limit 3 offset 3;",
      ]),
    GrammarEntry(
      .clause, "values",
      syntax: "values (...), (...)",
      summary: "rows written out",
      text: """
        Rows that are written out.
        """,
      examples: [
        "values (1, 'withheld'), (2, 'suspended');",
        "select * from (values ('IN', 257), ('TR', 204)) as v(country, accounts);",
      ]),
    GrammarEntry(
      .clause, "with recursive",
      syntax: "with recursive NAME as (QUERY union [all] QUERY on NAME)",
      summary: "rows made of the rows before them, until no new ones come",
      text: """
        The second query is run on the rows that the last round gave, until it gives no new ones.
        """,
      examples: [
        "with recursive n as (select 1 as x union all select x + 1 from n where x < 9) select x from n;",
        "with recursive days as (select date '2021-01-31' as day union all select day + 1 from days where day < '2021-02-12') select day from days;",
      ]),
    GrammarEntry(
      .clause, "grouping sets",
      syntax: "group by grouping sets ((KEYS), ...) | rollup (KEYS) | cube (KEYS)",
      summary: "groups by several sets of keys at once; grouping(KEY) is 1 where a set is without the key",
      text: """
        Several groupings at once, one below the other; a key that a set is without is NULL there, and grouping(KEY) \
        is 1.
        """,
      examples: [
        "select reported_by, action, count(*) from actions group by rollup (reported_by, action);",
        "select country, period, sum(accounts_withheld) from removal_requests group by grouping sets ((country), (period), ());",
      ]),
    GrammarEntry(
      .clause, "lateral",
      syntax: "[left] join lateral (QUERY) as NAME on CONDITION",
      summary: "a query for each row of the tables before it",
      text: """
        The query in brackets is run for each row, and may speak of that row.
        """,
      examples: [
        "select n.notice_id, x.claims from notices as n left join lateral (select count(*) as claims from actions as a where a.notice_id = n.notice_id) as x on true;",
        "select n.notice_id, x.claim_id from notices as n join lateral (select claim_id from actions as a where a.notice_id = n.notice_id order by as_of limit 1) as x on true;",
      ]),
    GrammarEntry(
      .clause, "asof join",
      syntax: "asof [left] join TABLE on EQUALITIES and ONE INEQUALITY",
      summary: "each row with the nearest one",
      text: """
        Beside each row stands the one row of the other table that comes nearest before it (or after, by the sign).
        """,
      examples: [
        "select a.claim_id, n.notice_id from actions as a asof join notices as n on a.as_of >= n.notice_date;",
        "select b.year, r.period from blocked_per_year as b asof left join (select distinct period, period_start from removal_requests) as r on make_date(b.year, 12, 31) >= r.period_start;",
      ]),
    GrammarEntry(
      .clause, "unnest",
      syntax: "cross join unnest(LIST) as NAME",
      summary: "the items of a list as rows",
      text: """
        Each item of a list becomes a row.
        """,
      examples: [
        "select notice_id, word from notices cross join unnest(string_split(subject, ' ')) as word;",
        "select x from (select [257, 1178] as orders) as o cross join unnest(o.orders) as x;",
      ]),
    GrammarEntry(
      .clause, "exists",
      syntax: "[not] exists (QUERY)",
      summary: "whether a query gives a row; it may speak of the row around it",
      text: """
        True where the query gives any row; it may speak of the row around it.
        """,
      examples: [
        "select * from notices where exists (select 1 from actions where actions.notice_id = notices.notice_id);",
        "select * from notices where not exists (select 1 from actions where actions.notice_id = notices.notice_id);",
      ]),
    GrammarEntry(
      .clause, "in",
      syntax: "VALUE [not] in (VALUES|QUERY)",
      summary: "whether a value is among others",
      text: """
        True where the value is among those in the brackets. Where it is not and one of them is NULL, it is not \
        known.
        """,
      examples: [
        "select * from actions where action in ('withheld', 'suspended');",
        "select * from notices where notice_id in (select notice_id from actions);",
      ]),
    GrammarEntry(
      .clause, "any",
      syntax: "VALUE COMPARISON any|all (QUERY|LIST)",
      summary: "whether a comparison holds for some, or for all",
      text: """
        True where the comparison holds for at least one value, or with `all` for every one.
        """,
      examples: [
        "select * from blocked_per_year where accounts_blocked >= all (select accounts_blocked from blocked_per_year);",
        "select * from notices where notice_id = any (select notice_id from actions);",
      ]),
  ]
}
