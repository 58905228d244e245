"""Which stretches of a long text say something that has not been said before, in the same neighbourhood.

Texts of a hundred thousand characters are made by copying. A copy cannot say more than what it was copied from, so it
is enough to read the first of all equal stretches: nothing is lost, and nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from triage.rules.layout import Layout
from triage.rules.places import Place

LONG = 2_000
"""Characters up to which a text is read whole."""
LEAST = 64
"""Characters of a stretch, at least."""


class Fresh(NamedTuple):
    """What has to be read of a text.

    Attributes:
        stretches: ranges in which hits count, in order.
        windows: the same with their neighbourhood, in which words must be known; those that touch are one.
    """

    stretches: tuple[Place, ...]
    windows: tuple[Place, ...]

    def counts(self, position: int) -> bool:
        """Whether what begins at a position counts; otherwise an earlier copy of it does."""
        after = bisect_left(self.stretches, (position + 1,))
        return after > 0 and position < self.stretches[after - 1][1]


def find_fresh(text: str, layout: Layout, reach: int) -> Fresh:
    """Find the stretches without an earlier copy; ``reach`` is the size of a neighbourhood in characters."""
    if len(text) <= LONG or not layout.clauses:
        return Fresh(((0, len(text)),), ((0, len(text)),))
    known: set[tuple[str, int, int, int]] = set()
    stretches: list[Place] = []
    windows: list[Place] = []
    for stretch in _cut(text):
        window = max(0, stretch[0] - reach), min(len(text), stretch[1] + reach)
        copy = (text[slice(*window)], stretch[0] - window[0], *layout.frames(stretch, window))
        if copy not in known:
            known.add(copy)
            _append(stretches, stretch)
            _append(windows, window)
    return Fresh(tuple(stretches), tuple(windows))


def _cut(text: str) -> Iterator[Place]:
    """Cut behind the commonest character: so copies are cut alike, wherever they begin."""
    ((commonest, _),) = Counter(text).most_common(1)
    start = 0
    while start < len(text):
        end = text.find(commonest, start + LEAST - 1, start + 8 * LEAST) + 1 or min(start + LEAST, len(text))
        yield start, end
        start = end


def _append(ranges: list[Place], added: Place) -> None:
    if ranges and added[0] <= ranges[-1][1]:
        ranges[-1] = ranges[-1][0], max(added[1], ranges[-1][1])
    else:
        ranges.append(added)
