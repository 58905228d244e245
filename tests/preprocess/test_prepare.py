"""One complaint made ready for rules and models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.preprocess.clauses import split_clauses
from triage.preprocess.normalize import MASKED
from triage.preprocess.prepare import Preparer
from triage.types import PreparedText


def original_of(prepared: PreparedText, word: str) -> str:
    start = prepared.text.index(word)
    span = prepared.original_span(start, start + len(word))
    return prepared.original[span.start : span.end]


@pytest.mark.parametrize(
    ("sent", "word", "original"),
    [
        ("牛奶過期三天", "过期", "過期"),
        ("這個行動電源很燙", "充电宝", "行動電源"),
        ("就是着\u200b火\u200b了!", "着火", "着\u200b火"),
        ("真的著 火 了!!", "着火了", "著 火 了"),
        ("請打0912-345-678找我,鍋子漏電", "漏电", "漏電"),
        ("!!!!!!!发霉", "发霉", "发霉"),
    ],
)
def test_positions_lead_back_to_the_words_the_customer_wrote(
    preparer: Preparer, sent: str, word: str, original: str
) -> None:
    """Evidence shows the customer's own characters, whatever the normalisation did to them."""
    assert original_of(preparer.prepare(sent), word) == original


@given(st.text(max_size=80))
def test_any_text_can_be_prepared(preparer: Preparer, text: str) -> None:
    """Nothing that can be typed breaks the preparation; all positions stay inside the text."""
    prepared = preparer.prepare(text)
    assert len(prepared.offsets) == len(prepared.text) + 1
    assert len(prepared.masked) == len(text)
    assert all(0 <= offset <= len(text) for offset in prepared.offsets)
    assert "".join(token.text for token in prepared.tokens) == "".join(prepared.text.split())
    for clause in prepared.clauses:
        span = prepared.original_span(clause.start, clause.end)
        assert 0 <= span.start <= span.end <= len(text)


@given(st.text(alphabet="牛奶过期了很酸，。！ 1a😡", min_size=1, max_size=40))
def test_preparing_twice_gives_the_same_text(preparer: Preparer, text: str) -> None:
    """The normalised form is a fixed point."""
    once = preparer.prepare(text).text
    assert preparer.prepare(once).text == once


def test_personal_data_is_masked_in_what_may_be_stored(preparer: Preparer) -> None:
    """The stored text keeps its length and loses the telephone number."""
    prepared = preparer.prepare("打我電話0912-345-678,麵包發霉")
    assert "345" not in prepared.masked
    assert len(prepared.masked) == len(prepared.original)
    assert prepared.masked.endswith("麵包發霉")


def test_another_telephone_number_changes_nothing(preparer: Preparer) -> None:
    """Models and rules read one sign for personal data, whatever it was."""
    first = preparer.prepare("我的电话是13812345678,面包发霉")
    second = preparer.prepare("我的电话是+86 139-0000-1111,面包发霉")
    assert first.text == second.text
    assert MASKED in first.text


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("没有起火但是有煤气味", ["没有起火", "但是有煤气味"]),
        ("服务差 菜也冷", ["服务差", "菜也冷"]),
        ("没有头发、虫子", ["没有头发、虫子"]),
        ("重3.5斤.少了", ["重3.5斤", "少了"]),
        ("不但贵还脏,不过期也臭", ["不但贵还脏", "不过期也臭"]),
        ("iphone 15 pro坏了", ["iphone 15 pro坏了"]),
        ("!!!", []),
    ],
)
def test_clauses_end_where_a_denial_stops_holding(text: str, clauses: list[str]) -> None:
    """Marks, spaces between ideographs and words of contrast are borders; list commas are not."""
    assert [text[c.start : c.end] for c in split_clauses(text)] == clauses


def test_retail_words_are_kept_whole(preparer: Preparer) -> None:
    """Jieba alone cuts this into 充电/宝起/火把/沙发."""
    words = [token.text for token in preparer.prepare("充电宝起火把沙发烧了").tokens]
    assert words[:2] == ["充电宝", "起火"]
