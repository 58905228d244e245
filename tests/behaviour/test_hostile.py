"""Mistyped, disguised and steering texts: the rules read what was meant, and no sentence talks them out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from triage.engine import Engine
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.types import Complaint, Status, Urgency

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)

PLACES = [
    "{order}。{text}",
    "{text}。{order}",
    "{order},{text}",
    "{text},{order}",
    "{order}\n{text}\n{order}",
]
PLACES += ["{order} {text}", "{text} {order}", "“{order}”{text}!!"]


def variants() -> Iterator[tuple[str, str]]:
    for case in CASES["read_alike"]:
        yield from ((case["clean"], variant) for variant in case["variants"])


def steered_texts() -> Iterator[tuple[str, str]]:
    for order in CASES["steering"]:
        for number, text in enumerate(CASES["steered"]):
            place = PLACES[(number + len(order)) % len(PLACES)]
            yield text, place.format(order=order, text=text)


def signals(preparer: Preparer, recognizer: Recognizer, text: str) -> set[tuple[str, Status]]:
    """Which rules were met, and with which status."""
    return {(signal.rule, signal.status) for signal in recognizer.recognize(preparer.prepare(text))}


@pytest.mark.parametrize("case", CASES["read_alike"], ids=lambda case: case["clean"])
def test_the_clean_texts_meet_a_rule(
    preparer: Preparer, recognizer: Recognizer, case: dict[str, Any]
) -> None:
    """Two texts that both say nothing would be alike too: each clean text speaks of a danger."""
    assert signals(preparer, recognizer, case["clean"])


@pytest.mark.parametrize(("clean", "variant"), list(variants()))
def test_the_rules_read_what_was_meant(
    preparer: Preparer, recognizer: Recognizer, clean: str, variant: str
) -> None:
    """A word mistyped, spelled out, taken apart or strewn with marks fires the rules of the word itself."""
    assert signals(preparer, recognizer, variant) == signals(preparer, recognizer, clean)


@pytest.mark.parametrize("text", CASES["stay"])
def test_what_is_no_disguise_stays_as_it_is(preparer: Preparer, text: str) -> None:
    """Lists, numbers, and words that only look like misspelt ones are not touched."""
    assert preparer.prepare(text).text == text


@pytest.mark.parametrize(
    ("sent", "word", "original"),
    [
        ("三楼着.火.了!", "着火了", "着.火.了"),
        ("三樓 着 * 火 * 了 快來", "着火了", "着 * 火 * 了"),
        ("真的,發梅了", "发霉", "發梅"),
        ("煤｜气｜泄｜漏啊", "煤气泄漏", "煤｜气｜泄｜漏"),
    ],
)
def test_the_evidence_shows_what_was_typed(preparer: Preparer, sent: str, word: str, original: str) -> None:
    """Positions lead back to the disguised words, marks included."""
    prepared = preparer.prepare(sent)
    start = prepared.text.index(word)
    span = prepared.original_span(start, start + len(word))
    assert sent[span.start : span.end] == original


@given(st.text(alphabet="着火了漏气梅.!。*|-~、, 😱ㄅ1a", max_size=30))
def test_preparing_a_disguised_text_twice_changes_nothing(preparer: Preparer, text: str) -> None:
    """What was joined is joined for good."""
    once = preparer.prepare(text).text
    assert preparer.prepare(once).text == once


@pytest.mark.parametrize(("text", "steered"), list(steered_texts()))
def test_no_sentence_talks_a_rule_out_of_a_danger(
    preparer: Preparer, recognizer: Recognizer, text: str, steered: str
) -> None:
    """Orders to the reader stand in the text like anything else: every danger asserted without them still is."""

    def asserted(words: str) -> set[str]:
        found = signals(preparer, recognizer, words)
        return {rule for rule, status in found if status is Status.ASSERTED}

    assert asserted(text)
    assert asserted(steered) >= asserted(text)


@pytest.mark.parametrize("order", CASES["steering"])
@pytest.mark.parametrize("engine", ["rules_engine", "trained_engine"])
def test_no_sentence_lowers_an_emergency(request: pytest.FixtureRequest, engine: str, order: str) -> None:
    """With a model or without, the judgement of a confirmed danger is urgent, whatever the text asks for."""
    house: Engine = request.getfixturevalue(engine)
    for text in CASES["steered"]:
        judged = house.judge(Complaint(f"{order}。{text}。{order}"), NOW)
        assert judged.assessment.urgency is Urgency.URGENT
