"""Times as archives write them, and by when an old complaint should have been resolved."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from triage.engine import Engine
from triage.errors import InputError
from triage.policy.deadlines import Step, schedule
from triage.policy.policy import Policy
from triage.policy.received import IN_FUTURE, settle
from triage.policy.routing import Case

LAST_STEPS = ("resolve", "solution", "answer")
"""The step of a policy that ends a complaint: the first of these that it has."""

_WRITTEN = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[ T]+(?P<hour>\d{1,2})[:：时時点點](?P<minute>\d{1,2})分?(?:[:：]?(?P<second>\d{1,2})(?:\.\d+)?秒?)?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def read_time(value: Any) -> tuple[datetime | None, bool]:  # noqa: ANN401 - whatever a table holds
    """A moment, with or without zone, and whether it has hours; ``(None, False)`` where there is none.

    Understood are datetimes, ISO 8601, and forms such as ``2024/3/5 9:07`` or ``2024年3月5日 9:07``.
    """
    if isinstance(value, datetime):
        return value, value.time() != time.min  # tables write a date as its midnight
    match = _WRITTEN.fullmatch(str(value).strip()) if value is not None else None
    if match is None:
        return None, False
    year, month, day, hour, minute, second = (
        int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    zone = (match["zone"] or "").replace("Z", "+00:00")
    try:
        text = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"
        return datetime.fromisoformat(text), match["hour"] is not None
    except ValueError:
        return None, False


class Deadlines:
    """By when complaints should have been resolved, by the policy in force."""

    def __init__(self, engine: Engine, policy: Policy, now: datetime) -> None:
        """``now`` is the moment at which the run began: later times of receipt are unusable."""
        self._engine = engine
        self._policy = policy
        self._now = now
        self._steps: dict[Case, tuple[Step, ...]] = {}

    def resolve_by(self, case: Case, received: Any, store: str | None) -> str | None:  # noqa: ANN401
        """ISO 8601 with offset; empty where the policy sets no time; ``None`` where ``received`` cannot be used.

        A date without hours cannot: from midnight on, deadlines would be overdue that are not.
        """
        given, has_hours = read_time(received)
        if given is None or not has_hours:
            return None
        place = self._engine.stores.find(store or self._engine.default_store)
        try:
            moment, notes = settle(given, self._now, place.zone)
        except InputError:
            return None
        if IN_FUTURE in notes:
            return None
        deadlines = schedule(self._steps_to_the_end(case), moment, self._now, place.calendar)
        due = deadlines[-1].due_at if deadlines else None
        return due.isoformat() if due is not None else ""

    def _steps_to_the_end(self, case: Case) -> tuple[Step, ...]:
        """The step that ends a complaint, after those whose times it counts from; none where there is no such step."""
        steps = self._steps.get(case)
        if steps is None:
            by_id = {step.id: step for step in self._policy.plan(case).steps}
            found: list[Step] = []
            step = next((by_id[name] for name in LAST_STEPS if name in by_id), None)
            while step is not None:
                found.insert(0, step)
                step = by_id.get(step.after)
            steps = self._steps[case] = tuple(found)
        return steps
