"""DuckDB as a Python package: tables in memory, answers as Arrow tables, the fastest form that it gives them in."""

from __future__ import annotations

import os
import pathlib

import duckdb
import pyarrow as pa

from queries import Query


class Engine:
    def __init__(self, threads: int, binary: str) -> None:
        self.version = duckdb.__version__
        self.process = os.getpid()
        self.connection = duckdb.connect(config={"threads": threads})
        # Our timestamps are in UTC, and so are the months that they fall in.
        self.connection.execute("set timezone = 'UTC'")

    def load(self, table: str, path: pathlib.Path) -> None:
        self.connection.execute(f"create table {table} as from read_csv('{path}')")

    def run(self, query: Query) -> pa.Table:
        return self.connection.sql(query.sql).to_arrow_table()

    def answer(self, query: Query, result: pa.Table) -> pa.Table:
        return result

    def close(self) -> None:
        self.connection.close()
