"""The rules applied to one text.

The work grows with the length of the text, whatever stands in it: see ``docs/rules.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from triage.rules.companions import Companions
from triage.rules.context import ContextRules
from triage.rules.exceptions import Exceptions
from triage.rules.fresh import Fresh
from triage.rules.layout import FAR, Layout
from triage.rules.matcher import Hits
from triage.rules.occurrences import Occurrence, find_occurrences
from triage.rules.pattern import Pattern
from triage.rules.places import Place
from triage.rules.reader import ContextReader, Verdict
from triage.rules.rule import Rule, Scope
from triage.types import PreparedText, Signal, Span, Status


class Reading:
    """One text under the eyes of all rules."""

    def __init__(
        self, prepared: PreparedText, hits: Hits, context: ContextRules, layout: Layout, fresh: Fresh
    ) -> None:
        """``hits`` are the words of rules and cues in the windows of ``fresh``; there is at least one."""
        self._prepared = prepared
        self._hits = hits
        self._layout = layout
        self._fresh = fresh
        self._reader = ContextReader(context, hits, layout)
        self._exceptions: dict[str, Exceptions] = {}

    def apply(self, rule: Rule, patterns: Sequence[Sequence[Pattern]]) -> Signal | None:
        """The rule's signal: asserted if any of its occurrences is, else why it was dismissed.

        ``patterns`` are those of each group of the rule that the text can meet. Nothing is looked at behind the
        first asserted occurrence.
        """
        dismissed: Signal | None = None
        for occurrences in self._occurrences(rule, patterns):
            verdict = self._verdict(rule, occurrences)
            if verdict.status is Status.ASSERTED:
                return self._signal(rule, occurrences, verdict)
            dismissed = dismissed or self._signal(rule, occurrences, verdict)
        return dismissed

    def _occurrences(
        self, rule: Rule, patterns: Sequence[Sequence[Pattern]]
    ) -> Iterator[tuple[Occurrence, ...]]:
        def is_asserted(occurrence: Occurrence) -> bool:
            return self._reader.verdict(occurrence, rule.unless).status is Status.ASSERTED

        groups = [Companions(self._find_fresh(group), is_asserted) for group in patterns[1:]]
        for first in self._find_fresh(patterns[0]):
            within = self._reach(first.start, rule.within)
            others = [group.nearest(first.start, within) for group in groups]
            complete = tuple(other for other in others if other is not None)
            if len(complete) == len(others):
                yield (first, *complete)

    def _find_fresh(self, patterns: Iterable[Pattern]) -> Iterator[Occurrence]:
        return (occurrence for occurrence in self._find(patterns) if self._fresh.counts(occurrence.start))

    def _find(self, patterns: Iterable[Pattern]) -> Iterator[Occurrence]:
        for pattern in patterns:
            yield from find_occurrences(pattern, self._hits, self._layout.sentence_ends)

    def _reach(self, position: int, scope: Scope) -> Place:
        match scope:
            case "clause":
                return self._layout.around_clause(position)
            case "sentence":
                return self._layout.around_sentence(position)
            case "text":
                return 0, FAR

    def _verdict(self, rule: Rule, occurrences: tuple[Occurrence, ...]) -> Verdict:
        for occurrence in occurrences:
            verdict = self._excepted(rule, occurrence) or self._reader.verdict(occurrence, rule.unless)
            if verdict.status is not Status.ASSERTED:
                return verdict
        return verdict

    def _excepted(self, rule: Rule, occurrence: Occurrence) -> Verdict | None:
        if rule.id not in self._exceptions:
            self._exceptions[rule.id] = Exceptions(self._find(rule.exceptions))
        clause = self._layout.clause_of(occurrence.start)
        place = self._exceptions[rule.id].first_within(clause.start, max(clause.end, occurrence.end))
        return Verdict(Status.NAMED, place) if place else None

    def _signal(self, rule: Rule, occurrences: tuple[Occurrence, ...], verdict: Verdict) -> Signal:
        spans = tuple(self._original(occurrence) for occurrence in occurrences)
        original = self._prepared.original
        cue = self._prepared.original_span(*verdict.cue) if verdict.cue else None
        return Signal(
            rule=rule.id,
            hazard=rule.hazard,
            means=rule.means,
            status=verdict.status,
            spans=spans,
            text="…".join(original[span.start : span.end] for span in spans),
            cue=original[cue.start : cue.end] if cue else "",
            weak=rule.weak,
        )

    def _original(self, occurrence: Occurrence) -> Span:
        return self._prepared.original_span(occurrence.start, occurrence.end)
