"""Starts the processes that measure, listens to them, and leaves none behind."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
from typing import Any

from queries import Query

_PATIENCE_SECONDS = 3600
"""An engine that takes longer than this for all it has to do is stopped."""


def run_engine(
    engine: str, *, threads: int, binary: str, tables: dict[str, pathlib.Path], queries: list[Query], runs: int,
    scratch: pathlib.Path, keeps_answers: bool,
) -> dict[str, Any]:
    """Everything that one engine's process told: version, loads, milliseconds, answers, memory, failures.

    Whatever it writes, answers among it, is in the folder `scratch`, since a process that is killed cannot tidy up.
    """
    job = {
        "engine": engine, "threads": threads, "binary": binary, "runs": runs,
        "tables": {name: str(path) for name, path in tables.items()},
        "queries": [query.name for query in queries], "answers": str(scratch) if keeps_answers else None,
    }
    result: dict[str, Any] = {
        "engine": engine, "loads": {}, "milliseconds": {}, "answers": {}, "memory": {}, "failures": {}}
    problem = _listen(job, dict(os.environ, POLARS_MAX_THREADS=str(threads), TMPDIR=str(scratch)), result)
    if problem:
        result["failures"][""] = problem
    return result


def _listen(job: dict[str, Any], environment: dict[str, str], result: dict[str, Any]) -> str | None:
    """Takes in what a measuring process tells; why it came to a bad end, if it did."""
    measuring = [sys.executable, str(pathlib.Path(__file__).with_name("measure.py")), json.dumps(job)]
    with tempfile.TemporaryFile() as errors:
        # A group of its own, so that whatever the engine starts can be ended together with it.
        program = subprocess.Popen(
            measuring, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment,
            start_new_session=True)
        watch = threading.Timer(_PATIENCE_SECONDS, lambda: os.killpg(program.pid, signal.SIGKILL))
        watch.start()
        try:
            for line in program.stdout or ():
                if line.startswith("{"):
                    _take_in(json.loads(line), result)
            status = program.wait()
            errors.seek(0)
            is_known = status == 0 or "" in result["failures"]
            return None if is_known else _end(status, errors.read().decode(errors="replace"))
        finally:
            watch.cancel()
            _end_group(program)


def _end(status: int, errors: str) -> str:
    reason = f"ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
    return f"{reason}: {errors.strip()[-400:]}" if errors.strip() else reason


def _end_group(program: subprocess.Popen[str]) -> None:
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    program.wait()
    if program.stdout:
        program.stdout.close()


def _take_in(told: dict[str, Any], result: dict[str, Any]) -> None:
    match told["event"]:
        case "start":
            result["version"] = told["version"]
            result["memory"]["start"] = _sizes(told)
        case "load":
            result["loads"][told["table"]] = told["seconds"]
            result["memory"][told["table"]] = _sizes(told)
        case "query":
            result["milliseconds"][told["query"]] = told["milliseconds"]
        case "answer":
            result["answers"][told["query"]] = told["path"]
        case "failure":
            result["failures"][told["query"] or ""] = told["problem"]
        case "end":
            result["memory"]["end"] = _sizes(told)


def _sizes(told: dict[str, Any]) -> dict[str, int]:
    return {"now": told["memory"], "peak": told["peak"]}
