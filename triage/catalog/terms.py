"""The words of knowledge files in the form in which they meet texts, worked out together.

A start reads some thirty thousand words; normalised one by one they would cost a good part of a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from triage.preprocess.prepare import Preparer

NormalizeTerm = Callable[[str], str]

_BETWEEN_WORDS = re.compile(r"\||\s+\.\.\d+\s+")
_GAP = ".."
_WORDED_FIELDS = frozenset({"any", "all", "except", "words"})


def term_normalizer(preparer: Preparer, *contents: object) -> NormalizeTerm:
    """A function that normalises terms and knows those of ``contents`` (parsed YAML, checked or not) already."""
    words: set[str] = set()
    for content in contents:
        _add_words(content, words)
    known = sorted(words)
    table = dict(zip(known, preparer.normalize_terms(known), strict=True))

    def normalize_term(term: str) -> str:
        normalized = table.get(term)
        if normalized is None:
            normalized = table[term] = preparer.normalize_term(term)
        return normalized

    return normalize_term


def _add_words(content: Any, words: set[str]) -> None:  # noqa: ANN401 - whatever a file holds
    """Add the alternatives of all patterns and lists; prose (examples, meanings) is left out."""
    if isinstance(content, str):
        parts = _BETWEEN_WORDS.split(content) if _GAP in content else content.split("|")
        words.update(map(str.strip, parts))
    elif isinstance(content, list):
        for item in content:
            _add_words(item, words)
    elif isinstance(content, dict):
        for field, value in content.items():
            if field in _WORDED_FIELDS or (not isinstance(value, str) and field != "examples"):
                _add_words(value, words)
