"""Characters made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.preprocess.aligned import Aligned
from triage.preprocess.characters import fold, squeeze


def folded(text: str) -> str:
    return fold(Aligned.identity(text)).text


def squeezed(text: str) -> str:
    return squeeze(Aligned.identity(text)).text


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("过期，了！？", "过期,了!?"),
        ("零\u200b宽\u200d字\u2060符\ufeff", "零宽字符"),
        ("软\u00ad连字符", "软连字符"),
        ("控\x00制\x1b字符", "控制字符"),
        ("①贵②脏", ";贵;脏"),
        ("「假货」『假货』“假货”", '"假货""假货""假货"'),
        ("等了…太久⋯", "等了…太久…"),
        ("60㎡ 38℃", "60m2 38°c"),
        ("一\r\n二\u2028三", "一\n\n二\n三"),
        ("a\u3000b\u00a0c", "a b c"),
        ("👍🏽❤\ufe0f👨\u200d👩", "👍❤👨👩"),
        ("ﾊﾝﾊﾞｰｸﾞ", "ハンハーク"),
        ("半\ud800个", "半个"),
        ("\ue000私\uf8ff用", "私用"),
    ],
)
def test_each_character_has_one_form(sent: str, read: str) -> None:
    """Width, case, invisible marks and look-alike punctuation do not tell texts apart."""
    assert folded(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("好差好差!!!!", "好差好差!"),
        ("差差差差差", "差差"),
        ("😡😡😡😡", "😡"),
        ("哈哈", "哈哈"),
        ("10000元", "10000元"),
        ("着 火 了", "着火了"),
        ("服务差 菜也冷", "服务差 菜也冷"),
        ("  头尾空白 \n", "头尾空白"),
        ("段落\n\n\n段落", "段落\n段落"),
        ("。。。。。。", "。"),
    ],
)
def test_repetition_is_shortened_but_numbers_are_not(sent: str, read: str) -> None:
    """Shouting says nothing more than saying it twice; a price stays a price."""
    assert squeezed(sent) == read


@given(st.text(max_size=60))
def test_offsets_always_lead_back_into_the_text(text: str) -> None:
    """One offset a character and one for the end, never going back."""
    aligned = squeeze(fold(Aligned.identity(text)))
    offsets = list(aligned.offsets)
    assert len(offsets) == len(aligned.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)


@given(st.text(max_size=60))
def test_folding_a_second_time_changes_nothing(text: str) -> None:
    """What was folded is in its final form."""
    once = folded(text)
    assert folded(once) == once
