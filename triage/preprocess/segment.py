"""Words, exactly as jieba finds them without its model for unknown words, in half the time.

Words, counts and the choice among cuts are jieba's. Only the search is our own: jieba tries prefix after prefix at
every character, here the first two characters tell which lengths are worth a look. The tests hold both to the
same tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

from triage.types import Token

LEAST_COUNT = 1000
"""Of a word in our own list. jieba leaves words that it knows already as rare as they are: 起火 would lose
against 火把 in 充电宝起火把沙发烧了."""

_INSIDE_WORDS = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]")
_ALPHANUMERIC = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class WordCounts(NamedTuple):
    """How often each word occurs in the texts that a dictionary was made of; ``total`` is that of all words."""

    by_word: Mapping[str, int]
    total: int

    def including(self, words: Iterable[str]) -> WordCounts:
        """The dictionary with words of our own."""
        own = {word: max(self.by_word.get(word, 0), LEAST_COUNT) for word in words}
        return WordCounts({**self.by_word, **own}, self.total + sum(own.values()))


class Segmenter:
    """Cuts texts where the product of the words' probabilities is greatest.

    Unknown words are left as characters (jieba's ``HMM=False``): that is faster, and the same in every version of
    the model; the character n-grams of the classifiers see such words anyway.
    """

    def __init__(self, counts: WordCounts) -> None:
        """Weigh every word by the logarithm of its probability."""
        log_total = log(counts.total)
        self._weights = {word: log(count) - log_total for word, count in counts.by_word.items()}
        self._characters = _CharacterWeights(self._weights, unknown=-log_total)
        self._lengths = _lengths_by_pair(counts.by_word)

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
    """Weights of single characters, ``None`` for those that no word holds; fills itself."""

    def __init__(self, weights: Mapping[str, float], unknown: float) -> None:
        super().__init__()
        self._weights = weights
        self._unknown = unknown

    def __missing__(self, character: str) -> float | None:
        inside = _INSIDE_WORDS.match(character) is not None
        # Bounded by the size of Unicode; strangers' texts cannot grow it further.
        weight = self[character] = self._weights.get(character, self._unknown) if inside else None
        return weight


def _end_of_letters(text: str, ends: Sequence[int], end: int) -> int:
    """Letters and digits that make no word belong together: a model number, an amount."""
    while end < len(text) and ends[end] == end + 1 and text[end] in _ALPHANUMERIC:
        end += 1
    return end


def _lengths_by_pair(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """The lengths, in ascending order, of the words that begin with each pair of characters."""
    masks: dict[str, int] = {}  # bit n stands for a word of n characters
    for word in words:
        pair = word[:2]
        masks[pair] = masks.get(pair, 0) | 1 << len(word)
    # A few hundred tuples serve all pairs.
    lengths = {mask: tuple(_bits(mask)) for mask in set(masks.values())}
    return {pair: lengths[mask] for pair, mask in masks.items()}


def _bits(mask: int) -> Iterator[int]:
    return (bit for bit in range(2, mask.bit_length()) if mask >> bit & 1)
