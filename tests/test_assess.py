"""Signals and predictions become one judgement."""

from __future__ import annotations

from typing import Protocol

import pytest

from triage.assess import assess
from triage.models.decision import Thresholds
from triage.preprocess.prepare import Preparer
from triage.taxonomy import Taxonomy
from triage.types import Assessment, Prediction, Scored, Signal, Span, Status, Urgency

TEXT = "箱子磕坏了一角"


class Judge(Protocol):
    """Assess the text above with these signs."""

    def __call__(self, *signals: Signal, model: Prediction | None) -> Assessment:
        """Judge."""


def signal(*, weak: bool = False, status: Status = Status.ASSERTED, hazard: str = "food") -> Signal:
    return Signal("x.rule", hazard, "意思", status, (Span(0, 2),), TEXT[:2], weak=weak)


def prediction(urgent: float, topic: str = "product.quality", sure: float = 0.9) -> Prediction:
    rest = (1 - urgent) / 3
    return Prediction(
        topics=(Scored(topic, sure), Scored("safety.food", 1 - sure)),
        urgencies=tuple(
            Scored(urgency, urgent if urgency is Urgency.URGENT else rest)
            for urgency in sorted(Urgency, key=lambda u: -urgent if u is Urgency.URGENT else -rest)
        ),
        clause_topics=(),
        contributions=(),
    )


@pytest.fixture
def judge(preparer: Preparer, taxonomy: Taxonomy) -> Judge:
    def run(*signals: Signal, model: Prediction | None) -> Assessment:
        topics = {"x.rule": "safety.food" if signals and signals[0].hazard == "food" else None}
        return assess(preparer.prepare(TEXT), signals, model, taxonomy, topics, Thresholds(alarm=0.4))

    return run


def test_a_confirmed_hazard_is_urgent_however_calm_the_model_is(judge: Judge) -> None:
    """Nothing lowers it; that the model disagrees is a reason to look, not to wait."""
    result = judge(signal(), model=prediction(0.01, sure=0.99))
    assert (result.topic, result.urgency) == ("safety.food", Urgency.URGENT)
    assert result.needs_review


def test_a_weak_rule_alone_asks_for_a_look(judge: Judge) -> None:
    """Its words are often harmless: the complaint keeps its urgency, and a person is told why to look."""
    result = judge(signal(weak=True), model=prediction(0.05))
    assert not result.emergency
    assert result.review_reasons[0].startswith("可能是紧急事件")


def test_a_weak_rule_with_the_models_suspicion_confirms(judge: Judge) -> None:
    """Two weak signs together make a strong one."""
    assert judge(signal(weak=True), model=prediction(0.3)).emergency


def test_a_weak_rule_confirms_where_there_is_no_model(judge: Judge) -> None:
    """Without a second opinion the alarm stands."""
    assert judge(signal(weak=True), model=None).emergency


def test_what_was_explained_away_leaves_the_model_its_say(judge: Judge) -> None:
    """A denied danger does not make a topic of danger urgent by itself."""
    denied = signal(status=Status.DENIED)
    assert not judge(denied, model=prediction(0.1, topic="safety.food")).emergency
    assert judge(model=prediction(0.1, topic="safety.food")).emergency


def test_a_possible_emergency_is_given_to_a_person(judge: Judge) -> None:
    """Between the alarm threshold and the urgent one the answer says what to look for."""
    result = judge(model=prediction(0.45))
    assert not result.emergency
    assert any("可能是紧急事件" in reason for reason in result.review_reasons)


def test_a_threat_keeps_the_topic_of_the_complaint(judge: Judge) -> None:
    """Harm raises the urgency and leaves the topic alone."""
    result = judge(signal(hazard="harm"), model=prediction(0.1))
    assert (result.topic, result.urgency, result.hazards) == (
        "product.quality",
        Urgency.URGENT,
        frozenset({"harm"}),
    )


def test_plausible_topics_begin_with_the_chosen_one(judge: Judge) -> None:
    """What the model does not rule out stands behind it; without a model there is only what the rules say."""
    unsure = judge(model=prediction(0.01, sure=0.7))
    assert unsure.plausible_topics == ("product.quality", "safety.food")
    assert judge(model=prediction(0.01, sure=0.95)).plausible_topics == ("product.quality",)
    by_rule = judge(signal(), model=prediction(0.5, sure=0.7))
    assert by_rule.plausible_topics == ("safety.food", "product.quality")
    assert judge(signal(), model=None).plausible_topics == ("safety.food",)
