"""The engines that are compared. Each module imports its library only when its engine is made, in its own process."""

from __future__ import annotations

import importlib
import pathlib
from typing import Any, Protocol

from queries import Query

NAMES = ("noticebook", "duckdb", "polars", "chdb")
PEERS = NAMES[1:]


class Engine(Protocol):
    """What an engine has to do. What `run` gives back is complete: nothing in it is computed later."""

    version: str
    process: int
    """The id of the process whose memory counts."""

    def load(self, table: str, path: pathlib.Path) -> None:
        """Reads a CSV file into a table in memory."""

    def run(self, query: Query) -> Any:
        """Answers a query; this is what is timed."""

    def answer(self, query: Query, result: Any) -> Any:
        """What `run` gave back as an Arrow table, to be compared; this is not timed."""

    def close(self) -> None:
        """Leaves no process and no file behind."""


def make(name: str, threads: int, binary: str) -> Engine:
    """The engine of that name, working with so many threads."""
    module = importlib.import_module(f"engines.{name}_engine")
    return module.Engine(threads=threads, binary=binary)
