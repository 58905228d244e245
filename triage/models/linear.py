"""The trained classifiers as plain arrays: one vocabulary, one gather of rows, no scikit-learn.

scikit-learn computes the same scores some hundred times slower for a single text, because it multiplies a sparse
row with the whole weight matrix; here only the rows of the features that occur are touched. The tests hold both
to a difference of 1e-4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from triage.models.decision import Thresholds
from triage.models.features import Features, find_features
from triage.types import Clause, Contribution, Prediction, PreparedText, Scored, Token

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SHORT_CLAUSE = 4
"""Clauses of fewer characters are no matter of their own (「真的」, 「算了」)."""

STRONGEST = 4
"""Words that are named for each chosen label."""

_UNKNOWN = -1


@dataclass(frozen=True)
class LinearArrays:
    """All numbers of a model.

    Attributes:
        idf: (features,) inverse document frequencies.
        weights: (features, topics + urgencies) of the linear classifiers, topics first.
        bias: (topics + urgencies,).
        calibration: (topics + urgencies, topics + urgencies) maps margins to logits, block by block.
        calibration_bias: (topics + urgencies,).
    """

    idf: Floats
    weights: Floats
    bias: Floats
    calibration: Floats
    calibration_bias: Floats


class LinearClassifier:
    """Topic and urgency of a text by one pass over its features."""

    def __init__(
        self,
        *,
        version: str,
        vocabulary: Sequence[str],
        topics: Sequence[str],
        urgencies: Sequence[str],
        arrays: LinearArrays,
        thresholds: Thresholds,
    ) -> None:
        """``vocabulary[i]`` names row ``i`` of the arrays."""
        self.version = version
        self.thresholds = thresholds
        self.topics = tuple(topics)
        self.urgencies = tuple(urgencies)
        self._rows = {name: row for row, name in enumerate(vocabulary)}
        self._arrays = arrays

    def margins(self, prepared: PreparedText) -> Floats:
        """Uncalibrated scores, shape (topics + urgencies,), as scikit-learn's ``decision_function``."""
        return self._margins(self._read(find_features(prepared)))

    def probabilities(self, margins: Floats) -> tuple[Floats, Floats]:
        """Calibrated probabilities of topics and of urgencies; margins of shape (…, topics + urgencies)."""
        logits = margins @ self._arrays.calibration + self._arrays.calibration_bias
        border = len(self.topics)
        return _softmax(logits[..., :border]), _softmax(logits[..., border:])

    def predict(self, prepared: PreparedText) -> Prediction:
        """Judge one text, with the topics of its clauses and the words that weighed most."""
        reading = self._read(find_features(prepared))
        clauses = _matters(prepared.clauses)
        # The text in row 0 and its clauses in the rows behind it go through the classifiers together.
        values = np.concatenate([reading.values[None], _clause_values(reading, clauses)])
        topics, urgencies = self.probabilities(values @ reading.weights + self._arrays.bias)
        best_topics = topics.argmax(axis=1).tolist()
        best_urgency = int(urgencies[0].argmax())
        chosen = {
            self.topics[best_topics[0]]: best_topics[0],
            self.urgencies[best_urgency]: len(self.topics) + best_urgency,
        }
        return Prediction(
            topics=_ranked(self.topics, topics[0]),
            urgencies=_ranked(self.urgencies, urgencies[0]),
            clause_topics=tuple(
                (clause, Scored(self.topics[topic], float(topics[row, topic])))
                for row, (clause, topic) in enumerate(zip(clauses, best_topics[1:], strict=True), start=1)
            ),
            contributions=_contributions(reading, prepared, chosen),
        )

    def _read(self, features: Features) -> _Reading:
        rows = list(map(self._rows.get, features.names, repeat(_UNKNOWN)))
        place_of: dict[int, int] = {}
        inverse = np.array([place_of.setdefault(row, len(place_of)) for row in rows], dtype=np.int64)
        distinct = np.array(list(place_of), dtype=np.int64)
        counts = np.bincount(inverse, minlength=len(distinct))
        # Features that the model does not know stay, and weigh nothing.
        idf = self._arrays.idf[distinct] * (distinct != _UNKNOWN)
        raw = (1.0 + np.log(counts.astype(np.float32))) * idf
        norm = float(np.sqrt(raw @ raw)) or 1.0
        return _Reading(
            starts=np.array(features.starts, dtype=np.int64),
            ends=np.array(features.ends, dtype=np.int64),
            inverse=inverse,
            counts=counts,
            idf=idf,
            values=(raw / norm).astype(np.float32),
            weights=self._arrays.weights[distinct],
        )

    def _margins(self, reading: _Reading) -> Floats:
        margins: Floats = reading.values @ reading.weights + self._arrays.bias
        return margins


