"""Counting working days, on a small calendar made for the purpose."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.policy.calendar import WorkingDays

SHANGHAI = ZoneInfo("Asia/Shanghai")

# September 2026: Friday 25 is a holiday, Sunday 20 a make-up day.
CALENDAR = WorkingDays(
    region="CN",
    zone=SHANGHAI,
    holidays=frozenset({date(2026, 9, 25)}),
    workdays=frozenset({date(2026, 9, 20)}),
    published=frozenset({2026}),
)


def at(day: int, hour: int = 15, minute: int = 10, month: int = 9, year: int = 2026) -> datetime:
    """Return a moment in Shanghai, in September 2026 unless told."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("received", "count", "due"),
    [
        (at(16), 1, at(17)),  # Wednesday → Thursday
        (at(18), 1, at(20)),  # Friday → make-up Sunday
        (at(18), 2, at(21)),  # Friday → make-up Sunday → Monday
        (at(24), 1, at(28)),  # Thursday → over the holiday and the weekend
        (at(24), 3, at(30)),
        (at(20), 1, at(21)),  # received on a make-up day
    ],
)
def test_a_complaint_on_a_working_day_is_due_at_the_same_clock_time(
    received: datetime, count: int, due: datetime
) -> None:
    """From a working day, the clock time is kept and free days are stepped over."""
    assert CALENDAR.add_working_days(received, count) == (due, False)


@pytest.mark.parametrize("received", [at(25, 0, 0), at(26), at(27, 23, 59)])
def test_a_complaint_on_a_free_day_leaves_the_whole_working_day(received: datetime) -> None:
    """From a holiday, Saturday or Sunday, one working day ends when the next working day ends."""
    due, _ = CALENDAR.add_working_days(received, 1)
    assert due == datetime(2026, 9, 28, 23, 59, 59, tzinfo=SHANGHAI)


def test_the_local_day_counts() -> None:
    """20:00 UTC on Thursday is Friday in Shanghai, a holiday here."""
    due, _ = CALENDAR.add_working_days(datetime(2026, 9, 24, 20, tzinfo=UTC), 1)
    assert due == datetime(2026, 9, 28, 23, 59, 59, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("received", "provisional"),
    [
        (at(30, month=12), False),  # Wednesday → Thursday 31 December
        (at(31, month=12), True),  # → Friday 1 January 2027, of which nothing is known
        (at(31, month=12, year=2025), True),
        (at(5, month=1, year=2027), True),
    ],
)
def test_a_year_that_is_not_published_makes_the_result_provisional(
    received: datetime, provisional: bool
) -> None:
    """As soon as the count touches an unpublished year, only weekends are known to be free there."""
    assert CALENDAR.add_working_days(received, 1)[1] is provisional


def test_an_unpublished_year_between_two_published_ones_is_noticed() -> None:
    """Every year from the first day to the last must be published."""
    calendar = WorkingDays("X", SHANGHAI, frozenset(), frozenset(), frozenset({2025, 2027}))
    assert calendar.add_working_days(at(31, month=12, year=2025), 263)[1] is True


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_working_day_is_refused(count: int) -> None:
    """A promise of no working days is a mistake in the caller."""
    with pytest.raises(ValueError, match="working day"):
        CALENDAR.add_working_days(at(16), count)


def test_a_time_without_zone_is_refused() -> None:
    """The calendar cannot know which day it is without a zone."""
    with pytest.raises(ValueError, match="zone-aware"):
        CALENDAR.add_working_days(datetime(2026, 9, 16), 1)  # noqa: DTZ001


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 10, 31), timezones=st.just(SHANGHAI))  # noqa: DTZ001


@given(moments, st.integers(1, 30))
def test_the_due_day_is_the_nth_working_day_after_receipt(received: datetime, count: int) -> None:
    """Exactly ``count`` working days lie after the day of receipt, the due day included."""
    due, _ = CALENDAR.add_working_days(received, count)
    days = [received.date() + timedelta(n) for n in range(1, (due.date() - received.date()).days + 1)]
    assert sum(CALENDAR.is_working_day(day) for day in days) == count
    assert CALENDAR.is_working_day(due.date())


@given(moments, moments, st.integers(1, 10))
def test_who_complains_later_is_never_due_earlier(one: datetime, other: datetime, count: int) -> None:
    """Deadlines keep the order of receipt."""
    first, second = sorted((one, other))
    assert CALENDAR.add_working_days(first, count)[0] <= CALENDAR.add_working_days(second, count)[0]
