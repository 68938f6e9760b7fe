"""Has the engines do the same work one after the other, and compares what they answer."""

from __future__ import annotations

import argparse
import pathlib
import statistics
import sys
import tempfile
from typing import Any

import cold
import compare
import generate
from processes import run_engine
from queries import QUERIES, Query
from report import Results
from tables import counted

_FAMILIES = {"actions": ("notices", "actions"), "h2o": ("h2o",)}
"""Tables that are loaded together, into a process that answers all queries on them."""

_LOADS = 5
"""In so many processes of every engine tables are loaded: where memory lies and who else uses it counts for much."""


def measure(chosen: argparse.Namespace, binary: str, results: Results) -> None:
    """Puts all that was asked for, of one size and with one number of threads, into the results as it is found."""
    rows, threads = results["rows"], results["threads"]
    for family, tables in _FAMILIES.items():
        queries = [query for query in QUERIES if query.tables[-1] == family and query.name in chosen.only]
        if queries or "load" in chosen.only:
            paths = _read_once(generate.tables(rows, tables, chosen.data))
            # Beside the data, since answers may be as large.
            with tempfile.TemporaryDirectory(prefix=".answers-", dir=chosen.data) as scratch:
                _measure_family(family, paths, queries, chosen, binary, results, pathlib.Path(scratch))
    if "cold" in chosen.only:
        _say(f"cold: processes that read {rows:,} actions, answer and end")
        paths = _read_once(generate.tables(rows, _FAMILIES["actions"], chosen.data))
        results["cold"] = cold.measure(paths["actions"], threads, binary, chosen.runs, chosen.engine)


def _measure_family(
    family: str, paths: dict[str, pathlib.Path], queries: list[Query], chosen: argparse.Namespace, binary: str,
    results: Results, scratch: pathlib.Path,
) -> None:
    threads = results["threads"]
    answers: dict[str, dict[str, str]] = {}
    for name in chosen.engine:
        _say(f"{name}: {family} of {counted(results['rows'], 'row')}, {counted(threads, 'thread')}")
        own = scratch / name
        own.mkdir()
        found = run_engine(name, threads=threads, binary=binary, tables=paths, queries=queries, runs=chosen.runs,
                           scratch=own, keeps_answers=len(chosen.engine) > 1)
        answers[name] = found["answers"]
        _merge(results["engines"].setdefault(name, {}), found, family)
    if "load" in chosen.only:
        _load_again(paths, chosen, binary, results, scratch)
    for query in queries:
        _check(query, {name: pathlib.Path(of[query.name]) for name, of in answers.items() if query.name in of}, results)
    if "noticebook" in chosen.engine:
        _say(f"noticebook: the first query after loading {family}")
        for query in queries:
            needed = {table: paths[table] for table in query.tables}
            found = run_engine("noticebook", threads=threads, binary=binary, tables=needed, queries=[query], runs=1,
                               scratch=scratch, keeps_answers=False)
            if query.name in found["milliseconds"]:
                results["first"][query.name] = found["milliseconds"][query.name][0]
            for problem in found["failures"].values():
                results["engines"]["noticebook"]["failures"][f"{query.name} first"] = problem


def _load_again(
    paths: dict[str, pathlib.Path], chosen: argparse.Namespace, binary: str, results: Results, scratch: pathlib.Path,
) -> None:
    """Loads the tables in more processes, of one engine after the other, and keeps the medians."""
    engines = {name: results["engines"][name] for name in chosen.engine}
    seconds = {name: {table: [engine["loads"][table]] for table in paths if table in engine["loads"]}
               for name, engine in engines.items()}
    for turn in range(1, _LOADS):
        _say(f"loading once more, {turn} of {_LOADS - 1}")
        for name in engines:
            found = run_engine(name, threads=results["threads"], binary=binary, tables=paths, queries=[], runs=1,
                               scratch=scratch, keeps_answers=False)
            for table, loads in seconds[name].items():
                if table in found["loads"]:
                    loads.append(found["loads"][table])
    for name, engine in engines.items():
        engine["loads"].update({table: statistics.median(loads) for table, loads in seconds[name].items()})


def _read_once(paths: dict[str, pathlib.Path]) -> dict[str, pathlib.Path]:
    """Brings the files into memory, so that the first engine does not pay for the disk."""
    for path in paths.values():
        with open(path, "rb", buffering=0) as file:
            while file.read(1 << 24):
                pass
    return paths


def _merge(engine: dict[str, Any], found: dict[str, Any], family: str) -> None:
    """Adds what one process found to what the engine's other processes found."""
    engine["version"] = found.get("version") or engine.get("version")
    for kind in ("loads", "milliseconds"):
        engine.setdefault(kind, {}).update(found[kind])
    engine.setdefault("memory", {})[family] = found["memory"]
    engine.setdefault("failures", {}).update({name or family: text for name, text in found["failures"].items()})


def _check(query: Query, answers: dict[str, pathlib.Path], results: Results) -> None:
    """Compares every engine's answer with the first one's."""
    if not answers:
        return
    (first, expected), *others = answers.items()
    for other, path in others:
        results["compared"] += 1
        problem = compare.disagreement(query, expected, path)
        if problem:
            results["disagreements"].setdefault(query.name, {})[other] = f"{first} gives {problem} ({other})"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
