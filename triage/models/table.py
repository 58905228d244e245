"""A table of weights by name, read a text at a time: only the rows that occur are touched."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Rows(NamedTuple):
    """The rows of a text's features, and a last one of zeros.

    Attributes:
        weights: (occurrences + 1, labels).
        energy: (occurrences + 1,) squared weight of each occurrence, for the norm.
    """

    weights: Floats
    energy: Floats


class Table:
    """Weights of each name for each label."""

    def __init__(self, names: Sequence[str], weights: Floats, energy: Floats) -> None:
        """``weights[i]`` (labels,) and ``energy[i]`` belong to ``names[i]``; a name not there weighs nothing."""
        self._row_of = {name: row for row, name in enumerate(names)}
        self._nothing = len(names)
        self._weights = np.vstack([weights, np.zeros((1, weights.shape[1]), np.float32)])
        self._energy = np.append(energy, np.float32(0))

    def __len__(self) -> int:
        """The number of names."""
        return self._nothing

    def read(self, names: Sequence[str]) -> Rows:
        """The row of each occurrence, in order."""
        rows = list(map(self._row_of.get, names, repeat(self._nothing)))
        rows.append(self._nothing)
        return Rows(self._weights[rows], self._energy[rows])


def sum_by_clause(rows: Rows, borders: Sequence[int]) -> tuple[Floats, Floats]:
    """Weights (clauses, labels) and energy (clauses,) of each clause.

    ``borders`` are the indices of the first occurrences; the row of zeros at the end takes those of clauses that
    have none.
    """
    firsts = np.array(borders, dtype=np.intp)
    weights = np.add.reduceat(rows.weights, firsts)
    energy = np.add.reduceat(rows.energy, firsts)
    # reduceat gives an empty stretch the row at its border, which belongs to the next clause.
    empty = firsts == np.append(firsts[1:], len(rows.energy) - 1)
    if empty.any():
        weights[empty] = 0
        energy[empty] = 0
    return weights, energy
