"""What is left of a text without its nouns, numbers and names; texts that share it were made by one pattern."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import groupby

from triage.preprocess.word_counts import WordCounts

MASK = "□"
SPAN = 3
"""Words in a row that two skeletons are compared by."""
SHORTEST = 6
"""Words of a skeleton; in fewer, people agree by chance (「□太□了」)."""
_EXCHANGEABLE = ("n", "t", "s", "m", "q", "eng")
"""Parts of speech in jieba's dictionary: nouns and names, times, places, numbers, measures, Latin words."""
_CALLED_VERBS = frozenset({"超市", "快递", "外卖"})
"""Nouns that jieba's dictionary lists as verbs."""


def exchangeable_words(counts: WordCounts) -> frozenset[str]:
    """Words of the dictionary that a pattern would exchange."""
    lines = (line.split(" ") for line in counts.text.split("\n") if line)
    return _CALLED_VERBS.union(word for word, _, part in lines if part.startswith(_EXCHANGEABLE))


def skeleton(words: Sequence[str], exchangeable: Set[str]) -> list[str]:
    """``words`` without punctuation; what is exchangeable becomes one mask, however many words it has."""
    kept = [MASK if _is_filling(word, exchangeable) else word for word in words if _has_letters(word)]
    return [word for run, same in groupby(kept) for word in ([run] if run == MASK else same)]


def spans(words: Sequence[str]) -> frozenset[str]:
    """Every run of ``SPAN`` words of a skeleton, for :func:`training.similar.near_duplicates`; none if it is short."""
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(" ".join(words[i : i + SPAN]) for i in range(len(words) - SPAN + 1))


def _is_filling(word: str, exchangeable: Set[str]) -> bool:
    return word in exchangeable or word.isascii() or _is_private(word)


def _has_letters(word: str) -> bool:
    return any(character.isalnum() or _is_private(character) for character in word)


def _is_private(word: str) -> bool:
    """Personal data: the preparation puts a character of the private use area in their place."""
    return "\ue000" <= word[0] <= "\uf8ff"
