"""The scikit-learn side: two readers for topic and urgency, and the calibrators that join them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from training.space import FeatureSpace, Matrices, Stretches
from triage.models.arrays import LinearArrays
from triage.models.linear import Labels
from triage.models.network import Network

FOLDS = 4
C = 1.0
"""Inverse strength of regularisation of the surface reader; of 0.1, 0.3 and 1.0 the best on held-out parts."""
UNITS = 128
"""Of the hidden layer of the meaning reader."""
ALPHA = 1e-3
EPOCHS = 12
RATE = 2e-3
BATCH = 128
SPREAD = 3.0
"""Mean vectors are small numbers; times this they fit the network's starting weights."""
CALIBRATION_C = 0.02
SEED = 20_261
JOBS = 2

Floats = NDArray[np.float32]
Strings = NDArray[np.str_]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Answers:
    """What is right, a row per text."""

    topics: Strings
    urgencies: Strings

    @property
    def labels(self) -> Labels:
        """The labels that occur, in the order of the columns."""
        return Labels(tuple(sorted(set(self.topics))), tuple(sorted(set(self.urgencies))))


@dataclass(frozen=True)
class Readers:
    """The surface reader: weights (features, labels) and biases (labels,); the meaning reader: a network."""

    weights: Floats
    bias: Floats
    network: Network

    def margins(self, stretches: Stretches) -> tuple[Floats, Floats]:
        """Scores (rows, labels) by surface and by meaning."""
        return (
            np.asarray(stretches.surface @ self.weights + self.bias, dtype=np.float32),
            self.network.margins(stretches.meaning),
        )


@dataclass(frozen=True)
class Margins:
    """Scores of texts and of matters, each by surface and meaning."""

    texts: tuple[Floats, Floats]
    matters: tuple[Floats, Floats]


def fit_readers(stretches: Stretches, answers: Answers, labels: Labels) -> Readers:
    """Fit both readers; every label must occur."""
    surface = [
        LinearSVC(C=C, tol=1e-3, random_state=SEED).fit(stretches.surface, right)
        for right in (answers.topics, answers.urgencies)
    ]
    return Readers(
        _float32(np.vstack([_rows(item.coef_, 2) for item in surface]).T),
        _float32(np.concatenate([_rows(item.intercept_, 1) for item in surface])),
        _fit_network(stretches.meaning, _targets(answers, labels)),
    )


def _fit_network(vectors: Floats, targets: NDArray[np.int64]) -> Network:
    """One output for each label, each a yes or no of its own."""
    with warnings.catch_warnings():
        # Few epochs are meant: more of them learn the texts by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = MLPClassifier(
            (UNITS,),
            alpha=ALPHA,
            max_iter=EPOCHS,
            learning_rate_init=RATE,
            batch_size=min(BATCH, len(vectors)),
            random_state=SEED,
        ).fit(vectors * SPREAD, targets)
    (hidden, output), (hidden_bias, output_bias) = fitted.coefs_, fitted.intercepts_
    return Network(_float32(hidden * SPREAD), _float32(hidden_bias), _float32(output), _float32(output_bias))


def unseen_margins(
    matrices: Matrices, answers: Answers, labels: Labels, progress: Progress, jobs: int = JOBS
) -> Margins:
    """Margins of texts that the readers had not seen, by cross-validation.

    Margins of learned texts are too sure of themselves to learn probabilities from.
    """
    progress(f"交叉验证（{FOLDS} 份）")
    folds = list(
        StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(answers.topics, answers.topics)
    )
    fitted = Parallel(n_jobs=jobs)(
        delayed(fit_readers)(
            _select(matrices.texts, learn), Answers(answers.topics[learn], answers.urgencies[learn]), labels
        )
        for learn, _ in folds
    )
    count, width = len(answers.topics), len(labels)
    texts = _empty(count, width), _empty(count, width)
    matters = _empty(len(matrices.owner), width), _empty(len(matrices.owner), width)
    for readers, (_, judge) in zip(fitted, folds, strict=True):
        inside = np.isin(matrices.owner, judge)
        for whole, values in zip(texts, readers.margins(_select(matrices.texts, judge)), strict=True):
            whole[judge] = values
        for whole, values in zip(matters, readers.margins(_select(matrices.matters, inside)), strict=True):
            whole[inside] = values
    return Margins(texts, matters)


@dataclass(frozen=True)
class Calibrators:
    """Joined margins (rows, 3 * labels) → logits (rows, labels)."""

    weights: Floats
    bias: Floats

    def logits(self, joined: Floats) -> Floats:
        """Uncalibrated margins in, logits out."""
        return np.asarray(joined @ self.weights + self.bias, dtype=np.float32)


def fit_calibrators(joined: Floats, answers: Answers) -> Calibrators:
    """Logistic regressions over all margins together, so that a sure topic of danger speaks for the urgency too."""
    scaler = StandardScaler().fit(joined)
    scaled = scaler.transform(joined)
    fitted = [
        LogisticRegression(C=CALIBRATION_C, max_iter=2000).fit(scaled, right)
        for right in (answers.topics, answers.urgencies)
    ]
    weights = np.vstack([_rows(item.coef_, 2) for item in fitted]).T / scaler.scale_[:, None]
    bias = np.concatenate([_rows(item.intercept_, 1) for item in fitted]) - scaler.mean_ @ weights
    return Calibrators(_float32(weights), _float32(bias))


def join(margins: Margins, owner: NDArray[np.int64]) -> Floats:
    """What the calibrators read of texts: surface, meaning and, by label, the strongest clause."""
    surface, meaning = margins.texts
    strongest = surface + meaning
    owners = np.unique(owner)
    strongest[owners] = -np.inf
    np.maximum.at(strongest, owner, margins.matters[0] + margins.matters[1])
    return np.hstack([surface, meaning, strongest])


def join_alone(margins: tuple[Floats, Floats]) -> Floats:
    """What the calibrators read of single clauses."""
    return np.hstack([*margins, margins[0] + margins[1]])


def to_arrays(space: FeatureSpace, readers: Readers, calibrators: Calibrators) -> LinearArrays:
    """All numbers as serving needs them."""
    return LinearArrays(
        idf=space.idf,
        weights=readers.weights,
        bias=readers.bias,
        word_weights=space.vectors.weights,
        vectors=space.vectors.vectors,
        hidden=readers.network.hidden,
        hidden_bias=readers.network.hidden_bias,
        output=readers.network.output,
        output_bias=readers.network.output_bias,
        calibration=calibrators.weights,
        calibration_bias=calibrators.bias,
    )


def _targets(answers: Answers, labels: Labels) -> NDArray[np.int64]:
    topics = answers.topics[:, None] == np.array(labels.topics)
    urgencies = answers.urgencies[:, None] == np.array(labels.urgencies)
    return np.hstack([topics, urgencies]).astype(np.int64)


def _rows(values: NDArray[np.float64], dimensions: int) -> NDArray[np.float64]:
    """scikit-learn keeps a single row for two classes; here each class has its own."""
    one = len(values) == 1 and values.ndim == dimensions
    return np.concatenate([-values, values]) if one else values


def _select(stretches: Stretches, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Stretches:
    return Stretches(stretches.surface[rows], stretches.meaning[rows])


def _empty(rows: int, columns: int) -> Floats:
    return np.zeros((rows, columns), dtype=np.float32)


def _float32(values: NDArray[np.float64]) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float32)
