"""Which rules a text can meet at all: the test that spares most texts everything else."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from triage.rules.pattern import Pattern
from triage.rules.rule import Rule

Candidates = dict[int, list[list[Pattern]]]
"""By the number of a rule, for each of its groups the patterns whose every step has a word in the text."""


class _Place(NamedTuple):
    """A pattern, where it stands, and its steps but for the one under whose words it is filed."""

    rule: int
    group: int
    pattern: Pattern
    other_steps: tuple[frozenset[str], ...]


class PatternIndex:
    """Every pattern filed under the words of its rarest step alone, so that a text touches few of them."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """``rules`` are named by their place in the sequence."""
        self._groups = [len(rule.groups) for rule in rules]
        self._places: list[_Place] = []
        self._filed: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            for group, patterns in enumerate(rule.groups):
                for pattern in patterns:
                    self._file(number, group, pattern)

    def candidates(self, words: Set[str]) -> Candidates:
        """The rules, in order, each of whose groups has a pattern that ``words``, those of a text, can meet."""
        filed = self._filed
        near = {place for word in words & filed.keys() for place in filed[word]}
        found: Candidates = {}
        for place in sorted(near):
            rule, group, pattern, other_steps = self._places[place]
            if not any(step.isdisjoint(words) for step in other_steps):
                found.setdefault(rule, [[] for _ in range(self._groups[rule])])[group].append(pattern)
        return {rule: groups for rule, groups in found.items() if all(groups)}

    def _file(self, rule: int, group: int, pattern: Pattern) -> None:
        rarest = max(pattern.steps, key=_rarity)
        others = tuple(step for step in pattern.steps if step is not rarest)
        for word in rarest:
            self._filed.setdefault(word, []).append(len(self._places))
        self._places.append(_Place(rule, group, pattern, others))


def _rarity(step: frozenset[str]) -> tuple[int, int]:
    """Long words are rare, and a step is as common as its shortest word."""
    return min(map(len, step)), -len(step)
