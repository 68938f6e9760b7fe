"""Measures Noticebook and its peers on the same data and the same questions, and says whether they agree."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
from typing import Any

import cold
import compare
import generate
import machine
import plot
import report
import scaling
from engines import NAMES
from processes import run_engine
from queries import QUERIES, Query
from tables import counted

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAMILIES = {"actions": ("notices", "actions"), "h2o": ("h2o",)}


def options() -> argparse.Namespace:
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "noticebook-bench"
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--rows", type=_counts, help="sizes, such as 1e6,1e7 (1e6)")
    parser.add_argument("--threads", type=_counts, help="numbers of threads, such as 1,2 (2)")
    parser.add_argument("--engine", type=_engines, help=f"which of {','.join(NAMES)} (all)")
    parser.add_argument("--only", type=_works,
                        help="queries by their names or how these begin, load, cold: q01,h,load (all)")
    parser.add_argument("--runs", type=int, default=5, help="how often each query is run (5)")
    parser.add_argument("--scaling", action="store_true",
                        help="how times grow with rows and shrink with threads: --rows 1e5,1e6,1e7 --threads 1,2"
                             " --engine noticebook --only q,h,load unless they are given")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write every single run")
    parser.add_argument("--svg", type=pathlib.Path, metavar="FILE", help="draw times against rows")
    parser.add_argument("--data", type=pathlib.Path, metavar="DIR", default=cache / "data",
                        help="where generated data is kept (%(default)s)")
    parser.add_argument("--binary", metavar="PATH", help="the noticebook to measure (scripts/build-release makes it)")
    chosen = parser.parse_args()
    chosen.rows = chosen.rows or ([100_000, 1_000_000, 10_000_000] if chosen.scaling else [1_000_000])
    chosen.threads = chosen.threads or ([1, 2] if chosen.scaling else [2])
    chosen.engine = chosen.engine or (["noticebook"] if chosen.scaling else list(NAMES))
    chosen.only = chosen.only or _works("q,h,load" if chosen.scaling else "q,h,load,cold")
    return chosen


def _counts(text: str) -> list[int]:
    counts = [int(float(part)) for part in text.split(",")]
    if min(counts) < 1:
        raise argparse.ArgumentTypeError("counts are at least 1")
    return counts


def _engines(text: str) -> list[str]:
    unknown = set(text.split(",")) - set(NAMES)
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no engine {', '.join(unknown)}: {', '.join(NAMES)}")
    return [name for name in NAMES if name in text.split(",")]


def _works(text: str) -> list[str]:
    """The names of the chosen queries, and `load` and `cold` where they are chosen."""
    names = [query.name for query in QUERIES] + ["load", "cold"]
    for part in text.split(","):
        if not any(name.startswith(part) for name in names):
            raise argparse.ArgumentTypeError(f"nothing is called {part}: {', '.join(names)}")
    return [name for name in names if any(name.startswith(part) for part in text.split(","))]


def measure(chosen: argparse.Namespace, binary: str, rows: int, threads: int, scratch: pathlib.Path) -> report.Results:
    """All that was asked for, of one size and with one number of threads."""
    queries = [query for query in QUERIES if query.name in chosen.only]
    results: report.Results = {
        "rows": rows, "threads": threads, "engines": {}, "first": {}, "cold": {}, "disagreements": {}}
    for family, tables in FAMILIES.items():
        of_family = [query for query in queries if query.tables[-1] == family]
        if not of_family and "load" not in chosen.only:
            continue
        paths = _read_once(generate.tables(rows, tables, chosen.data))
        for name in chosen.engine:
            _say(f"{name}: {family} of {rows:,} rows, {counted(threads, 'thread')}")
            own = scratch / name
            own.mkdir(exist_ok=True)
            found = run_engine(name, threads=threads, binary=binary, tables=paths, queries=of_family, runs=chosen.runs,
                               scratch=own, keeps_answers=True)
            _merge(results["engines"].setdefault(name, {}), found, family)
        if "noticebook" in chosen.engine:
            _say(f"noticebook: the first query after loading {family}")
            for query in of_family:
                needed = {table: paths[table] for table in query.tables}
                found = run_engine("noticebook", threads=threads, binary=binary, tables=needed, queries=[query], runs=1,
                                   scratch=scratch, keeps_answers=False)
                if query.name in found["milliseconds"]:
                    results["first"][query.name] = found["milliseconds"][query.name][0]
    if "cold" in chosen.only:
        _say("cold: processes that read, answer and end")
        paths = _read_once(generate.tables(rows, FAMILIES["actions"], chosen.data))
        results["cold"] = cold.measure(paths["actions"], threads, binary, chosen.runs, chosen.engine)
    for query in queries:
        _check(query, results)
    for engine in results["engines"].values():
        del engine["answers"]
    return results


def _read_once(paths: dict[str, pathlib.Path]) -> dict[str, pathlib.Path]:
    """Brings the files into memory, so that the first engine does not pay for the disk."""
    for path in paths.values():
        with open(path, "rb", buffering=0) as file:
            while file.read(1 << 24):
                pass
    return paths


def _merge(engine: dict[str, Any], found: dict[str, Any], family: str) -> None:
    """Adds what one process found to what the engine's other processes found."""
    engine["version"] = found.get("version")
    for kind in ("loads", "milliseconds", "answers", "memory"):
        engine.setdefault(kind, {}).update(found[kind])
    engine.setdefault("failures", {}).update({name or family: text for name, text in found["failures"].items()})
    if "end" in found["memory"]:
        engine.setdefault("peaks", {})[family] = found["memory"]["end"]["peak"]


