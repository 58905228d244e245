"""Repeated reports merged, and numbered in the order of receipt, as the supermarket regulation asks."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from triage.batch.report.duplicates import Duplicates
from triage.batch.report.rows import ReportRow

SHOWN_GROUPS = 40
"""Groups that the page shows, the largest."""
SHOWN_MEMBERS = 8
"""Rows of each that it shows, the first received."""


@dataclass
class Group:
    """Rows that say almost the same.

    ``number`` is the group's place among all groups by its first receipt, from 1; ``members`` are its first rows,
    each with its own number within the group. ``days`` counts its rows by day (ordinal).
    """

    number: int
    size: int
    members: list[tuple[int, ReportRow]] = field(default_factory=list)
    days: Counter[int] = field(default_factory=Counter)
    stores: Counter[str] = field(default_factory=Counter)


class Merged:
    """The largest groups and their rows."""

    def __init__(self, duplicates: Duplicates) -> None:
        """``duplicates`` is settled."""
        self._duplicates = duplicates
        groups = duplicates.groups()
        sizes = {g: sum(duplicates.rows[place] for place in places) for g, places in groups.items()}
        self.groups = len(groups)
        self.rows = sum(sizes.values())
        order = sorted(groups, key=lambda g: min(self._first(place) for place in groups[g]))
        numbers = {group: number for number, group in enumerate(order, start=1)}
        largest = heapq.nsmallest(SHOWN_GROUPS, groups, key=lambda g: (-sizes[g], numbers[g]))
        self._shown = {group: Group(numbers[group], sizes[group]) for group in largest}
        self._heaps: dict[int, list[tuple[tuple[float, int], ReportRow]]] = {group: [] for group in largest}

    def add(self, row: ReportRow) -> None:
        """Look at a row."""
        group = self._duplicates.group_of(row.text)
        if group not in self._shown:
            return
        found = self._shown[group]
        if row.received is not None:
            found.days[row.received.toordinal()] += 1
        if row.store and (row.store in found.stores or len(found.stores) < 1_000):
            found.stores[row.store] += 1
        heap = self._heaps[group]
        moment = (row.received - datetime.min).total_seconds() if row.received else float("inf")  # noqa: DTZ901
        push = heapq.heappush if len(heap) < SHOWN_MEMBERS else heapq.heappushpop
        push(heap, ((-moment, -row.number), row))  # the latest is on top, and goes first

    def largest(self) -> list[Group]:
        """The groups with their first rows, the largest first."""
        for group, heap in self._heaps.items():
            rows = [row for _, row in sorted(heap, reverse=True)]
            self._shown[group].members = list(enumerate(rows, start=1))
        return list(self._shown.values())

    def _first(self, place: int) -> tuple[float, int]:
        return self._duplicates.first_received[place], self._duplicates.first_rows[place]
