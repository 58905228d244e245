"""The trained classifiers as plain arrays: a gather of rows, sums by clause, one calibration; no scikit-learn.

Two readers judge each stretch of text: the *surface* reader knows n-grams, words and concepts by name, the *meaning*
reader knows words by their vectors, so that it understands words that no labelled complaint ever held. Both are
linear, and both weigh every occurrence alike, so that the reading of a text is the sum of the readings of its
clauses. A text's calibrated probabilities follow from what both say of the whole and from the strongest that they say
of any clause. The tests hold all of it to scikit-learn's own results.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triage.models.decision import Thresholds
from triage.models.evidence import Strengths, strongest_words
from triage.models.features import Features, find_features
from triage.models.table import Rows, Table, sum_by_clause
from triage.types import Clause, Contribution, Prediction, PreparedText, Scored

Floats = NDArray[np.float32]

SHORT_CLAUSE = 4
"""Clauses of fewer characters are no matter of their own (「真的」, 「算了」)."""

_TINY = np.float32(1e-9)


@dataclass(frozen=True)
class LinearArrays:
    """All numbers of a model; ``labels`` = topics + urgencies, topics first.

    Attributes:
        idf: (features,) weight of an occurrence.
        weights: (features, labels) of the surface reader.
        bias: (labels,).
        word_weights: (words,) weight of an occurrence.
        vectors: (words, dimensions) of unit length.
        reader: (dimensions, labels) of the meaning reader.
        reader_bias: (labels,).
        calibration: (3 * labels, labels) maps the margins of surface, meaning and strongest clause to logits.
        calibration_bias: (labels,).
    """

    idf: Floats
    weights: Floats
    bias: Floats
    word_weights: Floats
    vectors: Floats
    reader: Floats
    reader_bias: Floats
    calibration: Floats
    calibration_bias: Floats


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
        self._surface = Table(vocabulary, arrays.idf[:, None] * arrays.weights, arrays.idf**2)
        # A linear reader of a weighted mean of vectors is a weight for each word: the vectors themselves are not
        # needed any more.
        meaning = np.asarray(
            (arrays.word_weights[:, None] * arrays.vectors) @ arrays.reader, dtype=np.float32
        )
        self._meaning = Table(words, meaning, arrays.word_weights**2)
        self._biases = arrays.bias, arrays.reader_bias
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
        surface, meaning = self._surface.read(features.names), self._meaning.read(features.words)
        matters = find_matters(prepared.clauses)
        margins: list[Floats] = []
        norms: list[float] = []
        for rows, borders, bias in (
            (surface, features.borders, self._biases[0]),
            (meaning, features.word_borders, self._biases[1]),
        ):
            sums, energy = _text_and_matters(*sum_by_clause(rows, borders), matters)
            norm = np.sqrt(np.maximum(energy, _TINY))
            margins.append(np.asarray(sums / norm[:, None] + bias, dtype=np.float32))
            norms.append(float(norm[0]))
        return _Reading(
            clauses=[prepared.clauses[i] for i in matters],
            surface=surface,
            meaning=meaning,
            norms=(norms[0], norms[1]),
            margins=(margins[0], margins[1]),
        )

    def _contributions(
        self, prepared: PreparedText, features: Features, reading: _Reading, column: int
    ) -> list[Contribution]:
        """What the words add to the logit of the chosen label."""
        labels = (*self.labels.topics, *self.labels.urgencies)
        strengths = Strengths(
            occurrences=reading.surface.weights[:-1, column] * (self._shares[0][column] / reading.norms[0]),
            words=reading.meaning.weights[:-1, column] * (self._shares[1][column] / reading.norms[1]),
        )
        return strongest_words(labels[column], prepared, features, strengths)


def find_matters(clauses: Sequence[Clause]) -> list[int]:
    """The clauses that may each be a matter of their own; none where there are not two of them."""
    long = [number for number, clause in enumerate(clauses) if clause.end - clause.start >= SHORT_CLAUSE]
    return long if len(long) > 1 else []


def _text_and_matters(sums: Floats, energy: Floats, matters: list[int]) -> tuple[Floats, Floats]:
    if not len(sums):
        return np.zeros((1, sums.shape[1]), np.float32), np.zeros(1, np.float32)
    whole, total = sums.sum(axis=0, keepdims=True), energy.sum(keepdims=True)
    return np.concatenate([whole, sums[matters]]), np.concatenate([total, energy[matters]])


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _ranked(labels: tuple[str, ...], probabilities: Floats) -> tuple[Scored, ...]:
    values = probabilities.tolist()
    return tuple(
        Scored(labels[i], values[i]) for i in sorted(range(len(labels)), key=values.__getitem__, reverse=True)
    )
