"""The classifiers as everybody writes them: two scikit-learn pipelines, each with features of its own."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import jieba
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

ITERATIONS = 5
"""Too few for good labels, but a prediction takes as long as with many."""


def fit_stock(
    texts: Sequence[str], topics: Sequence[str], urgencies: Sequence[str]
) -> Callable[[str], tuple[Any, Any]]:
    """Fit both pipelines; what comes back gives the probabilities of one text."""
    jieba.initialize()
    topic, urgency = _pipeline(), _pipeline()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        topic.fit(texts, topics)
        urgency.fit(texts, urgencies)

    def predict(text: str) -> tuple[Any, Any]:
        return topic.predict_proba([text]), urgency.predict_proba([text])

    return predict


def _pipeline() -> Pipeline:
    words = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, sublinear_tf=True, min_df=2)
    characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    return Pipeline(
        [
            ("features", FeatureUnion([("words", words), ("characters", characters)])),
            ("classifier", LogisticRegression(max_iter=ITERATIONS)),
        ]
    )
