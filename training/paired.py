"""Is one side worse than the other on the same texts? A paired bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20_261
RESAMPLES = 10_000
ONE_SIDED = 0.05


@dataclass(frozen=True)
class Change:
    """How the share of right answers changes from one side to the other.

    ``lowest`` is the lower end of the change, one-sided, with 95 % confidence. ``lost`` counts texts that only the
    first side had right, ``won`` those that only the second has.
    """

    rows: int
    before: float
    after: float
    lost: int
    won: int
    lowest: float

    @property
    def difference(self) -> float:
        """Positive where the second side is better."""
        return self.after - self.before


def compare(before: Sequence[bool], after: Sequence[bool]) -> Change:
    """Compare two sides on the same texts, in the same order; there must be at least one.

    Drawing texts with replacement draws the numbers of won, lost and equal texts from a multinomial distribution, so
    those are drawn: it is the same bootstrap (Efron and Tibshirani, 1993, chapter 6), and takes no time.
    """
    rows = len(before)
    lost = sum(b and not a for b, a in zip(before, after, strict=True))
    won = sum(a and not b for b, a in zip(before, after, strict=True))
    shares = np.array([won, lost, rows - won - lost]) / rows
    drawn = np.random.default_rng(SEED).multinomial(rows, shares, RESAMPLES)
    changes = (drawn[:, 0] - drawn[:, 1]) / rows
    return Change(
        rows, sum(before) / rows, sum(after) / rows, lost, won, float(np.quantile(changes, ONE_SIDED))
    )
