"""What is counted when rules are measured."""

from __future__ import annotations

from dataclasses import replace

from triage.rulebook import Case, Reading, compare, read_cases, score
from triage.rules.rule import Rule
from triage.types import Signal, Span, Status

FIRE = Rule("fire.a", "fire", "safety.fire", "着火", (), "sentence", (), frozenset())
SMOKE = replace(FIRE, id="fire.b", means="冒烟")
DRAFT = replace(FIRE, id="fire.draft", draft=True)
HARM = replace(FIRE, id="harm.a", hazard="harm", topic=None)


def recognize(text: str) -> list[Signal]:
    """Read texts such as ``fire.a fire.b=denied``: the rules met and their status."""
    found = [word.partition("=") for word in text.split()]
    return [
        Signal(rule, rule.split(".")[0], "", Status(status or "asserted"), (Span(0, 1),), "")
        for rule, _, status in found
    ]


def emergency(text: str, topic: str | None = "safety.fire") -> Case:
    return Case("a.jsonl", 1, text, topic, emergency=True)


def ordinary(text: str) -> Case:
    return Case("a.jsonl", 1, text, "product.quality", emergency=False)


def read(*cases: Case, rules: tuple[Rule, ...] = (FIRE, SMOKE, DRAFT, HARM)) -> Reading:
    known = {rule.id for rule in rules}
    return read_cases(rules, lambda text: [s for s in recognize(text) if s.rule in known], cases)


def test_a_rule_is_credited_with_emergencies_and_charged_with_the_rest() -> None:
    """Hits, false alarms, their ratio, and the hits that no other rule has."""
    fire, smoke, *_ = score(
        read(emergency("fire.a fire.b"), emergency("fire.a"), ordinary("fire.a"), ordinary(""))
    ).rules
    assert (fire.hits, fire.false_alarms, fire.alone) == (2, 1, 1)
    assert fire.precision == 2 / 3
    assert (smoke.hits, smoke.false_alarms, smoke.alone, smoke.precision) == (1, 0, 0, 1.0)


def test_what_was_explained_away_is_counted_by_status() -> None:
    """Neither hit nor false alarm; a rule that was never met is silent."""
    fire, smoke, *_ = score(
        read(ordinary("fire.a=denied"), ordinary("fire.a=asked"), emergency("fire.a=denied"))
    ).rules
    assert fire.dismissed == ((Status.DENIED, 2), (Status.ASKED, 1))
    assert (fire.hits, fire.false_alarms, fire.precision) == (0, 0, None)
    assert smoke.silent
    assert not fire.silent


def test_the_totals_count_complaints_not_rules() -> None:
    """Two rules on one complaint are one alarm."""
    scores = score(
        read(emergency("fire.a fire.b"), emergency(""), ordinary("fire.a fire.b"), ordinary(""), ordinary(""))
    )
    assert (scores.found, scores.recall) == (1, 0.5)
    assert (scores.missed, scores.false_alarms) == ((1,), (2,))
    assert scores.false_alarm_share == 1 / 3


def test_a_draft_is_scored_and_raises_no_alarm() -> None:
    """It can be tried on labelled complaints before it judges."""
    scores = score(read(emergency("fire.draft"), ordinary("fire.draft")))
    draft = next(item for item in scores.rules if item.rule is DRAFT)
    assert (draft.hits, draft.false_alarms, draft.alone) == (1, 1, 1)
    assert scores.found == 0
    assert scores.false_alarms == ()


def test_each_topic_has_its_recall() -> None:
    """Found by any rule, found by a rule of that topic; topics that no rule confirms stand together."""
    scores = score(
        read(
            emergency("fire.a"),
            emergency(""),
            emergency("harm.a", "service.returns"),
            emergency("fire.a", "safety.privacy"),
            emergency("", None),
        )
    )
    by_topic = {item.topic: item for item in scores.topics}
    assert set(by_topic) == {"safety.fire", None}
    fire, others = by_topic["safety.fire"], by_topic[None]
    assert (fire.emergencies, fire.found, fire.found_as_such, fire.recall) == (2, 1, 1, 0.5)
    assert (others.emergencies, others.found, others.found_as_such) == (3, 2, 1)


def test_without_cases_of_a_kind_there_is_no_share() -> None:
    """No share of nothing is claimed."""
    assert score(read(ordinary(""))).recall is None
    assert score(read(emergency(""))).false_alarm_share is None


def test_a_change_shows_what_it_gains_and_loses() -> None:
    """Per rule its own alarms; in total only complaints whose outcome turns."""
    cases = (emergency("fire.b"), emergency("fire.a fire.b"), ordinary("fire.b"), ordinary("fire.a"))
    comparison = compare(read(*cases, rules=(FIRE,)), read(*cases, rules=(SMOKE,)))
    new, gone = comparison.rules
    assert (new.rule, new.presence, gone.rule, gone.presence) == (SMOKE, "new", FIRE, "gone")
    assert (new.cases.found, new.cases.raised) == ((0, 1), (2,))
    assert (gone.cases.lost, gone.cases.quieted) == ((1,), (3,))
    total = comparison.total
    assert (total.found, total.lost, total.raised, total.quieted) == ((0,), (), (2,), (3,))


def test_a_draft_that_is_put_to_work_gains() -> None:
    """The change of its status is a change like any other; rules that stay as they are are left out."""
    cases = (emergency("fire.draft fire.a"), emergency("fire.draft"))
    comparison = compare(read(*cases), read(*cases, rules=(FIRE, SMOKE, replace(DRAFT, draft=False), HARM)))
    (draft,) = comparison.rules
    assert (draft.rule.id, draft.presence, draft.cases.found) == ("fire.draft", "kept", (0, 1))
    assert comparison.total.found == (1,)
