"""Serving from plain arrays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import joblib
import numpy as np
import pytest

from training.corpus import Corpus
from training.split import Part, select
from triage.bootstrap import House
from triage.catalog.artifact import load_classifier
from triage.models.features import feature_names, find_features
from triage.models.linear import LinearClassifier
from triage.preprocess.prepare import Preparer


@pytest.fixture(scope="module")
def classifier(model_folder: Path, house: House) -> LinearClassifier:
    return load_classifier(model_folder, house.taxonomy, house.preprocessing.fingerprint)


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[str]:
    """Unseen texts of all lengths, and some that hold no known feature."""
    return [row.text for row in select(corpus.rows, Part.TEST)[:300]] + ["", "!!!", "🦖", "zzzz qqqq"]


def test_arrays_give_the_scores_of_scikit_learn(
    classifier: LinearClassifier, model_folder: Path, preparer: Preparer, texts: list[str]
) -> None:
    """The fitted pipeline beside the arrays and the arrays agree to 1e-4 on every score."""
    pipeline = joblib.load(model_folder / "pipeline.joblib")
    prepared = [preparer.prepare(text) for text in texts]
    expected = pipeline.decision_function(prepared)
    served = np.array([classifier.margins(item) for item in prepared])
    assert np.abs(expected - served).max() < 1e-4


def test_arrays_give_the_probabilities_of_scikit_learn(
    classifier: LinearClassifier, model_folder: Path, preparer: Preparer, texts: list[str]
) -> None:
    """The calibration is the same too."""
    pipeline = joblib.load(model_folder / "pipeline.joblib")
    prepared = [preparer.prepare(text) for text in texts]
    margins = pipeline.decision_function(prepared)
    topics, urgencies = classifier.probabilities(np.array([classifier.margins(item) for item in prepared]))
    assert np.abs(pipeline.topic_calibrator.predict_proba(margins) - topics).max() < 1e-4
    assert np.abs(pipeline.urgency_calibrator.predict_proba(margins) - urgencies).max() < 1e-4


def test_probabilities_sum_to_one_and_come_likeliest_first(
    classifier: LinearClassifier, preparer: Preparer
) -> None:
    """A prediction holds every label, in order."""
    prediction = classifier.predict(preparer.prepare("排队等了一个小时,收银员态度很差"))
    for scored in (prediction.topics, prediction.urgencies):
        probabilities = [item.probability for item in scored]
        assert sum(probabilities) == pytest.approx(1, abs=1e-5)
        assert probabilities == sorted(probabilities, reverse=True)
    assert {item.label for item in prediction.topics} == set(classifier.topics)


def test_contributions_point_at_words_of_the_text(classifier: LinearClassifier, preparer: Preparer) -> None:
    """Each judgement can show the words that weighed most for it."""
    prepared = preparer.prepare("快递晚了三天才送到,箱子也压扁了")
    prediction = classifier.predict(prepared)
    words = {token.text for token in prepared.tokens}
    found = {prepared.text[item.start : item.end] for item in prediction.contributions}
    assert found
    assert found <= words
    assert {item.label for item in prediction.contributions} >= {prediction.topics[0].label}


def test_clauses_are_judged_on_their_own(classifier: LinearClassifier, preparer: Preparer) -> None:
    """A text of two matters shows both."""
    prepared = preparer.prepare("结账排队等了四十分钟,洗手间地上又脏又臭全是垃圾")
    labels = {scored.label for _, scored in classifier.predict(prepared).clause_topics}
    assert len(labels) == 2


def test_features_have_a_place_in_the_text(preparer: Preparer) -> None:
    """Names and places of the features correspond."""
    prepared = preparer.prepare("牛奶过期了,保质期到上周")
    features = find_features(prepared)
    assert feature_names(prepared) == features.names
    for name, start, end in zip(*features, strict=True):
        if ":" not in name:
            assert prepared.text[start:end] == name
        elif name.startswith("w:"):
            assert prepared.text[start:end] == name[2:]


def test_serving_does_not_import_scikit_learn(model_folder: Path, tmp_path: Path) -> None:
    """A serving process stays small: neither scikit-learn nor pandas nor joblib is loaded."""
    program = (
        "import sys; from pathlib import Path\n"
        "from datetime import datetime, UTC\n"
        "from triage.bootstrap import build_engine; from triage.api.app import create_app\n"
        "from triage.settings import Settings; from triage.types import Complaint\n"
        f"settings = Settings(model=Path({str(model_folder)!r}), state_dir=Path({str(tmp_path)!r}), "
        "api_key='x' * 20)\n"
        "engine = build_engine(settings); create_app(engine, settings)\n"
        "assert engine.judge(Complaint('面包发霉了,打13812345678找我'), datetime.now(UTC)).versions.model\n"
        "heavy = {'sklearn', 'scipy', 'pandas', 'joblib', 'matplotlib'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
