"""The one feature space of all classifiers: character n-grams, words and concepts, clause by clause.

Training and serving both call :func:`find_features`, so they cannot differ.
"""

from __future__ import annotations

from operator import add
from typing import NamedTuple

from triage.types import PreparedText

WORD = "w:"
CONCEPT = "c:"


class Features(NamedTuple):
    """What the classifiers read of a text.

    Attributes:
        names: every occurrence of every feature, clause after clause.
        starts: the normalised position where each occurrence begins.
        ends: where it ends.
        borders: for each clause the index in ``names`` of its first occurrence.
        words: the text's tokens, one for one; their vectors carry the meaning.
        word_borders: for each clause the index in ``words`` of its first token, the separator before it included.
    """

    names: list[str]
    starts: list[int]
    ends: list[int]
    borders: list[int]
    words: list[str]
    word_borders: list[int]


def find_features(prepared: PreparedText) -> Features:
    """Every occurrence of every feature.

    Character n-grams (1 to 3) do not reach over the border of a clause. Words and concepts carry a prefix and have
    two characters or more behind it, so that none can be mistaken for an n-gram; a word belongs to the clause in
    which it begins, a concept to that in which it ends.
    """
    names: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    borders: list[int] = []
    word_borders: list[int] = []
    tokens, concepts = prepared.tokens, prepared.concepts
    token = concept = 0
    for start, end, _ in prepared.clauses:
        borders.append(len(names))
        word_borders.append(token)
        clause = prepared.text[start:end]
        pairs = list(map(add, clause, clause[1:]))
        names += clause
        names += pairs
        names += map(add, pairs, clause[2:])
        for size in (1, 2, 3):
            starts += range(start, end - size + 1)
            ends += range(start + size, end + 1)
        while token < len(tokens) and (place := tokens[token].start) < end:
            word = tokens[token].text
            if len(word) > 1:  # a single character is an n-gram already
                names.append(f"{WORD}{word}")
                starts.append(place)
                ends.append(place + len(word))
            token += 1
        while concept < len(concepts) and concepts[concept].end <= end:
            hit = concepts[concept]
            names.append(f"{CONCEPT}{hit.concept}")
            starts.append(hit.start)
            ends.append(hit.end)
            concept += 1
    # What has no clause is punctuation alone, and says nothing.
    words = [token.text for token in tokens] if prepared.clauses else []
    return Features(names, starts, ends, borders, words, word_borders)
