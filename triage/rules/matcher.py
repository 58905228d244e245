"""All words of all rules found in one pass, and patterns put together from them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from triage.rules.pattern import Pattern

MAX_OCCURRENCES = 64
"""Occurrences of one word that are looked at in one text; keeps hostile repetition linear."""


class WordHit(NamedTuple):
    """A half-open range of normalised characters."""

    start: int
    end: int


class Occurrence(NamedTuple):
    """Where a pattern was met: one hit for each of its steps, in order."""

    steps: tuple[WordHit, ...]

    @property
    def start(self) -> int:
        """Where its first step begins."""
        return self.steps[0].start

    @property
    def end(self) -> int:
        """Where its last step ends."""
        return self.steps[-1].end


Match = tuple[int, int, int]
"""The number of a word, and the start and end of a place where it stands."""

Hits = dict[str, list[WordHit]]


class WordFinder:
    """One automaton over every word the rules and the context cues speak of."""

    def __init__(self, words: Iterable[str]) -> None:
        """Build the automaton; duplicates are welcome."""
        self._words = sorted(set(words))
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard)

    def find(self, text: str) -> Hits:
        """Hits by word, in order of position, overlapping ones included."""
        return self.hits(self.matches(text))

    def matches(self, text: str) -> list[Match]:
        """What :meth:`find` finds, as the automaton gives it; most texts turn out to need no more."""
        matches: list[Match] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return matches

    def words(self, matches: Iterable[Match]) -> set[str]:
        """The distinct words of the matches."""
        return {self._words[number] for number, _, _ in matches}

    def hits(self, matches: Iterable[Match]) -> Hits:
        """The matches by word."""
        hits: Hits = {}
        for number, start, end in matches:
            found = hits.setdefault(self._words[number], [])
            if len(found) < MAX_OCCURRENCES:
                found.append(WordHit(start, end))
        return hits


def find_occurrences(pattern: Pattern, hits: Hits, sentence_ends: Sequence[int]) -> list[Occurrence]:
    """Where ``pattern`` is met, one occurrence at most for each hit of its first step.

    ``sentence_ends`` are the positions at which a new sentence begins; no gap crosses one.
    """
    candidates = [_hits_of(step, hits) for step in pattern.steps]
    if not all(candidates):
        return []
    occurrences = []
    for first in candidates[0]:
        steps = _complete(first, candidates, pattern.gaps, sentence_ends)
        if steps is not None:
            occurrences.append(Occurrence(steps))
    return occurrences


def _hits_of(step: frozenset[str], hits: Hits) -> list[WordHit]:
    words = step & hits.keys()
    if len(words) == 1:
        return hits[next(iter(words))]
    return sorted(hit for word in words for hit in hits[word])


def _complete(
    first: WordHit, candidates: list[list[WordHit]], gaps: tuple[int, ...], sentence_ends: Sequence[int]
) -> tuple[WordHit, ...] | None:
    """Follow the steps, nearest hit first; go back where the nearest leads nowhere."""
    if not gaps:
        return (first,)
    following = candidates[1]
    sentence = bisect_right(sentence_ends, first.start)
    limit = sentence_ends[sentence] if sentence < len(sentence_ends) else None
    for hit in following[bisect_left(following, (first.end, 0)) :]:
        if hit.start > first.end + gaps[0] or (limit is not None and hit.start >= limit):
            return None
        rest = _complete(hit, candidates[1:], gaps[1:], sentence_ends)
        if rest is not None:
            return (first, *rest)
    return None
