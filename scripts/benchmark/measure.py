"""Measures one engine on one family of tables, in a process of its own.

`measure.py JOB` takes the job as JSON and prints one JSON object a line for everything that it finds out, at once, so
that what was measured stays known when the process is killed for want of memory.
"""

from __future__ import annotations

import json
import mmap
import os
import pathlib
import sys
import time
from collections.abc import Callable
from typing import Any

import pyarrow as pa

import engines
from queries import QUERIES

_ENOUGH_SECONDS = 25.0
"""A query is not run again once it has taken this long in all."""


def measure(job: dict[str, Any], tell: Callable[..., None]) -> None:
    engine = engines.make(job["engine"], job["threads"], job["binary"])
    try:
        tell("start", version=engine.version, **memory(engine.process))
        for table, path in job["tables"].items():
            _bring_back_memory(2 * os.path.getsize(path))
            start = time.perf_counter()
            engine.load(table, pathlib.Path(path))
            tell("load", table=table, seconds=time.perf_counter() - start, **memory(engine.process))
        for query in QUERIES:
            if query.name in job["queries"]:
                try:
                    _measure_query(engine, query, job, tell)
                except Exception as error:  # An engine may fail at one query in any way and still answer the others.
                    tell("failure", query=query.name, problem=str(error) or repr(error))
        tell("end", **memory(engine.process))
    finally:
        engine.close()


def _measure_query(engine: engines.Engine, query: Any, job: dict[str, Any], tell: Callable[..., None]) -> None:
    milliseconds: list[float] = []
    while len(milliseconds) < job["runs"] and sum(milliseconds) < _ENOUGH_SECONDS * 1000:
        result = None  # What the run before gave back is not held while the next one runs.
        start = time.perf_counter()
        result = engine.run(query)
        milliseconds.append((time.perf_counter() - start) * 1000)
    tell("query", query=query.name, milliseconds=milliseconds)
    if job["answers"]:
        path = pathlib.Path(job["answers"]) / f"{query.name}.arrow"
        answer = engine.answer(query, result)
        with pa.ipc.new_file(path, answer.schema) as writer:
            writer.write_table(answer)
        tell("answer", query=query.name, path=str(path))


def _bring_back_memory(size: int) -> None:
    """Touches so many bytes and lets them go again, so that they are at hand for whoever asks next.

    A virtual machine gives memory that was free for seconds back to its host, and the first touch of such a page costs
    twenty times as much as that of another. Which engine finds how much of it depends on who ended when before.
    """
    with mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as bytes:
        bytes.madvise(mmap.MADV_HUGEPAGE)
        for offset in range(0, size, mmap.PAGESIZE):
            bytes[offset] = 1


def memory(process: int) -> dict[str, int]:
    """Bytes in memory, now and at most so far; zeros for a process that has ended."""
    sizes = {"VmRSS": 0, "VmHWM": 0}
    try:
        lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        lines = []
    for line in lines:
        name, _, value = line.partition(":")
        if name in sizes:
            sizes[name] = int(value.split()[0]) * 1024
    return {"memory": sizes["VmRSS"], "peak": sizes["VmHWM"]}


def _print(event: str, **details: Any) -> None:
    print(json.dumps({"event": event, **details}), flush=True)


if __name__ == "__main__":
    try:
        measure(json.loads(sys.argv[1]), _print)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        _print("failure", query=None, problem=str(error) or repr(error))
        sys.exit(1)
