"""The large arrays of a model as bytes: eight bits a number and one scale a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields

import numpy as np
from numpy.typing import NDArray

from triage.models.linear import LinearArrays

Floats = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]

QUANTIZED = ("weights", "vectors")
SCALE = "_scale"
_LEVELS = 127


def pack(arrays: LinearArrays) -> Arrays:
    """The arrays as they are stored: for each large one ``name`` (int8) and ``name_scale`` (rows,)."""
    packed: Arrays = {name: value.astype(np.float32) for name, value in asdict(arrays).items()}
    for name in QUANTIZED:
        packed[name], packed[name + SCALE] = _quantize(getattr(arrays, name))
    return packed


def unpack(packed: Mapping[str, NDArray[np.generic]]) -> LinearArrays:
    """The inverse; a number is off by at most half a level of its row.

    Raises:
        ValueError: an array is missing, of another type, or not finite.
    """
    values: dict[str, Floats] = {}
    for name in (field.name for field in fields(LinearArrays)):
        expected = np.int8 if name in QUANTIZED else np.float32
        values[name] = _checked(packed, name, expected)
        if name in QUANTIZED:
            values[name] = values[name] * _checked(packed, name + SCALE, np.float32)[:, None]
    return LinearArrays(**values)


def _quantize(rows: Floats) -> tuple[NDArray[np.int8], Floats]:
    scale = np.abs(rows).max(axis=1, initial=0).astype(np.float32) / _LEVELS
    levels = np.rint(rows / np.maximum(scale, np.finfo(np.float32).tiny)[:, None])
    return levels.astype(np.int8), scale


def _checked(packed: Mapping[str, NDArray[np.generic]], name: str, expected: type[np.generic]) -> Floats:
    """The array in its place, as float32."""
    if name not in packed:
        raise ValueError(f"{name} is missing")
    found = packed[name]
    if found.dtype != expected:
        raise ValueError(f"{name} is {found.dtype}, not {np.dtype(expected)}")
    numbers = found.astype(np.float32)
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} holds values that are not numbers")
    return numbers