@dataclass(frozen=True, slots=True)
class _Reading:
    """The features of one text. ``starts``, ``ends`` and ``inverse`` have an item per occurrence, the
    others one per distinct feature; ``values`` is the tf-idf vector.
    """

    starts: Ints
    ends: Ints
    inverse: Ints
    counts: Ints
    idf: Floats
    values: Floats
    weights: Floats


def _matters(clauses: tuple[Clause, ...]) -> list[Clause]:
    """The clauses that may each be a matter of their own; none where there are not two of them."""
    long = [clause for clause in clauses if clause.end - clause.start >= SHORT_CLAUSE]
    return long if len(long) > 1 else []


def _clause_values(reading: _Reading, clauses: Sequence[Clause]) -> Floats:
    """The tf-idf vector of each clause, from the features inside it; shape (clauses, distinct features)."""
    shape = (len(clauses), len(reading.idf))
    if not clauses:
        return np.empty(shape, dtype=np.float32)
    starts, ends, _ = np.array(clauses, dtype=np.int64).T
    owner = np.searchsorted(starts, reading.starts, side="right") - 1
    inside = (owner >= 0) & (reading.ends <= ends[owner])
    cells = owner[inside] * shape[1] + reading.inverse[inside]
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    values: Floats = counts.astype(np.float32) * reading.idf
    norms = np.sqrt((values * values).sum(axis=1, keepdims=True))
    values /= np.maximum(norms, 1e-6)
    return values


def _contributions(
    reading: _Reading, prepared: PreparedText, columns: Mapping[str, int]
) -> tuple[Contribution, ...]:
    """What each word adds to the margins of the chosen labels (with their columns), strongest first."""
    if not prepared.tokens or not len(reading.starts):
        return ()
    tokens = np.array([token.start for token in prepared.tokens])
    lengths = reading.ends - reading.starts
    found: list[Contribution] = []
    for label, column in columns.items():
        per_feature = reading.values * reading.weights[:, column] / reading.counts
        per_character = _spread(per_feature[reading.inverse] / lengths, reading, len(prepared.text))
        found += _strongest(label, np.add.reduceat(per_character, tokens), prepared.tokens)
    return tuple(found)


def _spread(shares: NDArray[np.float64], reading: _Reading, length: int) -> NDArray[np.float64]:
    """Give every character of an occurrence its share: steps up at the starts, down at the ends."""
    up = np.bincount(reading.starts, shares, minlength=length + 1)
    down = np.bincount(reading.ends, shares, minlength=length + 1)
    steps: NDArray[np.float64] = np.cumsum(up - down)[:length]
    return steps


def _strongest(label: str, weights: NDArray[np.float64], tokens: tuple[Token, ...]) -> list[Contribution]:
    order = np.argsort(-weights, kind="stable")[:STRONGEST]
    return [
        Contribution(label, tokens[i].start, tokens[i].start + len(tokens[i].text), weight)
        for i, weight in zip(order.tolist(), weights[order].tolist(), strict=True)
        if weight > 0
    ]


def _ranked(labels: tuple[str, ...], probabilities: Floats) -> tuple[Scored, ...]:
    order = np.argsort(-probabilities, kind="stable").tolist()
    values = probabilities.tolist()
    return tuple(Scored(labels[i], values[i]) for i in order)


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return probabilities
