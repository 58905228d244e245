"""The hold-out only measures: complaints by two hands that read nothing of the labelled data."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.corpus import Corpus, load_corpus
from triage.taxonomy import Taxonomy

FOLDER = Path(__file__).parent.parent.parent / "data" / "holdout"
RUN = 12
"""Characters in a row that two people do not write by accident."""


@pytest.fixture(scope="module")
def holdout(taxonomy: Taxonomy) -> Corpus:
    """Loading checks every line."""
    return load_corpus(FOLDER, taxonomy)


def runs(corpus: Corpus) -> dict[str, str]:
    """Every run of characters, with where it stands."""
    return {
        row.text[i : i + RUN]: f"{place.file}:{place.line}"
        for place, row in zip(corpus.places(), corpus.rows, strict=True)
        for i in range(len(row.text) - RUN + 1)
    }


def test_it_is_large_enough_to_measure_with(holdout: Corpus, taxonomy: Taxonomy) -> None:
    """Six hundred complaints; every topic at least fifteen times, every urgency and variant."""
    topics = [row.topic for row in holdout.rows]
    assert len(holdout.rows) >= 600
    assert min(topics.count(topic) for topic in taxonomy.topic_by_id) >= 15
    assert {row.urgency for row in holdout.rows} == {"minor", "general", "important", "urgent"}
    assert {row.variant for row in holdout.rows} == {"cn", "tw", "hk", "yue"}


def test_no_text_of_it_stands_twice(holdout: Corpus) -> None:
    """Each row counts once."""
    assert len({row.text for row in holdout.rows}) == len(holdout.rows)


def test_nothing_of_it_stands_in_the_labelled_data(holdout: Corpus, corpus: Corpus) -> None:
    """A model that learned a long run of characters would be praised for its memory."""
    learned, measured = runs(corpus), runs(holdout)
    assert [f"{learned[run]} {measured[run]}" for run in measured.keys() & learned.keys()] == []
