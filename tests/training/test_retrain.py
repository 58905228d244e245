"""Corrections become a challenger: who is believed, what is left out, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.samples import FIRE, NOW, QUEUE, correction
from training.corpus import Corpus
from training.lessons import REHEARSED, Lessons, lessons_of, mark_of, read_marks, rehearsed
from training.retrain import marks_that_measure, retrain, settle
from training.split import Part, select
from training.train import Workshop
from triage.bootstrap import House
from triage.catalog.artifact import load_classifier, read_manifest
from triage.errors import KnowledgeError
from triage.store.values import Role, State

LATER = NOW + timedelta(hours=1)
OWN = "自助机又吞卡了，叫我去二号窗口"


def test_the_latest_verdict_of_the_highest_role_wins() -> None:
    """A supervisor who speaks later does not overrule an admin; the same text teaches once."""
    admin = correction(role=Role.ADMIN, made_by="店长", after=QUEUE)
    lessons = lessons_of([admin, correction(made_at=LATER), correction(made_at=NOW)])

    assert [row.topic for row in lessons.rows] == [QUEUE.topic]
    assert lessons.left_out == {"superseded": 2}


def test_of_one_role_the_latest_verdict_wins() -> None:
    """People may think again."""
    lessons = lessons_of([correction(made_at=LATER, after=QUEUE), correction()])

    assert [row.topic for row in lessons.rows] == [QUEUE.topic]


@pytest.mark.parametrize("state", [State.HELD, State.REJECTED])
def test_what_is_held_or_rejected_teaches_nothing(state: State) -> None:
    """Until somebody else has confirmed it."""
    doubtful = correction(state=state, hold_reasons=("可疑",))

    assert lessons_of([doubtful]) == Lessons(left_out={"held": 1})
    assert lessons_of([replace(doubtful, state=State.CONFIRMED)]).rows


def test_a_disputed_verdict_teaches_nothing_until_it_is_settled() -> None:
    """Two supervisors contradict each other; a lower role disputes nothing."""
    first = correction(made_by="王主管")
    second = correction(made_by="李主管", after=QUEUE, made_at=LATER, state=State.HELD)

    assert lessons_of([first, second]).left_out == {"disputed": 2}
    assert lessons_of([first, replace(second, role=Role.INTAKE)]).rows
    assert lessons_of([first, replace(second, state=State.REJECTED)]).rows[0].topic == FIRE.topic
    assert lessons_of([first, replace(second, state=State.CONFIRMED)]).rows[0].topic == QUEUE.topic


def test_a_text_that_measures_is_never_learned_from() -> None:
    """Otherwise the trial would ask what was taught."""
    lessons = lessons_of([correction()], frozenset({mark_of(correction().text)}))

    assert lessons == Lessons(left_out={"measures": 1})


def test_a_supervisor_counts_more_than_a_labelled_complaint() -> None:
    """They know their shop; intake does not count more than anybody."""
    rows = [correction(), correction(text_digest="f" * 64, role=Role.INTAKE)]

    assert lessons_of(rows).weights == (3.0, 1.0)


def test_a_challenger_has_learned_what_it_was_taught(
    model_folder: Path, small_corpus: Corpus, workshop: Workshop, house: House, tmp_path: Path
) -> None:
    """From the model in force, in seconds; it can be served, and says what it learned from."""
    before = load_classifier(model_folder, house.taxonomy, workshop.fingerprint)
    prepared = house.preparer.prepare(OWN)
    first = before.predict(prepared).topics[0].label
    taught = "service.efficiency" if first != "service.efficiency" else "service.payment"
    lessons = lessons_of(
        [correction(text=OWN, text_digest=str(n), after=replace(QUEUE, topic=taught)) for n in range(12)]
    )
    corpus = replace(small_corpus, rows=small_corpus.rows[:400])
    challenger = settle(retrain(model_folder, corpus, lessons, workshop), tmp_path, NOW)

    after = load_classifier(challenger.folder, house.taxonomy, workshop.fingerprint)
    chance = {one.label: one.probability for one in before.predict(prepared).topics}[taught]
    assert {one.label: one.probability for one in after.predict(prepared).topics}[taught] > chance
    manifest = read_manifest(challenger.folder)
    assert (manifest.id, manifest.base) == (challenger.identifier, before.version)
    marks = read_marks(challenger.folder)
    assert marks is not None
    assert mark_of(OWN) in marks
    assert not marks & marks_that_measure(select(corpus.rows, Part.TEST), house.preparer)


def test_the_same_challenger_twice_is_one(
    model_folder: Path, small_corpus: Corpus, workshop: Workshop, tmp_path: Path
) -> None:
    """A directory is never changed once it is there: it may be the one that answers."""
    corpus = replace(small_corpus, rows=small_corpus.rows[:100])
    trained = retrain(model_folder, corpus, lessons_of([correction()]), workshop)
    first = settle(trained, tmp_path, NOW)
    created = read_manifest(first.folder).created_at
    second = settle(trained, tmp_path, LATER)

    assert first == second
    assert read_manifest(second.folder).created_at == created
    assert [path.name for path in tmp_path.iterdir()] == [first.identifier]


def test_without_corrections_there_is_nothing_to_learn(
    model_folder: Path, small_corpus: Corpus, workshop: Workshop
) -> None:
    """`triage-train train` is for labelled complaints alone."""
    with pytest.raises(KnowledgeError, match="没有可学的更正"):
        retrain(model_folder, small_corpus, Lessons(), workshop)


def test_some_labelled_complaints_are_repeated_for_each_correction(small_corpus: Corpus) -> None:
    """Few corrections move the model a little; the order of the files has no part in it."""
    lessons = lessons_of([correction()])
    rows = small_corpus.rows[:50]

    assert len(rehearsed(rows, lessons)) == REHEARSED
    assert rehearsed(rows[::-1], lessons) == rehearsed(rows, lessons)
