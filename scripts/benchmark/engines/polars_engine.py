"""Polars as a Python package: data frames in memory, queries in its own lazy language."""

from __future__ import annotations

import os
import pathlib

import polars as pl
import pyarrow as pa

from engines.polars_queries import QUERIES
from queries import Query


class Engine:
    def __init__(self, threads: int, binary: str) -> None:
        # Polars reads POLARS_MAX_THREADS when it is imported, so whoever starts this process has to set it.
        if pl.thread_pool_size() != threads:
            raise RuntimeError(f"Polars works with {pl.thread_pool_size()} threads, not {threads}")
        self.version = pl.__version__
        self.process = os.getpid()
        self.tables: dict[str, pl.DataFrame] = {}

    def load(self, table: str, path: pathlib.Path) -> None:
        self.tables[table] = pl.read_csv(path, try_parse_dates=True)

    def run(self, query: Query) -> pl.DataFrame:
        return QUERIES[query.name]({name: table.lazy() for name, table in self.tables.items()}).collect()

    def answer(self, query: Query, result: pl.DataFrame) -> pa.Table:
        return result.to_arrow()

    def close(self) -> None:
        self.tables.clear()
