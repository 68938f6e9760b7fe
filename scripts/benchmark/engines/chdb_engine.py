"""ClickHouse inside Python: tables of the engine Memory, answers in Arrow's file format."""

from __future__ import annotations

import os
import pathlib
import re
from importlib.metadata import version

import pyarrow as pa
from chdb import session

from queries import Query


class Engine:
    def __init__(self, threads: int, binary: str) -> None:
        self.version = version("chdb")
        self.process = os.getpid()
        self.threads = threads
        self.session = session.Session()
        for statement in (
            f"set max_threads={threads}", "set session_timezone='UTC'", "set date_time_input_format='best_effort'",
            "create database bench",
        ):
            self.session.query(statement)

    def load(self, table: str, path: pathlib.Path) -> None:
        self.session.query(
            f"create table bench.{table} engine=Memory as select * from file('{path}', CSVWithNames)"
            f" settings max_threads={self.threads}")

    def run(self, query: Query) -> bytes:
        # The session's own database keeps no tables in memory, so ours are named in full.
        sql = re.sub(r"\b(from|join) (actions|notices|h2o)\b", r"\1 bench.\2 as \2", query.clickhouse or query.sql)
        sql = re.sub(r" as actions a\b", " as a", sql)
        return self.session.query(sql, "Arrow").bytes()

    def answer(self, query: Query, result: bytes) -> pa.Table:
        return pa.ipc.open_file(result).read_all()

    def close(self) -> None:
        self.session.close()
