"""Working days of a region, and counting them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SATURDAY = 5
_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days on which a region works.

    Attributes:
        region: identifier, e.g. ``CN``.
        zone: the zone whose midnight ends a day.
        holidays: days off; those on a weekend change nothing.
        workdays: working days that would otherwise be free (mainland make-up days, 调休).
        published: years whose calendar the authorities have fixed. Of other years little or nothing is known,
            so that a result there is provisional.
    """

    region: str
    zone: ZoneInfo
    holidays: frozenset[date]
    workdays: frozenset[date]
    published: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Make-up days work, holidays do not, and otherwise Monday to Friday."""
        if day in self.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add_working_days(self, moment: datetime, count: int) -> tuple[datetime, bool]:
        """Return the moment ``count`` working days later, and whether that is provisional.

        From a working day the clock time is kept: Thursday 15:10 and one working day give Friday 15:10. From
        a free day the count starts at the midnight that ends the free days, so that the last working day is
        there in full: Saturday 10:00 and one working day give Monday 23:59:59.

        The result is provisional when the count touches a year that is not in ``published``.

        Raises:
            ValueError: ``moment`` has no zone, or ``count`` is below one.
        """
        if moment.tzinfo is None or count < 1:
            raise ValueError("a zone-aware moment and at least one working day are needed")
        local = moment.astimezone(self.zone)
        first = local.date()
        last = self._nth_after(first, count)
        at = local.time() if self.is_working_day(first) else _END_OF_DAY
        return datetime.combine(last, at, self.zone), not self._is_published(first, last)

    def _nth_after(self, day: date, count: int) -> date:
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def _is_published(self, first: date, last: date) -> bool:
        return self.published.issuperset(range(first.year, last.year + 1))
