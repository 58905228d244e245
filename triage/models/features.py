"""The one feature space of all classifiers: character n-grams, words and concepts.

Training (through scikit-learn's ``TfidfVectorizer``) and serving (through plain arrays) both call
:func:`find_features`, so they cannot differ.
"""

from __future__ import annotations

from operator import add
from typing import NamedTuple

from triage.types import PreparedText

WORD = "w:"
CONCEPT = "c:"


class Features(NamedTuple):
    """Parallel lists, one item per occurrence: the feature's name and its normalised range."""

    names: list[str]
    starts: list[int]
    ends: list[int]


def find_features(prepared: PreparedText) -> Features:
    """Every occurrence of every feature.

    Character n-grams (1 to 3) do not reach over the border of a clause. Words and concepts carry a prefix and have
    two characters or more behind it, so that none can be mistaken for an n-gram.
    """
    names: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, _ in prepared.clauses:
        clause = prepared.text[start:end]
        pairs = list(map(add, clause, clause[1:]))
        names += clause
        names += pairs
        names += map(add, pairs, clause[2:])
        for size in (1, 2, 3):
            starts += range(start, end - size + 1)
            ends += range(start + size, end + 1)
    for word, start in prepared.tokens:
        if len(word) > 1:  # a single character is an n-gram already
            names.append(f"{WORD}{word}")
            starts.append(start)
            ends.append(start + len(word))
    for concept, start, end in prepared.concepts:
        names.append(f"{CONCEPT}{concept}")
        starts.append(start)
        ends.append(end)
    return Features(names, starts, ends)


def feature_names(prepared: PreparedText) -> list[str]:
    """The analyser given to scikit-learn; a module-level function, so that the pipeline can be pickled."""
    return find_features(prepared).names
