"""Whether complaints were closed by the time that the policy asks for."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Literal, NamedTuple

from triage.batch.report.rows import ReportRow
from triage.batch.times import read_time
from triage.types import Urgency

Ending = Literal["in_time", "late", "not_closed", "unknown"]


class Rate(NamedTuple):
    """How many ended how; ``unknown`` have no deadline, or times that cannot be compared."""

    in_time: int
    late: int
    not_closed: int
    unknown: int

    @property
    def share(self) -> float | None:
        """Handled in time, of those that were closed and can be compared; ``None`` where there are none."""
        compared = self.in_time + self.late
        return self.in_time / compared if compared else None


class Handled:
    """Endings by urgency and by month of receipt."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._urgencies: Counter[tuple[Urgency, Ending]] = Counter()
        self._months: Counter[tuple[str, Ending]] = Counter()

    def add(self, row: ReportRow) -> None:
        """Count a row."""
        ending = ending_of(row.closed, row.resolve_by)
        self._urgencies[row.urgency, ending] += 1
        if row.received is not None:
            self._months[f"{row.received:%Y-%m}", ending] += 1

    def total(self) -> Rate:
        """All rows."""
        total: Counter[Ending] = Counter()
        for (_, ending), number in self._urgencies.items():
            total[ending] += number
        return _rate(total)

    def of(self, urgency: Urgency) -> Rate:
        """Rows of one urgency."""
        return _rate(Counter({e: n for (u, e), n in self._urgencies.items() if u is urgency}))

    def by_month(self) -> list[tuple[str, Rate]]:
        """Months in order."""
        months = sorted({month for month, _ in self._months})
        return [(m, _rate(Counter({e: n for (x, e), n in self._months.items() if x == m}))) for m in months]


def ending_of(closed: str, resolve_by: str) -> Ending:
    """How a complaint ended; ``resolve_by`` is ISO 8601 with offset, ``closed`` as the archive writes times.

    A time of closing without zone is that of the shop, as the deadline is. One without hours says nothing on the very
    day of the deadline.
    """
    if not closed.strip():
        return "not_closed" if resolve_by else "unknown"
    moment, has_hours = read_time(closed)
    if moment is None or not resolve_by:
        return "unknown"
    due = datetime.fromisoformat(resolve_by)
    moment = moment.replace(tzinfo=due.tzinfo) if moment.tzinfo is None else moment
    if not has_hours and moment.date() == due.date():
        return "unknown"
    return "in_time" if moment <= due else "late"


def _rate(counts: Counter[Ending]) -> Rate:
    return Rate(counts["in_time"], counts["late"], counts["not_closed"], counts["unknown"])
