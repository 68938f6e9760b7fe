"""Noticebook: one process of the binary that is given one statement after the other and prints its answers as CSV.

Standard input and scripts are read whole before anything runs. But a script can `run` another one, and that may be a
named pipe: so the process is started with a script that runs the pipe over and over, and each statement written to the
pipe is answered at once. After each of them the script prints a line by which the end of the answer is known.
"""

from __future__ import annotations

import errno
import fcntl
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import pyarrow as pa
import pyarrow.csv

from queries import Query

_END = "end of answer"
_END_PRINTED = f"mark\n{_END}\n".encode()
_MOST_STATEMENTS = 4096


class Engine:
    def __init__(self, threads: int, binary: str) -> None:
        self.version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="noticebook-bench-"))
        self.pipe = self.folder / "statement.nbk"
        os.mkfifo(self.pipe)
        script = self.folder / "script.nbk"
        script.write_text(f"run '{self.pipe}'\nselect '{_END}' as mark;\n" * _MOST_STATEMENTS)
        self.errors = open(self.folder / "errors", "w+b", buffering=0)
        self.program = subprocess.Popen(
            [binary, "--quiet", "--keep-going", "--format", "csv", str(script)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors, bufsize=0)
        # Answers are not cut into pieces of 64 kB, of which each would wait for a change of processes.
        fcntl.fcntl(self.program.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)
        self.process = self.program.pid
        self._execute(f"set threads {threads}")

    def load(self, table: str, path: pathlib.Path) -> None:
        self._execute(f"load '{path}' as {table}")

    def run(self, query: Query) -> bytes:
        text = query.noticebook or f"{query.sql};"
        return self._execute(f"let answer := {text}" if query.is_large else text)

    def answer(self, query: Query, result: bytes) -> pa.Table:
        if query.is_large:
            result = self._execute("from answer")
        return pa.csv.read_csv(pa.BufferReader(result))

    def close(self) -> None:
        self.program.kill()
        self.program.wait()
        self.program.stdout.close()
        self.errors.close()
        shutil.rmtree(self.folder)

    def _execute(self, statement: str) -> bytes:
        """What a statement prints. Raises what it complained about."""
        already = os.fstat(self.errors.fileno()).st_size
        with os.fdopen(self._open_pipe(), "w") as pipe:
            pipe.write(statement + "\n")
        printed = bytearray()
        while not printed.endswith(_END_PRINTED):
            chunk = os.read(self.program.stdout.fileno(), 1 << 20)
            if not chunk:
                raise RuntimeError(f"the process ended: {self._complaints(already)}")
            printed += chunk
        complaints = self._complaints(already)
        if "error:" in complaints:
            raise RuntimeError(complaints)
        return bytes(printed[: -len(_END_PRINTED)])

    def _open_pipe(self) -> int:
        """Waits until the program reads the pipe, but not for a program that has ended."""
        while self.program.poll() is None:
            try:
                return os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise
            time.sleep(0.0001)
        raise RuntimeError(f"the process has ended with status {self.program.returncode}")

    def _complaints(self, start: int) -> str:
        text = os.pread(self.errors.fileno(), 1 << 16, start).decode(errors="replace")
        return text.strip()
