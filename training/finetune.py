"""Fine-tuning: the shipped weights are the start, labelled complaints move them a little.

None of the texts that the shipped weights were learned from is needed. Features that the shipped model does not know
join with weights of zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.linear_model import SGDClassifier

from training.corpus import LabeledComplaint
from training.estimators import Floats, Strings
from training.learn import Learned, answers_of
from training.space import MIN_TEXTS, FeatureSpace, inverse_document_frequency
from training.vectors import WordVectors
from triage.models.features import find_features
from triage.types import PreparedText

EPOCHS = 2
RATE = 0.03
"""Step of the gradient descent; found on corrections of genuine texts, see docs/trials.md."""
DECAY = 1e-7
SEED = 20_261


def finetune(
    learned: Learned,
    texts: Sequence[PreparedText],
    rows: Sequence[LabeledComplaint],
    weights: Sequence[float] | None = None,
) -> Learned:
    """Move the surface reader towards ``rows``; everything else stays.

    Args:
        learned: where to start.
        texts: prepared texts.
        rows: their labels; topics and urgencies must be among those of ``learned``.
        weights: how much each row counts; 1 without.
    """
    grown = _grow(learned, texts)
    arrays = grown.arrays
    vectors = WordVectors(grown.words, arrays.vectors, arrays.word_weights)
    surface = FeatureSpace(grown.vocabulary, arrays.idf, vectors).matrices(texts).texts.surface
    answers = answers_of(rows)
    border = len(grown.labels.topics)
    importance = np.ones(len(rows)) if weights is None else np.asarray(weights, dtype=float)
    moved = [
        _descend(surface, right, importance, names, arrays.weights[:, part], arrays.bias[part])
        for right, names, part in (
            (answers.topics, grown.labels.topics, slice(0, border)),
            (answers.urgencies, grown.labels.urgencies, slice(border, None)),
        )
    ]
    return replace(
        grown,
        arrays=replace(
            arrays,
            weights=np.hstack([weight for weight, _ in moved]),
            bias=np.concatenate([bias for _, bias in moved]),
        ),
    )


def _grow(learned: Learned, texts: Sequence[PreparedText]) -> Learned:
    counts = Counter(name for text in texts for name in set(find_features(text).names))
    known = set(learned.vocabulary)
    new = sorted(name for name, count in counts.items() if count >= MIN_TEXTS and name not in known)
    arrays = learned.arrays
    idf = inverse_document_frequency(np.array([counts[name] for name in new], dtype=np.int64), len(texts))
    zeros = np.zeros((len(new), arrays.weights.shape[1]), dtype=np.float32)
    return replace(
        learned,
        vocabulary=[*learned.vocabulary, *new],
        arrays=replace(
            arrays, idf=np.concatenate([arrays.idf, idf]), weights=np.vstack([arrays.weights, zeros])
        ),
    )


def _descend(
    surface: object,
    right: Strings,
    importance: np.ndarray,
    names: tuple[str, ...],
    weights: Floats,
    bias: Floats,
) -> tuple[Floats, Floats]:
    """Stochastic gradient descent of one-against-the-rest hinge losses from given weights.

    Each label is fitted on its own, so that labels without an example among the rows keep what they know: nothing
    but negatives would only push them down.
    """
    columns, biases = [], []
    for column, name in enumerate(names):
        present = right == name
        if not present.any() or present.all():
            columns.append(weights[:, column])
            biases.append(bias[column])
            continue
        fitted = SGDClassifier(
            loss="hinge",
            alpha=DECAY,
            learning_rate="constant",
            eta0=RATE,
            max_iter=EPOCHS,
            tol=None,
            random_state=SEED,
        ).fit(
            surface,
            present,
            coef_init=weights[:, column][None].astype(float),
            intercept_init=np.array([bias[column]], dtype=float),
            sample_weight=importance,
        )
        columns.append(fitted.coef_[0].astype(np.float32))
        biases.append(np.float32(fitted.intercept_[0]))
    return np.stack(columns, axis=1), np.array(biases, dtype=np.float32)
