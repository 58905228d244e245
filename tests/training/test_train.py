"""Training and its thresholds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from training.corpus import Corpus, LabeledComplaint
from training.evaluate import Case, judge_all, measure
from training.split import Part, select
from training.thresholds import (
    Judged,
    alarm_threshold,
    review_threshold,
    secondary_threshold,
    urgent_threshold,
)
from training.train import Workshop, save, train
from triage.catalog.artifact import read_manifest
from triage.engine import Engine
from triage.types import Clause, Prediction, Scored, Urgency


def judged(confidence: float, right: bool = True, urgent: float = 0.0, urgency: str = "general") -> Judged:
    prediction = Prediction(
        topics=(Scored("a.a", confidence), Scored("b.b", 1 - confidence)),
        urgencies=(Scored("general", 1 - urgent), Scored(Urgency.URGENT, urgent)),
        clause_topics=((Clause(0, 4, 0), Scored("c.c", confidence)),),
        contributions=(),
    )
    return Judged(prediction, "a.a" if right else "b.b", urgency, ("c.c",) if right else ())


def test_the_review_threshold_keeps_its_risk() -> None:
    """Sure answers are right, unsure ones wrong: the threshold falls between."""
    cases = [judged(0.9 + i / 10_000) for i in range(300)] + [judged(0.4, right=False)] * 200
    assert 0.4 < review_threshold(cases, risk=0.05) <= 0.9


def test_everything_is_reviewed_where_no_threshold_is_safe() -> None:
    """A model that is wrong however sure it is automates nothing."""
    assert review_threshold([judged(0.9, right=False)] * 100, risk=0.05) == 1.0


def test_the_urgent_threshold_allows_only_so_many_false_alarms() -> None:
    """One ordinary complaint in a hundred looks dangerous; at 0.5 % it must stay below the threshold."""
    cases = [judged(0.9, urgent=0.1)] * 99 + [judged(0.9, urgent=0.8)]
    assert urgent_threshold(cases, false_alarms=0.005) > 0.8
    assert urgent_threshold(cases, false_alarms=0.02) <= 0.8


def test_the_alarm_threshold_leaves_few_emergencies_below_it() -> None:
    """Of 99 emergencies at risk 0.05 at most four may lie below; with too few, everything is looked at."""
    cases = [judged(0.9, urgent=i / 100, urgency="urgent") for i in range(1, 100)]
    threshold = alarm_threshold(cases, risk=0.05)
    assert sum(i / 100 < threshold for i in range(1, 100)) == 4
    assert alarm_threshold(cases[:10], risk=0.05) == 0.0


def test_the_secondary_threshold_separates_true_from_false_secondaries() -> None:
    """Right ones are sure, wrong ones unsure."""
    cases = [judged(0.9)] * 50 + [judged(0.5, right=False)] * 50
    assert 0.5 < secondary_threshold(cases) <= 0.9


def test_a_model_carries_its_history(model_folder: Path, small_corpus: Corpus) -> None:
    """The manifest tells what it was trained on, with what, and how good it was."""
    manifest = read_manifest(model_folder)
    assert manifest.data.rows == len(small_corpus.rows)
    assert manifest.figures["test"]["rows"] == len(select(small_corpus.rows, Part.TEST))
    assert {"scikit-learn", "jieba"} <= manifest.libraries.keys()
    assert set(manifest.files) == {"arrays.npz", "vocabulary.txt", "pipeline.joblib"}
    assert manifest.id in (model_folder / "CARD.md").read_text(encoding="utf-8")


def test_even_a_small_model_judges_unseen_texts_far_better_than_chance(
    trained_engine: Engine, corpus: Corpus, small_corpus: Corpus
) -> None:
    """An eighth of the data, measured on held-out rows it never saw."""
    seen = {row.text for row in small_corpus.rows}
    rows = [row for row in select(corpus.rows, Part.TEST) if row.text not in seen][:400]
    figures = measure(
        judge_all(rows, lambda text: trained_engine.assess(trained_engine.preparer.prepare(text)))
    )
    assert figures.topic is not None
    assert figures.topic > 0.5
    assert figures.emergency_recall is not None
    assert figures.emergency_recall > 0.85


def test_figures_count_what_they_say(trained_engine: Engine) -> None:
    """A missed emergency lowers recall, a false alarm raises its share."""
    row = LabeledComplaint(
        text="面包发霉了", topic="safety.food", urgency="urgent", secondary=[], variant="cn"
    )
    assessment = trained_engine.assess(trained_engine.preparer.prepare(row.text))
    calm = row.model_copy(update={"urgency": "minor"})
    figures = measure([Case(row, assessment), Case(calm, assessment)])
    assert (figures.emergency_recall, figures.false_alarms, figures.urgency) == (1.0, 1.0, 0.5)


@pytest.mark.slow
def test_training_twice_gives_the_same_model(
    model_folder: Path, workshop: Workshop, small_corpus: Corpus, tmp_path: Path
) -> None:
    """Seeds are fixed: the same data and code give the same artefact."""
    trained = train(
        small_corpus,
        workshop,
        lambda step: None,
        lambda rows: [workshop.preparer.prepare(row.text) for row in rows],
    )
    again = save(trained, small_corpus, workshop, tmp_path / "again", datetime(2026, 11, 21, tzinfo=UTC))
    assert again.id == read_manifest(model_folder).id
