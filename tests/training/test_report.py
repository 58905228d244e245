"""The model card says what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from training.cli import app
from training.corpus import Corpus, LabeledComplaint
from training.report.calibration import calibrate
from training.report.figures import measure_set
from training.report.judged import Seen, judge_rows
from training.report.learning import learning_curve
from training.report.plot import reliability_plot
from training.report.promises import measure_alarm, measure_automation, measure_coverage
from training.report.report import earlier_curve
from training.split import Part, part_of, select
from training.train import Workshop
from training.vectors import WordVectors
from triage.bootstrap import build_engine
from triage.catalog.artifact import read_manifest
from triage.engine import Engine
from triage.errors import ArtifactError
from triage.settings import Settings
from triage.types import Assessment, Confidence, Prediction, Scored, Urgency


def seen(right: float, wrong: float = 0.0, urgent: float = 0.0, label: str = "general") -> Seen:
    """A text about `a.a`: the model's probability of that, of another topic, and of an emergency."""
    topics = sorted((Scored("a.a", right), Scored("b.b", wrong)), key=lambda item: -item.probability)
    answer = topics[0].label
    return Seen(
        row=LabeledComplaint.model_validate({"text": "甲乙丙", "topic": "a.a", "urgency": label}),
        assessment=Assessment(
            answer, "a", (), Urgency.GENERAL, Confidence(topics[0].probability, None), False, (), ()
        ),
        prediction=Prediction(
            topics=tuple(topics),
            urgencies=(Scored("general", 1 - urgent), Scored(Urgency.URGENT, urgent)),
            clause_topics=(),
            contributions=(),
        ),
    )


def test_calibration_compares_what_was_stated_with_what_was_right() -> None:
    """Four answers at 0.75, three of them right, are honest; two at 1.0, one right, are off by a half."""
    answers = [(0.75, True), (0.75, True), (0.75, True), (0.75, False), (1.0, True), (1.0, False)]
    found = calibrate(answers)
    assert (found.bins[7].rows, found.bins[7].stated, found.bins[7].measured) == (4, 0.75, 0.75)
    assert (found.bins[9].stated, found.bins[9].measured) == (1.0, 0.5)
    assert found.error == pytest.approx(0.5 * 2 / 6, abs=1e-4)
    assert calibrate([]).error is None


def test_automation_takes_the_surest_answers_first() -> None:
    """Three sure ones are right, the fourth is wrong, the fifth is right: at 0.95 three of five, at 0.8 all."""
    texts = [seen(0.9), seen(0.8), seen(0.7), seen(0.1, wrong=0.6), seen(0.5)]
    assert measure_automation(texts, 0.95).share == 0.6
    assert measure_automation(texts, 0.8).share == 1.0


def test_answers_of_one_probability_are_automated_together() -> None:
    """A threshold cannot tell them apart, however the rows happen to be sorted."""
    assert measure_automation([seen(0.9), seen(0.1, wrong=0.9)], 0.95).share == 0.0


def test_coverage_counts_sets_that_hold_the_right_topic() -> None:
    """From 0.2 on: one topic and right; two topics; one topic and wrong."""
    found = measure_coverage([seen(0.9, wrong=0.1), seen(0.5, wrong=0.5), seen(0.1, wrong=0.9)], 0.2, 0.9)
    assert (found.stated, found.measured, found.mean_size) == (0.9, 0.6667, 1.33)
    assert found.single == 0.6667


def test_the_alarm_bound_is_measured_on_emergencies_alone() -> None:
    """One of two emergencies lies below the threshold; the calm text does not count."""
    texts = [seen(0.9, urgent=0.4, label="urgent"), seen(0.9, urgent=0.1, label="urgent"), seen(0.9)]
    found = measure_alarm(texts, 0.3, 0.03)
    assert (found.emergencies, found.measured, found.stated) == (2, 0.5, 0.03)
    assert measure_alarm([seen(0.9)], 0.3, 0.03).measured is None


def test_the_plot_is_well_formed_and_names_every_set() -> None:
    """Whatever a set is called, the picture stays XML."""
    plot = ElementTree.fromstring(reliability_plot({"a<b & c": calibrate([(0.75, True), (0.25, False)])}))
    texts = [element.text for element in plot.iter() if element.tag.endswith("text")]
    assert "a<b & c" in texts
    assert len([element for element in plot.iter() if element.tag.endswith("circle")]) == 2


