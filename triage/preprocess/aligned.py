"""Text that remembers where each of its characters came from.

Every step of the normalisation is a rewrite of an :class:`Aligned` value, so that a position in the final
text can always be carried back to the text the customer sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``replacement``."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text with ``len(text) + 1`` offsets into the original; the last offset is the original's length."""

    text: str
    offsets: Sequence[int]

    @classmethod
    def identity(cls, text: str) -> Aligned:
        """The original itself: every character stands where it stands."""
        return cls(text, range(len(text) + 1))

    def same_length(self, text: str) -> Aligned:
        """The same positions with other characters, one for one."""
        return Aligned(text, self.offsets)

    def rewrite(self, edits: Iterable[Edit | tuple[int, int, str]]) -> Aligned:
        """Apply non-overlapping edits, given in order of position; bare tuples do where there are very many.

        The characters of a replacement share out the positions of what it replaces evenly: one for one where both
        are as long, a few letters each where ``zhao huo`` becomes 着火.
        """
        pieces: list[str] = []
        offsets: list[int] = []
        before = self.offsets
        position = 0
        for start, end, replacement in edits:
            pieces += (self.text[position:start], replacement)
            offsets += before[position:start]
            offsets += _shared_out(before[start:end], len(replacement))
            position = end
        if position == 0:
            return self
        pieces.append(self.text[position:])
        offsets += before[position:]
        return Aligned("".join(pieces), offsets)


def _shared_out(offsets: Sequence[int], size: int) -> Sequence[int]:
    if len(offsets) == size:
        return offsets
    return [offsets[i * len(offsets) // size] for i in range(size)]
