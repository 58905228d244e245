"""A dictionary of words with their counts that stays the text it was written in.

To read all 349,000 lines of jieba's into tables takes half a second. So a start only looks over them at once; the
words of a character are taken out when the first text has it. That costs the first two hundred texts of a process
two milliseconds each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

LEAST_COUNT = 1000
"""Of a word in our own list. jieba leaves words that it knows already as rare as they are: 起火 would lose
against 火把 in 充电宝起火把沙发烧了."""

_FIELDS = 3  # word, count, part of speech
_LINE = re.compile(r"[^ \n]+ (?!0+ )[0-9]{1,12} [^ \n]*")
_MOST_DIGITS = 12  # of one count: the sum of a million such counts fits into 64 bits
_LARGEST_DIGIT = 9

_Codes: TypeAlias = NDArray[np.uint32]
_Positions: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class WordCounts:
    """How often each word occurs in the texts that a dictionary was made of.

    Attributes:
        total: the sum over all words.
        text: a line feed and lines ``word count part-of-speech``; a word that is given twice has its last count.
        characters: code points; stretches of lines whose words begin alike, in the order of the text.
        borders: where each stretch begins in ``text``, and the end of the last.
        own: words of our own by first character; they win over those of ``text``.
    """

    total: int
    text: str = field(repr=False)
    characters: _Codes = field(repr=False)
    borders: _Positions = field(repr=False)
    own: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def beginning_with(self, character: str) -> dict[str, int]:
        """Every word that begins with ``character``, with its count."""
        lines = "".join(self.text[start:end] for start, end in self._stretches(character))
        fields = lines.replace("\n", " ").split(" ")[:-1]
        counts = dict(zip(fields[::_FIELDS], map(int, fields[1::_FIELDS]), strict=True))
        counts.update(self.own.get(character, {}))
        return counts

    def count(self, word: str) -> int:
        """How often ``word`` occurs; 0 for one that is not listed."""
        own = self.own.get(word[:1], {}).get(word)
        return self._written_count(word) if own is None else own

    def including(self, words: Iterable[str]) -> WordCounts:
        """The dictionary with words of our own, counted as often as before, ``LEAST_COUNT`` times at least."""
        counts = {word: max(self.count(word), LEAST_COUNT) for word in words}
        own = {character: dict(known) for character, known in self.own.items()}
        for word, count in counts.items():
            own.setdefault(word[:1], {})[word] = count
        return replace(self, total=self.total + sum(counts.values()), own=own)

    def _written_count(self, word: str) -> int:
        if not word or " " in word or "\n" in word:
            return 0  # it would be found across the borders of fields
        line = f"\n{word} "
        found = [self.text.rfind(line, start - 1, end) for start, end in self._stretches(word[0])]
        last = max(found, default=-1)
        if last < 0:
            return 0
        begins = last + len(line)
        return int(self.text[begins : self.text.index(" ", begins)])

    def _stretches(self, character: str) -> Iterator[tuple[int, int]]:
        for number in np.flatnonzero(self.characters == ord(character)):
            yield int(self.borders[number]), int(self.borders[number + 1])


def index_word_counts(text: str) -> WordCounts:
    """Look over lines ``word count part-of-speech``.

    Raises:
        ValueError: a line has another form; says which, from 1.
    """
    whole = f"\n{text}" if text.endswith("\n") else f"\n{text}\n"
    codes = np.frombuffer(whole.encode("utf-32-le"), dtype="<u4")
    feeds = np.flatnonzero(codes == ord("\n"))
    starts = feeds[:-1] + 1
    total = _sum_of_counts(codes, starts, feeds[1:])
    if total is None:
        raise ValueError(_first_fault(text))
    first = codes[starts]
    changes = np.flatnonzero(np.append(True, first[1:] != first[:-1]))
    return WordCounts(total, whole, first[changes], np.append(starts[changes], len(whole)))


def _sum_of_counts(codes: _Codes, starts: _Positions, ends: _Positions) -> int | None:
    """Add up what stands between the two spaces of each line; ``None`` where something else does."""
    spaces = np.flatnonzero(codes == ord(" "))
    if len(spaces) != 2 * len(starts):
        return None
    before, behind = spaces[::2], spaces[1::2]
    sizes = behind - before - 1
    if not np.all((starts < before) & (sizes > 0) & (sizes <= _MOST_DIGITS) & (behind < ends)):
        return None
    counts = np.zeros(len(starts), dtype=np.int64)
    for place in range(sizes.max()):  # units, tens, hundreds
        rows = np.flatnonzero(sizes > place)
        digits = codes[behind[rows] - 1 - place] - ord("0")  # without a sign: what is below zero is large
        if digits.max() > _LARGEST_DIGIT:
            return None
        counts[rows] += digits * np.int64(10**place)
    return int(counts.sum()) if counts.min() > 0 else None


def _first_fault(text: str) -> str:
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if _LINE.fullmatch(line) is None:
            return f"line {number} is no word, count and part of speech"
    raise AssertionError("both checks ask for the same")
