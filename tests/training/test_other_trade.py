"""Another trade: its own topics, its own texts, the same engine."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from training.artifact import save
from training.cli import app
from training.corpus import Corpus, LabeledComplaint, load_corpus
from training.enough import check_enough
from training.train import Materials, Workshop, train
from training.vectors import WordVectors
from triage.bootstrap import House, build_engine
from triage.catalog.files import PACKAGED, KnowledgeFiles
from triage.engine import Engine
from triage.errors import KnowledgeError, SettingsError
from triage.settings import Settings
from triage.types import Complaint, Urgency

TRADE = Path(__file__).parent / "trade"
"""A bus company: taxonomy, labelled texts, a policy."""
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def bus() -> House:
    """What the bus company lays over the packaged knowledge."""
    return House(KnowledgeFiles((PACKAGED, TRADE)))


@pytest.fixture(scope="module")
def texts(bus: House) -> Corpus:
    """Seventy-two invented complaints of passengers."""
    return load_corpus(TRADE / "labels.jsonl", bus.taxonomy)


@pytest.fixture(scope="module")
def settings(
    bus: House, texts: Corpus, small_vectors: WordVectors, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A model of the bus company's own, and the settings that serve it."""
    workshop = Workshop(bus.taxonomy, bus.preparer, bus.recognizer, bus.preprocessing.fingerprint)
    trained = train(Materials(texts, small_vectors), workshop, jobs=1)
    folder = tmp_path_factory.mktemp("models") / "bus"
    save(trained, folder, NOW)
    return Settings(model=folder, knowledge=TRADE, policy="bus", state_dir=folder.parent)


@pytest.fixture(scope="module")
def engine(settings: Settings) -> Engine:
    """The engine of the bus company."""
    return build_engine(settings)


@pytest.mark.parametrize(
    ("text", "topic", "department"),
    [
        ("公交司机态度恶劣，一路骂人", "service.driver", "营运科"),
        ("公交卡刷卡多扣了钱，一直不退", "fare.payment", "营运科"),
        ("急刹车，乘客摔倒磕破了头", "safety.driving", "安全科"),
        ("等了半個鐘頭，班車一直沒來，又晚點", "service.punctuality", "营运科"),
    ],
)
def test_texts_are_sorted_by_the_topics_of_the_trade(
    engine: Engine, text: str, topic: str, department: str
) -> None:
    """In every script, and routed by the policy of the trade."""
    result = engine.judge(Complaint(text), NOW)
    assert result.assessment.topic == topic
    assert result.disposition.routing.department == department


def test_a_packaged_hazard_confirms_the_topic_that_the_trade_gives_it(engine: Engine) -> None:
    """Fire rules know fire wherever it burns; the taxonomy says under which topic."""
    assessment = engine.judge(Complaint("车厢后面着火了，浓烟滚滚"), NOW).assessment
    assert (assessment.topic, assessment.urgency) == ("safety.driving", Urgency.URGENT)
    assert assessment.hazards == {"fire"}


def test_rules_of_hazards_that_the_taxonomy_does_not_name_are_left_out(engine: Engine, bus: House) -> None:
    """Mouldy food is no hazard of a bus company."""
    assert {rule.hazard for rule in bus.recognizer.rules} == {"fire"}
    assert not engine.judge(Complaint("蛋糕发霉长毛，吃完上吐下泻"), NOW).assessment.hazards


def test_rules_keep_no_topic_of_retail(bus: House) -> None:
    """A packaged rule with a retail topic of its own falls back on the topic of its hazard."""
    assert {rule.topic for rule in bus.recognizer.rules} == {"safety.driving"}


def test_a_trade_may_do_without_hazard_rules(tmp_path: Path, bus: House) -> None:
    """`hazards: []` leaves the judgement to the model; without a model the fallback topic answers."""
    content = (TRADE / "taxonomy.yaml").read_text(encoding="utf-8")
    folder = tmp_path / "bus"
    shutil.copytree(TRADE, folder)
    (folder / "taxonomy.yaml").write_text(content.split("hazards:")[0] + "hazards: []\n", encoding="utf-8")
    engine = build_engine(
        Settings(
            model=tmp_path, knowledge=folder, policy="bus", state_dir=tmp_path, model_errors="rules-only"
        )
    )
    assessment = engine.judge(Complaint("车厢后面着火了"), NOW).assessment
    assert (assessment.topic, assessment.hazards) == (bus.taxonomy.fallback, frozenset())
    assert assessment.needs_review