@pytest.fixture(scope="module")
def engine(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine with the small model."""
    return build_engine(Settings(model=model_folder, state_dir=tmp_path_factory.mktemp("state")))


def test_a_set_is_measured_by_variant_and_by_length(
    engine: Engine, model_folder: Path, small_corpus: Corpus
) -> None:
    """The groups share out the rows of the set; the interval holds the figure."""
    rows = select(small_corpus.rows, Part.TEST)[:40]
    found = measure_set("some", judge_rows(engine, rows), read_manifest(model_folder))
    assert sum(figures.rows for figures in found.by_variant.values()) == len(rows)
    assert sum(figures.rows for figures in found.by_length.values()) == len(rows)
    assert found.figures.topic is not None
    assert found.topic_interval[0] < found.figures.topic < found.topic_interval[1]
    assert sum(item.rows for item in found.topic_calibration.bins) == len(rows)


def test_there_is_no_card_without_a_model(rules_engine: Engine) -> None:
    """Rules alone have no probabilities to tell of."""
    row = LabeledComplaint.model_validate(
        {"text": "排队太久", "topic": "service.efficiency", "urgency": "general"}
    )
    with pytest.raises(ArtifactError):
        judge_rows(rules_engine, [row])


@pytest.fixture(scope="module")
def texts_file(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few labelled texts in a file of their own."""
    path = tmp_path_factory.mktemp("texts") / "genuine.jsonl"
    rows = [row for row in small_corpus.rows if part_of(row.text) is Part.TEST][:30]
    path.write_text("".join(row.model_dump_json() + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_command_writes_card_figures_and_plot(
    model_folder: Path, texts_file: Path, tmp_path: Path
) -> None:
    """Sets carry the names of their files; prose on use and limits ends the card."""
    card = tmp_path / "docs" / "card.md"
    other = tmp_path / "other.jsonl"
    other.write_bytes(texts_file.read_bytes())
    arguments = ["--data", texts_file, "--held-out", texts_file, "--also", other, "--model", model_folder]
    command = ["report", "--output", str(card), *map(str, arguments)]
    assert CliRunner().invoke(app, command, catch_exceptions=False).exit_code == 0
    text = card.read_text(encoding="utf-8")
    figures = json.loads(card.with_suffix(".json").read_text(encoding="utf-8"))
    assert [one["name"] for one in figures["sets"]] == ["test part", "genuine", "other"]
    assert figures["model"]["id"] == read_manifest(model_folder).id
    assert f"| other | 30 | {figures['sets'][2]['topic_interval'][0]:.3f}" in text
    assert "## Intended use" in text
    assert "](card.svg)" in text
    assert card.with_suffix(".svg").is_file()


def test_two_sets_of_one_name_are_refused(model_folder: Path, texts_file: Path, tmp_path: Path) -> None:
    """The card could not tell them apart."""
    command = ["report", "--output", tmp_path / "card.md", "--data", texts_file, "--model", model_folder]
    sets = ["--held-out", texts_file, "--also", texts_file]
    result = CliRunner().invoke(app, [*map(str, command), *map(str, sets)])
    assert result.exit_code == 2
    assert not (tmp_path / "card.md").exists()


def test_a_learning_curve_outlives_the_next_report_of_the_same_data(tmp_path: Path) -> None:
    """It takes minutes to make; for other data it is dropped."""
    path = tmp_path / "card.json"
    assert earlier_curve(path, "abc") is None
    path.write_text(json.dumps({"curve": {"data": "abc", "points": [{"rows": 5, "topic": {"x": 0.5}}]}}))
    kept = earlier_curve(path, "abc")
    assert kept is not None
    assert kept.points[0].topic == {"x": 0.5}
    assert earlier_curve(path, "other") is None
    path.write_text("[]")
    with pytest.raises(ArtifactError, match=r"card\.json"):
        earlier_curve(path, "abc")


@pytest.mark.slow
def test_the_learning_curve_grows_the_training_part_alone(
    small_corpus: Corpus, small_vectors: WordVectors, workshop: Workshop, engine: Engine
) -> None:
    """Each point is measured on all sets; more rows do not make it much worse."""
    rows = select(small_corpus.rows, Part.TEST)
    curve = learning_curve(small_corpus, small_vectors, workshop, engine, {"test": rows}, shares=(0.25, 1.0))
    assert [point.rows for point in curve.points] == [
        int(len(select(small_corpus.rows, Part.TRAIN)) * share) for share in (0.25, 1.0)
    ]
    first, last = (point.topic["test"] or 0 for point in curve.points)
    assert last > first - 0.05
