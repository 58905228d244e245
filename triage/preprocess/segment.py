"""Words, exactly as jieba finds them without its model for unknown words, in half the time.

Words, counts and the choice among cuts are jieba's. Only the search is our own: jieba tries prefix after prefix at
every character, here the first two characters tell which lengths are worth a look. The tests hold both to the
same tokens.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import log

from triage.preprocess.word_counts import WordCounts
from triage.types import Token

_INSIDE_WORDS = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]")
_ALPHANUMERIC = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Segmenter:
    """Cuts texts where the product of the words' probabilities is greatest.

    Unknown words are left as characters (jieba's ``HMM=False``): that is faster, and the same in every version of
    the model; the character n-grams of the classifiers see such words anyway.
    """

    def __init__(self, counts: WordCounts) -> None:
        """Words are taken out of ``counts`` when a text has their first character."""
        self._weights: dict[str, float] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._characters = _CharacterWeights(counts, self._weights, self._lengths)

    def segment(self, text: str) -> tuple[Token, ...]:
        """The words of normalised ``text`` in order, without white space."""
        ends = self._likeliest_ends(text)
        tokens: list[Token] = []
        start, size = 0, len(text)
        while start < size:
            end = ends[start]
            if end == start + 1 and text[start] in _ALPHANUMERIC:
                end = _end_of_letters(text, ends, end)
            word = text[start:end]
            if not word.isspace():
                tokens.append(Token(word, start))
            start = end
        return tuple(tokens)

    def _likeliest_ends(self, text: str) -> list[int]:
        """For each position the end of the word that begins there on the likeliest way onwards."""
        weight_of, lengths_of = self._weights.get, self._lengths.get
        size = len(text)
        ends = list(range(1, size + 1))
        best = [0.0] * (size + 1)
        score = 0.0
        for start in range(size - 1, -1, -1):
            own = self._characters[text[start]]
            if own is None:
                # No word reaches over this character: what stands before it is reckoned by itself.
                score = 0.0
                continue
            score += own
            for length in lengths_of(text[start : start + 2], ()):
                end = start + length
                if end <= size and (weight := weight_of(text[start:end])) is not None:
                    candidate = weight + best[end]
                    if candidate >= score:  # of equals the longest, as in jieba
                        score = candidate
                        ends[start] = end
            best[start] = score
        return ends


class _CharacterWeights(dict[str, float | None]):
    """Weights of single characters, ``None`` for those that no word holds.

    Fills itself, and brings along the words that begin with the character: the logarithms of their probabilities, and
    the lengths worth a look by the first two characters. Bounded by the size of the dictionary and of Unicode;
    strangers' texts cannot grow it further. Threads that meet a character at once do the same work twice.
    """

    def __init__(
        self, counts: WordCounts, weights: dict[str, float], lengths: dict[str, tuple[int, ...]]
    ) -> None:
        super().__init__()
        self._counts = counts
        self._weight_of_count = _CountWeights(log(counts.total))
        self._weights = weights
        self._lengths = lengths

    def __missing__(self, character: str) -> float | None:
        if _INSIDE_WORDS.match(character) is None:
            self[character] = None
            return None
        counts = self._counts.beginning_with(character)
        weights = map(self._weight_of_count.__getitem__, counts.values())
        self._weights.update(zip(counts, weights, strict=True))
        self._lengths.update(_lengths_by_pair(counts))
        # Last: who finds the character here must find its words too.
        weight = self[character] = self._weights.get(character, self._weight_of_count[1])
        return weight


class _CountWeights(dict[int, float]):
    """Logarithms of probabilities by count; fills itself, for words have only five thousand counts."""

    def __init__(self, log_total: float) -> None:
        super().__init__()
        self._log_total = log_total

    def __missing__(self, count: int) -> float:
        weight = self[count] = log(count) - self._log_total
        return weight


def _end_of_letters(text: str, ends: Sequence[int], end: int) -> int:
    """Letters and digits that make no word belong together: a model number, an amount."""
    while end < len(text) and ends[end] == end + 1 and text[end] in _ALPHANUMERIC:
        end += 1
    return end


def _lengths_by_pair(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths, in ascending order, of the words that begin with each pair of characters."""
    masks: defaultdict[str, int] = defaultdict(int)  # bit n stands for a word of n characters
    for word in words:
        masks[word[:2]] |= 1 << len(word)
    return {pair: _bits(mask) for pair, mask in masks.items()}


@cache  # a few hundred tuples serve all pairs
def _bits(mask: int) -> tuple[int, ...]:
    return tuple(bit for bit in range(2, mask.bit_length()) if mask >> bit & 1)
