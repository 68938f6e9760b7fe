"""The benchmark's data: the same bytes for the same number of rows, on every machine.

`actions.csv` (N rows) and `notices.csv` (N / 200 rows) are shaped after the EU's DSA Transparency Database and
government blocking orders: few countries and authorities have most rows, accounts are many, reasons are quoted
sentences of which some hold line breaks. `h2o.csv` is the group-by table of the db-benchmark (G1_N_1e2_0_0): 100
groups in the small keys, N / 100 in the large ones, nothing missing, unsorted.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.csv

SLICE = 1_000_000

ACTIONS = ["suspended", "withheld", "visibility_limited", "labelled", "reinstated", "none"]
ACTION_SHARES = [0.35, 0.25, 0.15, 0.1, 0.05, 0.1]
CATEGORIES = ["private_person", "commercial", "unknown", "political_party", "news_media", "journalist", "activist",
              "politician", "government", "ngo", "celebrity", "academic", "bot", "religious", "satire"]
BASES = ["IT Act 69A", "Terms of service", "Court order", "NetzDG", "Law 5651", "Federal Law 149-FZ", "Copyright",
         "GDPR Art. 17"]
PLATFORMS = ["Twitter", "Facebook", "Instagram", "YouTube", "TikTok", "Reddit", "Snapchat", "Pinterest", "LinkedIn",
             "Telegram", "Koo", "ShareChat"]
COUNTRIES = ["IN", "TR", "RU", "DE", "FR", "BR", "JP", "KR", "US", "GB"]
COUNTRIES += [chr(65 + i) + chr(75 + j) for i in range(6) for j in range(5)]
AUTHORITIES = ["Authority %02d" % i for i in range(25)]

TABLES = {"notices": "actions", "actions": "actions", "h2o": "h2o"}
"""Which tables there are, and the family each belongs to: a family is generated together."""


def tables(rows: int, names: Sequence[str], data: pathlib.Path) -> dict[str, pathlib.Path]:
    """The files of tables of that many rows, generated below `data` unless they are there already."""
    folder = data / str(rows)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.csv" for name in names}
    for family, generate in (("actions", _generate_actions), ("h2o", _generate_h2o)):
        if any(TABLES[name] == family and not path.exists() for name, path in paths.items()):
            print(f"Generating {family} of {rows:,} rows in {folder}", file=sys.stderr)
            generate(rows, folder)
    return paths


@contextlib.contextmanager
def _written_whole(path: pathlib.Path) -> Iterator[str]:
    """A path to write to; the file has its real name only once all of it is there."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield str(partial)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def _texts(values: Sequence[str], indices: np.ndarray) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(indices.astype(np.int32)), pa.array(values)).cast(pa.string())


def _times(seconds: np.ndarray) -> pa.Array:
    return pa.array(np.char.add(np.datetime_as_string(seconds.astype("datetime64[s]")), "Z"))


def _zipf(random: np.random.Generator, count: int, kinds: int) -> np.ndarray:
    """Indices below `kinds`, of which the first ones are by far the most frequent."""
    weights = 1 / np.arange(1, kinds + 1) ** 1.1
    return random.choice(kinds, count, p=weights / weights.sum())


