"""Days on which a topic came far more often than it usually does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from math import sqrt
from statistics import median
from typing import NamedTuple

FEWEST = 5
"""Rows that a burst has at least."""
DEVIATIONS = 4.0
"""Standard deviations (of a Poisson distribution) above the usual number."""
FEWEST_DAYS = 14
"""Days that an archive covers at least before anything can be called usual."""


class Burst(NamedTuple):
    """A topic on a day: how many rows, and how many are usual (the median of all days of the archive)."""

    topic: str
    day: date
    rows: int
    usual: float

    @property
    def excess(self) -> float:
        """Standard deviations above the usual; at least one row is assumed to be usual."""
        expected = max(self.usual, 1.0)
        return (self.rows - expected) / sqrt(expected)


def find_bursts(days: Mapping[tuple[str, int], int]) -> list[Burst]:
    """The strongest first; ``days`` counts rows by topic and day (proleptic ordinal)."""
    ordinals = [day for _, day in days]
    if not ordinals or max(ordinals) - min(ordinals) + 1 < FEWEST_DAYS:
        return []
    covered = len(set(ordinals))  # days without any row are closed days, or holes of the archive
    usual = _usual(days, covered)
    found = [
        Burst(t, date.fromordinal(day), rows, usual[t]) for (t, day), rows in days.items() if rows >= FEWEST
    ]
    return sorted((b for b in found if b.excess >= DEVIATIONS), key=lambda b: (-b.excess, b.day, b.topic))


def _usual(days: Mapping[tuple[str, int], int], covered: int) -> dict[str, float]:
    by_topic: dict[str, list[int]] = {}
    for (topic, _), rows in days.items():
        by_topic.setdefault(topic, []).append(rows)
    return {topic: median(rows + [0] * (covered - len(rows))) for topic, rows in by_topic.items()}


def busiest_week(days: Counter[int]) -> tuple[int, int] | None:
    """The first day (ordinal) of the seven that have most rows, and their number; ``None`` where no day is known."""
    weeks = ((sum(days[day + i] for i in range(7)), -day) for day in days)
    best = max(weeks, default=None)
    return None if best is None else (-best[1], best[0])
