"""Whether probabilities mean what they say: of the answers given with 0.8, eight of ten should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Answers whose probability lies in ``low <= p < high`` (the last bin holds 1 as well).

    ``stated`` is their mean probability, ``measured`` the share that is right; ``None`` where there are none.
    """

    low: float
    high: float
    rows: int
    stated: float | None
    measured: float | None


@dataclass(frozen=True)
class Calibration:
    """All bins, and the expected calibration error: the mean distance of stated and measured, weighted by rows."""

    bins: tuple[Bin, ...]
    error: float | None


def calibrate(answers: Sequence[tuple[float, bool]], bins: int = BINS) -> Calibration:
    """Sort ``answers``, each a probability and whether it was right, into bins of equal width."""
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for probability, right in answers:
        sorted_in[min(int(probability * bins), bins - 1)].append((probability, right))
    found = tuple(_bin(number, bins, inside) for number, inside in enumerate(sorted_in))
    distance = sum(
        abs(item.stated - item.measured) * item.rows
        for item in found
        if item.stated is not None and item.measured is not None
    )
    return Calibration(found, round(distance / len(answers), 4) if answers else None)


def _bin(number: int, bins: int, inside: Sequence[tuple[float, bool]]) -> Bin:
    low, high, rows = number / bins, (number + 1) / bins, len(inside)
    if not rows:
        return Bin(low, high, 0, None, None)
    stated = sum(probability for probability, _ in inside) / rows
    return Bin(low, high, rows, round(stated, 4), round(sum(right for _, right in inside) / rows, 4))
