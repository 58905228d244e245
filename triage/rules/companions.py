"""The occurrences of one group of a rule, found from those of another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property

from triage.rules.occurrences import Occurrence
from triage.rules.places import Place


class Companions:
    """All occurrences of one group; the question is always which one stands nearest to a position."""

    def __init__(self, found: Iterable[Occurrence], is_asserted: Callable[[Occurrence], bool]) -> None:
        """``is_asserted`` is asked as rarely as may be; it reads the neighbourhood."""
        self._found = found
        self._is_asserted = is_asserted

    def nearest(self, position: int, within: Place) -> Occurrence | None:
        """The nearest of those that begin in the half-open range ``within``; an asserted one if there is any."""
        nearest = self._all.nearest(position, within)
        if nearest is None or self._is_asserted(nearest):
            return nearest
        return self._asserted.nearest(position, within) or nearest

    @cached_property
    def _all(self) -> _ByStart:
        return _ByStart(self._found)

    @cached_property
    def _asserted(self) -> _ByStart:
        return _ByStart(filter(self._is_asserted, self._all.found))


class _ByStart:
    """Occurrences in order of start; of equally near ones the first found wins."""

    def __init__(self, found: Iterable[Occurrence]) -> None:
        self.found = list(found)
        self._order = sorted((occurrence.start, number) for number, occurrence in enumerate(self.found))

    def nearest(self, position: int, within: Place) -> Occurrence | None:
        after = bisect_left(self._order, (position,))
        near = self._order[after : after + 1]
        if after:
            # Of those that begin together the first found.
            start = self._order[after - 1][0]
            near.append(self._order[bisect_left(self._order, (start,))])
        inside = [(abs(start - position), number) for start, number in near if within[0] <= start < within[1]]
        return self.found[min(inside)[1]] if inside else None
