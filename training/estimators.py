"""The scikit-learn side: one vectoriser, two linear classifiers, two calibrators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from triage.models.features import feature_names
from triage.models.linear import LinearArrays
from triage.types import PreparedText

FOLDS = 4
C = 1.0
"""Inverse strength of regularisation; of 0.1, 0.3 and 1.0 the best on the held-out parts."""
SEED = 20_261

Floats = NDArray[np.float64]
Labels = NDArray[np.str_]
Progress = Callable[[str], None]


@dataclass
class FittedPipeline:
    """The fitted estimators, kept beside the arrays for retraining and inspection.

    ``topic`` and ``urgency`` give margins; the calibrators turn all margins together into probabilities, so that
    a sure topic of danger also speaks for the urgency.
    """

    vectorizer: TfidfVectorizer
    topic: LinearSVC
    urgency: LinearSVC
    topic_calibrator: LogisticRegression
    urgency_calibrator: LogisticRegression

    def decision_function(self, texts: Sequence[PreparedText]) -> Floats:
        """Margins of shape (texts, topics + urgencies)."""
        return _margins(self.topic, self.urgency, self.vectorizer.transform(texts))


def fit_pipeline(
    texts: Sequence[PreparedText], topics: Sequence[str], urgencies: Sequence[str], progress: Progress
) -> FittedPipeline:
    """Fit everything on prepared texts; ``progress`` is told each step.

    The calibrators learn from margins of texts that the classifiers had not seen (cross-validation), since margins
    of learned texts are too sure of themselves.
    """
    progress("特征")
    vectorizer = TfidfVectorizer(
        analyzer=feature_names, sublinear_tf=True, min_df=2, dtype=np.float32, token_pattern=None
    )
    matrix = vectorizer.fit_transform(texts)
    topic_labels, urgency_labels = np.array(topics), np.array(urgencies)
    unseen = np.zeros((len(texts), len(set(topics)) + len(set(urgencies))))
    for number, (learn, judge) in enumerate(_folds(topic_labels), start=1):
        progress(f"交叉验证 {number}/{FOLDS}")
        fold_topic, fold_urgency = _classifiers()
        fold_topic.fit(matrix[learn], topic_labels[learn])
        fold_urgency.fit(matrix[learn], urgency_labels[learn])
        unseen[judge] = _margins(fold_topic, fold_urgency, matrix[judge])
    progress("校准")
    topic_calibrator = LogisticRegression(C=1.0, max_iter=2000).fit(unseen, topic_labels)
    urgency_calibrator = LogisticRegression(C=1.0, max_iter=2000).fit(unseen, urgency_labels)
    progress("分类器")
    topic, urgency = _classifiers()
    topic.fit(matrix, topic_labels)
    urgency.fit(matrix, urgency_labels)
    return FittedPipeline(vectorizer, topic, urgency, topic_calibrator, urgency_calibrator)


def to_arrays(pipeline: FittedPipeline) -> tuple[list[str], LinearArrays]:
    """The vocabulary in row order, and the numbers as serving needs them."""
    weights = np.vstack([pipeline.topic.coef_, pipeline.urgency.coef_]).T
    calibration = np.vstack([pipeline.topic_calibrator.coef_, pipeline.urgency_calibrator.coef_]).T
    arrays = LinearArrays(
        idf=_float32(pipeline.vectorizer.idf_),
        weights=_float32(weights),
        bias=_float32(np.concatenate([pipeline.topic.intercept_, pipeline.urgency.intercept_])),
        calibration=_float32(calibration),
        calibration_bias=_float32(
            np.concatenate([pipeline.topic_calibrator.intercept_, pipeline.urgency_calibrator.intercept_])
        ),
    )
    return pipeline.vectorizer.get_feature_names_out().tolist(), arrays


def _classifiers() -> tuple[LinearSVC, LinearSVC]:
    return LinearSVC(C=C, random_state=SEED), LinearSVC(C=C, random_state=SEED)


def _folds(labels: Labels) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(np.zeros(len(labels)), labels))


def _margins(topic: LinearSVC, urgency: LinearSVC, matrix: csr_matrix) -> Floats:
    return np.hstack([topic.decision_function(matrix), urgency.decision_function(matrix)])


def _float32(values: Floats) -> NDArray[np.float32]:
    return np.ascontiguousarray(values, dtype=np.float32)
