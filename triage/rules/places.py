"""Places in a text, in order, so that those near a position are found without looking at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

Place = tuple[int, int]
"""A half-open range of normalised characters: a bare pair, because a long text holds a hundred thousand."""


class Places(NamedTuple):
    """Where some words stand.

    Looking near a position takes the same time however long the text is: words are short, so only a handful can
    stand there.

    Attributes:
        all: in order of start and end.
        longest: characters of the longest word, or more.
    """

    all: Sequence[Place]
    longest: int

    def starting(self, first: int, last: int) -> Sequence[Place]:
        """Those whose start is in ``first … last``, both included."""
        return self.all[bisect_left(self.all, (first,)) : bisect_left(self.all, (last + 1,))]

    def ending(self, first: int, last: int) -> list[Place]:
        """Those whose end is in ``first … last``, both included."""
        return [place for place in self.starting(first - self.longest, last) if first <= place[1] <= last]

    def around(self, place: Place) -> list[Place]:
        """Those that hold all of ``place``, itself included."""
        start, end = place
        return [one for one in self.starting(end - self.longest, start) if one[1] >= end]

    def first_within(self, start: int, end: int) -> Place | None:
        """The first that begins at ``start`` or later and ends at ``end`` or earlier."""
        for index in range(bisect_left(self.all, (start,)), len(self.all)):
            place = self.all[index]
            if place[1] <= end:
                return place
            if place[0] >= end:
                break
        return None


NOWHERE = Places((), 0)


def overlaps(a: Place, b: Place) -> bool:
    """Whether two places share a character."""
    return a[0] < b[1] and b[0] < a[1]


def contains(a: Place, b: Place) -> bool:
    """Whether ``a`` holds all of ``b``."""
    return a[0] <= b[0] and b[1] <= a[1]
