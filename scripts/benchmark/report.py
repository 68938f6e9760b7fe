"""The tables that are printed. All of them are made from the results alone, which is what `--json` writes."""

from __future__ import annotations

import math
import statistics
from typing import Any

import cold
from engines import PEERS
from queries import COLD_GOAL, LOAD_GOALS, MEMORY_GOAL, QUERIES

Results = dict[str, Any]
"""What one size with one number of threads gave: `engines` by name, `first`, `cold`, `disagreements`."""


def text(results: Results) -> str:
    """Everything about one size and one number of threads."""
    parts = [f"{results['rows']:,} rows, {results['threads']} threads", _queries(results), _loads(results)]
    if results.get("cold"):
        parts.append(_cold(results["cold"]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _queries(results: Results) -> str:
    engines = results["engines"]
    peers = [name for name in PEERS if name in engines]
    heads = ["query", "", "first", "median", "best", *peers, "best peer", "ratio", "goal", ""]
    rows, ratios = [], {}
    for query in QUERIES:
        ours = engines.get("noticebook", {}).get("milliseconds", {}).get(query.name)
        theirs = {name: statistics.median(engines[name]["milliseconds"][query.name])
                  for name in peers if query.name in engines[name]["milliseconds"]}
        if ours is None and not theirs:
            continue
        first = results.get("first", {}).get(query.name)
        best_peer = min(theirs, key=theirs.__getitem__, default=None)
        ratio = theirs[best_peer] / statistics.median(ours) if ours and best_peer else None
        if ratio:
            ratios[query.name] = ratio
        rows.append([
            query.name, query.title, _milliseconds(first), _milliseconds(statistics.median(ours) if ours else None),
            _milliseconds(min(ours) if ours else None), *(_milliseconds(theirs.get(name)) for name in peers),
            best_peer or "", *_against_goal(ratio, query.goal)])
    if not rows:
        return ""
    lines = [_table(heads, rows), "  milliseconds; first: the first query after loading, in a process of its own"]
    for family in ("q", "h"):
        of_family = [ratio for name, ratio in ratios.items() if name.startswith(family)]
        if of_family:
            reached = sum(ratio >= query.goal for query in QUERIES for name, ratio in ratios.items()
                          if query.name == name and name.startswith(family))
            lines.append(f"  {family}: {_times(geometric_mean(of_family))} the best peer's speed"
                         f" (geometric mean of {len(of_family)}); {reached} goals reached")
    return "\n".join(lines)


def _loads(results: Results) -> str:
    engines = results["engines"]
    names = [name for name in ("noticebook", *PEERS) if name in engines]
    rows = []
    for table, goal in LOAD_GOALS.items():
        seconds = {name: engines[name]["loads"][table] for name in names if table in engines[name]["loads"]}
        rows += _row(f"load {table}, s", seconds, names, goal, "{:.3f}".format)
    grown = {kind: {name: taken for name in names if (taken := _grown(engines[name], kind)) is not None}
             for kind in ("now", "peak")}
    rows += _row("memory after loading actions, MB", grown["now"], names, MEMORY_GOAL, "{:.0f}".format)
    rows += _row("most memory while loading actions, MB", grown["peak"], names, MEMORY_GOAL, "{:.0f}".format)
    peaks = {name: max(peaks) / 1e6 for name in names if (peaks := list(engines[name].get("peaks", {}).values()))}
    rows += _row("most memory in all, MB", peaks, names, None, "{:.0f}".format)
    if not rows:
        return ""
    return _table(["", *names, "ratio", "goal", ""], rows) + "\n  memory of loading is what the process has grown by"


def _grown(engine: dict[str, Any], kind: str) -> float | None:
    """Megabytes that a process holds, or has held, since before it loaded anything."""
    memory = engine.get("memory", {})
    if "actions" not in memory:
        return None
    return (memory["actions"][kind] - memory["start"]["now"]) / 1e6


def _cold(measured: dict[str, dict]) -> str:
    tables = []
    for work, title, goal in (
        ("answer", "from the start of the process to shares of actions.csv, s", COLD_GOAL),
        ("start", "from the start of the process to `select 1`, s", None),
    ):
        medians = {name: cold.median(runs) for name, runs in measured.get(work, {}).items()}
        ours = medians.pop("noticebook", None)
        rows = [["noticebook", f"{ours:.4f}" if ours else "failed", "", "", ""]]
        for name, theirs in medians.items():
            ratio = theirs / ours if theirs and ours else None
            verdict = _against_goal(ratio, goal if name.startswith("duckdb") else None)
            rows.append([name, f"{theirs:.4f}" if theirs else "failed", *verdict])
        tables.append(f"{title}\n{_table(['', 'median', 'ratio', 'goal', ''], rows)}")
    return "\n\n".join(tables)


def _row(title: str, values: dict[str, float], names: list[str], goal: float | None, form: Any) -> list[list[str]]:
    if not values:
        return []
    theirs = [value for name, value in values.items() if name != "noticebook"]
    ratio = min(theirs) / values["noticebook"] if theirs and values.get("noticebook", 0) > 0 else None
    return [[title, *(form(values[name]) if name in values else "" for name in names), *_against_goal(ratio, goal)]]


def _against_goal(ratio: float | None, goal: float | None) -> list[str]:
    verdict = "" if ratio is None or goal is None else "reached" if ratio >= goal else "missed"
    return ["" if ratio is None else _times(ratio), "" if goal is None else f"{goal:g}x", verdict]


def geometric_mean(values: list[float]) -> float:
    return math.exp(statistics.fmean(math.log(value) for value in values))


def _times(ratio: float) -> str:
    return f"{ratio:.2f}x" if ratio < 10 else f"{ratio:.1f}x"


def _milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    """Columns of texts to the left, of numbers to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows)]
    is_number = [any(row[i][:1].isdigit() for row in rows) for i in range(len(heads))]
    lines = []
    for row in [heads, *rows]:
        cells = [cell.rjust(width) if number else cell.ljust(width)
                 for cell, width, number in zip(row, widths, is_number)]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)
