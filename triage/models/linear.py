"""The trained classifiers as plain arrays: a gather of rows, sums by clause, one calibration; no scikit-learn.

Two readers judge each stretch of text. The *surface* reader is linear and knows characters, their pairs and concepts by
name. The *meaning* reader, a network with one hidden layer, knows words by their vectors, so that it understands words
that no labelled complaint ever held. Both weigh every occurrence alike, so that what they read of a text is the sum of
what they read of its clauses. A text's calibrated probabilities follow from what both say of the whole and from the
strongest that they say of any clause. The tests hold all of it to scikit-learn's own results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triage.models.arrays import LinearArrays
from triage.models.decision import Thresholds
from triage.models.evidence import Strengths, strongest_words
from triage.models.features import Features, find_features
from triage.models.network import Network
from triage.models.quantize import quantize
from triage.models.table import Rows, Table, sum_by_clause
from triage.types import Clause, Contribution, Prediction, PreparedText, Scored

Floats = NDArray[np.float32]

SHORT_CLAUSE = 4
"""Clauses of fewer characters are no matter of their own (「真的」, 「算了」)."""

_TINY = np.float32(1e-9)


@dataclass(frozen=True)
class Labels:
    """What the columns of the arrays stand for."""

    topics: tuple[str, ...]
    urgencies: tuple[str, ...]

    def __len__(self) -> int:
        """Topics and urgencies together."""
        return len(self.topics) + len(self.urgencies)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Both readers on one text: the text in row 0 of the margins, its matters in the rows behind it."""

    clauses: list[Clause]
    surface: Rows
    meaning: Rows
    norms: tuple[float, float]
    mean_vector: Floats
    margins: tuple[Floats, Floats]


class LinearClassifier:
    """Topic and urgency of a text by one pass over its features."""

    def __init__(
        self,
        *,
        version: str,
        vocabulary: Sequence[str],
        words: Sequence[str],
        labels: Labels,
        arrays: LinearArrays,
        thresholds: Thresholds,
    ) -> None:
        """``vocabulary[i]`` names feature ``i`` of the arrays, ``words[i]`` vector ``i``."""
        self.version = version
        self.thresholds = thresholds
        self.labels = labels
        self._surface = Table(vocabulary, quantize(arrays.weights), arrays.idf)
        self._meaning = Table(words, quantize(arrays.vectors), arrays.word_weights)
        self._bias = arrays.bias
        self._network = Network(arrays.hidden, arrays.hidden_bias, arrays.output, arrays.output_bias)
        self._calibration = arrays.calibration
        self._calibration_bias = arrays.calibration_bias
        own = np.arange(len(labels))
        self._shares = arrays.calibration[own, own], arrays.calibration[len(labels) + own, own]

    def margins(self, prepared: PreparedText) -> tuple[Floats, Floats]:
        """Uncalibrated scores of the whole text by both readers, each of shape (labels,)."""
        surface, meaning = self._read(prepared, find_features(prepared)).margins
        return surface[0], meaning[0]

    def probabilities(self, surface: Floats, meaning: Floats) -> tuple[Floats, Floats]:
        """Calibrated probabilities of topics and urgencies of a text (row 0) and its matters (the other rows)."""
        both = surface + meaning
        if len(both) > 1:
            both[0] = both[1:].max(axis=0)
        stacked = np.concatenate([surface, meaning, both], axis=1)
        logits = stacked @ self._calibration + self._calibration_bias
        border = len(self.labels.topics)
        return _softmax(logits[:, :border]), _softmax(logits[:, border:])

    def predict(self, prepared: PreparedText) -> Prediction:
        """Judge one text, with the topics of its clauses and the words that weighed most."""
        features = find_features(prepared)
        reading = self._read(prepared, features)
        topics, urgencies = self.probabilities(*reading.margins)
        best = topics.argmax(axis=1).tolist()
        urgency = int(urgencies[0].argmax())
        return Prediction(
            topics=_ranked(self.labels.topics, topics[0]),
            urgencies=_ranked(self.labels.urgencies, urgencies[0]),
            clause_topics=tuple(
                (clause, Scored(self.labels.topics[topic], float(topics[row, topic])))
                for row, (clause, topic) in enumerate(zip(reading.clauses, best[1:], strict=True), start=1)
            ),
            contributions=(
                *self._contributions(prepared, features, reading, best[0]),
                *self._contributions(prepared, features, reading, len(self.labels.topics) + urgency),
            ),
        )

    def _read(self, prepared: PreparedText, features: Features) -> _Reading:
        matters = find_matters(prepared)
        surface, meaning = self._surface.read(features.names), self._meaning.read(features.words)
        by_name, name_norm = _weighted_mean(surface, features.borders, matters)
        by_vector, word_norm = _weighted_mean(meaning, features.word_borders, matters)
        return _Reading(
            clauses=[prepared.clauses[i] for i in matters],
            surface=surface,
            meaning=meaning,
            norms=(name_norm, word_norm),
            mean_vector=by_vector[0],
            margins=(by_name + self._bias, self._network.margins(by_vector)),
        )

    def _contributions(
        self, prepared: PreparedText, features: Features, reading: _Reading, column: int
    ) -> list[Contribution]:
        """What the words add to the logit of the chosen label."""
        labels = (*self.labels.topics, *self.labels.urgencies)
        towards = self._network.gradient(reading.mean_vector, column)
        strengths = Strengths(
            occurrences=reading.surface.weights[:-1, column] * (self._shares[0][column] / reading.norms[0]),
            words=reading.meaning.weights[:-1] @ towards * (self._shares[1][column] / reading.norms[1]),
        )
        return strongest_words(labels[column], prepared, features, strengths)


def find_matters(prepared: PreparedText) -> list[int]:
    """The clauses that may each be a matter of their own; none where there are not two of them."""
    long = [
        number
        for number, clause in enumerate(prepared.clauses)
        if clause.end - clause.start >= SHORT_CLAUSE and number not in prepared.fillers
    ]
    return long if len(long) > 1 else []


def _weighted_mean(rows: Rows, borders: Sequence[int], matters: list[int]) -> tuple[Floats, float]:
    """Rows of the text and of its matters, each over the root of its energy; and that of the text."""
    sums, energy = sum_by_clause(rows, borders)
    if not len(sums):
        return np.zeros((1, rows.weights.shape[1]), np.float32), 1.0
    stacked = np.concatenate([sums.sum(axis=0, keepdims=True), sums[matters]])
    norms = np.sqrt(np.maximum(np.concatenate([energy.sum(keepdims=True), energy[matters]]), _TINY))
    return stacked / norms[:, None], float(norms[0])


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _ranked(labels: tuple[str, ...], probabilities: Floats) -> tuple[Scored, ...]:
    values = probabilities.tolist()
    return tuple(
        Scored(labels[i], values[i]) for i in sorted(range(len(labels)), key=values.__getitem__, reverse=True)
    )
