"""The language of hazard patterns: words with gaps, nothing that can run away.

``煤气|瓦斯 ..6 漏|泄`` reads: one of the first words, then at most six characters, then one of the last words,
in this order and within one sentence. ``{insect.kind}`` stands for every word of that concept. There are no
regular expressions on purpose: everything this language can say is found in one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MAX_GAP = 30
_GAP = re.compile(r"\s+\.\.(\d+)\s+")
_CONCEPT = re.compile(r"\{([a-z_.]+)\}")


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps of alternative words; ``gaps[i]`` characters at most between step ``i`` and ``i + 1``."""

    source: str
    steps: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]


def parse_pattern(
    source: str, concepts: Mapping[str, Sequence[str]], normalize_term: Callable[[str], str]
) -> Pattern:
    """Read a pattern; words are brought into the form in which they meet normalised texts.

    Raises:
        PatternError: for an empty step, an unknown concept or a gap that is too wide.
    """
    parts = _GAP.split(source.strip())
    steps = tuple(_parse_step(part, concepts, normalize_term) for part in parts[::2])
    gaps = tuple(int(gap) for gap in parts[1::2])
    if gaps and max(gaps) > MAX_GAP:
        raise PatternError(f"a gap of {max(gaps)} characters in 「{source}」: at most {MAX_GAP}")
    return Pattern(source, steps, gaps)


def _parse_step(
    step: str, concepts: Mapping[str, Sequence[str]], normalize_term: Callable[[str], str]
) -> frozenset[str]:
    words: set[str] = set()
    for alternative in step.split("|"):
        concept = _CONCEPT.fullmatch(alternative.strip())
        if concept is None:
            words.add(_parse_word(alternative, normalize_term))
        elif concept[1] in concepts:
            words.update(concepts[concept[1]])
        else:
            raise PatternError(f"unknown concept {{{concept[1]}}}")
    return frozenset(words)


def _parse_word(alternative: str, normalize_term: Callable[[str], str]) -> str:
    if ".." in alternative or "{" in alternative or "}" in alternative:
        raise PatternError(f"cannot read 「{alternative}」: a gap is written ` ..6 ` with spaces around it")
    word = normalize_term(alternative.strip())
    if not word:
        raise PatternError("an empty alternative matches everywhere")
    return word
