"""Serving from plain arrays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from training.artifact import Trained
from training.corpus import Corpus
from training.estimators import Calibrators, Margins, Readers, join
from training.learn import Learned
from training.space import FeatureSpace
from training.split import Part, select
from training.vectors import WordVectors
from triage.bootstrap import House
from triage.catalog.artifact import load_classifier
from triage.models.decision import Thresholds
from triage.models.features import find_features
from triage.models.linear import LinearClassifier
from triage.models.network import Network
from triage.models.quantize import dequantize, quantize
from triage.models.table import Table, sum_by_clause
from triage.preprocess.prepare import Preparer


@pytest.fixture(scope="module")
def classifier(model_folder: Path, house: House) -> LinearClassifier:
    return load_classifier(model_folder, house.taxonomy, house.preprocessing.fingerprint)


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[str]:
    """Unseen texts of all lengths, and some that hold no known feature."""
    return [row.text for row in select(corpus.rows, Part.TEST)[:300]] + ["", "!!!", "🦖", "zzzz qqqq"]


def in_full(model: Learned) -> LinearClassifier:
    """The classifier before its numbers were rounded for storing."""
    return LinearClassifier(
        version="full",
        vocabulary=model.vocabulary,
        words=model.words,
        labels=model.labels,
        arrays=model.arrays,
        thresholds=Thresholds(),
    )


def test_serving_gives_the_margins_of_the_matrices_that_were_learned_from(
    small_model: Trained, preparer: Preparer, texts: list[str]
) -> None:
    """One text by a gather of rows of bytes, or many by matrices of floats: the scores agree to a tenth at most."""
    model = small_model.model
    prepared = [preparer.prepare(text) for text in texts]
    arrays = model.arrays
    space = FeatureSpace(
        model.vocabulary, arrays.idf, WordVectors(model.words, arrays.vectors, arrays.word_weights)
    )
    readers = Readers(
        arrays.weights,
        arrays.bias,
        Network(arrays.hidden, arrays.hidden_bias, arrays.output, arrays.output_bias),
    )
    expected = readers.margins(space.matrices(prepared).texts)
    classifier = in_full(model)
    served = [classifier.margins(item) for item in prepared]
    for reader in (0, 1):
        assert np.abs(expected[reader] - np.array([margins[reader] for margins in served])).max() < 0.1


def test_serving_gives_the_probabilities_that_were_calibrated(
    small_model: Trained, preparer: Preparer, texts: list[str]
) -> None:
    """Whole texts and their strongest clauses are joined for one text as they are for many."""
    model = small_model.model
    arrays = model.arrays
    prepared = [preparer.prepare(text) for text in texts]
    space = FeatureSpace(
        model.vocabulary, arrays.idf, WordVectors(model.words, arrays.vectors, arrays.word_weights)
    )
    readers = Readers(
        arrays.weights,
        arrays.bias,
        Network(arrays.hidden, arrays.hidden_bias, arrays.output, arrays.output_bias),
    )
    matrices = space.matrices(prepared)
    margins = Margins(readers.margins(matrices.texts), readers.margins(matrices.matters))
    logits = Calibrators(arrays.calibration, arrays.calibration_bias).logits(join(margins, matrices.owner))
    expected = logits[:, : len(model.labels.topics)]
    classifier = in_full(model)
    for text, row in zip(prepared, expected, strict=True):
        label = classifier.predict(text).topics[0].label
        assert row.max() - row[model.labels.topics.index(label)] < 0.1


def test_storing_changes_nothing(
    small_model: Trained, classifier: LinearClassifier, preparer: Preparer, texts: list[str]
) -> None:
    """What was measured in training is what is loaded for serving, but for the rounding of the vectors."""
    fresh = in_full(small_model.model)
    for text in texts:
        prepared = preparer.prepare(text)
        measured, stored = fresh.predict(prepared).topics[0], classifier.predict(prepared).topics[0]
        assert measured.probability == pytest.approx(stored.probability, abs=0.02)


def test_eight_bits_keep_the_largest_number_of_a_row() -> None:
    """And every other to half a level."""
    rows = np.array([[1.0, -0.5, 0.003], [0.0, 0.0, 0.0]], np.float32)
    again = dequantize(quantize(rows))
    assert again[0, 0] == pytest.approx(1.0)
    assert np.abs(again - rows).max() <= 0.5 / 127


def test_probabilities_sum_to_one_and_come_likeliest_first(
    classifier: LinearClassifier, preparer: Preparer
) -> None:
    """A prediction holds every label, in order."""
    prediction = classifier.predict(preparer.prepare("排队等了一个小时,收银员态度很差"))
    for scored in (prediction.topics, prediction.urgencies):
        probabilities = [item.probability for item in scored]
        assert sum(probabilities) == pytest.approx(1, abs=1e-5)
        assert probabilities == sorted(probabilities, reverse=True)
    assert {item.label for item in prediction.topics} == set(classifier.labels.topics)


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
    """Names and places of the features correspond, clause after clause."""
    prepared = preparer.prepare("牛奶过期了,保质期到上周")
    features = find_features(prepared)
    for name, start, end in zip(features.names, features.starts, features.ends, strict=True):
        if not name.startswith("c:"):
            assert prepared.text[start:end] == name
    assert [features.names[border] for border in features.borders] == ["牛", "保"]
    assert [features.words[border] for border in features.word_borders] == ["牛奶", ","]


def test_a_text_reads_as_the_sum_of_its_clauses() -> None:
    """Each clause has the sum of its rows; one without a known feature, and an empty stretch, have nothing."""
    table = Table(
        ["a", "b"], quantize(np.array([[1.0], [5.0]], np.float32)), np.array([1.0, 2.0], np.float32)
    )
    weights, energy = sum_by_clause(table.read(["a", "b", "x", "b"]), [0, 2, 3, 3, 4])
    assert weights.ravel() == pytest.approx([11, 0, 0, 10, 0])
    assert energy.tolist() == [5, 0, 0, 4, 0]


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
