"""MinHash: short signatures of texts, of which as many places agree as the texts have in common.

Broder, "On the resemblance and containment of documents", 1997; bands as in Leskovec, Rajaraman, Ullman,
"Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

GRAM = 3
"""Characters of a piece."""
PLACES = 64
"""Places of a signature; the estimate of the resemblance is off by 0.06 at most two times of three."""
BANDS = 16
"""Two texts are compared if one of so many parts of their signatures is the same."""
FEWEST_CHARACTERS = 8
"""Letters and ideographs of a text below which likeness says nothing: 「太差了」 is no repeated report."""

Signature = NDArray[np.uint32]
"""Shape ``(PLACES,)``."""

_rng = np.random.default_rng(20_250_101)
_FACTORS = _rng.integers(1, 2**63, size=(PLACES, 1), dtype=np.uint64) | np.uint64(1)
_OFFSETS = _rng.integers(0, 2**63, size=(PLACES, 1), dtype=np.uint64)
_MIX = _rng.integers(1, 2**63, size=GRAM, dtype=np.uint64) | np.uint64(1)
_NOISE = re.compile(r"[\W_]+")


def skeleton(text: str) -> str:
    """Letters, digits and ideographs alone, in one width and case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


def signature(bare: str) -> Signature:
    """The signature of a skeleton of at least ``GRAM`` characters."""
    codes = np.frombuffer(bare.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    size = len(codes) - GRAM + 1
    pieces = sum((codes[at : at + size] * _MIX[at] for at in range(1, GRAM)), codes[:size] * _MIX[0])
    pieces = np.unique(pieces ^ (pieces >> np.uint64(29)))
    hashed = (pieces * _FACTORS + _OFFSETS) >> np.uint64(32)  # multiply-shift; overflow is meant
    lowest: Signature = hashed.min(axis=1).astype(np.uint32)
    return lowest


def resemblance(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> NDArray[np.float64]:
    """The estimated Jaccard resemblance of pieces, along the last axis."""
    agreeing: NDArray[np.float64] = (one == other).mean(axis=-1)
    return agreeing
