"""The exceptions of one rule in one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from triage.rules.occurrences import Occurrence
from triage.rules.places import Place


class Exceptions:
    """Where the exceptions of a rule are met."""

    def __init__(self, found: Iterable[Occurrence]) -> None:
        """``found`` in the order of the rule's patterns."""
        self._first_steps = [occurrence.steps[0] for occurrence in found]
        self._order = sorted((place[0], number) for number, place in enumerate(self._first_steps))
        self._known: dict[Place, Place | None] = {}

    def first_within(self, start: int, end: int) -> Place | None:
        """The first word of the first exception, in the order of the patterns, that begins in ``start … end - 1``."""
        if not self._order:
            return None
        # Asked for every hit of a clause: what has been looked for once is known.
        if (start, end) not in self._known:
            self._known[start, end] = self._look(start, end)
        return self._known[start, end]

    def _look(self, start: int, end: int) -> Place | None:
        order = self._order
        inside = order[bisect_left(order, (start,)) : bisect_left(order, (end,))]
        number = min((number for _, number in inside), default=None)
        return None if number is None else self._first_steps[number]
