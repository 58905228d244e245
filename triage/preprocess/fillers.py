"""Clauses that say nothing about the matter: greetings, thanks, requests to act, who is writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from triage.preprocess.normalize import MASKED
from triage.types import Clause

LONGEST = 30
"""A longer clause says something, whatever it consists of."""
_JOINING = " :：/"


class Fillers:
    """Finds the clauses that consist of filler words alone."""

    def __init__(self, words: Collection[str]) -> None:
        """``words`` are normalised."""
        self._words = frozenset(words) | {MASKED, *_JOINING}
        self._beginnings = frozenset(word[0] for word in self._words)
        self._longest = max(map(len, self._words))

    def find(self, text: str, clauses: Sequence[Clause]) -> frozenset[int]:
        """The numbers of such clauses; none where all are, for then the courtesy is the matter."""
        found = frozenset(
            number
            for number, (start, end, _) in enumerate(clauses)
            if text[start] in self._beginnings and end - start <= LONGEST and self._consists(text[start:end])
        )
        return found if len(found) < len(clauses) else frozenset()

    def _consists(self, clause: str) -> bool:
        """Whether the words, one behind the other, make up the clause; every way to cut it is tried once."""
        reached = {0}
        for start in range(len(clause)):
            if start in reached:
                ends = range(start + 1, min(start + self._longest, len(clause)) + 1)
                reached.update(end for end in ends if clause[start:end] in self._words)
        return len(clause) in reached
