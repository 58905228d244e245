"""How good hazard rules are: a set of rules against labelled complaints, and two sets against each other.

Nothing is read or printed here. A complaint raises an *alarm* when at least one rule that judges, which no draft
does, confirms its hazard. Drafts are scored beside the others, so that one can be tried before it judges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from triage.rules.rule import Rule
from triage.types import Signal, Status

OTHER_TOPICS = None
"""Stands in :class:`TopicScore` for all topics that no rule confirms."""

Recognize = Callable[[str], Sequence[Signal]]
Presence = Literal["kept", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled complaint, and the line of the file it stands in; ``topic`` may be unknown."""

    file: str
    line: int
    text: str
    topic: str | None
    emergency: bool


@dataclass(frozen=True)
class Reading:
    """What a set of rules found in cases, case by case and in their order.

    Attributes:
        rules: the rules, drafts included.
        cases: the labelled complaints.
        confirmed: ids of the rules that confirmed their hazard, drafts included.
        dismissed: rules that were met and explained away, with the status that did it.
    """

    rules: tuple[Rule, ...]
    cases: tuple[Case, ...]
    confirmed: tuple[frozenset[str], ...]
    dismissed: tuple[tuple[tuple[str, Status], ...], ...]

    @cached_property
    def alarms(self) -> tuple[frozenset[str], ...]:
        """As ``confirmed``, without drafts."""
        judging = frozenset(rule.id for rule in self.rules if not rule.draft)
        return tuple(rules & judging for rules in self.confirmed)

    def emergencies(self) -> Iterator[int]:
        """Positions of the cases labelled as emergencies."""
        return (index for index, case in enumerate(self.cases) if case.emergency)

    def ordinary(self) -> Iterator[int]:
        """Positions of all other cases."""
        return (index for index, case in enumerate(self.cases) if not case.emergency)


@dataclass(frozen=True, slots=True)
class RuleScore:
    """One rule: emergencies it confirmed, ordinary complaints it confirmed, and what it dismissed.

    ``alone`` counts the hits that no other judging rule confirms: what would be missed without it.
    """

    rule: Rule
    hits: int
    false_alarms: int
    alone: int
    dismissed: tuple[tuple[Status, int], ...]

    @property
    def precision(self) -> float | None:
        """Share of hits among all it confirmed; ``None`` where it confirmed nothing."""
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def silent(self) -> bool:
        """Whether it was never met."""
        return not (self.hits or self.false_alarms or self.dismissed)


@dataclass(frozen=True, slots=True)
class TopicScore:
    """The emergencies of one topic: how many raised an alarm, and how many by a rule of that very topic."""

    topic: str | None
    emergencies: int
    found: int
    found_as_such: int

    @property
    def recall(self) -> float | None:
        """Share of emergencies that raised an alarm."""
        return _share(self.found, self.emergencies)


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of one set of rules; ``missed`` and ``false_alarms`` are positions among the cases."""

    rules: tuple[RuleScore, ...]
    topics: tuple[TopicScore, ...]
    emergencies: int
    ordinary: int
    missed: tuple[int, ...]
    false_alarms: tuple[int, ...]

    @property
    def found(self) -> int:
        """Emergencies that raised an alarm."""
        return self.emergencies - len(self.missed)

    @property
    def recall(self) -> float | None:
        """Share of emergencies that raised an alarm."""
        return _share(self.found, self.emergencies)

    @property
    def false_alarm_share(self) -> float | None:
        """Share of ordinary complaints that raised an alarm."""
        return _share(len(self.false_alarms), self.ordinary)


@dataclass(frozen=True, slots=True)
class Difference:
    """Positions of the cases on which two sets of rules, or two states of one rule, differ.

    ``found`` and ``lost`` are emergencies, ``raised`` and ``quieted`` ordinary complaints.
    """

    found: tuple[int, ...]
    lost: tuple[int, ...]
    raised: tuple[int, ...]
    quieted: tuple[int, ...]

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.found or self.lost or self.raised or self.quieted)


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """What became of one rule; ``kept`` rules stand on both sides."""

    rule: Rule
    presence: Presence
    cases: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change of the rules gains and loses; ``total`` counts alarms, whichever rule raised them."""

    rules: tuple[RuleDifference, ...]
    total: Difference


