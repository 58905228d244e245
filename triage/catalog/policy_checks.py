"""What a profile may not say, beyond the form of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.catalog.policy_schema import PolicyFile, RowEntry, StepEntry, WhenEntry
from triage.errors import Problem
from triage.policy.deadlines import RECEIVED


class PolicyChecker:
    """Looks through one profile and adds what is wrong to ``problems``."""

    def __init__(
        self,
        content: PolicyFile,
        path: str,
        topics: frozenset[str],
        hazards: frozenset[str],
        problems: list[Problem],
    ) -> None:
        self._content = content
        self._path = path
        self._topics = topics
        self._hazards = hazards
        self._areas = {topic.split(".")[0] for topic in topics}
        self._channels = {channel.id for channel in content.channels or ()}
        self._problems = problems

    def check(self) -> None:
        """Check everything."""
        self._check_categories()
        self._check_channels()
        for entry, when in self._conditions():
            self._check_condition(entry, when)
        for table in ("levels", "departments", "reply"):
            self._check_end(table, getattr(self._content, table))
        for number, step in enumerate(self._content.steps):
            self._check_start(step, self._content.steps[:number])

    def _add(self, entry: str, field: str, message: str) -> None:
        self._problems.append(Problem(self._path, entry, field, message))

    def _check_categories(self) -> None:
        names = self._content.categories
        for key in names:
            if key not in self._topics and key not in self._areas:
                self._add("categories", key, "unknown topic or category")
        for topic in sorted(self._topics):
            if topic not in names and topic.split(".")[0] not in names:
                self._add("categories", topic, "has no category name")

    def _check_channels(self) -> None:
        meant: dict[str, str] = {}
        for channel in self._content.channels or ():
            for word in (channel.id, channel.name, *channel.aliases):
                if meant.setdefault(word.casefold(), channel.id) != channel.id:
                    self._add(channel.id, "aliases", f"「{word}」 already means 「{meant[word.casefold()]}」")
        if self._content.default_channel not in self._channels:
            self._add("", "default_channel", f"unknown channel {self._content.default_channel}")

    def _conditions(self) -> Iterator[tuple[str, WhenEntry]]:
        content = self._content
        for table in ("levels", "departments", "notify", "reply", "actions", "reports"):
            for number, row in enumerate(getattr(content, table) or (), start=1):
                yield f"{table} {number}", row.when
        for step in content.steps:
            yield step.id, step.when

    def _check_condition(self, entry: str, when: WhenEntry) -> None:
        known = {
            "topics": self._topics,
            "categories": self._areas,
            "channels": self._channels,
            "hazards": self._hazards,
        }
        for field, words in known.items():
            for word in getattr(when, field) or ():
                if word not in words:
                    self._add(entry, f"when.{field}", f"unknown 「{word}」")

    def _check_end(self, table: str, rows: Sequence[RowEntry]) -> None:
        if rows[-1].when != WhenEntry():
            self._add(
                f"{table} {len(rows)}", "when", "the last row must catch the rest: leave out its `when`"
            )

    def _check_start(self, step: StepEntry, above: Sequence[StepEntry]) -> None:
        """Insist on a step above this one (so there is no circle) that is due wherever this one is."""
        if step.from_ == RECEIVED:
            return
        starts = [other for other in above if other.id == step.from_]
        case = step.when.condition(self._topics)
        conditions = [start.when.condition(self._topics) for start in starts]
        if not starts:
            self._add(step.id, "from", f"no step 「{step.from_}」 stands above this one")
        elif not any(condition.covers(case) for condition in conditions):
            self._add(step.id, "from", f"「{step.from_}」 does not apply wherever this step does")
        elif any(
            start.term is None and condition.meets(case)
            for start, condition in zip(starts, conditions, strict=True)
        ):
            self._add(step.id, "from", f"「{step.from_}」 lasts until solved and has no due time")
