"""The feature space as matrices: what :mod:`triage.models.linear` computes for one text, for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer

from training.vectors import WordVectors
from triage.models.features import Features, find_features
from triage.models.linear import find_matters
from triage.types import PreparedText

MIN_TEXTS = 3
"""A feature must stand in so many texts to be known; rarer ones taught nothing on unseen texts."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Stretches:
    """Texts or clauses, a row each: (rows, features) and (rows, dimensions)."""

    surface: csr_matrix
    meaning: Floats


@dataclass(frozen=True)
class Matrices:
    """All that is learned from.

    Attributes:
        texts: a row per text.
        matters: a row per clause that may be a matter of its own.
        owner: (matters,) the row of the text that each belongs to.
    """

    texts: Stretches
    matters: Stretches
    owner: NDArray[np.int64]


@dataclass(frozen=True)
class FeatureSpace:
    """Names and weights of all features; row ``i`` of an array belongs to name ``i``."""

    vocabulary: list[str]
    idf: Floats
    vectors: WordVectors

    @classmethod
    def learn(
        cls, texts: Sequence[PreparedText], vectors: WordVectors, min_texts: int = MIN_TEXTS
    ) -> FeatureSpace:
        """Every feature that stands in ``min_texts`` texts, with its inverse document frequency."""
        counter = CountVectorizer(analyzer=_names, min_df=min(min_texts, len(texts)), dtype=np.float32)
        counts = counter.fit_transform([find_features(text) for text in texts])
        idf = inverse_document_frequency(np.bincount(counts.indices, minlength=counts.shape[1]), len(texts))
        return cls(counter.get_feature_names_out().tolist(), idf, vectors)

    def matrices(self, texts: Sequence[PreparedText]) -> Matrices:
        """Read texts and their matters."""
        features = [find_features(text) for text in texts]
        places = [(row, matter) for row, text in enumerate(texts) for matter in find_matters(text)]
        matters = [_clause(features[row], matter) for row, matter in places]
        return Matrices(
            self._read(features), self._read(matters), np.array([row for row, _ in places], dtype=np.int64)
        )

    def _read(self, features: Sequence[Features]) -> Stretches:
        names = _count(self.vocabulary, (item.names for item in features))
        words = _count(self.vectors.words, (item.words for item in features))
        return Stretches(
            _weighted(names, self.idf),
            (_weighted(words, self.vectors.weights) @ self.vectors.vectors).astype(np.float32),
        )


def inverse_document_frequency(texts_with: NDArray[np.int64], texts: int) -> Floats:
    """Smoothed as scikit-learn does it."""
    return (np.log((1 + texts) / (1 + texts_with)) + 1).astype(np.float32)


def _names(features: Features) -> list[str]:
    """The analyser given to scikit-learn."""
    return features.names


def _same(names: list[str]) -> list[str]:
    return names


def _count(names: Sequence[str], rows: Iterable[Sequence[str]]) -> csr_matrix:
    counter = CountVectorizer(
        analyzer=_same, vocabulary={name: i for i, name in enumerate(names)}, dtype=np.float32
    )
    listed = list(rows)
    return counter.transform(listed) if listed else csr_matrix((0, len(names)), dtype=np.float32)


def _weighted(counts: csr_matrix, weights: Floats) -> csr_matrix:
    """Each occurrence by its weight, over the root of the sum of their squares."""
    norms = np.sqrt(np.maximum(counts @ (weights**2), 1e-9))
    return (diags(1 / norms) @ counts @ diags(weights)).tocsr().astype(np.float32)


def _clause(features: Features, number: int) -> Features:
    """The features of one clause alone."""
    first, last = _between(features.borders, len(features.names))[number]
    first_word, last_word = _between(features.word_borders, len(features.words))[number]
    return Features(
        features.names[first:last],
        features.starts[first:last],
        features.ends[first:last],
        [0],
        features.words[first_word:last_word],
        [0],
    )


def _between(borders: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(pairwise([*borders, end]))
