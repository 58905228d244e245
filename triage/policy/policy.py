"""From an assessment to a disposition, by one policy profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from triage.policy.deadlines import Step, schedule
from triage.policy.profile import Profile
from triage.policy.received import settle
from triage.policy.routing import Case, every, first
from triage.policy.stores import Store
from triage.types import Assessment, Complaint, Deadline, Disposition, Routing

UNKNOWN_CHANNEL = "渠道未登记，按「{name}」处理"
PROVISIONAL = "部分期限跨入工作日历尚未公布的年份，暂按已知安排和周末推算"


class Plan(NamedTuple):
    """What a profile asks for in one case, before any time is known."""

    routing: Routing
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """A profile at work."""

    profile: Profile
    # There are a few hundred cases at most; each is worked out once. Filling the table changes no answer.
    _plans: dict[Case, Plan] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The name by which callers choose this policy."""
        return self.profile.id

    def dispose(
        self, assessment: Assessment, complaint: Complaint, now: datetime, store: Store
    ) -> Disposition:
        """Say who must act, what is owed and by when.

        Args:
            assessment: the judgement; its topic must be one that the profile was loaded for.
            complaint: gives channel and time of receipt.
            now: zone-aware moment of judging.
            store: where the complaint belongs; its zone is that of all times returned.

        Raises:
            InputError: the time of receipt cannot be used.
            ValueError: ``now`` has no zone.
        """
        if now.utcoffset() is None:
            raise ValueError("now must be zone-aware")
        received, notes = settle(complaint.received_at, now, store.zone)
        channel, assumed = self._channel(complaint.channel)
        plan = self.plan(Case(assessment.topic, assessment.urgency, channel, assessment.hazards))
        deadlines = schedule(plan.steps, received, now, store.calendar)
        return Disposition(
            routing=self._with_secondary(plan.routing, assessment, channel),
            deadlines=deadlines,
            received_at=received,
            notes=tuple(filter(None, (store.note, *notes, assumed, _calendar_note(deadlines)))),
        )

    def plan(self, case: Case) -> Plan:
        """Return what the profile asks for in ``case``."""
        plan = self._plans.get(case)
        if plan is None:
            plan = self._plans[case] = Plan(self._routing(case), self._steps(case))
        return plan

    def _routing(self, case: Case) -> Routing:
        profile = self.profile
        department = first(profile.departments, case)
        return Routing(
            policy=profile.id,
            category_name=profile.categories[case.topic],
            level=first(profile.levels, case),
            department=department,
            notify=_others_than(department, every(profile.notify, case)),
            actions=every(profile.actions, case),
            reports=every(profile.reports, case),
            reply_by=first(profile.reply, case),
        )

    def _steps(self, case: Case) -> tuple[Step, ...]:
        fitting: dict[str, Step] = {}
        for row in self.profile.steps:
            if row.when.holds(case):
                fitting.setdefault(row.then.id, row.then)
        return tuple(fitting.values())

    def _channel(self, given: str | None) -> tuple[str, str]:
        """Return the channel's id and a note where it had to be assumed."""
        profile = self.profile
        if given is None or not given.strip():
            return profile.default_channel, ""
        known = profile.channel_ids.get(given.strip().casefold())
        if known is not None:
            return known, ""
        default = next(channel for channel in profile.channels if channel.id == profile.default_channel)
        return default.id, UNKNOWN_CHANNEL.format(name=default.name)

    def _with_secondary(self, routing: Routing, assessment: Assessment, channel: str) -> Routing:
        """Tell the departments of the secondary topics too."""
        if not assessment.secondary_topics:
            return routing
        others = [
            self.plan(Case(topic, assessment.urgency, channel)).routing.department
            for topic in assessment.secondary_topics
        ]
        told = _others_than(routing.department, (*routing.notify, *others))
        return replace(routing, notify=told)


def _others_than(department: str, told: Iterable[str]) -> tuple[str, ...]:
    """Each party once, without the department that acts anyway."""
    return tuple(dict.fromkeys(name for name in told if name != department))


def _calendar_note(deadlines: tuple[Deadline, ...]) -> str:
    return PROVISIONAL if any(deadline.provisional for deadline in deadlines) else ""
