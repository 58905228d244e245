"""Traditional to Simplified, with positions kept.

The dictionaries are those of opencc-python-reimplemented; its converter returns a bare string, and is slow.
:class:`ScriptConverter` applies the same dictionaries by the same rule (within a group: dictionary by
dictionary, longest entry first, leftmost among equals) in one pass of an Aho-Corasick automaton, and keeps the
offsets. The tests compare it with the package's own output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind

from triage.preprocess.aligned import Aligned
from triage.preprocess.characters import CJK
from triage.types import Script

Dictionary = Mapping[str, str]

_IDEOGRAPH = re.compile(f"[{CJK}]")


class DictionaryGroup:
    """Dictionaries applied together: a stretch converted by one is closed to those after it."""

    def __init__(self, dictionaries: Sequence[Dictionary]) -> None:
        """Earlier dictionaries win over later ones, longer entries over shorter."""
        entries: dict[str, tuple[int, str]] = {}
        for rank, dictionary in enumerate(dictionaries):
            for key, value in dictionary.items():
                entries.setdefault(key, (rank, value))
        self._order = [(rank, -len(key)) for key, (rank, _) in entries.items()]
        self._values = [value for _, value in entries.values()]
        self._triggers = _triggers(key for key, (_, value) in entries.items() if key != value)
        self._automaton = AhoCorasick(list(entries), matchkind=MatchKind.Standard)

    def convert(self, aligned: Aligned) -> Aligned:
        """Replace every entry found."""
        text = aligned.text
        if self._triggers.isdisjoint(text):
            return aligned
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not hits:
            return aligned
        if any(following[1] < hit[2] for hit, following in pairwise(hits)):
            hits = self._without_overlaps(hits)
        values = self._values
        return aligned.rewrite((start, end, values[entry]) for entry, start, end in hits)

    def _without_overlaps(self, hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        order = self._order
        taken: set[int] = set()
        chosen = []
        for hit in sorted(hits, key=lambda hit: (*order[hit[0]], hit[1])):
            _, start, end = hit
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                chosen.append(hit)
        return sorted(chosen, key=lambda hit: hit[1])


def _triggers(changing: Iterable[str]) -> frozenset[str]:
    """Characters of which every changing entry holds one: a text without any of them stays as it is."""
    triggers: set[str] = set()
    for entry in sorted(changing, key=len):
        if triggers.isdisjoint(entry):
            triggers.add(entry[-1])
    return frozenset(triggers)


class ScriptConverter:
    """A chain of dictionary groups, each applied to the output of the one before."""

    def __init__(
        self, groups: Sequence[Sequence[Dictionary]], traditional: frozenset[str], simplified: frozenset[str]
    ) -> None:
        """``traditional`` and ``simplified`` are the characters that only one of the scripts uses."""
        self._groups = [DictionaryGroup(group) for group in groups]
        self._traditional = traditional
        self._simplified = simplified

    def convert(self, aligned: Aligned) -> Aligned:
        """Simplified characters for Traditional ones; Simplified text comes back as it is."""
        for group in self._groups:
            aligned = group.convert(aligned)
        return aligned

    def detect(self, text: str) -> Script:
        """Which script ``text`` is written in, by the characters that only one script uses."""
        has_traditional = not self._traditional.isdisjoint(text)
        has_simplified = not self._simplified.isdisjoint(text)
        if has_traditional:
            return "mixed" if has_simplified else "Hant"
        if has_simplified:
            return "Hans"
        return "Hani" if _IDEOGRAPH.search(text) else "none"
