"""The challenge set only measures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from training.corpus import Corpus, load_corpus
from training.evaluate import judge_all, measure
from triage.engine import Engine
from triage.taxonomy import Taxonomy

FOLDER = Path(__file__).parent.parent.parent / "data" / "challenge"


@pytest.fixture(scope="module")
def challenge(taxonomy: Taxonomy) -> Corpus:
    """Loading checks every line."""
    return load_corpus(FOLDER, taxonomy)


def test_it_holds_emergencies_and_decoys_of_every_variant(challenge: Corpus) -> None:
    """At least four hundred of each, half and half in every variant."""
    urgent = Counter(row.variant for row in challenge.rows if row.urgency == "urgent")
    calm = Counter(row.variant for row in challenge.rows if row.urgency != "urgent")
    assert urgent.total() >= 400
    assert calm.total() >= 400
    assert urgent == calm


def test_nothing_of_it_stands_in_the_training_data(challenge: Corpus, corpus: Corpus) -> None:
    """No text, and no long run of characters: a run of twelve characters is no accident."""
    known = {row.text[i : i + 12] for row in corpus.rows for i in range(len(row.text) - 11)}
    shared = [
        row.text
        for row in challenge.rows
        if any(row.text[i : i + 12] in known for i in range(len(row.text) - 11))
    ]
    assert shared == []


def test_nothing_of_it_stands_in_the_rules(challenge: Corpus) -> None:
    """The rules' examples were written by other hands."""
    rules = "".join(
        path.read_text(encoding="utf-8")
        for path in (FOLDER.parent.parent / "triage" / "knowledge").rglob("*.yaml")
    )
    assert [row.text for row in challenge.rows if len(row.text) >= 8 and row.text in rules] == []


def test_the_engine_misses_few_emergencies_of_it(trained_engine: Engine, challenge: Corpus) -> None:
    """Even with a model of an eighth of the data; the figures of the full model stand in the README."""
    rows = challenge.rows[::4]
    figures = measure(
        judge_all(rows, lambda text: trained_engine.assess(trained_engine.preparer.prepare(text)))
    )
    assert figures.emergency_recall is not None
    assert figures.emergency_recall > 0.85
    assert figures.emergency_seen is not None
    assert figures.emergency_seen > 0.95
