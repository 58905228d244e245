"""What the neighbourhood of a danger word says about it: asserted, denied, asked, past, a name…

The cue words are data (``knowledge/context.yaml``); here is only how far each reaches. A cue speaks for hits
in its own clause, so a denial of one danger does not silence another in the next clause.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from triage.rules.matcher import Hits, Occurrence, WordHit
from triage.types import Clause, Status


@dataclass(frozen=True, slots=True)
class CueGroup:
    """Words that give a hit a status.

    Attributes:
        status: the status given.
        where: the cue stands ``before`` or ``after`` the hit.
        within: characters at most between cue and hit.
        scope: the cue reaches through its ``clause`` or its ``sentence``.
        words: the cues.
    """

    status: Status
    where: Literal["before", "after"]
    within: int
    scope: Literal["clause", "sentence"]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContextRules:
    """All cues: groups by reach, and the few constructions that take two cues."""

    groups: tuple[CueGroup, ...]
    shields: frozenset[str]
    """Words that hold a cue inside but are none: 没想到, 有没有, 好像."""
    rhetorical: frozenset[str]
    """What opens a question that asserts: 难道没看到."""
    names: frozenset[str]
    """Names and figures of speech that hold a danger word inside: 火锅, 蟑螂药, 气炸."""
    speech: frozenset[str]
    """Words that make a following denial a quoted assurance: 店员说, 保证."""
    past: frozenset[str]
    settled: frozenset[str]
    comparison: frozenset[str]
    """What opens a comparison (像); with a word of ``comparison_end`` behind the hit it is figurative."""
    comparison_end: frozenset[str]

    def words(self) -> Iterator[str]:
        """Every word that must be looked for."""
        for group in self.groups:
            yield from group.words
        for words in (self.shields, self.rhetorical, self.names, self.speech, self.past, self.settled):
            yield from words
        yield from self.comparison | self.comparison_end


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of one occurrence and the cue that decided it, if any."""

    status: Status
    cue: WordHit | None = None


ASSERTED = Verdict(Status.ASSERTED)


class ContextReader:
    """Reads the neighbourhoods of one text; built once for each text that has hits."""

    def __init__(self, rules: ContextRules, hits: Hits, clauses: tuple[Clause, ...]) -> None:
        """Sort out which cues the text holds at all."""
        self._rules = rules
        self._clauses = clauses
        self._starts = [clause.start for clause in clauses]
        self._names = _collect(rules.names, hits)
        shields = [*_collect(rules.shields, hits), *self._rhetorical_clauses(hits)]
        self._groups = [
            (group, cues)
            for group in rules.groups
            if (cues := [cue for cue in _collect(group.words, hits) if not _is_inside(cue, shields)])
        ]
        self._speech = _collect(rules.speech, hits)
        self._past = _collect(rules.past, hits)
        self._settled = _collect(rules.settled, hits)
        self._comparison = [cue for cue in _collect(rules.comparison, hits) if not _is_inside(cue, shields)]
        self._comparison_end = _collect(rules.comparison_end, hits)

    def verdict(self, occurrence: Occurrence, unless: frozenset[Status]) -> Verdict:
        """The first status of ``unless`` that the neighbourhood gives; otherwise asserted."""
        for verdict in self._verdicts(occurrence):
            if verdict.status in unless:
                return verdict
        return ASSERTED

    def clause_of(self, position: int) -> Clause:
        """The clause that holds a position of the text."""
        return self._clauses[max(0, bisect_right(self._starts, position) - 1)]

    def _rhetorical_clauses(self, hits: Hits) -> list[WordHit]:
        opened = (self.clause_of(hit.start) for hit in _collect(self._rules.rhetorical, hits))
        return [WordHit(clause.start, clause.end) for clause in opened]

    def _verdicts(self, occurrence: Occurrence) -> Iterator[Verdict]:
        for step in occurrence.steps:
            for name in self._names:
                if _is_inside(step, [name]) and name != step:
                    yield Verdict(Status.NAMED, name)
        for group, cues in self._groups:
            cue = self._nearest_cue(group, cues, occurrence)
            if cue is not None:
                yield self._cued(group, cue)
        yield from self._constructions(occurrence)

    def _cued(self, group: CueGroup, cue: WordHit) -> Verdict:
        if group.status is Status.DENIED and group.where == "before":
            clause = self.clause_of(cue.start)
            for speech in self._speech:
                if clause.start <= speech.start and speech.end <= cue.start:
                    return Verdict(Status.ASSURED, speech)
        return Verdict(group.status, cue)

    def _nearest_cue(self, group: CueGroup, cues: list[WordHit], occurrence: Occurrence) -> WordHit | None:
        for step in occurrence.steps:
            for cue in cues:
                if group.where == "before":
                    distance = step.start - cue.end
                else:
                    distance = cue.start - step.end
                near = 0 <= distance <= group.within and self._same_scope(group, cue, step)
                # A cue that belongs to the pattern itself (「没有灭火器」) does not speak about it.
                if near and not any(_overlaps(cue, own) for own in occurrence.steps):
                    return cue
        return None

    def _same_scope(self, group: CueGroup, cue: WordHit, step: WordHit) -> bool:
        first, second = self.clause_of(cue.start), self.clause_of(step.start)
        return first.sentence == second.sentence if group.scope == "sentence" else first is second

    def _constructions(self, occurrence: Occurrence) -> Iterator[Verdict]:
        clause = self.clause_of(occurrence.start)
        if self._settled:
            for cue in self._past:
                # The time often stands in a sentence of its own: 「三年前的事了。那次摔断了腿，早就赔了。」
                sentences = clause.sentence - self.clause_of(cue.start).sentence
                if cue.end <= occurrence.end and 0 <= sentences <= 1:
                    yield Verdict(Status.PAST, cue)
        for cue in self._comparison:
            opened = clause.start <= cue.start and 0 <= occurrence.start - cue.end <= 6
            if opened and any(0 <= end.start - occurrence.end <= 3 for end in self._comparison_end):
                yield Verdict(Status.FIGURATIVE, cue)


def _collect(words: frozenset[str], hits: Hits) -> list[WordHit]:
    # Sorted: the order of a set differs from process to process.
    return sorted(hit for word in words & hits.keys() for hit in hits[word])


def _is_inside(hit: WordHit, others: Iterable[WordHit]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def _overlaps(a: WordHit, b: WordHit) -> bool:
    return a.start < b.end and b.start < a.end
