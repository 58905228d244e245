"""Where the parts of a chart stand, in units of its own drawing; ``templates/charts.html`` draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from triage.types import Urgency

STACKED = tuple(reversed(Urgency))
"""Urgencies from the axis outwards, the most urgent at the axis."""

WIDTH = 720.0
LABEL_WIDTH = 150.0
VALUE_WIDTH = 110.0
ROW = 24.0
PLOT_HEIGHT = 180.0
LEFT = 48.0
MOST_TICKS = 12


class Part(NamedTuple):
    """A piece of a bar; ``kind`` is the CSS class, ``value`` what it stands for."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    value: int


class Bar(NamedTuple):
    """A bar: its label, its number, its pieces, and where the label stands."""

    label: str
    total: int
    share: float
    x: float
    y: float
    parts: tuple[Part, ...]
    strong: bool = False


class Tick(NamedTuple):
    """A line across the columns."""

    y: float
    value: int


class Chart(NamedTuple):
    """A drawing of ``width`` × ``height``."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...] = ()


Series = Sequence[tuple[str, Mapping[Urgency, int], bool]]
"""Label, number by urgency, whether the label is a heading."""


def bars(series: Series, whole: int) -> Chart:
    """Bars that lie, one below the other; shares are of ``whole``."""
    totals = [sum(counts.values()) for _, counts, _ in series]
    scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / max([*totals, 1])
    drawn = []
    for at, ((label, counts, strong), total) in enumerate(zip(series, totals, strict=True)):
        x, y, parts = LABEL_WIDTH, at * ROW, []
        for urgency in STACKED:
            width = counts.get(urgency, 0) * scale
            if width:
                parts.append(
                    Part(round(x, 2), y + 4, round(width, 2), ROW - 8, urgency.value, counts[urgency])
                )
            x += width
        drawn.append(Bar(label, total, total / max(whole, 1), round(x, 2), y, tuple(parts), strong))
    return Chart(WIDTH, max(len(drawn), 1) * ROW, tuple(drawn))


def columns(series: Series) -> Chart:
    """Columns that stand side by side, in the order given."""
    totals = [sum(counts.values()) for _, counts, _ in series]
    ticks = _ticks(max([*totals, 1]))
    scale = PLOT_HEIGHT / ticks[-1]
    slot = (WIDTH - LEFT) / max(len(series), 1)
    width = min(slot * 0.75, 48.0)
    step = -(-len(series) // MOST_TICKS)
    drawn = []
    for at, ((label, counts, _), total) in enumerate(zip(series, totals, strict=True)):
        x, y, parts = LEFT + at * slot + (slot - width) / 2, PLOT_HEIGHT + 12, []
        for urgency in STACKED:
            height = counts.get(urgency, 0) * scale
            y -= height
            if height:
                parts.append(
                    Part(
                        round(x, 2),
                        round(y, 2),
                        round(width, 2),
                        round(height, 2),
                        urgency.value,
                        counts[urgency],
                    )
                )
        shown = label if at % step == 0 else ""
        drawn.append(Bar(shown, total, 0.0, round(x + width / 2, 2), round(y, 2), tuple(parts)))
    lines = tuple(Tick(round(PLOT_HEIGHT + 12 - value * scale, 2), value) for value in ticks)
    return Chart(WIDTH, PLOT_HEIGHT + 36, tuple(drawn), lines)


def _ticks(highest: int) -> list[int]:
    """Round numbers from 0 to at least ``highest``, at most five steps."""
    powers = (10**power for power in range(19))
    step = next(
        leading * power for power in powers for leading in (1, 2, 5) if leading * power * 5 >= highest
    )
    return [step * count for count in range(-(-highest // step) + 1)]


def heat(value: int, whole: int) -> int:
    """A shade from 0 (none) to 5 for a cell of a table."""
    if not value or not whole:
        return 0
    return 1 + min(int(value / whole * 5), 4)
