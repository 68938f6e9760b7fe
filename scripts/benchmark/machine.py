"""What the figures were measured on, so that they can be judged later."""

from __future__ import annotations

import os
import pathlib
import platform
import subprocess
import time
from typing import Any


def description(binary: str, threads: list[int]) -> dict[str, Any]:
    """The machine, its load at this moment, and which sources the binary was (most likely) built from."""
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "cpu": _field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        "system": f"{platform.freedesktop_os_release().get('PRETTY_NAME')}, {platform.release()}",
        "load": os.getloadavg()[0],
        "commit": _commit(),
        "binary": binary,
        "threads": threads,
    }


def caption(described: dict[str, Any]) -> str:
    """The description in one line."""
    gibibytes = round(described["memory"] / 2**30)
    return "{cpu}, {cores} cores, {gibibytes} GiB; {time}; commit {commit}".format(gibibytes=gibibytes, **described)


def _field(path: str, name: str) -> str | None:
    for line in pathlib.Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None


def _commit() -> str | None:
    """The commit of the sources around this file, with a `+` where they were changed since."""
    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", str(pathlib.Path(__file__).parent), *arguments], capture_output=True, text=True, check=True
        ).stdout.strip()

    try:
        return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return None
