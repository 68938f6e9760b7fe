"""How long it takes from the start of a process until its answer is there.

The files have been read before, so that they come from memory: the processes are cold, the disk is not.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

_SQL = "select action, count(*) from '{}' group by 1"


def measure(actions: pathlib.Path, threads: int, binary: str, runs: int, engines: list[str]) -> dict[str, dict]:
    """The seconds of each run, by program, of `answer` (shares of actions, from the file) and `start` (`select 1`)."""
    results: dict[str, dict] = {}
    for work, commands in (("answer", _answers(actions, threads, binary)), ("start", _starts(binary))):
        for program, command in commands.items():
            if program.split()[0] in engines:
                results.setdefault(work, {})[program] = _run(command, threads, runs)
    return results


def median(measured: dict) -> float | None:
    """Of the seconds that were measured; None where the program failed."""
    return statistics.median(measured["seconds"]) if measured.get("seconds") else None


def _answers(actions: pathlib.Path, threads: int, binary: str) -> dict[str, list[str]]:
    sql = _SQL.format(actions)
    commands = {
        "noticebook": [binary, "-q", "-c", f"set threads {threads}", "-c", f"from '{actions}' |> share action"],
        "duckdb package": _python(
            f"import duckdb; c = duckdb.connect(config={{'threads': {threads}}});"
            f" print(c.execute({sql!r}).fetchall())"),
        "polars package": _python(
            f"import polars as pl; print(pl.scan_csv({str(actions)!r}).group_by('action').len().collect().rows())"),
        "chdb package": _python(
            "import chdb; print(chdb.query("
            f"\"select action, count(*) from file('{actions}', CSVWithNames) group by 1"
            f" settings max_threads={threads}\"))"),
    }
    program = _duckdb_program()
    if program:
        commands["duckdb binary"] = [program, "-c", f"set threads = {threads}", "-c", sql]
    return commands


def _starts(binary: str) -> dict[str, list[str]]:
    commands = {
        "noticebook": [binary, "-c", "select 1"],
        "duckdb package": _python("import duckdb; print(duckdb.sql('select 1').fetchall())"),
    }
    program = _duckdb_program()
    if program:
        commands["duckdb binary"] = [program, "-c", "select 1"]
    return commands


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def _duckdb_program() -> str | None:
    """DuckDB's own shell: the one on PATH, else the one beside this Python."""
    beside = pathlib.Path(sys.executable).with_name("duckdb")
    return shutil.which("duckdb") or (str(beside) if beside.exists() else None)


def _run(command: list[str], threads: int, runs: int) -> dict:
    seconds: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            env=dict(os.environ, POLARS_MAX_THREADS=str(threads)))
        seconds.append(time.perf_counter() - start)
        if ended.returncode != 0:
            return {"seconds": [], "failure": ended.stderr.strip()[-400:]}
    return {"seconds": seconds}
