"""Steps that a policy asks for, and when they are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from triage.policy.calendar import WorkingDays
from triage.types import Deadline

RECEIVED = "received"
"""What a step counts from, unless it names another step."""

AT_ONCE = timedelta(0)
"""The term of a step that is due at the moment it counts from."""

AT_ONCE_GRACE = timedelta(minutes=1)
"""Times are kept to the minute: a step due at once is overdue when a minute has passed."""

Term = timedelta | int | None
"""Time allowed: hours and minutes round the clock, a number of working days, or ``None`` until solved."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done.

    Attributes:
        id: identifier, e.g. ``call_back``.
        name: the step in Chinese.
        term: the time allowed.
        rule: the promise in Chinese, see :func:`promise`.
        after: the id of the step whose due time this one counts from, or :data:`RECEIVED`.
        condition: when the step applies, in Chinese; empty where it always does.
    """

    id: str
    name: str
    term: Term
    rule: str
    after: str = RECEIVED
    condition: str = ""


def promise(term: Term, after: str = "") -> str:
    """Say a term in Chinese; ``after`` is the Chinese name of the step it counts from, if any."""
    prefix = f"「{after}」后" if after else ""
    if term is None:
        return f"{prefix}直至解决"
    if isinstance(term, int):
        return f"{prefix}{term}个工作日内"
    minutes = int(term.total_seconds()) // 60
    if not minutes:
        return f"{prefix}立即"
    return f"{prefix}{minutes}分钟内" if minutes % 60 else f"{prefix}{minutes // 60}小时内"


def schedule(
    steps: Iterable[Step], received: datetime, now: datetime, calendar: WorkingDays
) -> tuple[Deadline, ...]:
    """Turn steps into deadlines, in the order given.

    A step that counts from another stands behind it and counts from its *due* time: nobody knows yet when it
    will really be done, so these are the latest moments allowed.

    Args:
        steps: the steps that apply.
        received: zone-aware; the result is in its zone.
        now: zone-aware; deadlines before it are marked overdue.
        calendar: the working days of the store.
    """
    # Counted in UTC: adding to a local time would miscount where clocks are put forward.
    due = {RECEIVED: (received.astimezone(UTC), False)}
    now = now.astimezone(UTC)
    deadlines = []
    for step in steps:
        if step.term is None:
            deadlines.append(Deadline(step.id, step.name, None, step.rule, condition=step.condition))
            continue
        start, shaky = due[step.after]
        moment, crossed = _later(start, step.term, calendar)
        provisional = shaky or crossed
        due[step.id] = moment, provisional
        local = moment.astimezone(received.tzinfo)
        overdue = moment < (now - AT_ONCE_GRACE if step.term == AT_ONCE else now)
        deadlines.append(Deadline(step.id, step.name, local, step.rule, provisional, overdue, step.condition))
    return tuple(deadlines)


def _later(start: datetime, term: timedelta | int, calendar: WorkingDays) -> tuple[datetime, bool]:
    if isinstance(term, timedelta):
        return start + term, False
    moment, provisional = calendar.add_working_days(start, term)
    return moment.astimezone(UTC), provisional