def _check(query: Query, results: report.Results) -> None:
    """Compares every engine's answer with the first one's."""
    answers = {name: engine["answers"][query.name] for name, engine in results["engines"].items()
               if query.name in engine.get("answers", {})}
    if not answers:
        return
    first, *others = answers
    for other in others:
        problem = compare.disagreement(query, pathlib.Path(answers[first]), pathlib.Path(answers[other]))
        if problem:
            results["disagreements"].setdefault(query.name, {})[other] = f"{first} gives {problem} ({other})"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tell_problems(results: report.Results) -> bool:
    """Prints what went wrong; whether anything did."""
    lines = [f"DISAGREEMENT {query}: {text}" for query, texts in results["disagreements"].items()
             for text in texts.values()]
    lines += [f"FAILURE {name} {work}: {text}" for name, engine in results["engines"].items()
              for work, text in engine["failures"].items()]
    lines += [f"FAILURE {name} {work}: {runs['failure']}" for work, programs in results["cold"].items()
              for name, runs in programs.items() if "failure" in runs]
    if lines:
        print("\n".join(lines), end="\n\n")
    elif len(results["engines"]) > 1:
        print("All engines gave the same answers.\n")
    return bool(lines)


def main() -> int:
    chosen = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    binary = chosen.binary or subprocess.run(
        [ROOT / "scripts" / "build-release"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    binary = str(pathlib.Path(binary).resolve())
    everything: dict[str, Any] = {"machine": machine.description(binary, chosen.threads), "results": []}
    has_problems = False
    chosen.data.mkdir(parents=True, exist_ok=True)
    for rows in chosen.rows:
        for threads in chosen.threads:
            # Beside the data, since answers may be as large.
            with tempfile.TemporaryDirectory(prefix=".answers-", dir=chosen.data) as scratch:
                results = measure(chosen, binary, rows, threads, pathlib.Path(scratch))
            everything["results"].append(results)
            print(report.text(results))
            has_problems = _tell_problems(results) or has_problems
            if chosen.json:
                chosen.json.write_text(json.dumps(everything, indent=1) + "\n")
    if len(everything["results"]) > 1:
        print(scaling.text(everything["results"]))
    if chosen.svg:
        chosen.svg.write_text(plot.svg(scaling.series(everything["results"]), machine.caption(everything["machine"])))
    return int(has_problems)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # Nobody reads it any more; Python would complain once again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
