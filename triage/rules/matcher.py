"""All words of all rules found in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from operator import itemgetter

from ahocorasick_rs import AhoCorasick, MatchKind

from triage.rules.places import NOWHERE, Place, Places

Match = tuple[int, int, int]
"""The number of a word, and the start and end of a place where it stands."""

_number = itemgetter(0)
_place = itemgetter(1, 2)


class Hits:
    """Where the words of one text stand; brought into order only for the words that somebody asks for."""

    def __init__(self, by_word: dict[str, list[Match]]) -> None:
        """``by_word`` holds all matches of each word."""
        self._by_word = by_word
        self._places: dict[frozenset[str], Places] = {}

    def of(self, words: frozenset[str]) -> Places:
        """Where any of ``words`` stands, overlapping places included."""
        places = self._places.get(words)
        if places is None:
            present = words & self._by_word.keys()
            places = self._places[words] = self._ordered(present) if present else NOWHERE
        return places

    def _ordered(self, words: Set[str]) -> Places:
        places = [place for word in words for place in map(_place, self._by_word[word])]
        # Sorted: the order of a set differs from process to process.
        return Places(sorted(places), max(map(len, words)))


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

    def matches_in(self, text: str, windows: Iterable[Place]) -> list[Match]:
        """The matches inside half-open ranges of ``text``."""
        found: list[Match] = []
        for first, last in windows:
            matches = self.matches(text[first:last])
            found += (
                [(word, start + first, end + first) for word, start, end in matches] if first else matches
            )
        return found

    def words(self, matches: Iterable[Match]) -> set[str]:
        """The distinct words of the matches."""
        return {self._words[number] for number in set(map(_number, matches))}

    def hits(self, matches: Iterable[Match]) -> Hits:
        """The matches by word."""
        by_number: defaultdict[int, list[Match]] = defaultdict(list)
        for match in matches:
            by_number[match[0]].append(match)
        return Hits({self._words[number]: found for number, found in by_number.items()})
