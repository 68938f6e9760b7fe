"""The tables that are printed. All of them are made from the results alone, which is what `--json` writes."""

from __future__ import annotations

import statistics
from typing import Any

import cold
from engines import PEERS
from queries import COLD_GOAL, LOAD_GOALS, MEMORY_GOAL, QUERIES
from tables import counted, milliseconds, table, times

Results = dict[str, Any]
"""What one size with one number of threads gave, as `nothing` lists it."""


def nothing(rows: int, threads: int) -> Results:
    """Results before anything was measured."""
    return {
        "rows": rows, "threads": threads, "engines": {}, "first": {}, "cold": {}, "compared": 0, "disagreements": {}}


def text(results: Results) -> str:
    """Everything about one size and one number of threads."""
    parts = [_title(results), _queries(results), _loads(results)]
    if results.get("cold"):
        parts.append(_cold(results["cold"]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(results: Results) -> str:
    return f"{counted(results['rows'], 'row')}, {counted(results['threads'], 'thread')}"


def _queries(results: Results) -> str:
    engines = results["engines"]
    peers = [name for name in PEERS if name in engines]
    heads = ["query", "", "first", "median", "best"]
    if peers:
        heads += [*peers, "best peer", "ratio", "goal", ""]
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
        row = [query.name, query.title, milliseconds(first), milliseconds(statistics.median(ours) if ours else None),
               milliseconds(min(ours) if ours else None)]
        if peers:
            row += [*(milliseconds(theirs.get(name)) for name in peers), best_peer or "",
                    *_against_goal(ratio, query.goal)]
        rows.append(row)
    if not rows:
        return ""
    lines = [table(heads, rows), "  milliseconds; first: the first query after loading, in a process of its own"]
    for family in ("q", "h"):
        goals = {query.name: query.goal for query in QUERIES if query.name in ratios and query.name.startswith(family)}
        if goals:
            reached = sum(ratios[name] >= goal for name, goal in goals.items())
            mean = times(statistics.geometric_mean(ratios[name] for name in goals))
            lines.append(f"  {family}: {mean} the best peer's speed, as geometric mean; {reached} of {len(goals)} goals"
                         " reached")
    return "\n".join(lines)


def _loads(results: Results) -> str:
    engines = results["engines"]
    names = [name for name in ("noticebook", *PEERS) if name in engines]
    rows = []
    for loaded, goal in LOAD_GOALS.items():
        seconds = {name: engines[name]["loads"][loaded] for name in names if loaded in engines[name]["loads"]}
        rows += _row(f"load {loaded}, s", seconds, names, goal, "{:.3f}".format)
    grown = {kind: {name: taken for name in names if (taken := _grown(engines[name], kind)) is not None}
             for kind in ("now", "peak")}
    rows += _row("memory after loading actions, MB", grown["now"], names, MEMORY_GOAL, "{:.0f}".format)
    rows += _row("most memory while loading actions, MB", grown["peak"], names, MEMORY_GOAL, "{:.0f}".format)
    peaks = {name: max(taken) / 1e6 for name in names
             if (taken := [memory["end"]["peak"] for memory in engines[name]["memory"].values() if "end" in memory])}
    rows += _row("most memory in all, MB", peaks, names, None, "{:.0f}".format)
    if not rows:
        return ""
    heads = ["", *names, "ratio", "goal", ""] if len(names) > 1 else ["", *names]
    return table(heads, [row[: len(heads)] for row in rows]) + "\n  memory of loading is what the process has grown by"


def _grown(engine: dict[str, Any], kind: str) -> float | None:
    """Megabytes that a process holds, or has held, since before it loaded anything."""
    memory = engine["memory"].get("actions", {})
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
        ours = medians.get("noticebook")
        rows = []
        for name, theirs in medians.items():
            ratio = theirs / ours if theirs and ours and name != "noticebook" else None
            verdict = _against_goal(ratio, goal if name.startswith("duckdb") else None)
            rows.append([name, f"{theirs:.4f}" if theirs else "failed", *verdict])
        tables.append(f"{title}\n{table(['', 'median', 'ratio', 'goal', ''], rows)}")
    return "\n\n".join(tables)


def _row(title: str, values: dict[str, float], names: list[str], goal: float | None, form: Any) -> list[list[str]]:
    if not values:
        return []
    theirs = [value for name, value in values.items() if name != "noticebook"]
    ratio = min(theirs) / values["noticebook"] if theirs and values.get("noticebook", 0) > 0 else None
    return [[title, *(form(values[name]) if name in values else "" for name in names), *_against_goal(ratio, goal)]]


def _against_goal(ratio: float | None, goal: float | None) -> list[str]:
    verdict = "" if ratio is None or goal is None else "reached" if ratio >= goal else "missed"
    return ["" if ratio is None else times(ratio), "" if goal is None else f"{goal:g}x", verdict]
