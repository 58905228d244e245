"""A network with one hidden layer, as scikit-learn's ``MLPClassifier`` learns it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """Weights (inputs, units) and (units, outputs), biases (units,) and (outputs,)."""

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    def margins(self, inputs: Floats) -> Floats:
        """(rows, inputs) → (rows, outputs), before any squashing."""
        units = np.maximum(inputs @ self.hidden + self.hidden_bias, 0)
        return np.asarray(units @ self.output + self.output_bias, dtype=np.float32)

    def gradient(self, row: Floats, output: int) -> Floats:
        """By how much each input (inputs,) moves one output near ``row``."""
        active = row @ self.hidden + self.hidden_bias > 0
        return np.asarray(self.hidden @ (self.output[:, output] * active), dtype=np.float32)
