"""The one feature space of all classifiers: characters, pairs of characters and concepts, clause by clause.

Training and serving both call :func:`find_features`, so they cannot differ. Longer n-grams and words by name added
nothing on unseen texts; words count by their meaning, through their vectors.
"""

from __future__ import annotations

from operator import add
from typing import NamedTuple

from triage.types import PreparedText

CONCEPT = "c:"
UNREAD = ""
"""Stands for a word of a clause that is not read; no vocabulary holds it."""


class Features(NamedTuple):
    """What the classifiers read of a text.

    Attributes:
        names: every occurrence of every feature, clause after clause.
        starts: the normalised position where each occurrence begins.
        ends: where it ends.
        borders: for each clause the index in ``names`` of its first occurrence.
        words: the text's tokens, one for one (:data:`UNREAD` in clauses that say nothing); their vectors carry the
            meaning.
        word_borders: for each clause the index in ``words`` of its first token, the separator before it included.
    """

    names: list[str]
    starts: list[int]
    ends: list[int]
    borders: list[int]
    words: list[str]
    word_borders: list[int]


def find_features(prepared: PreparedText) -> Features:
    """Every occurrence of every feature, in the clauses that say something.

    Pairs of characters do not reach over the border of a clause. Concepts carry a prefix of two characters, so that
    none can be mistaken for a pair; a concept belongs to the clause in which it ends, a word to that in which it
    begins.
    """
    names: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    borders: list[int] = []
    word_borders: list[int] = []
    tokens, concepts, text = prepared.tokens, prepared.concepts, prepared.text
    token = concept = 0
    last_token, last_concept = len(tokens), len(concepts)
    words = [item.text for item in tokens]
    for number, (start, end, _) in enumerate(prepared.clauses):
        borders.append(len(names))
        word_borders.append(first_token := token)
        while token < last_token and tokens[token].start < end:
            token += 1
        if number in prepared.fillers:
            words[first_token:token] = [UNREAD] * (token - first_token)
            while concept < last_concept and concepts[concept].end <= end:
                concept += 1
            continue
        clause = text[start:end]
        names += clause
        names += map(add, clause, clause[1:])
        starts += range(start, end)
        starts += range(start, end - 1)
        ends += range(start + 1, end + 1)
        ends += range(start + 2, end + 1)
        while concept < last_concept and concepts[concept].end <= end:
            name, first, last = concepts[concept]
            names.append(f"{CONCEPT}{name}")
            starts.append(first)
            ends.append(last)
            concept += 1
    # What has no clause is punctuation alone, and says nothing.
    return Features(names, starts, ends, borders, words if borders else [], word_borders)
