"""What ``policies/*.yaml`` may hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from triage.catalog.schema import Entry, Text
from triage.policy.deadlines import AT_ONCE, RECEIVED, Term
from triage.policy.routing import Condition
from triage.types import Urgency

StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
ProfileId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
Texts = Annotated[list[Text], Field(min_length=1)]


class WhenEntry(Entry):
    """Conditions: any of each list, all of the lists; ``topics`` and ``categories`` are one list."""

    topics: Texts | None = None
    categories: Texts | None = None
    urgencies: (
        Annotated[list[Literal["minor", "general", "important", "urgent"]], Field(min_length=1)] | None
    ) = None
    channels: Texts | None = None
    hazards: Texts | None = None

    def condition(self, topics: frozenset[str]) -> Condition:
        """Resolve the categories among ``topics``."""
        return Condition(
            topics=self._chosen(topics),
            urgencies=frozenset(map(Urgency, self.urgencies)) if self.urgencies else None,
            channels=frozenset(self.channels) if self.channels else None,
            hazards=frozenset(self.hazards) if self.hazards else None,
        )

    def _chosen(self, topics: frozenset[str]) -> frozenset[str] | None:
        if self.topics is None and self.categories is None:
            return None
        categories = self.categories or ()
        inside = (topic for topic in topics if topic.split(".")[0] in categories)
        return frozenset([*(self.topics or ()), *inside])


class RowEntry(Entry):
    """A row of a table whose first fitting row counts."""

    when: WhenEntry = WhenEntry()
    then: Text


class RowsEntry(Entry):
    """A row of a table whose fitting rows add up."""

    when: WhenEntry = WhenEntry()
    then: Texts


class ReportEntry(Entry):
    """A written report: who writes it, who checks it, who receives it."""

    when: WhenEntry = WhenEntry()
    name: Text
    by: Text
    checked_by: list[Text] = Field([])
    to: Text

    @property
    def text(self) -> str:
        """The report in a line of Chinese."""
        checked = f"，{'、'.join(self.checked_by)}审核" if self.checked_by else ""
        return f"《{self.name}》（{self.by}撰写{checked}，呈报{self.to}）"


class WithinEntry(Entry):
    """A time allowed, in exactly one unit."""

    minutes: int | None = Field(None, gt=0)
    hours: int | None = Field(None, gt=0)
    working_days: int | None = Field(None, gt=0, le=250)

    @model_validator(mode="after")
    def _one_unit(self) -> WithinEntry:
        if sum(value is not None for value in (self.minutes, self.hours, self.working_days)) != 1:
            raise ValueError("give exactly one of `minutes`, `hours`, `working_days`")
        return self

    @property
    def term(self) -> timedelta | int:
        """The time as :data:`triage.policy.deadlines.Term`."""
        if self.working_days is not None:
            return self.working_days
        return timedelta(minutes=self.minutes or 0, hours=self.hours or 0)


class StepEntry(Entry):
    """A step and the time allowed for it; ``promise`` replaces the wording made from the time."""

    id: StepId
    name: Text
    when: WhenEntry = WhenEntry()
    within: WithinEntry | None = None
    at_once: Literal[True] | None = None
    until_solved: Literal[True] | None = None
    from_: StepId = Field(RECEIVED, alias="from")
    condition: str = ""
    promise: Text | None = None

    @model_validator(mode="after")
    def _consistent(self) -> StepEntry:
        if sum(value is not None for value in (self.within, self.at_once, self.until_solved)) != 1:
            raise ValueError("give exactly one of `within`, `at_once`, `until_solved`")
        if self.id == RECEIVED:
            raise ValueError(f"`{RECEIVED}` is what steps count from and cannot be a step")
        return self

    @property
    def term(self) -> Term:
        """The time allowed."""
        if self.within is not None:
            return self.within.term
        return AT_ONCE if self.at_once else None


class ChannelEntry(Entry):
    """A channel and the words by which intake systems call it."""

    id: StepId
    name: Text
    aliases: list[Text] = Field([])
    duty: str = ""


class RecordedEntry(Entry):
    """What is written down of a complaint."""

    required: Texts
    optional: list[Text] = Field([])


class KpiEntry(Entry):
    """A figure to be watched."""

    name: Text
    target: Text
    every: Text


class PolicyFile(Entry):
    """A profile; the parts with ``None`` may come from the profile named by ``extends``."""

    id: ProfileId
    name: Text
    version: int = Field(ge=1)
    source: Text
    extends: ProfileId | None = None
    channels: Annotated[list[ChannelEntry], Field(min_length=1)] | None = None
    default_channel: Text | None = None
    departments: Annotated[list[RowEntry], Field(min_length=1)] | None = None
    notify: list[RowsEntry] | None = None
    reply: Annotated[list[RowEntry], Field(min_length=1)] | None = None
    categories: dict[Text, Text] = Field(min_length=1)
    levels: list[RowEntry] = Field(min_length=1)
    steps: list[StepEntry] = Field(min_length=1)
    actions: list[RowsEntry] = Field([])
    reports: list[ReportEntry] = Field([])
    recorded: RecordedEntry
    merging: Text
    kpis: list[KpiEntry] = Field([])
    guidance: list[Text] = Field([])


INHERITED = ("channels", "default_channel", "departments", "notify", "reply")
"""How a house is organised: what a profile may take over from another one."""
