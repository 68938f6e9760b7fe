"""What is measured: the same questions in every engine's own words, and how far ahead we mean to be."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True)
class Query:
    """One question.

    The first `keys` columns of the answer tell its rows apart, and the first `columns` are compared; Noticebook's own
    operators give more of them, such as intervals. Polars' form is in `engines/polars_queries.py`.
    """

    name: str
    title: str
    tables: tuple[str, ...]
    keys: int
    columns: int
    goal: float
    """How many times faster than the best peer Noticebook is meant to be."""
    sql: str
    """As DuckDB takes it, and Noticebook unless it has a form of its own."""
    noticebook: str | None = None
    clickhouse: str | None = None
    is_ordered: bool = False
    is_large: bool = False
    """Whether the answer has as many rows as the table: it is then kept as a table, since nobody prints that."""


_ACTIONS = ("actions",)
_H2O = ("h2o",)

QUERIES = (
    Query("q01", "share of actions", _ACTIONS, keys=1, columns=3, goal=20,
          noticebook="from actions |> share action",
          sql="select action, count(*) n, count(*)*1.0/sum(count(*)) over () s from actions group by action"),
    Query("q02", "share by country", _ACTIONS, keys=2, columns=4, goal=15,
          noticebook="from actions |> share action by country",
          sql="select country, action, count(*) n, count(*)*1.0/sum(count(*)) over (partition by country) s"
              " from actions group by country, action"),
    Query("q03", "filtered count", _ACTIONS, keys=1, columns=2, goal=4,
          sql="select action, count(*) from actions where country='IN' and acted_at >= timestamp '2021-01-01'"
              " and acted_at < timestamp '2021-04-01' group by action",
          clickhouse="select action, count(*) from actions where country='IN'"
              " and acted_at >= toDateTime('2021-01-01 00:00:00','UTC')"
              " and acted_at < toDateTime('2021-04-01 00:00:00','UTC') group by action"),
    Query("q04", "distinct accounts", _ACTIONS, keys=1, columns=2, goal=15,
          sql="select platform, count(distinct account_id) from actions group by platform"),
    Query("q05", "join, median latency", ("notices", "actions"), keys=1, columns=2, goal=4,
          sql="select authority, median(epoch(acted_at)-epoch(received_at)) from actions"
              " join notices using (notice_id) group by authority",
          clickhouse="select authority,"
              " quantileExactInclusive(0.5)(toUnixTimestamp(acted_at)-toUnixTimestamp(received_at)) from actions"
              " join notices on assumeNotNull(actions.notice_id)=notices.notice_id group by authority"),
    Query("q06", "top 20 accounts", _ACTIONS, keys=1, columns=2, goal=8, is_ordered=True,
          sql="select account_id, count(*) n from actions group by account_id order by n desc, account_id limit 20"),
    Query("q07", "timeline by month", _ACTIONS, keys=2, columns=3, goal=8, is_ordered=True,
          sql="select date_trunc('month', acted_at) m, action, count(*) from actions group by m, action"
              " order by m, action",
          clickhouse="select toStartOfMonth(acted_at) m, action, count(*) from actions group by m, action"
              " order by m, action"),
    Query("q08", "substring", _ACTIONS, keys=0, columns=1, goal=2,
          sql="select count(*) from actions where reason like '%hashtag%'"),
    Query("q09", "reinstated within a day", _ACTIONS, keys=0, columns=1, goal=5,
          sql="with s as (select account_id, min(acted_at) t from actions where action='suspended'"
              " group by account_id), r as (select s.account_id from s join actions a on a.account_id=s.account_id"
              " where a.action='reinstated' and a.acted_at>=s.t and a.acted_at < s.t + interval 1 day"
              " group by s.account_id) select (select count(*) from r)*1.0/(select count(*) from s)",
          clickhouse="with s as (select account_id, min(acted_at) t from actions where action='suspended'"
              " group by account_id), r as (select s.account_id from actions a join s on a.account_id=s.account_id"
              " where a.action='reinstated' and a.acted_at>=s.t and a.acted_at < s.t + interval 1 day"
              " group by s.account_id) select (select count(*) from r)/(select count(*) from s)"),
    Query("q10", "quantiles of reach", _ACTIONS, keys=1, columns=4, goal=3,
          sql="select category, quantile_cont(reach,0.5), quantile_cont(reach,0.9), quantile_cont(reach,0.99)"
              " from actions group by category",
          clickhouse="select category, q[1], q[2], q[3] from (select category,"
              " quantilesExactInclusive(0.5,0.9,0.99)(reach) q from actions group by category)"),
    Query("h01", "sum by id1", _H2O, keys=1, columns=2, goal=15,
          sql="select id1, sum(v1) from h2o group by id1"),
    Query("h02", "sum by id1, id2", _H2O, keys=2, columns=3, goal=8,
          sql="select id1, id2, sum(v1) from h2o group by id1, id2"),
    Query("h03", "sum, mean by id3", _H2O, keys=1, columns=3, goal=4,
          sql="select id3, sum(v1), avg(v3) from h2o group by id3"),
    Query("h04", "means by id4", _H2O, keys=1, columns=4, goal=4,
          sql="select id4, avg(v1), avg(v2), avg(v3) from h2o group by id4"),
    Query("h05", "sums by id6", _H2O, keys=1, columns=4, goal=4,
          sql="select id6, sum(v1), sum(v2), sum(v3) from h2o group by id6"),
    Query("h06", "median, deviation", _H2O, keys=2, columns=4, goal=4,
          sql="select id4, id5, median(v3), stddev(v3) from h2o group by id4, id5",
          clickhouse="select id4, id5, quantileExactInclusive(0.5)(v3), stddevSamp(v3) from h2o group by id4, id5"),
    Query("h07", "range by id3", _H2O, keys=1, columns=2, goal=4,
          sql="select id3, max(v1)-min(v2) from h2o group by id3"),
    Query("h08", "largest two by id6", _H2O, keys=2, columns=2, goal=4,
          sql="select id6, v3 from (select id6, v3, row_number() over (partition by id6 order by v3 desc) r from h2o) t"
              " where r<=2"),
    Query("h09", "correlation", _H2O, keys=2, columns=3, goal=4,
          sql="select id2, id4, pow(corr(v1,v2),2) from h2o group by id2, id4"),
    Query("h10", "six keys", _H2O, keys=6, columns=8, goal=2.5, is_large=True,
          sql="select id1,id2,id3,id4,id5,id6,sum(v3),count(*) from h2o group by id1,id2,id3,id4,id5,id6"),
)

LOAD_GOALS = {"actions": 4.0, "h2o": 3.0}
"""How many times faster than the best peer each table is meant to be read."""

MEMORY_GOAL = 2.0
"""How many times less memory than the best peer is meant to be taken once the actions are loaded."""

COLD_GOAL = 3.0
"""How many times sooner than DuckDB the first answer from a file is meant to be there."""
