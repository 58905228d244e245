"""Training and its thresholds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from training.artifact import load_learned, save
from training.corpus import Corpus, LabeledComplaint
from training.evaluate import Case, judge_all, measure
from training.finetune import finetune
from training.split import Part, select
from training.thresholds import (
    Judged,
    alarm_threshold,
    plausible_threshold,
    review_threshold,
    secondary_threshold,
    urgent_threshold,
)
from training.train import Materials, Workshop, draft_classifier, train
from training.vectors import WordVectors, learn_vectors, load_vectors, save_vectors
from triage.catalog.artifact import read_manifest
from triage.engine import Engine
from triage.errors import KnowledgeError
from triage.models.decision import Thresholds
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


def test_the_plausible_topics_hold_the_right_one_as_often_as_stated() -> None:
    """Of 99 right topics at coverage 0.9 nine may lie below; with too few texts, every topic is plausible."""
    cases = [judged(i / 100) for i in range(1, 100)]
    threshold = plausible_threshold(cases, coverage=0.9)
    assert sum(i / 100 < threshold for i in range(1, 100)) == 9
    assert plausible_threshold(cases[:5], coverage=0.9) == 0.0


def test_a_model_carries_its_history(model_folder: Path, small_corpus: Corpus) -> None:
    """The manifest tells what it was trained on, with what, and how good it was."""
    manifest = read_manifest(model_folder)
    assert manifest.data.rows == len(small_corpus.rows)
    assert manifest.figures["test"]["rows"] == len(select(small_corpus.rows, Part.TEST))
    assert {"scikit-learn", "jieba"} <= manifest.libraries.keys()
    assert set(manifest.files) == {"arrays.npz", "vocabulary.txt", "words.txt"}
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


def test_training_twice_gives_the_same_model(
    model_folder: Path, workshop: Workshop, small_corpus: Corpus, small_vectors: WordVectors, tmp_path: Path
) -> None:
    """Seeds are fixed: the same data and code give the same artefact."""
    trained = train(Materials(small_corpus, small_vectors), workshop, jobs=1)
    again = save(trained, tmp_path / "again", datetime(2026, 11, 21, tzinfo=UTC))
    assert again.id == read_manifest(model_folder).id


def test_fine_tuning_learns_a_shops_own_words(model_folder: Path, workshop: Workshop) -> None:
    """Corrections teach what the base did not know, and leave alone what they do not speak of."""
    base = load_learned(model_folder, read_manifest(model_folder))
    own = [
        LabeledComplaint(text=f"嘟嘟卡{text}", topic="service.membership", urgency="general")
        for text in ("又失效了", "怎么不见了", "里的数字变少", "绑定不上", "换不了")
    ] + [
        LabeledComplaint(text=text, topic="service.delivery", urgency="general")
        for text in ("快递晚了三天", "包裹丢了", "送错地方了")
    ]
    texts = workshop.prepare_all(own)
    moved = finetune(base, texts, own, weights=[20.0] * len(own))
    question = workshop.preparer.prepare("我的嘟嘟卡显示无效")
    membership = base.labels.topics.index("service.membership")
    before = draft_classifier(base, Thresholds()).margins(question)[0][membership]
    after = draft_classifier(moved, Thresholds()).margins(question)[0][membership]
    assert after > before + 0.1
    display = base.labels.topics.index("product.display")
    assert (moved.arrays.weights[: len(base.vocabulary), display] == base.arrays.weights[:, display]).all()


def test_words_of_like_use_have_like_vectors(corpus: Corpus, workshop: Workshop) -> None:
    """What the labelled complaints say of couriers is said of parcels, too, not of toilets."""
    prepared = workshop.prepare_all(corpus.rows[::3])
    vectors = learn_vectors([[token.text for token in text.tokens] for text in prepared], dimensions=64)
    of = {word: vectors.vectors[row] for row, word in enumerate(vectors.words)}
    assert of["快递"] @ of["包裹"] > of["快递"] @ of["厕所"] + 0.1


def test_vectors_come_back_as_they_were_written(small_vectors: WordVectors, tmp_path: Path) -> None:
    """One file, no pickle."""
    save_vectors(small_vectors, tmp_path / "own" / "vectors.npz")
    again = load_vectors(tmp_path / "own" / "vectors.npz")
    assert again.words == small_vectors.words
    assert (again.vectors == small_vectors.vectors).all()


def test_a_file_that_holds_no_vectors_is_refused(tmp_path: Path) -> None:
    """The file is named."""
    (tmp_path / "x.npz").write_bytes(b"nothing")
    with pytest.raises(KnowledgeError, match=r"x\.npz"):
        load_vectors(tmp_path / "x.npz")


def test_too_few_texts_give_no_vectors() -> None:
    """The message says how many words there are."""
    with pytest.raises(ValueError, match="0 words"):
        learn_vectors([["一", "二"]])
