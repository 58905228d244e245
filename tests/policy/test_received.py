"""From which moment the times of a complaint run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from triage.errors import InputError
from triage.policy.received import CLOCK_SKEW, IN_FUTURE, NO_ZONE, settle

TAIPEI = ZoneInfo("Asia/Taipei")
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # 09:00 in Taipei


def test_without_a_time_the_moment_of_judging_counts() -> None:
    """A live complaint needs no time of its own, and nothing was assumed."""
    assert settle(None, NOW, TAIPEI) == (NOW, ())


def test_times_come_out_in_the_zone_of_the_store() -> None:
    """Whatever zone comes in, the store's clock is what people read."""
    moment, _ = settle(datetime(2026, 11, 19, 23, 30, tzinfo=UTC), NOW, TAIPEI)
    assert moment.isoformat() == "2026-11-20T07:30:00+08:00"


def test_a_time_without_zone_is_the_local_time_of_the_store() -> None:
    """Intake systems write down the clock on their wall; a note says that this was assumed."""
    moment, notes = settle(datetime(2026, 11, 20, 7, 30), NOW, TAIPEI)  # noqa: DTZ001
    assert moment.isoformat() == "2026-11-20T07:30:00+08:00"
    assert notes == (NO_ZONE,)


def test_an_old_time_is_honoured() -> None:
    """Old tickets can be judged anew as of the day they came in."""
    old = datetime(2020, 2, 3, 8, 0, tzinfo=TAIPEI)
    assert settle(old, NOW, TAIPEI) == (old, ())


def test_a_time_in_the_future_gives_way_to_now() -> None:
    """Nobody has yet received what is dated tomorrow; waiting for it would lose a day."""
    assert settle(NOW + timedelta(days=1), NOW, TAIPEI) == (NOW, (IN_FUTURE,))


def test_a_local_time_in_the_future_gets_both_notes() -> None:
    """Both assumptions are told."""
    moment, notes = settle(datetime(2026, 11, 21, 9, 0), NOW, TAIPEI)  # noqa: DTZ001
    assert (moment, notes) == (NOW, (NO_ZONE, IN_FUTURE))


def test_clocks_may_differ_by_five_minutes() -> None:
    """A time a little ahead is taken as it is; one second more is not."""
    assert settle(NOW + CLOCK_SKEW, NOW, TAIPEI) == (NOW + CLOCK_SKEW, ())
    assert settle(NOW + CLOCK_SKEW + timedelta(seconds=1), NOW, TAIPEI)[0] == NOW


@pytest.mark.parametrize(
    "given",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59),  # noqa: DTZ001
        datetime(1999, 12, 31, 15, 59, tzinfo=UTC),  # one minute to 2000 in Taipei
        datetime.min,  # noqa: DTZ901
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=12))),
    ],
)
def test_a_time_that_cannot_be_right_is_refused(given: datetime) -> None:
    """Epoch zeros and the ends of the calendar are faults of the sender, who is told the field."""
    with pytest.raises(InputError) as caught:
        settle(given, NOW, TAIPEI)
    assert caught.value.field == "received_at"


def test_the_last_moments_before_2000_and_the_first_after_are_told_apart() -> None:
    """The border is local midnight."""
    assert settle(datetime(2000, 1, 1), NOW, TAIPEI)[0].year == 2000  # noqa: DTZ001
