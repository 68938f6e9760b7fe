"""Measures Noticebook and its peers on the same data and the same questions, and says whether they agree."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
from typing import Any

import machine
import plot
import report
import scaling
from engines import NAMES
from queries import QUERIES
from side_by_side import measure

ROOT = pathlib.Path(__file__).resolve().parents[2]


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
    elif results["compared"]:
        print(f"All {results['compared']} comparisons of answers came out the same.\n")
    return bool(lines)


def main() -> int:
    chosen = options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    binary = chosen.binary or subprocess.run(
        [ROOT / "scripts" / "build-release"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    binary = str(pathlib.Path(binary).resolve())
    everything: dict[str, Any] = {"machine": machine.description(binary, chosen.threads), "results": []}
    has_problems = False
    for rows in chosen.rows:
        for threads in chosen.threads:
            results = report.nothing(rows, threads)
            everything["results"].append(results)
            try:
                measure(chosen, binary, results)
            finally:  # What an interrupted run has found until then is told as well.
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
