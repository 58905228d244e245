"""The classifiers as everybody writes them: two scikit-learn pipelines, each with features of its own."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory
from typing import Any

import jieba
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

from training.corpus import LabeledComplaint

ITERATIONS = 5
"""Too few for good labels, but a prediction takes as long as with many."""

Predict = Callable[[str], tuple[Any, Any]]
"""The probabilities of the topics and of the urgencies of one text."""


def fit_stock(rows: Sequence[LabeledComplaint]) -> dict[str, Predict]:
    """Fit the pipelines with either of the two usual classifiers that give probabilities."""
    _load_jieba()
    return {
        "LogisticRegression": _fit(rows, lambda: LogisticRegression(max_iter=ITERATIONS)),
        "CalibratedClassifierCV(LinearSVC)": _fit(rows, lambda: CalibratedClassifierCV(LinearSVC())),
    }


def _fit(rows: Sequence[LabeledComplaint], classifier: Callable[[], Any]) -> Predict:
    texts = [row.text for row in rows]
    topic, urgency = _pipeline(classifier()), _pipeline(classifier())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        topic.fit(texts, [row.topic for row in rows])
        urgency.fit(texts, [row.urgency for row in rows])
    return lambda text: (topic.predict_proba([text]), urgency.predict_proba([text]))


def _pipeline(classifier: Any) -> Pipeline:  # noqa: ANN401 - scikit-learn has no types
    """Everything as the libraries have it, but for what the task needs."""
    words = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None)
    characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
    features = FeatureUnion([("words", words), ("characters", characters)])
    return Pipeline([("features", features), ("classifier", classifier)])


def _load_jieba() -> None:
    jieba.setLogLevel(logging.WARNING)
    with TemporaryDirectory() as folder:  # not the shared one, where anybody could plant a dictionary
        jieba.dt.tmp_dir = folder
        jieba.initialize()
