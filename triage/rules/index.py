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
        filed, places, lacks = self._filed, self._places, words.isdisjoint
        near = {place for word in words & filed.keys() for place in filed[word]}
        met = [place for place in near if not any(map(lacks, places[place].other_steps))]
        found: Candidates = {}
        for place in sorted(met):
            rule, group, pattern, _ = places[place]
            found.setdefault(rule, [[] for _ in range(self._groups[rule])])[group].append(pattern)
        return {rule: groups for rule, groups in found.items() if all(groups)}

    def _file(self, rule: int, group: int, pattern: Pattern) -> None:
        rarest = min(pattern.steps, key=_commonness)
        others = tuple(step for step in pattern.steps if step is not rarest)
        for word in rarest:
            self._filed.setdefault(word, []).append(len(self._places))
        self._places.append(_Place(rule, group, pattern, others))


def _commonness(step: frozenset[str]) -> float:
    """How often a text may hold one of the words: a word is the rarer the longer it is, roughly a hundredfold."""
    return sum(0.01 ** len(word) for word in step)
