"""All numbers of a model, and how they are stored: the large arrays in eight bits a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from triage.models.quantize import Quantized, dequantize, quantize

Floats = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]

QUANTIZED = ("weights", "vectors")
SCALE = "_scale"


@dataclass(frozen=True)
class LinearArrays:
    """All numbers of a model; ``labels`` = topics + urgencies, topics first.

    Attributes:
        idf: (features,) weight of an occurrence.
        weights: (features, labels) of the surface reader.
        bias: (labels,).
        word_weights: (words,) weight of an occurrence.
        vectors: (words, dimensions) of unit length.
        hidden: (dimensions, units) of the meaning reader, a network with one hidden layer.
        hidden_bias: (units,).
        output: (units, labels).
        output_bias: (labels,).
        calibration: (3 * labels, labels) maps the margins of surface, meaning and strongest clause to logits.
        calibration_bias: (labels,).
    """

    idf: Floats
    weights: Floats
    bias: Floats
    word_weights: Floats
    vectors: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats
    calibration: Floats
    calibration_bias: Floats


def pack(arrays: LinearArrays) -> Arrays:
    """The arrays as they are stored: for each large one ``name`` (int8) and ``name_scale`` (rows,)."""
    packed: Arrays = {name: value.astype(np.float32) for name, value in asdict(arrays).items()}
    for name in QUANTIZED:
        packed[name], packed[name + SCALE] = quantize(getattr(arrays, name))
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
            scale = _checked(packed, name + SCALE, np.float32)
            values[name] = dequantize(Quantized(values[name].astype(np.int8), scale))
    return LinearArrays(**values)


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
