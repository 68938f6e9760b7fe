"""How times grow with the number of rows, and shrink with the number of threads."""

from __future__ import annotations

import dataclasses
import math
import statistics
from typing import Any

from queries import LOAD_GOALS, QUERIES
from tables import counted, milliseconds, table, times

TITLES = {f"load {name}": "" for name in LOAD_GOALS} | {query.name: query.title for query in QUERIES}
"""What can be drawn and tabulated, in that order, each with what it says."""


@dataclasses.dataclass
class Series:
    """The milliseconds that one engine with one number of threads took for one work, by the number of rows."""

    work: str
    engine: str
    threads: int
    points: dict[int, float]

    @property
    def slope(self) -> float | None:
        """The exponent of rows that fits best on logarithmic axes: 1 is linear; None with fewer than two sizes."""
        if len(self.points) < 2:
            return None
        rows, costs = ([math.log(value) for value in values] for values in (self.points, self.points.values()))
        return statistics.linear_regression(rows, costs).slope

    @property
    def last_slope(self) -> float | None:
        """The exponent between the two largest sizes, where what does not depend on rows weighs least."""
        return Series(self.work, self.engine, self.threads, dict(sorted(self.points.items())[-2:])).slope


def series(results: list[dict[str, Any]]) -> list[Series]:
    """All series that can be made of the results, by work, engine and threads."""
    found: dict[tuple[str, str, int], Series] = {}
    for result in results:
        for name, engine in result["engines"].items():
            costs = {f"load {work}": seconds * 1000 for work, seconds in engine["loads"].items()}
            costs |= {work: statistics.median(runs) for work, runs in engine["milliseconds"].items()}
            for work, cost in costs.items():
                if work in TITLES:
                    key = (work, name, result["threads"])
                    found.setdefault(key, Series(*key, {})).points[result["rows"]] = cost
    return [one for work in TITLES for key, one in found.items() if key[0] == work]


def text(results: list[dict[str, Any]]) -> str:
    """Tables of times against rows and against threads, where there are several of either."""
    every = series(results)
    sizes = sorted({result["rows"] for result in results})
    threads = sorted({result["threads"] for result in results})
    parts = []
    if len(sizes) > 1:
        rows = [[one.work, TITLES[one.work], one.engine, *(milliseconds(one.points.get(size)) for size in sizes),
                 _slope(one.slope), _slope(one.last_slope)] for one in every if one.threads == threads[-1]]
        heads = ["", "", "engine", *(f"{size:,} rows" for size in sizes), "slope", "at last"]
        parts.append(
            f"Times against rows, {counted(threads[-1], 'thread')}\n\n{table(heads, rows)}\n"
            "  milliseconds; slope: the power of rows that times grow by, over all sizes and over the last two")
    if len(threads) > 1:
        rows = []
        for one in every:
            if one.threads == threads[0]:
                more = {other.threads: other.points.get(sizes[-1]) for other in every
                        if (other.work, other.engine) == (one.work, one.engine)}
                cost = one.points.get(sizes[-1])
                gains = [times(cost / more[count]) if cost and more.get(count) else "" for count in threads[1:]]
                rows.append([one.work, TITLES[one.work], one.engine, milliseconds(cost), *gains])
        single, *others = (counted(count, "thread") for count in threads)
        heads = ["", "", "engine", f"{single}, ms", *others]
        parts.append(f"Gain from threads, {sizes[-1]:,} rows\n\n{table(heads, rows)}")
    return "\n\n".join(parts)


def _slope(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
