"""Which corrections wait for a second person, and with what reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.samples import NOW, correction
from triage.service.requests import Author
from triage.service.second_look import VERY_SURE, reasons_to_hold
from triage.store.values import CorrectionRecord, Labels, Role, State
from triage.taxonomy import Taxonomy
from triage.types import Assessment, Confidence, Urgency

ME = Author("王主管", Role.SUPERVISOR)
ORDINARY = Labels("service.attitude", Urgency.GENERAL)


def view(
    topic: str = "service.efficiency",
    urgency: Urgency = Urgency.GENERAL,
    confidence: tuple[float | None, float | None] = (0.5, 0.5),
    hazards: frozenset[str] = frozenset(),
) -> Assessment:
    """What rules and model say of the text."""
    return Assessment(
        topic, topic.partition(".")[0], (), urgency, Confidence(*confidence), False, (), (), hazards
    )


FIRE = view("safety.fire", Urgency.URGENT, (None, None), frozenset({"fire"}))


def reasons(
    taxonomy: Taxonomy,
    after: Labels,
    assessment: Assessment | None,
    *earlier: CorrectionRecord,
    author: Author = ME,
) -> tuple[str, ...]:
    return reasons_to_hold(after, assessment, earlier, author, taxonomy)


def test_an_ordinary_correction_teaches_at_once(taxonomy: Taxonomy) -> None:
    """The model was not sure, no rule speaks, nobody said otherwise."""
    assert reasons(taxonomy, ORDINARY, view()) == ()


@pytest.mark.parametrize("urgency", [Urgency.MINOR, Urgency.GENERAL, Urgency.IMPORTANT])
def test_an_ongoing_fire_is_urgent(taxonomy: Taxonomy, urgency: Urgency) -> None:
    """Whoever marks a confirmed danger lower is asked to let somebody else look; the reason names the danger."""
    (reason,) = reasons(taxonomy, Labels("safety.fire", urgency), FIRE)

    assert "火情" in reason
    assert "不是紧急" in reason


@pytest.mark.parametrize("topic", ["safety.food", "product.quality", "other.unclear"])
def test_danger_goes_first(taxonomy: Taxonomy, topic: str) -> None:
    """A confirmed fire does not become a lesser danger, or an everyday matter, by one person's word."""
    (reason,) = reasons(taxonomy, Labels(topic, Urgency.URGENT), FIRE)

    assert taxonomy.topic_by_id["safety.fire"].name in reason


def test_a_greater_danger_may_be_put_first(taxonomy: Taxonomy) -> None:
    """The guide's order: an injury beside confirmed food is the primary topic."""
    food = view("safety.food", Urgency.URGENT, (None, None), frozenset({"food"}))

    assert reasons(taxonomy, Labels("safety.injury", Urgency.URGENT), food) == ()


def test_a_threat_keeps_the_topic_of_its_complaint(taxonomy: Taxonomy) -> None:
    """A hazard without a topic of its own asks for urgency alone."""
    threat = view("service.returns", Urgency.URGENT, (0.5, None), frozenset({"harm"}))
    assert taxonomy.hazard_by_id["harm"].topic is None

    assert reasons(taxonomy, Labels("service.attitude", Urgency.URGENT), threat) == ()
    assert len(reasons(taxonomy, Labels("service.attitude", Urgency.GENERAL), threat)) == 1


def test_a_confirmed_danger_may_be_confirmed(taxonomy: Taxonomy) -> None:
    """Agreeing with the rules needs no second look."""
    assert reasons(taxonomy, Labels("safety.fire", Urgency.URGENT), FIRE) == ()


@pytest.mark.parametrize(("sure", "held"), [(VERY_SURE, 1), (VERY_SURE - 0.01, 0)])
def test_another_topic_than_a_very_sure_model_says_is_a_likely_slip(
    taxonomy: Taxonomy, sure: float, held: int
) -> None:
    """The reason gives the model's topic and its probability."""
    found = reasons(taxonomy, ORDINARY, view(confidence=(sure, 0.5)))

    assert len(found) == held
    assert all("服务效率" in reason and f"{sure:.2f}" in reason for reason in found)


@pytest.mark.parametrize(
    ("urgency", "held"), [(Urgency.MINOR, 0), (Urgency.IMPORTANT, 0), (Urgency.URGENT, 1)]
)
def test_a_leap_over_two_levels_is_a_likely_slip(taxonomy: Taxonomy, urgency: Urgency, held: int) -> None:
    """Neighbouring levels are a matter of judgement, also where the model is very sure."""
    after = Labels("service.efficiency", urgency)

    assert len(reasons(taxonomy, after, view(confidence=(0.5, 0.99)))) == held


def test_what_the_rules_decided_is_no_slip(taxonomy: Taxonomy) -> None:
    """Where a rule judged there is no probability to be sure of."""
    assert reasons(taxonomy, ORDINARY, view(confidence=(None, None))) == ()


def test_a_text_that_cannot_be_read_is_compared_with_people_only(taxonomy: Taxonomy) -> None:
    """Nothing but mask characters, say."""
    assert reasons(taxonomy, ORDINARY, None) == ()
    assert len(reasons(taxonomy, ORDINARY, None, correction(made_by="李主管"))) == 1


def test_two_supervisors_who_disagree_are_both_named(taxonomy: Taxonomy) -> None:
    """The reason says with whom, and from when."""
    other = correction(made_by="李主管", after=Labels("service.process", Urgency.GENERAL))
    (reason,) = reasons(taxonomy, ORDINARY, view(), other)

    assert "李主管" in reason
    assert f"{NOW:%Y-%m-%d}" in reason


@pytest.mark.parametrize(
    "earlier",
    [
        correction(made_by="李主管", after=replace(ORDINARY, secondary_topics=("product.price",))),
        correction(made_by="王主管"),
        correction(made_by="李主管", state=State.REJECTED),
        correction(made_by="收银台", role=Role.INTAKE),
    ],
    ids=["agrees", "same-person", "rejected", "lower-role"],
)
def test_what_is_no_contradiction(taxonomy: Taxonomy, earlier: CorrectionRecord) -> None:
    """The same labels, one's own earlier mind, a rejected correction, a lower role."""
    assert reasons(taxonomy, ORDINARY, view(), earlier) == ()


def test_only_the_last_word_of_a_person_counts(taxonomy: Taxonomy) -> None:
    """Somebody who came round to the same view contradicts nobody."""
    first = correction(made_by="李主管")
    second = correction(made_by="李主管", made_at=NOW + timedelta(hours=1), after=ORDINARY)

    assert reasons(taxonomy, ORDINARY, view(), first, second) == ()


def test_an_admin_overrules_a_supervisor(taxonomy: Taxonomy) -> None:
    """But not another admin."""
    admin = Author("总部", Role.ADMIN)

    assert reasons(taxonomy, ORDINARY, view(), correction(made_by="李主管"), author=admin) == ()
    equal = correction(made_by="另一总部", role=Role.ADMIN)
    assert len(reasons(taxonomy, ORDINARY, view(), equal, author=admin)) == 1