def test_a_hazard_without_rules_stops_the_start(tmp_path: Path) -> None:
    """A slip of the pen in its name must not switch the alarms off in silence."""
    content = (TRADE / "taxonomy.yaml").read_text(encoding="utf-8")
    (tmp_path / "taxonomy.yaml").write_text(content.replace("id: fire", "id: fier"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="fier"):
        _ = House(KnowledgeFiles((PACKAGED, tmp_path))).hazard_rules


def test_packaged_policies_that_speak_of_other_topics_are_left_out(bus: House, settings: Settings) -> None:
    """Only the trade's own profile is left; to ask for another stops the start and names those that there are."""
    assert set(bus.policies) == {"bus"}
    with pytest.raises(SettingsError, match="bus"):
        build_engine(settings.model_copy(update={"policy": "supermarket"}))


def test_an_own_policy_with_unknown_topics_still_stops_the_start(tmp_path: Path) -> None:
    """Only packaged profiles may be left out."""
    shutil.copytree(TRADE, tmp_path / "bus")
    policy = tmp_path / "bus" / "policies" / "bus.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("categories: [safety]", "categories: [product]"),
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeError, match="product"):
        _ = House(KnowledgeFiles((PACKAGED, tmp_path / "bus"))).policies


def test_an_urgency_that_no_text_has_is_never_answered(engine: Engine, texts: Corpus) -> None:
    """The trade labels two urgencies; serving knows four and gives the other two no chance."""
    assert {row.urgency for row in texts.rows} == {"general", "urgent"}
    prediction = engine.classifier.predict(engine.preparer.prepare("刷卡多扣钱"))  # type: ignore[union-attr]
    chances = dict(prediction.urgencies)
    assert set(chances) == set(Urgency)
    assert chances["minor"] + chances["important"] < 1e-6


def test_a_fallback_must_be_a_topic(tmp_path: Path) -> None:
    """It is what a complaint gets that nothing could judge."""
    content = (TRADE / "taxonomy.yaml").read_text(encoding="utf-8")
    (tmp_path / "taxonomy.yaml").write_text(
        content.replace("fallback: service.punctuality", "fallback: service.none"), encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=r"fallback: unknown topic service\.none"):
        _ = House(KnowledgeFiles((PACKAGED, tmp_path))).taxonomy


def test_labels_with_too_few_texts_are_named(bus: House, texts: Corpus) -> None:
    """Every fault at once: a topic without texts, an urgency that stands alone."""
    rows = [row for row in texts.rows if row.topic not in {"safety.driving"}]
    with pytest.raises(KnowledgeError) as caught:
        check_enough(rows, bus.taxonomy, "labels.jsonl")
    assert "safety.driving: topic: 0 rows" in str(caught.value)
    assert "at least two urgencies" in str(caught.value)


def test_a_part_without_rows_is_named(bus: House) -> None:
    """Two texts cannot fill three parts."""
    rows = [LabeledComplaint(text=text, topic="fare.payment", urgency="general") for text in ("一", "二")]
    with pytest.raises(KnowledgeError, match="no row falls into this part"):
        check_enough(rows, bus.taxonomy, "labels.jsonl")


def test_training_with_a_taxonomy_that_is_missing_names_it(tmp_path: Path) -> None:
    """Nothing is trained for the packaged topics by mistake."""
    result = CliRunner().invoke(
        app, ["train", "--taxonomy", str(tmp_path / "none.yaml"), "--data", str(TRADE / "labels.jsonl")]
    )
    assert isinstance(result.exception, KnowledgeError)


@pytest.mark.slow
def test_the_command_trains_for_another_trade(settings: Settings, tmp_path: Path) -> None:
    """One command from taxonomy and labels to a model directory that serves."""
    folder = tmp_path / "model"
    arguments = ["--taxonomy", TRADE / "taxonomy.yaml", "--data", TRADE / "labels.jsonl", "--output", folder]
    result = CliRunner().invoke(app, ["train", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    served = build_engine(settings.model_copy(update={"model": folder}))
    assert served.judge(Complaint("司机骂人，态度太差"), NOW).assessment.topic == "service.driver"
