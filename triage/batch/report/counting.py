"""Counts by topic, urgency, month and store, and topics by day."""

from __future__ import annotations

from collections import Counter

from triage.batch.report.rows import ReportRow
from triage.types import Urgency

MOST_STORES = 10_000
"""Stores that are counted each for itself; those that appear later count together as :data:`OTHERS`."""
OTHERS = "（其余）"
NO_STORE = "（未填写）"


class Counting:
    """Numbers of rows; none of them grows with the rows but by days, months and stores."""

    def __init__(self, *, with_stores: bool) -> None:
        """``with_stores``: whether a column of stores was named."""
        self.rows = 0
        self.undated = 0
        self.topics: Counter[tuple[str, Urgency]] = Counter()
        self.months: Counter[tuple[str, Urgency]] = Counter()
        self.stores: Counter[tuple[str, Urgency]] = Counter()
        self.days: Counter[tuple[str, int]] = Counter()
        self._with_stores = with_stores
        self._known: set[str] = set()

    def add(self, row: ReportRow) -> None:
        """Count a row."""
        self.rows += 1
        self.topics[row.topic, row.urgency] += 1
        if row.received is None:
            self.undated += 1
        else:
            self.months[f"{row.received:%Y-%m}", row.urgency] += 1
            self.days[row.topic, row.received.toordinal()] += 1
        if self._with_stores:
            self.stores[self._store(row.store or NO_STORE), row.urgency] += 1

    def _store(self, name: str) -> str:
        if name not in self._known:
            if len(self._known) >= MOST_STORES:
                return OTHERS
            self._known.add(name)
        return name


def by_first(counts: Counter[tuple[str, Urgency]]) -> dict[str, Counter[Urgency]]:
    """Counts by name and urgency as a counter of urgencies for each name."""
    found: dict[str, Counter[Urgency]] = {}
    for (name, urgency), number in counts.items():
        found.setdefault(name, Counter())[urgency] += number
    return found
