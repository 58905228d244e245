"""Parts shared by all tests: the packaged knowledge, and a small model trained once per process."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from training.corpus import Corpus, load_corpus
from training.train import Workshop, save, train
from triage.bootstrap import House, build_engine
from triage.catalog.files import KnowledgeFiles
from triage.engine import Engine
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.settings import Settings
from triage.taxonomy import Taxonomy

DATA = Path(__file__).parent.parent / "data" / "labeled"


@pytest.fixture(scope="session")
def house() -> House:
    """The packaged knowledge."""
    return House(KnowledgeFiles())


@pytest.fixture(scope="session")
def taxonomy(house: House) -> Taxonomy:
    """The packaged label set."""
    return house.taxonomy


@pytest.fixture(scope="session")
def preparer(house: House) -> Preparer:
    """The packaged preprocessing."""
    return house.preparer


@pytest.fixture(scope="session")
def recognizer(house: House) -> Recognizer:
    """The packaged hazard rules."""
    return house.recognizer


@pytest.fixture(scope="session")
def workshop(house: House) -> Workshop:
    """What training needs."""
    return Workshop(house.taxonomy, house.preparer, house.recognizer, house.preprocessing.fingerprint)


@pytest.fixture(scope="session")
def corpus(taxonomy: Taxonomy) -> Corpus:
    """All labelled complaints."""
    return load_corpus(DATA, taxonomy)


@pytest.fixture(scope="session")
def small_corpus(corpus: Corpus) -> Corpus:
    """Every eighth labelled complaint: enough to train on in seconds."""
    return Corpus(corpus.rows[::8], corpus.files, corpus.sha256)


@pytest.fixture(scope="session")
def model_folder(small_corpus: Corpus, workshop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on the small corpus; tests that damage it copy it first."""
    folder = tmp_path_factory.mktemp("models") / "small"
    trained = train(
        small_corpus,
        workshop,
        lambda step: None,
        lambda rows: [workshop.preparer.prepare(row.text) for row in rows],
    )
    save(trained, small_corpus, workshop, folder, datetime(2026, 11, 21, tzinfo=UTC))
    return folder


@pytest.fixture(scope="session")
def settings(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that serve the small model."""
    return Settings(model=model_folder, state_dir=tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def trained_engine(settings: Settings) -> Engine:
    """The whole engine with the small model."""
    return build_engine(settings)


@pytest.fixture(scope="session")
def rules_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine without a model: rules alone."""
    folder = tmp_path_factory.mktemp("state")
    return build_engine(Settings(model=folder / "none", state_dir=folder, model_errors="rules-only"))
