"""``calendars.yaml`` and ``calendars/*.yaml`` → :class:`triage.policy.calendar.WorkingDays`.

The days come from the ``holidays`` package, for the years that a file says are published, and from the files
themselves. Later files add to earlier ones, so that an organisation can add a year in a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from triage.catalog.files import KnowledgeFiles
from triage.catalog.public_holidays import public_holidays
from triage.catalog.schema import Entry, Text, raise_if_any, validate
from triage.catalog.zones import zone_or_problem
from triage.errors import Problem
from triage.policy.calendar import WorkingDays

FILE = "calendars.yaml"
FOLDER = "calendars"

Region = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]*$")]
Year = Annotated[int, Field(ge=2000, le=2100)]

_HALF_DAY = "（下午）"
_SATURDAY = 5


class PackageEntry(Entry):
    """What to take from the ``holidays`` package."""

    country: Text
    categories: list[Text] = Field(min_length=1)
    language: Text


class OverrideEntry(Entry):
    """A day that differs from the package, and who says so."""

    date: date
    kind: Literal["holiday", "workday"]
    name: Text
    source: Text


class CalendarEntry(Entry):
    """A region's calendar, or an addition to it: then only ``id`` is required."""

    id: Region
    name: Text | None = None
    zone: Text | None = None
    package: PackageEntry | None = None
    make_up_days: bool | None = None
    published: list[Year] = Field([])
    overrides: list[OverrideEntry] = Field([])


class CalendarsFile(Entry):
    """``calendars.yaml`` or ``calendars/*.yaml``."""

    version: int
    calendars: list[CalendarEntry] = Field(min_length=1)


def load_calendars(files: KnowledgeFiles) -> dict[str, WorkingDays]:
    """Read and check the calendars, by region.

    Raises:
        KnowledgeError: naming file, region and field of everything that is wrong; among it a year called
            published for which nothing is known, which would count as a year without holidays.
    """
    problems: list[Problem] = []
    entries: dict[str, CalendarEntry] = {}
    origin: dict[str, str] = {}
    for name in (FILE, *files.names(FOLDER)):
        path = str(files.path(name))
        content = validate(CalendarsFile, files.read(name), path, problems)
        for entry in content.calendars if content else ():
            entries[entry.id] = _merge(entries[entry.id], entry) if entry.id in entries else entry
            origin[entry.id] = path
    raise_if_any(problems)
    calendars = (_build(entry, origin[key], problems) for key, entry in entries.items())
    result = {calendar.region: calendar for calendar in calendars if calendar is not None}
    raise_if_any(problems)
    return result


def _merge(known: CalendarEntry, more: CalendarEntry) -> CalendarEntry:
    """Add the years and days of ``more``; anything else that it gives replaces what was known."""
    given = {field: getattr(more, field) for field in more.model_fields_set}
    given["published"] = [*known.published, *more.published]
    given["overrides"] = [*known.overrides, *more.overrides]
    return known.model_copy(update=given)


def _build(entry: CalendarEntry, path: str, problems: list[Problem]) -> WorkingDays | None:
    zone = zone_or_problem(entry.zone, path, entry.id, problems)
    days = _package_days(entry, path, problems)
    if zone is None or days is None:
        return None
    holidays, workdays = days
    for override in entry.overrides:  # the last word on a day wins
        chosen, other = (holidays, workdays) if override.kind == "holiday" else (workdays, holidays)
        chosen.add(override.date)
        other.discard(override.date)
    calendar = WorkingDays(
        entry.id, zone, frozenset(holidays), frozenset(workdays), frozenset(entry.published)
    )
    problems += _unknown_years(calendar, path, bool(entry.make_up_days))
    return calendar


def _package_days(
    entry: CalendarEntry, path: str, problems: list[Problem]
) -> tuple[set[date], set[date]] | None:
    """Holidays and make-up working days of the published years, or ``None`` and a problem."""
    if entry.package is None or not entry.published:
        return set(), set()
    package = entry.package
    try:
        found = public_holidays(package.country, entry.published, package.categories, package.language)
    except (NotImplementedError, ValueError) as error:
        problems.append(Problem(path, entry.id, "package", str(error)))
        return None
    # Half a day off is a day on which a customer can be called.
    free = {day for day, name in found.items() if not name.endswith(_HALF_DAY)}
    return free, set(found.weekend_workdays)


def _unknown_years(calendar: WorkingDays, path: str, make_up_days: bool) -> Iterable[Problem]:
    """Find published years of which nothing is known: the package answers for any year, and guesses."""
    with_holidays = {day.year for day in calendar.holidays if day.weekday() < _SATURDAY}
    with_make_up_days = {day.year for day in calendar.workdays if day.weekday() >= _SATURDAY}
    for year in sorted(calendar.published):
        if year not in with_holidays:
            yield Problem(path, calendar.region, "published", f"no holiday of {year} is known")
        if make_up_days and year not in with_make_up_days:
            yield Problem(
                path, calendar.region, "published", f"no make-up working day of {year} is known; list them"
            )
