"""Near-duplicates: a model that meets nearly the same text in learning and in measuring is praised for its memory.

:mod:`training.skeletons` finds the texts that differ in their nouns alone.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

GRAM = 4
"""Characters in a row that two texts are compared by."""
NEAR = 0.5
"""Jaccard similarity above which two texts are near-duplicates."""


@dataclass(frozen=True, order=True)
class Pair:
    """Two texts by their positions, ``first < second``, and the Jaccard similarity of their grams."""

    first: int
    second: int
    similarity: float


def grams(text: str, size: int = GRAM) -> frozenset[str]:
    """Every run of ``size`` letters or digits; a shorter text is one gram, one without letters is compared as it is."""
    letters = "".join(character for character in text if character.isalnum()) or text
    return frozenset(letters[i : i + size] for i in range(max(1, len(letters) - size + 1)))


def near_duplicates(sets: Sequence[Set[str]], above: float = NEAR) -> list[Pair]:
    """All pairs whose Jaccard similarity is greater than ``above``; none is missed. An empty set is like no other.

    Two sets that are so alike share one of their rarest grams, so only those are looked up (prefix filtering: Bayardo,
    Ma and Srikant, "Scaling up all pairs similarity search", 2007).
    """
    counts = Counter(gram for grams_of_text in sets for gram in grams_of_text)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: list[Pair] = []
    for second, own in enumerate(sets):
        rarest = _rarest(own, counts, above)
        candidates = {first for gram in rarest for first in holders[gram]}
        similar = (Pair(first, second, jaccard(sets[first], own)) for first in candidates)
        found += [pair for pair in similar if pair.similarity > above]
        for gram in rarest:
            holders[gram].append(second)
    return sorted(found)


def jaccard(first: Set[str], second: Set[str]) -> float:
    """Share of the common grams among all grams of both; 0 for two empty sets."""
    common = len(first & second)
    return common / max(1, len(first) + len(second) - common)


def _rarest(own: Set[str], counts: Mapping[str, int], above: float) -> list[str]:
    """So many of the rarest grams that a similar set cannot miss them all."""
    needed = len(own) - math.ceil(above * len(own)) + 1
    return sorted(own, key=lambda gram: (counts[gram], gram))[:needed]
