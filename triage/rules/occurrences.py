"""Patterns put together from the places of their words.

The work grows with the number of places, not with the number of ways to combine them: what cannot be completed from
some word on is remembered, and only first words near enough to a word of the rarest step are tried.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from triage.rules.layout import between
from triage.rules.matcher import Hits
from triage.rules.pattern import Pattern
from triage.rules.places import Place, Places


class Occurrence(NamedTuple):
    """Where a pattern was met: one place for each of its steps, in order."""

    steps: tuple[Place, ...]

    @property
    def start(self) -> int:
        """Where its first step begins."""
        return self.steps[0][0]

    @property
    def end(self) -> int:
        """Where its last step ends."""
        return self.steps[-1][1]


def find_occurrences(pattern: Pattern, hits: Hits, sentence_ends: Sequence[int]) -> Iterator[Occurrence]:
    """Where ``pattern`` is met, one occurrence at most for each place of its first step, in their order.

    ``sentence_ends`` are the positions at which a new sentence begins; no gap crosses one. What is not taken from the
    iterator costs nothing.
    """
    steps = [hits.of(step) for step in pattern.steps]
    if not pattern.gaps:
        return (Occurrence((place,)) for place in steps[0].all)
    return _Search(steps, pattern.gaps, sentence_ends).occurrences()


class _Search:
    """One pattern of several steps in one text."""

    def __init__(self, steps: Sequence[Places], gaps: Sequence[int], sentence_ends: Sequence[int]) -> None:
        self._steps = [places.all for places in steps]
        self._longest = [places.longest for places in steps]
        self._gaps = gaps
        self._sentence_ends = sentence_ends
        self._completions: dict[tuple[int, Place], tuple[Place, ...] | None] = {}

    def occurrences(self) -> Iterator[Occurrence]:
        for first in self._first_places():
            steps = self._complete(0, first)
            if steps is not None:
                yield Occurrence(steps)

    def _first_places(self) -> Iterator[Place]:
        """The places of the first step from which one of the rarest step may be within reach."""
        firsts = self._steps[0]
        rarest = min(range(len(self._steps)), key=lambda step: len(self._steps[step]))
        reach = sum(self._gaps[:rarest]) + sum(self._longest[:rarest])
        index = 0
        for start, _ in self._steps[rarest]:
            index = max(index, bisect_left(firsts, (start - reach,)))
            while index < len(firsts) and firsts[index][0] <= start:
                yield firsts[index]
                index += 1

    def _complete(self, step: int, place: Place) -> tuple[Place, ...] | None:
        """The places of this and all following steps, nearest first; ``None`` where that leads nowhere."""
        if step == len(self._steps) - 1:
            return (place,)
        key = step, place
        if key not in self._completions:
            self._completions[key] = self._follow(step, place)
        return self._completions[key]

    def _follow(self, step: int, place: Place) -> tuple[Place, ...] | None:
        following = self._steps[step + 1]
        end_of_sentence = between(self._sentence_ends, place[0])[1]
        last = min(place[1] + self._gaps[step], end_of_sentence - 1)
        for index in range(bisect_left(following, (place[1],)), len(following)):
            if following[index][0] > last:
                return None
            rest = self._complete(step + 1, following[index])
            if rest is not None:
                return (place, *rest)
        return None
