"""Rows of numbers as bytes: eight bits a number and one scale a row."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LEVELS = 127


class Quantized(NamedTuple):
    """``levels`` (rows, columns) int8 times ``scale`` (rows,) are the numbers."""

    levels: NDArray[np.int8]
    scale: Floats


def quantize(rows: Floats) -> Quantized:
    """The nearest levels: a number is off by at most half a level, the largest of its row by nothing."""
    scale = (np.abs(rows).max(axis=1, initial=0) / LEVELS).astype(np.float32)
    levels = np.rint(rows / np.maximum(scale, np.finfo(np.float32).tiny)[:, None])
    return Quantized(levels.astype(np.int8), scale)


def dequantize(stored: Quantized) -> Floats:
    """The numbers."""
    return stored.levels * stored.scale[:, None]
