"""From a prepared text to the signals of danger in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.rules.context import ContextRules
from triage.rules.fresh import find_fresh
from triage.rules.index import PatternIndex
from triage.rules.layout import Layout
from triage.rules.matcher import WordFinder
from triage.rules.pattern import Pattern
from triage.rules.reading import Reading
from triage.rules.rule import Rule
from triage.types import PreparedText, Signal


class Recognizer:
    """Runs every rule over a text; only patterns all of whose words occur cost anything."""

    def __init__(self, rules: Sequence[Rule], context: ContextRules) -> None:
        """Index the patterns of the rules by their words."""
        self.rules = tuple(rules)
        self._context = context
        self._finder = WordFinder([*_words_of(self.rules), *context.words()])
        self._index = PatternIndex(self.rules)
        self._reach = _reach_of(self.rules, context)

    def recognize(self, prepared: PreparedText) -> tuple[Signal, ...]:
        """Every rule that is met, asserted or dismissed, in the order of the rules."""
        layout = Layout(prepared.clauses)
        fresh = find_fresh(prepared.text, layout, self._reach)
        matches = self._finder.matches_in(prepared.text, fresh.windows)
        candidates = self._index.candidates(self._finder.words(matches))
        if not candidates:
            return ()
        reading = Reading(prepared, self._finder.hits(matches), self._context, layout, fresh)
        signals = (reading.apply(self.rules[number], groups) for number, groups in candidates.items())
        return tuple(signal for signal in signals if signal is not None)


def _patterns_of(rules: Sequence[Rule]) -> Iterator[Pattern]:
    for rule in rules:
        yield from rule.exceptions
        for group in rule.groups:
            yield from group


def _words_of(rules: Sequence[Rule]) -> Iterator[str]:
    for pattern in _patterns_of(rules):
        for step in pattern.steps:
            yield from step


def _reach_of(rules: Sequence[Rule], context: ContextRules) -> int:
    """How far from its beginning the words can stand that decide about an occurrence, in one clause or the next."""
    widest = max((pattern.reach for pattern in _patterns_of(rules)), default=0)
    return widest + context.reach
