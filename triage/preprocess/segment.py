"""Words, by jieba with a user dictionary of retail words."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jieba

from triage.types import Token

LEAST_FREQUENCY = 1000
"""Of a word in our own list, in occurrences of jieba's corpus."""


class Segmenter:
    """A jieba tokenizer of our own, so that nobody else's dictionary changes reach it.

    Unknown words are left as characters (no HMM): that is faster, and the same in every version of the
    model; the character n-grams of the classifiers see such words anyway.
    """

    def __init__(self, words: Iterable[str], cache_folder: Path) -> None:
        """Load the dictionary; ``cache_folder`` must be private to this user.

        jieba keeps its parsed dictionary as ``marshal`` data and trusts what it finds: in the shared temporary
        folder anybody could plant another one.
        """
        jieba.setLogLevel(logging.WARNING)
        tokenizer: Any = jieba.Tokenizer()
        tokenizer.tmp_dir = str(cache_folder)
        tokenizer.initialize()
        for word in words:
            tokenizer.add_word(word)
            # jieba leaves words it knows already as rare as they are: 起火 would lose against 火把.
            if tokenizer.FREQ[word] < LEAST_FREQUENCY:
                tokenizer.add_word(word, LEAST_FREQUENCY)
        self._cut = tokenizer.lcut

    def segment(self, text: str) -> tuple[Token, ...]:
        """The words of normalised ``text`` in order, without white space."""
        tokens: list[Token] = []
        position = 0
        for word in self._cut(text, HMM=False):
            if not word.isspace():
                tokens.append(Token(word, position))
            position += len(word)
        return tuple(tokens)
