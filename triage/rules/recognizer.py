"""From a prepared text to the signals of danger in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from triage.rules.context import ContextReader, ContextRules, Verdict
from triage.rules.index import PatternIndex
from triage.rules.matcher import Hits, Occurrence, WordFinder, find_occurrences
from triage.rules.pattern import Pattern
from triage.rules.rule import Rule
from triage.types import Clause, PreparedText, Signal, Span, Status


class Recognizer:
    """Runs every rule over a text; only patterns all of whose words occur cost anything."""

    def __init__(self, rules: Sequence[Rule], context: ContextRules) -> None:
        """Index the patterns of the rules by their words."""
        self.rules = tuple(rules)
        self._context = context
        self._finder = WordFinder([*_words_of(self.rules), *context.words()])
        self._index = PatternIndex(self.rules)

    def recognize(self, prepared: PreparedText) -> tuple[Signal, ...]:
        """Every rule that is met, asserted or dismissed, in the order of the rules."""
        matches = self._finder.matches(prepared.text)
        candidates = self._index.candidates(self._finder.words(matches))
        if not candidates:
            return ()
        reading = _Reading(prepared, self._finder.hits(matches), self._context)
        signals = (reading.apply(self.rules[number], groups) for number, groups in candidates.items())
        return tuple(signal for signal in signals if signal is not None)


class _Reading:
    """The rules applied to one text."""

    def __init__(self, prepared: PreparedText, hits: Hits, context: ContextRules) -> None:
        self._prepared = prepared
        self._hits = hits
        self._reader = ContextReader(context, hits, prepared.clauses)
        self._sentence_ends = _sentence_ends(prepared.clauses)
        self._exceptions: dict[str, list[Occurrence]] = {}

    def apply(self, rule: Rule, patterns: Sequence[Sequence[Pattern]]) -> Signal | None:
        """The rule's signal: asserted if any of its occurrences is, else why it was dismissed."""
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
        groups = [self._find(group) for group in patterns]
        if not all(groups):
            return
        for first in groups[0]:
            others = [self._nearest(first, group, rule) for group in groups[1:]]
            complete = tuple(other for other in others if other is not None)
            if len(complete) == len(others):
                yield (first, *complete)

    def _find(self, patterns: Iterable[Pattern]) -> list[Occurrence]:
        return [
            occurrence
            for pattern in patterns
            for occurrence in find_occurrences(pattern, self._hits, self._sentence_ends)
        ]

    def _nearest(self, first: Occurrence, group: list[Occurrence], rule: Rule) -> Occurrence | None:
        inside = [other for other in group if self._is_within(first, other, rule.within)]
        asserted = [
            other for other in inside if self._reader.verdict(other, rule.unless).status is Status.ASSERTED
        ]
        return min(asserted or inside, key=lambda other: abs(other.start - first.start), default=None)

    def _is_within(self, first: Occurrence, other: Occurrence, scope: str) -> bool:
        if scope == "text":
            return True
        a, b = self._reader.clause_of(first.start), self._reader.clause_of(other.start)
        return a is b if scope == "clause" else a.sentence == b.sentence

    def _verdict(self, rule: Rule, occurrences: tuple[Occurrence, ...]) -> Verdict:
        for occurrence in occurrences:
            verdict = self._excepted(rule, occurrence) or self._reader.verdict(occurrence, rule.unless)
            if verdict.status is not Status.ASSERTED:
                return verdict
        return verdict

    def _excepted(self, rule: Rule, occurrence: Occurrence) -> Verdict | None:
        if rule.id not in self._exceptions:
            self._exceptions[rule.id] = self._find(rule.exceptions)
        clause = self._reader.clause_of(occurrence.start)
        for exception in self._exceptions[rule.id]:
            if clause.start <= exception.start < max(clause.end, occurrence.end):
                return Verdict(Status.NAMED, exception.steps[0])
        return None

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


def _words_of(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        for pattern in (*rule.exceptions, *(pattern for group in rule.groups for pattern in group)):
            for step in pattern.steps:
                yield from step


def _sentence_ends(clauses: tuple[Clause, ...]) -> list[int]:
    """The positions at which a sentence other than the first begins."""
    return [
        following.start for before, following in pairwise(clauses) if following.sentence != before.sentence
    ]
