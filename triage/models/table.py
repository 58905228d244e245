"""A table of weights by name, read a text at a time: only the rows that occur are touched.

The weights stay the bytes as which they are stored. A row of them is half a cache line where floats would be two, and
fetching rows from memory is what reading costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from triage.models.quantize import Quantized

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

    def __init__(self, names: Sequence[str], weights: Quantized, factors: Floats) -> None:
        """``weights`` (names, labels) count ``factors`` (names,) times; a name not there weighs nothing."""
        self._row_of = {name: row for row, name in enumerate(names)}
        self._nothing = len(names)
        self._levels = np.vstack([weights.levels, np.zeros((1, weights.levels.shape[1]), np.int8)])
        self._scale = np.append(weights.scale * factors, np.float32(0)).astype(np.float32)
        self._energy = np.append(factors**2, np.float32(0)).astype(np.float32)

    def __len__(self) -> int:
        """The number of names."""
        return self._nothing

    def read(self, names: Sequence[str]) -> Rows:
        """The row of each occurrence, in order."""
        found = list(map(self._row_of.get, names, repeat(self._nothing)))
        found.append(self._nothing)
        rows = np.array(found)
        return Rows(self._levels[rows] * self._scale[rows, None], self._energy[rows])


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
