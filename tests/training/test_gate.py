"""The gate lets no bad challenger pass, and a good one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import NOW
from tests.training.bad_models import DAMAGED, SPOILT, USABLE
from training.artifact import Trained, save
from training.corpus import Corpus
from training.exam import Exam, Sheet, sit
from training.gate import hold, verdict_text, write_verdict
from training.lessons import marks_of
from training.paired import compare
from training.split import Part, select
from triage.bootstrap import House
from triage.catalog.artifact import load_classifier
from triage.catalog.registry import Registry
from triage.engine import Engine
from triage.errors import ArtifactError
from triage.live import with_model
from triage.models.gate import Finding, Verdict


@pytest.fixture(scope="module")
def champion(rules_engine: Engine, model_folder: Path, house: House) -> Engine:
    """The small model answers."""
    return with_model(
        rules_engine, load_classifier(model_folder, house.taxonomy, house.preprocessing.fingerprint)
    )


@pytest.fixture(scope="module")
def exam(small_corpus: Corpus, house: House) -> Exam:
    """The test part, and emergencies of the validation part as the golden set."""
    golden = [row for row in select(small_corpus.rows, Part.VALIDATION) if row.urgency == "urgent"]
    return Exam.of(select(small_corpus.rows, Part.TEST), golden, house.preparer)


@pytest.fixture(scope="module")
def answers(champion: Engine, exam: Exam) -> Sheet:
    """What the champion answers, asked once."""
    return sit(champion, exam)


@pytest.fixture(scope="module")
def good(small_model: Trained) -> Trained:
    """A challenger with nothing wrong: the champion itself, with a record of what it learned."""
    rows = select(small_model.corpus.rows, Part.TRAIN)
    return replace(small_model, lessons=marks_of(row.text for row in rows))


def failed(verdict: Verdict) -> set[str]:
    return {finding.name for finding in verdict.findings if not finding.passed}


def test_a_model_as_good_as_the_champion_passes(
    good: Trained, champion: Engine, exam: Exam, answers: Sheet, tmp_path: Path, house: House
) -> None:
    """So that what follows fails for its own reason; and then it may be put in force."""
    models = tmp_path / "models"
    save(good, models / "new", NOW)
    verdict = hold(champion, models / "new", exam, answers)
    write_verdict(verdict, models / "new")

    assert not failed(verdict)
    assert "评审通过" in verdict_text(verdict)
    registry = Registry(models, tmp_path / "none")
    registry.activate("new", lambda f: load_classifier(f, house.taxonomy, house.preprocessing.fingerprint))
    assert registry.pointer().active == "new"


@pytest.mark.filterwarnings("ignore:invalid value encountered in cast")
@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_challenger_is_not_promoted(
    name: str, good: Trained, champion: Engine, exam: Exam, answers: Sheet, tmp_path: Path
) -> None:
    """Each for the reason that it was spoilt for; the register refuses it too, even where it can be loaded."""
    spoil, reason = SPOILT[name]
    models = tmp_path / "models"
    save(spoil(good), models / "bad", NOW)
    verdict = hold(champion, models / "bad", exam, answers)
    write_verdict(verdict, models / "bad")

    assert reason in failed(verdict)
    registry = Registry(models, tmp_path / "none")
    with pytest.raises(ArtifactError):
        registry.activate("bad", lambda folder: None)
    assert registry.pointer().active == "shipped"


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_challenger_is_not_even_asked(
    name: str, good: Trained, champion: Engine, exam: Exam, answers: Sheet, tmp_path: Path
) -> None:
    """The report says what is damaged, and nothing else was tried."""
    save(good, tmp_path / "bad", NOW)
    DAMAGED[name](tmp_path / "bad")
    (finding,) = hold(champion, tmp_path / "bad", exam, answers).findings

    assert finding.name == USABLE
    assert not finding.passed


def test_a_lost_emergency_of_the_golden_set_is_one_too_many(
    champion: Engine, exam: Exam, answers: Sheet, good: Trained, tmp_path: Path
) -> None:
    """However good the rest: the report gives its number in the set, not its text."""
    save(good, tmp_path / "same", NOW)
    quiet = sit(with_model(champion, champion.classifier), exam)
    first = next(n for n, seen in enumerate(quiet.golden) if not seen.assessment.emergency)
    called = replace(
        answers.golden[first],
        assessment=next(s for s in answers.golden if s.assessment.emergency).assessment,
    )
    golden = (*answers.golden[:first], called, *answers.golden[first + 1 :])
    verdict = hold(champion, tmp_path / "same", exam, replace(answers, golden=golden))

    (lost,) = [finding for finding in verdict.findings if finding.name == "必守紧急"]
    assert not lost.passed
    assert f"第 {first + 1} 条" in lost.reason


def test_a_verdict_without_findings_lets_nothing_pass() -> None:
    """Nothing found out is not a pass."""
    assert not Verdict(champion="a", challenger="b", findings=()).passed
    assert Verdict(champion="a", challenger="b", findings=(Finding(name="x", passed=True, reason=""),)).passed


def test_the_bound_holds_for_what_is_sure_not_for_what_was_seen() -> None:
    """Ten texts lost and ten won is no change, but it may be one: few texts leave more open than many."""
    few = compare([True] * 10 + [False] * 90, [False] * 10 + [True] * 10 + [False] * 80)
    many = compare(([True] * 10 + [False] * 990), [False] * 10 + [True] * 10 + [False] * 980)

    assert few.difference == many.difference == 0
    assert few.lowest < many.lowest < 0
    assert compare([True, False], [True, False]).lowest == 0
