"""Rows that may be labelled wrong are found by models that never saw them."""

from __future__ import annotations

import re
import sys
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from training.cli import main
from training.corpus import Corpus, LabeledComplaint, Place
from training.split import Part, part_of
from training.suspects import Doubts, doubt, worst
from training.train import Workshop
from training.vectors import WordVectors, save_vectors
from triage.errors import KnowledgeError
from triage.models.linear import Labels

SPOILT = 25


def row(text: str, topic: str, urgency: str = "general") -> LabeledComplaint:
    return LabeledComplaint.model_validate({"text": text, "topic": topic, "urgency": urgency})


@pytest.fixture(scope="module")
def doubts() -> Doubts:
    """Three rows; a model is sure of the first, doubts the second a little, and the third very much."""
    return Doubts(
        places=(Place("a.jsonl", 1), Place("a.jsonl", 2), Place("b.jsonl", 1)),
        rows=(row("一", "x.x"), row("二", "y.y"), row("三", "x.x", "minor")),
        labels=Labels(("x.x", "y.y"), ("general", "minor")),
        probabilities=np.array(
            [[0.9, 0.1, 0.2, 0.8], [0.4, 0.6, 0.7, 0.3], [0.2, 0.8, 0.9, 0.1]], dtype=np.float32
        ),
    )


def test_the_most_doubtful_row_comes_first(doubts: Doubts) -> None:
    """By the probability of its own label, with place and what the model says instead."""
    first, second, third = doubts.suspects("topic")
    assert (first.place, first.label, first.model) == (Place("b.jsonl", 1), "x.x", "y.y")
    assert (first.confidence, first.model_confidence) == pytest.approx((0.2, 0.8))
    assert [second.text, third.text] == ["二", "一"]


def test_topic_and_urgency_are_doubted_apart(doubts: Doubts) -> None:
    """Each has its own order."""
    assert [suspect.text for suspect in doubts.suspects("urgency")] == ["三", "一", "二"]


def test_where_the_model_agrees_nothing_is_listed(doubts: Doubts) -> None:
    """A doubtful row whose label is still the likeliest is no suspect; the limit counts suspects."""
    assert [suspect.text for suspect in worst(doubts.suspects("topic"), 5)] == ["三"]
    assert len(worst(doubts.suspects("urgency"), 1)) == 1


def test_wrong_labels_stand_far_up_among_the_suspects(
    small_corpus: Corpus, small_vectors: WordVectors, workshop: Workshop
) -> None:
    """Labels made wrong on purpose: of ten, seven and more stand in the first tenth."""
    rows = list(small_corpus.rows)
    learned = [number for number, item in enumerate(rows) if part_of(item.text) is Part.TRAIN]
    spoilt = [number for number in learned if rows[number].topic == "service.delivery"][:SPOILT]
    topics = cycle(sorted({item.topic for item in rows} - {"service.delivery"}))
    for number, topic in zip(spoilt, topics, strict=False):
        rows[number] = rows[number].model_copy(update={"topic": topic, "secondary": []})
    corpus = Corpus(tuple(rows), {"all.jsonl": len(rows)}, small_corpus.sha256)
    doubts = doubt(corpus, Part.TRAIN, small_vectors, workshop.prepare_all, jobs=1)
    first = [suspect.place.line - 1 for suspect in doubts.suspects("topic")[: len(learned) // 10]]
    assert len(doubts.rows) == len(learned)
    assert len(spoilt) == SPOILT
    assert len(set(first) & set(spoilt)) >= 0.7 * SPOILT


def test_labels_with_too_few_rows_are_named(small_vectors: WordVectors, workshop: Workshop) -> None:
    """A model of the other folds must know every label, or it could only doubt it."""
    rows = [row(f"第{number}次等了太久", "service.efficiency") for number in range(60)]
    rows.append(row(next(text for text in "甲乙丙丁" if part_of(text) is Part.TRAIN), "product.stock"))
    corpus = Corpus(tuple(rows), {"own.jsonl": len(rows)}, "")
    with pytest.raises(KnowledgeError, match=r"own\.jsonl.*product\.stock.*1 rows"):
        doubt(corpus, Part.TRAIN, small_vectors, workshop.prepare_all)
    with pytest.raises(KnowledgeError, match="no row falls into this part"):
        doubt(Corpus((), {}, ""), Part.TRAIN, small_vectors, workshop.prepare_all)


def test_the_command_names_file_line_label_and_what_the_model_says(
    small_corpus: Corpus,
    small_vectors: WordVectors,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One suspect a line; rows that only measure are not shown."""
    rows = small_corpus.rows
    data = tmp_path / "own.jsonl"
    data.write_text("".join(f"{item.model_dump_json()}\n" for item in rows), encoding="utf-8")
    save_vectors(small_vectors, tmp_path / "vectors.npz")
    arguments = ["suspects", "--data", str(data), "--of", "urgency", "--limit", "3"]
    monkeypatch.setattr(sys, "argv", ["triage-train", *arguments, "--vectors", str(tmp_path / "vectors.npz")])
    with pytest.raises(SystemExit) as ended:
        main()
    lines = capsys.readouterr().out.splitlines()
    assert ended.value.code == 0
    assert len(lines) == 3
    for line in lines:
        named = re.match(r"own\.jsonl:(\d+)\t(\w+) 0\.\d{3}\t(\w+) 0\.\d{3}\t", line)
        assert named, line
        suspect = rows[int(named[1]) - 1]
        assert (named[2], part_of(suspect.text)) == (suspect.urgency, Part.TRAIN)
        assert named[3] != named[2]
