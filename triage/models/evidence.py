"""Which words made the classifiers say what they said."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from triage.models.features import Features
from triage.types import Contribution, PreparedText

STRONGEST = 4
"""Words that are named for each chosen label."""


class Strengths(NamedTuple):
    """What each occurrence of a feature and each word adds to one label's logit."""

    occurrences: NDArray[np.float32]
    words: NDArray[np.float32]


def strongest_words(
    label: str, prepared: PreparedText, features: Features, strengths: Strengths
) -> list[Contribution]:
    """The words that speak most for ``label``, strongest first; n-grams count for the words they cover."""
    tokens = prepared.tokens
    if not tokens or not features.names:
        return []
    per_character = _spread(strengths.occurrences, features, len(prepared.text))
    weights = np.add.reduceat(per_character, [token.start for token in tokens]) + strengths.words
    order = np.argsort(-weights, kind="stable")[:STRONGEST]
    return [
        Contribution(label, tokens[i].start, tokens[i].start + len(tokens[i].text), weight)
        for i, weight in zip(order.tolist(), weights[order].tolist(), strict=True)
        if weight > 0
    ]


def _spread(shares: NDArray[np.float32], features: Features, length: int) -> NDArray[np.float64]:
    """Give every character of an occurrence its share: steps up at the starts, down at the ends."""
    starts, ends = np.array(features.starts), np.array(features.ends)
    each = shares / (ends - starts)
    up = np.bincount(starts, each, minlength=length + 1)
    down = np.bincount(ends, each, minlength=length + 1)
    steps: NDArray[np.float64] = np.cumsum(up - down)[:length]
    return steps
