"""Tables of text, and how numbers are written in them."""

from __future__ import annotations


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Columns of texts to the left, of numbers to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows)]
    is_number = [any(row[index][:1].isdigit() for row in rows) for index in range(len(heads))]
    lines = []
    for row in [heads, *rows]:
        cells = [cell.rjust(width) if number else cell.ljust(width)
                 for cell, width, number in zip(row, widths, is_number)]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths).rstrip())
    return "\n".join(lines)


def times(ratio: float) -> str:
    return f"{ratio:.2f}x" if ratio < 10 else f"{ratio:.1f}x"


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
