"""The trained classifiers as plain arrays: one vocabulary, one gather of rows, no scikit-learn.

scikit-learn computes the same scores some hundred times slower for a single text, because it multiplies a sparse
row with the whole weight matrix; here only the rows of the features that occur are touched. The tests hold both
to a difference of 1e-4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triage.models.decision import Thresholds
from triage.models.features import Features, find_features
from triage.types import Clause, Contribution, Prediction, PreparedText, Scored, Token

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SHORT_CLAUSE = 4
"""Clauses of fewer characters are no matter of their own (「真的」, 「算了」)."""


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
        topics, urgencies = self.probabilities(self._margins(reading))
        best_topic = int(topics.argmax())
        best_urgency = int(urgencies.argmax())
        columns = [best_topic, len(self.topics) + best_urgency]
        labels = [self.topics[best_topic], self.urgencies[best_urgency]]
        return Prediction(
            topics=_ranked(self.topics, topics),
            urgencies=_ranked(self.urgencies, urgencies),
            clause_topics=self._clause_topics(reading, prepared.clauses),
            contributions=self._contributions(reading, prepared, columns, labels),
        )

    def _read(self, features: Features) -> _Reading:
        # Distinct features and the place of each occurrence among them, in one pass; unknown ones are dropped.
        row_of = self._rows
        places: dict[str, int] = {}
        kept = [i for i, name in enumerate(features.names) if name in row_of]
        inverse = np.array([places.setdefault(features.names[i], len(places)) for i in kept], dtype=np.int64)
        rows = np.array([row_of[name] for name in places], dtype=np.int64)
        counts = np.bincount(inverse, minlength=len(places))
        idf = self._arrays.idf[rows]
        raw = (1.0 + np.log(counts.astype(np.float32))) * idf
        norm = float(np.sqrt(raw @ raw)) or 1.0
        return _Reading(
            starts=np.array(features.starts, dtype=np.int64)[kept],
            ends=np.array(features.ends, dtype=np.int64)[kept],
            inverse=inverse,
            counts=counts,
            idf=idf,
            values=(raw / norm).astype(np.float32),
            weights=self._arrays.weights[rows],
        )

    def _margins(self, reading: _Reading) -> Floats:
        margins: Floats = reading.values @ reading.weights + self._arrays.bias
        return margins

    def _clause_topics(
        self, reading: _Reading, clauses: tuple[Clause, ...]
    ) -> tuple[tuple[Clause, Scored], ...]:
        """The likeliest topic of each clause, judged by the features that begin in it."""
        long = [clause for clause in clauses if clause.end - clause.start >= SHORT_CLAUSE]
        if len(long) < 2:
            return ()
        borders = np.array([clause.start for clause in long])
        owner = np.searchsorted(borders, reading.starts, side="right") - 1
        inside = (owner >= 0) & (reading.ends <= np.array([clause.end for clause in long])[owner])
        shape = (len(long), len(reading.idf))
        cells = owner[inside] * shape[1] + reading.inverse[inside]
        counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float32)
        values = counts * reading.idf
        norms = np.sqrt((values * values).sum(axis=1, keepdims=True))
        margins = (values / np.maximum(norms, 1e-6)) @ reading.weights + self._arrays.bias
        topics, _ = self.probabilities(margins)
        best = topics.argmax(axis=1)
        return tuple(
            (clause, Scored(self.topics[topic], float(topics[i, topic])))
            for i, (clause, topic) in enumerate(zip(long, best.tolist(), strict=True))
        )

    def _contributions(
        self, reading: _Reading, prepared: PreparedText, columns: Sequence[int], labels: Sequence[str]
    ) -> tuple[Contribution, ...]:
        """What each word adds to the margins of the chosen labels, strongest first."""
        if not prepared.tokens or not len(reading.starts):
            return ()
        per_feature = reading.values[:, None] * reading.weights[:, columns] / reading.counts[:, None]
        per_occurrence = per_feature[reading.inverse] / (reading.ends - reading.starts)[:, None]
        starts = np.array([token.start for token in prepared.tokens])
        found: list[Contribution] = []
        for i, label in enumerate(labels):
            per_character = _spread(per_occurrence[:, i], reading, len(prepared.text))
            per_token = np.add.reduceat(per_character, starts)
            found += _strongest(label, per_token, prepared.tokens)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The known features of one text. ``starts``, ``ends`` and ``inverse`` have an item per occurrence, the
    others one per distinct feature; ``values`` is the tf-idf vector.
    """

    starts: Ints
    ends: Ints
    inverse: Ints
    counts: Ints
    idf: Floats
    values: Floats
    weights: Floats


STRONGEST = 4


def _spread(shares: Floats, reading: _Reading, length: int) -> NDArray[np.float64]:
    """Give every character of an occurrence its share: steps up at the starts, down at the ends."""
    up = np.bincount(reading.starts, shares, minlength=length + 1)
    down = np.bincount(reading.ends, shares, minlength=length + 1)
    steps: NDArray[np.float64] = np.cumsum(up - down)[:length]
    return steps


def _strongest(label: str, weights: NDArray[np.float64], tokens: tuple[Token, ...]) -> list[Contribution]:
    order = np.argsort(-weights)[:STRONGEST].tolist()
    return [
        Contribution(label, tokens[i].start, tokens[i].start + len(tokens[i].text), float(weights[i]))
        for i in order
        if weights[i] > 0
    ]


def _ranked(labels: tuple[str, ...], probabilities: Floats) -> tuple[Scored, ...]:
    order = np.argsort(-probabilities, kind="stable").tolist()
    values = probabilities.tolist()
    return tuple(Scored(labels[i], values[i]) for i in order)


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return probabilities
