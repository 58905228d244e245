"""The language of hazard patterns: words with gaps, nothing that can run away.

``煤气|瓦斯 ..6 漏|泄`` reads: one of the first words, then at most six characters, then one of the last words,
in this order and within one sentence. ``{insect.kind}`` stands for every word of that concept. There are no
regular expressions on purpose: everything this language can say is found in one pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

MAX_GAP = 30
MAX_STEPS = 6
MAX_ALTERNATIVES = 3_000
"""Words of one step, those of its concepts included."""
MAX_WORD = 30
"""Characters of one word."""
_GAP = re.compile(r"\s+\.\.(\d+)\s+")
_CONCEPT = re.compile(r"\{([a-z_.]+)\}")
_SIGNS = re.compile(r"[{}]|\.\.")  # stand for something, so no word has them


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps of alternative words; ``gaps[i]`` characters at most between step ``i`` and ``i + 1``."""

    source: str
    steps: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]

    @property
    def reach(self) -> int:
        """Characters at most from the start of the first word to the end of the last."""
        return sum(self.gaps) + sum(max(map(len, step)) for step in self.steps)


def parse_pattern(
    source: str, concepts: Mapping[str, Sequence[str]], normalize_term: Callable[[str], str]
) -> Pattern:
    """Read a pattern; words are brought into the form in which they meet normalised texts.

    Raises:
        PatternError: for an empty step, an unknown concept, or anything that could make the pattern run away: a gap
            too wide, too many steps, too many or too long words.
    """
    parts = _GAP.split(source.strip())
    steps = tuple(_parse_step(part, concepts, normalize_term) for part in parts[::2])
    gaps = tuple(int(gap) for gap in parts[1::2])
    pattern = Pattern(source, steps, gaps)
    _refuse_runaway(pattern)
    return pattern


def _refuse_runaway(pattern: Pattern) -> None:
    """The work of a pattern for each character of a text grows with these, and with nothing else."""
    for what, number, most in (
        ("a gap of {} characters", max(pattern.gaps, default=0), MAX_GAP),
        ("{} steps", len(pattern.steps), MAX_STEPS),
        ("{} alternatives in one step", max(map(len, pattern.steps)), MAX_ALTERNATIVES),
        ("a word of {} characters", max(len(word) for step in pattern.steps for word in step), MAX_WORD),
    ):
        if number > most:
            raise PatternError(f"{what.format(number)} in 「{_shortened(pattern.source)}」: at most {most}")


def _shortened(source: str) -> str:
    return source if len(source) <= 60 else f"{source[:60]}…"


def _parse_step(
    step: str, concepts: Mapping[str, Sequence[str]], normalize_term: Callable[[str], str]
) -> frozenset[str]:
    alternatives = list(map(str.strip, step.split("|")))
    if _SIGNS.search(step) is None:  # as nearly all of the thirty thousand words of a start
        words = frozenset(map(normalize_term, alternatives))
    else:
        words = _read_signs(alternatives, concepts, normalize_term)
    if "" in words:
        raise PatternError("an empty alternative matches everywhere")
    return words


def _read_signs(
    alternatives: Iterable[str], concepts: Mapping[str, Sequence[str]], normalize_term: Callable[[str], str]
) -> frozenset[str]:
    words: set[str] = set()
    for alternative in alternatives:
        concept = _CONCEPT.fullmatch(alternative)
        if concept is None:
            words.add(normalize_term(_without_signs(alternative)))
        elif concept[1] in concepts:
            words.update(concepts[concept[1]])
        else:
            raise PatternError(f"unknown concept {{{concept[1]}}}")
    return frozenset(words)


def _without_signs(alternative: str) -> str:
    if _SIGNS.search(alternative) is not None:
        raise PatternError(f"cannot read 「{alternative}」: a gap is written ` ..6 ` with spaces around it")
    return alternative
