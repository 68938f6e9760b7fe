"""The queries in Polars' own words. Quantiles are interpolated, as SQL's `quantile_cont` does."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from polars import col

Tables = dict[str, pl.LazyFrame]


def _time(text: str) -> pl.Expr:
    return pl.lit(text).str.to_datetime(time_zone="UTC")


def _reinstated_within_a_day(tables: Tables) -> pl.LazyFrame:
    suspended = (tables["actions"].filter(col("action") == "suspended")
                 .group_by("account_id").agg(first=col("acted_at").min()))
    reinstated = (suspended.join(tables["actions"].filter(col("action") == "reinstated"), on="account_id")
                  .filter((col("acted_at") >= col("first"))
                          & (col("acted_at") < col("first") + pl.duration(days=1))))
    counts = [reinstated.select(reinstated=col("account_id").n_unique()), suspended.select(suspended=pl.len())]
    return pl.concat(counts, how="horizontal").select(col("reinstated") / col("suspended"))


QUERIES: dict[str, Callable[[Tables], pl.LazyFrame]] = {
    "q01": lambda t: (
        t["actions"].group_by("action").len().with_columns(s=col("len") / col("len").sum())),
    "q02": lambda t: (
        t["actions"].group_by("country", "action").len()
        .with_columns(s=col("len") / col("len").sum().over("country"))),
    "q03": lambda t: (
        t["actions"].filter(
            (col("country") == "IN") & (col("acted_at") >= _time("2021-01-01T00:00:00Z"))
            & (col("acted_at") < _time("2021-04-01T00:00:00Z")))
        .group_by("action").len()),
    "q04": lambda t: t["actions"].group_by("platform").agg(col("account_id").n_unique()),
    "q05": lambda t: (
        t["actions"].join(t["notices"], on="notice_id").group_by("authority")
        .agg((col("acted_at") - col("received_at")).median())),
    "q06": lambda t: (
        t["actions"].group_by("account_id").len().sort(["len", "account_id"], descending=[True, False]).head(20)),
    "q07": lambda t: (
        t["actions"].group_by(col("acted_at").dt.truncate("1mo"), "action").len().sort("acted_at", "action")),
    "q08": lambda t: t["actions"].filter(col("reason").str.contains("hashtag", literal=True)).select(pl.len()),
    "q09": _reinstated_within_a_day,
    "q10": lambda t: (
        t["actions"].group_by("category")
        .agg([col("reach").quantile(q, interpolation="linear").alias(str(q)) for q in (0.5, 0.9, 0.99)])),
    "h01": lambda t: t["h2o"].group_by("id1").agg(col("v1").sum()),
    "h02": lambda t: t["h2o"].group_by("id1", "id2").agg(col("v1").sum()),
    "h03": lambda t: t["h2o"].group_by("id3").agg(col("v1").sum(), col("v3").mean()),
    "h04": lambda t: t["h2o"].group_by("id4").agg(col("v1", "v2", "v3").mean()),
    "h05": lambda t: t["h2o"].group_by("id6").agg(col("v1", "v2", "v3").sum()),
    "h06": lambda t: t["h2o"].group_by("id4", "id5").agg(median=col("v3").median(), deviation=col("v3").std()),
    "h07": lambda t: t["h2o"].group_by("id3").agg(col("v1").max() - col("v2").min()),
    "h08": lambda t: t["h2o"].group_by("id6").agg(col("v3").top_k(2)).explode("v3"),
    "h09": lambda t: t["h2o"].group_by("id2", "id4").agg(pl.corr("v1", "v2") ** 2),
    "h10": lambda t: t["h2o"].group_by("id1", "id2", "id3", "id4", "id5", "id6").agg(col("v3").sum(), pl.len()),
}
