"""Steps and when they are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from triage.policy.calendar import WorkingDays
from triage.policy.deadlines import AT_ONCE, Step, Term, promise, schedule
from triage.types import Deadline

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingDays("CN", SHANGHAI, frozenset(), frozenset(), frozenset({2026}))
RECEIVED = datetime(2026, 11, 19, 22, 30, tzinfo=SHANGHAI)  # a Thursday


def step(id_: str, term: Term, after: str = "received", condition: str = "") -> Step:
    """Return a step of no particular name."""
    return Step(id_, "步骤", term, promise(term), after, condition)


def deadlines(*steps: Step, now: datetime = RECEIVED, received: datetime = RECEIVED) -> tuple[Deadline, ...]:
    """Schedule steps on the calendar above."""
    return schedule(steps, received, now, CALENDAR)


@pytest.mark.parametrize(
    ("term", "due"),
    [
        (AT_ONCE, RECEIVED),
        (timedelta(minutes=30), datetime(2026, 11, 19, 23, 0, tzinfo=SHANGHAI)),
        (timedelta(hours=48), datetime(2026, 11, 21, 22, 30, tzinfo=SHANGHAI)),  # runs on into Saturday
        (2, datetime(2026, 11, 23, 22, 30, tzinfo=SHANGHAI)),
        (None, None),
    ],
)
def test_minutes_and_hours_run_round_the_clock_and_working_days_do_not(
    term: Term, due: datetime | None
) -> None:
    """Night and weekend stop no clock; only working days leave them out."""
    (deadline,) = deadlines(step("x", term))
    assert deadline.due_at == due


def test_a_step_counts_from_the_due_time_of_another() -> None:
    """The call back is counted from the latest moment of the solution, the second try from the call back."""
    found = deadlines(
        step("resolve", timedelta(hours=48)), step("call_back", 1, "resolve"), step("redo", 3, "call_back")
    )
    assert [deadline.due_at and deadline.due_at.isoformat() for deadline in found] == [
        "2026-11-21T22:30:00+08:00",
        "2026-11-23T23:59:59+08:00",
        "2026-11-26T23:59:59+08:00",
    ]


def test_what_counts_from_a_provisional_step_is_provisional() -> None:
    """Doubt about a date is handed on, even to steps of a few hours."""
    found = deadlines(
        step("resolve", 1),
        step("report", timedelta(hours=1), "resolve"),
        step("other", timedelta(hours=1)),
        received=datetime(2026, 12, 31, 9, 0, tzinfo=SHANGHAI),
    )
    assert [deadline.provisional for deadline in found] == [True, True, False]


def test_past_deadlines_are_marked_overdue() -> None:
    """A deadline that lies before the moment of judging is overdue; one without end never is."""
    found = deadlines(
        step("first_contact", timedelta(minutes=30)),
        step("plan", timedelta(hours=2)),
        step("resolve", None),
        now=RECEIVED + timedelta(hours=1),
    )
    assert [deadline.overdue for deadline in found] == [True, False, False]


@pytest.mark.parametrize(("late", "overdue"), [(60, False), (61, True)])
def test_what_is_due_at_once_may_take_a_minute(late: int, overdue: bool) -> None:
    """Times are kept to the minute: the seconds a complaint travels make no one late."""
    (deadline,) = deadlines(step("report", AT_ONCE), now=RECEIVED + timedelta(seconds=late))
    assert deadline.overdue is overdue


def test_hours_are_real_hours_where_clocks_are_put_forward() -> None:
    """24 hours over the start of summer time end an hour later on the wall clock."""
    berlin = ZoneInfo("Europe/Berlin")
    received = datetime(2026, 3, 28, 12, 0, tzinfo=berlin)
    (deadline,) = deadlines(step("x", timedelta(hours=24)), received=received)
    assert deadline.due_at is not None
    assert deadline.due_at.isoformat() == "2026-03-29T13:00:00+02:00"
    assert deadline.due_at.astimezone(UTC) - received.astimezone(UTC) == timedelta(hours=24)


def test_a_deadline_says_what_it_is() -> None:
    """Identifier, name, promise and condition come from the step."""
    (deadline,) = deadlines(Step("redo", "重新处理", 3, "3个工作日内", condition="回访时顾客仍不满意"))
    assert (deadline.step, deadline.name, deadline.rule, deadline.condition) == (
        "redo",
        "重新处理",
        "3个工作日内",
        "回访时顾客仍不满意",
    )


@pytest.mark.parametrize(
    ("term", "after", "text"),
    [
        (AT_ONCE, "", "立即"),
        (timedelta(minutes=30), "", "30分钟内"),
        (timedelta(minutes=90), "", "90分钟内"),
        (timedelta(hours=48), "", "48小时内"),
        (1, "", "1个工作日内"),
        (None, "", "直至解决"),
        (3, "回访", "「回访」后3个工作日内"),
    ],
)
def test_a_term_is_said_in_chinese(term: Term, after: str, text: str) -> None:
    """The promise is worded from the term, so that the two cannot disagree."""
    assert promise(term, after) == text
