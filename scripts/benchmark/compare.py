"""Whether engines gave the same answer.

Types differ from engine to engine, so values are brought to one form first: texts, times, and numbers, which durations
are too, in seconds. Rows have no order unless the query gives them one; numbers that were added up in another order
differ in their last digits. What is not defined, such as the deviation of a single row or a correlation with a
constant, is NULL to Noticebook, as in PostgreSQL, and NaN to the peers in part: both say that there is no value.
"""

from __future__ import annotations

import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from queries import Query

_RELATIVE = 1e-9
_ABSOLUTE = 1e-12
"""Below this a difference is rounding: correlations of next to nothing have few digits that mean anything."""


def disagreement(query: Query, one: pathlib.Path, other: pathlib.Path) -> str | None:
    """How the answers in two Arrow files differ, or None where they agree."""
    mine, theirs = _answer(query, one), _answer(query, other)
    if mine.num_rows != theirs.num_rows:
        return f"{mine.num_rows:,} rows, but {theirs.num_rows:,}"
    for index in range(query.columns):
        differs = _differences(mine.column(index), theirs.column(index))
        if differs.any():
            row = int(np.flatnonzero(differs)[0])
            found = [tuple(table.column(i)[row].as_py() for i in range(query.columns)) for table in (mine, theirs)]
            return f"column {index + 1} of {int(differs.sum()):,} rows, first {found[0]}, but {found[1]}"
    return None


def _answer(query: Query, path: pathlib.Path) -> pa.Table:
    """The columns that count, in one form, in one order."""
    table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    names = [f"c{index}" for index in range(query.columns)]
    columns = [_in_one_form(table.column(index)) for index in range(query.columns)]
    answer = pa.table(columns, names=names)
    if query.is_ordered or query.keys == 0:
        return answer
    return answer.sort_by([(name, "ascending") for name in names[: query.keys]]).combine_chunks()


def _in_one_form(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _in_one_form(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        # No numbers, of which the last digits may differ.
        return column.cast(pa.timestamp("us"))
    if pa.types.is_duration(kind):
        return pc.divide(column.cast(pa.duration("us")).cast(pa.int64()).cast(pa.float64()), 1e6)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    return column.cast(pa.string())


def _differences(one: pa.ChunkedArray, other: pa.ChunkedArray) -> np.ndarray:
    """For each row whether two columns differ; a text or time that is NULL is like NULL only."""
    if one.type != other.type:
        return np.ones(len(one), dtype=bool)
    if pa.types.is_floating(one.type):
        first, second = (column.fill_null(np.nan).to_numpy() for column in (one, other))
        return ~np.isclose(first, second, rtol=_RELATIVE, atol=_ABSOLUTE, equal_nan=True)
    is_null = [column.is_null().to_numpy() for column in (one, other)]
    return (is_null[0] != is_null[1]) | pc.not_equal(one, other).fill_null(False).to_numpy()
