"""The words of knowledge files in the form in which they meet texts, worked out together.

A start reads some thirty thousand words; normalised one by one they would cost a good part of a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from triage.preprocess.prepare import Preparer

NormalizeTerm = Callable[[str], str]

_BETWEEN_WORDS = re.compile(r"\||\s+\.\.\d+\s+")
_WORDED_FIELDS = frozenset({"any", "all", "except", "words"})


def term_normalizer(preparer: Preparer, *contents: object) -> NormalizeTerm:
    """A function that normalises terms and knows those of ``contents`` (parsed YAML, checked or not) already."""
    known = sorted({word for content in contents for word in _words(content)})
    table = dict(zip(known, preparer.normalize_terms(known), strict=True))

    def normalize_term(term: str) -> str:
        normalized = table.get(term)
        if normalized is None:
            normalized = table[term] = preparer.normalize_term(term)
        return normalized

    return normalize_term


def _words(content: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a file holds
    """The alternatives of all patterns and lists; prose (examples, meanings) is left out."""
    if isinstance(content, str):
        yield from (word.strip() for word in _BETWEEN_WORDS.split(content))
    elif isinstance(content, list):
        for item in content:
            yield from _words(item)
    elif isinstance(content, dict):
        for field, value in content.items():
            if field in _WORDED_FIELDS or (not isinstance(value, str) and field != "examples"):
                yield from _words(value)