def _generate_h2o(rows: int, folder: pathlib.Path) -> None:
    random = np.random.default_rng(108)
    small, large = 100, rows // 100

    # Whole columns are drawn one after the other, in the narrowest type, since 1e8 rows of them are in memory at once.
    def draw(low: int, high: int) -> np.ndarray:
        return random.integers(low, high, rows).astype(np.int8 if high < 128 else np.int32)

    id1, id2, id3 = draw(0, small), draw(0, small), draw(0, large)
    id4, id5, id6 = draw(1, small + 1), draw(1, small + 1), draw(1, large + 1)
    v1, v2, v3 = draw(1, 6), draw(1, 16), np.round(random.uniform(0, 100, rows), 6)
    short = ["id%03d" % i for i in range(1, small + 1)]
    long = ["id%010d" % i for i in range(1, large + 1)]

    with _written_whole(folder / "h2o.csv") as path:
        writer = None
        for low in range(0, rows, SLICE):
            part = slice(low, low + SLICE)
            table = pa.table({
                "id1": _texts(short, id1[part]), "id2": _texts(short, id2[part]), "id3": _texts(long, id3[part]),
                "id4": id4[part], "id5": id5[part], "id6": id6[part],
                "v1": v1[part], "v2": v2[part], "v3": v3[part]})
            if writer is None:
                writer = pa.csv.CSVWriter(
                    path, table.schema, write_options=pa.csv.WriteOptions(quoting_style="none"))
            writer.write_table(table)
        if writer is not None:
            writer.close()


def _generate_actions(rows: int, folder: pathlib.Path) -> None:
    random = np.random.default_rng(69)
    notices = max(3, rows // 200)
    start = np.datetime64("2020-01-01T00:00:00", "s").astype(np.int64)
    received = start + random.integers(0, (3 * 365 - 30) * 86400, notices)
    countries = _zipf(random, notices, len(COUNTRIES))
    bases = _zipf(random, notices, len(BASES))
    with _written_whole(folder / "notices.csv") as path:
        pa.csv.write_csv(pa.table({
            "notice_id": np.arange(1, notices + 1),
            "authority": _texts(AUTHORITIES, _zipf(random, notices, len(AUTHORITIES))),
            "country": _texts(COUNTRIES, countries),
            "received_at": _times(received),
            "accounts_requested": random.integers(1, 1500, notices),
            "legal_basis": _texts(BASES, bases)}), path)

    templates = np.array([_template(i) for i in range(2000)])
    with _written_whole(folder / "actions.csv") as path:
        writer = None
        for low in range(0, rows, SLICE):
            count = min(SLICE, rows - low)
            notice = random.integers(0, notices, count)
            acted = received[notice] + random.lognormal(10.5, 1.4, count).astype(np.int64)
            is_missing = random.random(count) < 0.01
            reason = np.char.add(templates[random.integers(0, len(templates), count)], " ref ")
            reason = np.char.add(reason, random.integers(0, 500, count).astype(str))
            account = random.integers(0, max(1, rows // 5), count).astype(str)
            platform = _zipf(random, count, len(PLATFORMS))
            follows = random.random(count) < 0.9
            country = np.where(follows, countries[notice], _zipf(random, count, len(COUNTRIES)))
            table = pa.table({
                "action_id": np.arange(low + 1, low + count + 1),
                "notice_id": pa.array(notice + 1, mask=is_missing),
                "account_id": pa.array(np.char.add("acc_", np.char.zfill(account, 8))),
                "platform": _texts(PLATFORMS, platform),
                "country": _texts(COUNTRIES, country),
                "action": _texts(ACTIONS, random.choice(len(ACTIONS), count, p=ACTION_SHARES)),
                "category": _texts(CATEGORIES, _zipf(random, count, len(CATEGORIES))),
                "legal_basis": _texts(BASES, bases[notice]),
                "automated": pa.array(random.random(count) < 0.6),
                "acted_at": _times(acted),
                "reach": random.lognormal(6, 2, count).astype(np.int64),
                "reason": pa.array(reason)})
            if writer is None:
                writer = pa.csv.CSVWriter(path, table.schema)
            writer.write_table(table)
        if writer is not None:
            writer.close()


def _template(number: int) -> str:
    if number % 7 == 0:
        return f"Post no. {number}, flagged under the hashtag policy, was reviewed by a human moderator"
    if number % 11 == 0:
        return f'The account "user{number}" posted content that is manifestly unlawful, see order'
    if number % 97 == 0:
        return f"Statement {number}:\nmultiple lines, with a break"
    return f"Statement {number}: repeated spam, inauthentic engagement, or platform manipulation"
