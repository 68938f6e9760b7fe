"""Times against rows as small multiples, on logarithmic axes that all of them share, so that slopes can be compared."""

from __future__ import annotations

import math
from html import escape

from scaling import TITLES, Series
from tables import counted

_COLOURS = {"noticebook": "#0b5fff", "duckdb": "#b58900", "polars": "#c0392b", "chdb": "#5f6b6d"}
_ACROSS = 6
_WIDTH, _HEIGHT = 190, 150
"""Of a panel's axes."""
_GAP_X, _GAP_Y = 40, 52
_LEFT, _TOP, _BOTTOM = 64, 84, 16


def svg(every: list[Series], caption: str) -> str:
    """One panel for each work; lines of the most threads are solid, those of fewer are dashed."""
    works = [work for work in TITLES if any(one.work == work for one in every)]
    if not works:
        raise ValueError("nothing was measured that could be drawn")
    across = min(_ACROSS, len(works))
    down = math.ceil(len(works) / across)
    sizes, costs = ([value for one in every for value in one.points],
                    [value for one in every for value in one.points.values()])
    axes = _Axes(sizes, costs)
    most = max(one.threads for one in every)
    width = _LEFT + across * (_WIDTH + _GAP_X)
    height = _TOP + down * (_HEIGHT + _GAP_Y) + _BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="system-ui, sans-serif" font-size="11" fill="#222">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        _text(_LEFT, 24, "Time against rows", size=16, weight="bold"), _text(_LEFT, 42, caption, colour="#666"),
        *_legend(every, most)]
    for index, work in enumerate(works):
        column, row = index % across, index // across
        x, y = _LEFT + column * (_WIDTH + _GAP_X), _TOP + row * (_HEIGHT + _GAP_Y) + 24
        is_lowest = index + across >= len(works)
        parts.append(f'<g transform="translate({x} {y})">')
        parts += axes.frame(has_x=is_lowest, has_y=column == 0)
        parts += _panel([one for one in every if one.work == work], axes, most)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


class _Axes:
    """Whole powers of ten around everything that was measured."""

    def __init__(self, sizes: list[int], costs: list[float]) -> None:
        self.x = _decades(sizes)
        self.y = _decades(costs)

    def place(self, size: float, cost: float) -> tuple[float, float]:
        return (_fraction(size, self.x) * _WIDTH, (1 - _fraction(cost, self.y)) * _HEIGHT)

    def frame(self, has_x: bool, has_y: bool) -> list[str]:
        """Lines at the powers of ten, what they stand for at the margins, and a diagonal of slope 1."""
        reach = min(self.x[1] - self.x[0], self.y[1] - self.y[0])
        (x1, y1), (x2, y2) = (self.place(10.0 ** (self.x[0] + up), 10.0 ** (self.y[0] + up)) for up in (0, reach))
        parts = [f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ccc" stroke-width="3"/>']
        for power in range(self.x[0], self.x[1] + 1):
            x, _ = self.place(10.0**power, 1)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_HEIGHT}" stroke="#e6e6e6"/>')
            if has_x:
                parts.append(_text(x, _HEIGHT + 15, _count(power), anchor="middle", colour="#666"))
        for power in range(self.y[0], self.y[1] + 1):
            _, y = self.place(1, 10.0**power)
            parts.append(f'<line x1="0" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e6e6e6"/>')
            if has_y:
                parts.append(_text(-6, y + 4, _duration(power), anchor="end", colour="#666"))
        return parts


def _panel(lines: list[Series], axes: _Axes, most: int) -> list[str]:
    work = lines[0].work
    parts = [_text(0, -8, f"{work}  {TITLES[work]}".strip(), weight="bold")]
    for one in lines:
        colour = _COLOURS[one.engine]
        dash = "" if one.threads == most else ' stroke-dasharray="3 3"'
        places = [axes.place(size, cost) for size, cost in sorted(one.points.items())]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>')
        if one.threads == most:
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>' for x, y in places]
    slopes = [one for one in lines if one.threads == most and one.slope is not None]
    for index, one in enumerate(slopes):
        text = f"slope {one.slope:.2f}, at last {one.last_slope:.2f}"
        parts.append(_text(5, 13 + 12 * index, text, colour=_COLOURS[one.engine], size=10))
    return parts


def _legend(every: list[Series], most: int) -> list[str]:
    shown = {(one.engine, one.threads) for one in every}
    keys = [("grows like the rows", 'stroke="#ccc" stroke-width="3"')]
    for engine, threads in sorted(shown, key=lambda key: (list(_COLOURS).index(key[0]), -key[1])):
        dash = "" if threads == most else ' stroke-dasharray="3 3"'
        label = f"{engine}, {counted(threads, 'thread')}"
        keys.append((label, f'stroke="{_COLOURS[engine]}" stroke-width="1.6"{dash}'))
    parts, x = [], float(_LEFT)
    for label, stroke in keys:
        parts += [f'<line x1="{x}" x2="{x + 24}" y1="60" y2="60" {stroke}/>', _text(x + 30, 64, label)]
        x += 50 + 6.5 * len(label)
    return parts


def _decades(values: list[int] | list[float]) -> tuple[int, int]:
    # A hair inwards, since the logarithm of a power of ten may come out a hair beside its whole number.
    low, high = math.floor(math.log10(min(values)) + 1e-9), math.ceil(math.log10(max(values)) - 1e-9)
    return (low, max(high, low + 1))


def _fraction(value: float, decades: tuple[int, int]) -> float:
    return (math.log10(value) - decades[0]) / (decades[1] - decades[0])


def _count(power: int) -> str:
    """A power of ten as people say it: 100 k, 1 M."""
    thousands = min(power // 3, 3)
    return f"{10 ** (power - 3 * thousands)}{['', ' k', ' M', ' G'][thousands]}"


def _duration(power: int) -> str:
    """That power of ten of milliseconds."""
    if power >= 3:
        return f"{10 ** (power - 3)} s"
    return f"{10 ** power} ms" if power >= 0 else f"{10 ** (power + 3)} µs"


def _text(x: float, y: float, text: str, *, size: int = 11, weight: str = "normal", anchor: str = "start",
          colour: str = "#222") -> str:
    # The white around the letters keeps them readable on top of lines.
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
            f' fill="{colour}" stroke="white" stroke-width="3" paint-order="stroke">{escape(text)}</text>')
