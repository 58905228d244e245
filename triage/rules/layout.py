"""Where the clauses and sentences of a text lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from triage.rules.places import Place, contains
from triage.types import Clause

FAR = 1 << 60
"""Behind the end of every text."""


class Layout:
    """Clauses and sentences by position; the separator behind one belongs to it."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        """``clauses`` are those of a prepared text."""
        self.clauses = clauses

    @cached_property
    def sentence_ends(self) -> list[int]:
        """The positions at which a sentence other than the first begins."""
        return [after.start for before, after in pairwise(self.clauses) if after.sentence != before.sentence]

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [clause.start for clause in self.clauses[1:]]

    @cached_property
    def _numbers(self) -> list[int]:
        return [clause.sentence for clause in self.clauses]

    def clause_of(self, position: int) -> Clause:
        """The clause that holds a position of the text."""
        return self.clauses[bisect_right(self._clause_ends, position)]

    def around_clause(self, position: int) -> Place:
        """From the start of the clause that holds a position to the start of the next one."""
        return between(self._clause_ends, position)

    def around_sentence(self, position: int) -> Place:
        """From the start of the sentence that holds a position to the start of the next one."""
        return between(self.sentence_ends, position)

    def start_of_last_sentence(self, position: int) -> int:
        """Where the sentence before that of a position begins, or the latter where nothing stands before it."""
        clause = bisect_left(self._numbers, self.clause_of(position).sentence - 1)
        return self.clauses[clause].start if clause else 0

    def frames(self, stretch: Place, window: Place) -> tuple[int, int]:
        """Where sentence and clause of a stretch begin; -1 where they lie in the window, with the sentence before."""
        first, last = stretch[0], stretch[1] - 1
        reach_of_past = self.start_of_last_sentence(first), self.around_sentence(last)[1]
        clause = self.around_clause(first)[0], self.around_clause(last)[1]
        return (
            -1 if contains(window, reach_of_past) else self.around_sentence(first)[0],
            -1 if contains(window, clause) else clause[0],
        )


def between(borders: Sequence[int], position: int) -> Place:
    """The stretch between two of the borders that holds a position; it begins with its border."""
    after = bisect_right(borders, position)
    return borders[after - 1] if after else 0, borders[after] if after < len(borders) else FAR
