"""What the neighbourhood of a danger word says about it: asserted, denied, asked, past, a name…

A cue speaks for hits in its own clause, so a denial of one danger does not silence another in the next clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.rules.context import COMPARISON_END_WITHIN, COMPARISON_WITHIN, ContextRules, CueGroup
from triage.rules.layout import Layout
from triage.rules.matcher import Hits
from triage.rules.occurrences import Occurrence
from triage.rules.places import Place, Places, overlaps
from triage.types import Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of one occurrence and the cue that decided it, if any."""

    status: Status
    cue: Place | None = None


ASSERTED = Verdict(Status.ASSERTED)


class ContextReader:
    """Reads the neighbourhoods of one text; built once for each text that has hits."""

    def __init__(self, rules: ContextRules, hits: Hits, layout: Layout) -> None:
        """Read a text by its cues, among ``hits``, and by its clauses."""
        self._rules = rules
        self._hits = hits
        self._layout = layout
        openings = hits.of(rules.rhetorical).all
        self._rhetorical = {layout.clause_of(start) for start, _ in openings}
        self._verdicts: dict[tuple[Occurrence, frozenset[Status]], Verdict] = {}

    def verdict(self, occurrence: Occurrence, unless: frozenset[Status]) -> Verdict:
        """The first status of ``unless`` that the neighbourhood gives; otherwise asserted."""
        key = occurrence, unless
        if key not in self._verdicts:
            verdicts = self._read(occurrence)
            self._verdicts[key] = next((one for one in verdicts if one.status in unless), ASSERTED)
        return self._verdicts[key]

    def _read(self, occurrence: Occurrence) -> Iterator[Verdict]:
        yield from self._named(occurrence)
        for group in self._rules.groups:
            cues = self._hits.of(group.words)
            cue = self._first_cue(group, cues, occurrence.steps) if cues.all else None
            if cue is not None:
                yield self._cued(group, cue)
        yield from self._settled(occurrence)
        yield from self._compared(occurrence)

    def _named(self, occurrence: Occurrence) -> Iterator[Verdict]:
        names = self._hits.of(self._rules.names)
        if names.all:
            for step in occurrence.steps:
                yield from (Verdict(Status.NAMED, name) for name in names.around(step) if name != step)

    def _first_cue(self, group: CueGroup, cues: Places, steps: Sequence[Place]) -> Place | None:
        for step in steps:
            for cue in _near(group, cues, step):
                # A cue that belongs to the pattern itself (「没有灭火器」) does not speak about it.
                own = any(overlaps(cue, one) for one in steps)
                if not own and self._same_scope(group, cue, step) and not self._is_shielded(cue):
                    return cue
        return None

    def _same_scope(self, group: CueGroup, cue: Place, step: Place) -> bool:
        first, second = self._layout.clause_of(cue[0]), self._layout.clause_of(step[0])
        return first.sentence == second.sentence if group.scope == "sentence" else first is second

    def _is_shielded(self, cue: Place) -> bool:
        if self._hits.of(self._rules.shields).around(cue):
            return True
        clause = self._layout.clause_of(cue[0])
        return clause in self._rhetorical and cue[1] <= clause.end

    def _cued(self, group: CueGroup, cue: Place) -> Verdict:
        if group.status is Status.DENIED and group.where == "before":
            clause = self._layout.clause_of(cue[0])
            speech = self._hits.of(self._rules.speech).first_within(clause.start, cue[0])
            if speech is not None:
                return Verdict(Status.ASSURED, speech)
        return Verdict(group.status, cue)

    def _settled(self, occurrence: Occurrence) -> Iterator[Verdict]:
        past = self._hits.of(self._rules.past)
        if past.all and self._hits.of(self._rules.settled).all:
            # The time often stands in a sentence of its own: 「三年前的事了。那次摔断了腿，早就赔了。」
            start = self._layout.start_of_last_sentence(occurrence.start)
            cue = past.first_within(start, occurrence.end)
            if cue is not None:
                yield Verdict(Status.PAST, cue)

    def _compared(self, occurrence: Occurrence) -> Iterator[Verdict]:
        start, end = occurrence.start, occurrence.end
        if self._hits.of(self._rules.comparison_end).starting(end, end + COMPARISON_END_WITHIN):
            clause = self._layout.clause_of(start)
            for cue in self._hits.of(self._rules.comparison).ending(start - COMPARISON_WITHIN, start):
                if clause.start <= cue[0] and not self._is_shielded(cue):
                    yield Verdict(Status.FIGURATIVE, cue)


def _near(group: CueGroup, cues: Places, step: Place) -> Sequence[Place]:
    start, end = step
    if group.where == "before":
        return cues.ending(start - group.within, start)
    return cues.starting(end, end + group.within)