def read_cases(rules: Sequence[Rule], recognize: Recognize, cases: Iterable[Case]) -> Reading:
    """Run the rules over the cases; ``recognize`` must know drafts too if they are to be scored."""
    cases = tuple(cases)
    signals = [recognize(case.text) for case in cases]
    return Reading(
        rules=tuple(rules),
        cases=cases,
        confirmed=tuple(
            frozenset(signal.rule for signal in found if signal.status is Status.ASSERTED)
            for found in signals
        ),
        dismissed=tuple(
            tuple((signal.rule, signal.status) for signal in found if signal.status is not Status.ASSERTED)
            for found in signals
        ),
    )


def score(reading: Reading) -> Scores:
    """Count everything."""
    emergencies, ordinary = list(reading.emergencies()), list(reading.ordinary())
    return Scores(
        rules=_score_rules(reading),
        topics=_score_topics(reading),
        emergencies=len(emergencies),
        ordinary=len(ordinary),
        missed=tuple(index for index in emergencies if not reading.alarms[index]),
        false_alarms=tuple(index for index in ordinary if reading.alarms[index]),
    )


def compare(before: Reading, after: Reading) -> Comparison:
    """What ``after`` gains and loses against ``before``; both must have read the same cases.

    Rules stand in the order of ``after``, followed by those that are gone; rules without a difference that
    stand on both sides are left out.
    """
    old = {rule.id: rule for rule in before.rules}
    new = {rule.id: rule for rule in after.rules}
    differences = [
        RuleDifference(new.get(rule) or old[rule], _presence(rule, old, new), _differ(before, after, rule))
        for rule in new | old
    ]
    return Comparison(
        rules=tuple(item for item in differences if item.cases or item.presence != "kept"),
        total=_differ(before, after),
    )


def _score_rules(reading: Reading) -> tuple[RuleScore, ...]:
    hits: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    false_alarms: Counter[str] = Counter()
    for index in reading.emergencies():
        hits.update(reading.confirmed[index])
        alone.update(rule for rule in reading.confirmed[index] if not reading.alarms[index] - {rule})
    for index in reading.ordinary():
        false_alarms.update(reading.confirmed[index])
    dismissed = Counter(item for found in reading.dismissed for item in found)
    return tuple(
        RuleScore(
            rule=rule,
            hits=hits[rule.id],
            false_alarms=false_alarms[rule.id],
            alone=alone[rule.id],
            dismissed=tuple((status, count) for status in Status if (count := dismissed[rule.id, status])),
        )
        for rule in reading.rules
    )


def _score_topics(reading: Reading) -> tuple[TopicScore, ...]:
    topic_of = {rule.id: rule.topic for rule in reading.rules}
    topics = dict.fromkeys(topic for topic in topic_of.values() if topic is not None)
    scores = {topic: [0, 0, 0] for topic in (*topics, OTHER_TOPICS)}
    for index in reading.emergencies():
        topic = reading.cases[index].topic
        alarms = reading.alarms[index]
        counts = scores[topic if topic in topics else OTHER_TOPICS]
        counts[0] += 1
        counts[1] += bool(alarms)
        counts[2] += any(topic_of[rule] in (topic, None) for rule in alarms)
    return tuple(TopicScore(topic, *counts) for topic, counts in scores.items())


def _differ(before: Reading, after: Reading, rule: str | None = None) -> Difference:
    """The cases on which the alarms differ, those of one rule or of any."""

    def alarmed(reading: Reading, index: int) -> bool:
        alarms = reading.alarms[index]
        return bool(alarms) if rule is None else rule in alarms

    def turned(cases: Iterable[int], *, on: bool) -> tuple[int, ...]:
        return tuple(i for i in cases if alarmed(before, i) is not on and alarmed(after, i) is on)

    return Difference(
        found=turned(after.emergencies(), on=True),
        lost=turned(after.emergencies(), on=False),
        raised=turned(after.ordinary(), on=True),
        quieted=turned(after.ordinary(), on=False),
    )


def _presence(rule: str, old: Iterable[str], new: Iterable[str]) -> Presence:
    if rule not in old:
        return "new"
    return "kept" if rule in new else "gone"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
