"""The same complaint gets the same answer, however it is written."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from opencc import OpenCC

from training.corpus import Corpus
from training.split import Part, select
from triage.engine import Engine
from triage.types import Assessment

Rewrite = Callable[[str], str]

HALF_TO_FULL = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(0x21, 0x7F))}


def decision(engine: Engine, text: str) -> tuple[object, ...]:
    """What somebody would act on."""
    found: Assessment = engine.assess(engine.preparer.prepare(text))
    return found.topic, found.urgency, found.secondary_topics, found.needs_review


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[str]:
    """Held-out complaints in Simplified Chinese, of all lengths."""
    return [row.text for row in select(corpus.rows, Part.TEST) if row.variant == "cn"][:250]


def converter(config: str) -> Rewrite:
    convert: Rewrite = OpenCC(config).convert
    return convert


def with_zero_width(text: str) -> str:
    return "\u200b".join(text)


def with_bom_and_controls(text: str) -> str:
    return f"\ufeff{text}\u0000\u200f"


def full_width(text: str) -> str:
    return text.translate(HALF_TO_FULL)


def with_line_ends(text: str) -> str:
    return f"\r\n  {text}\t \r\n"


EXACT: dict[str, Rewrite] = {
    "Traditional": converter("s2t"),
    "Traditional of Taiwan": converter("s2tw"),
    "Traditional of Hong Kong": converter("s2hk"),
    "zero-width spaces": with_zero_width,
    "byte-order mark and controls": with_bom_and_controls,
    "full-width letters and digits": full_width,
    "white space around it": with_line_ends,
    "capital letters": str.upper,
}


@pytest.mark.parametrize("name", EXACT)
def test_another_writing_of_the_same_words_changes_nothing(
    trained_engine: Engine, texts: list[str], name: str
) -> None:
    """Converted, not one decision of 250 differs, but for characters that no converter can lead back.

    In those texts (『后』 and 『後』 merged, say) the words themselves have changed; they are at most one in a hundred.
    """
    rewrite = EXACT[name]
    changed = [
        text for text in texts if decision(trained_engine, text) != decision(trained_engine, rewrite(text))
    ]
    lossless = [
        text
        for text in changed
        if trained_engine.preparer.prepare(rewrite(text)).text == trained_engine.preparer.prepare(text).text
    ]
    assert lossless == []
    assert len(changed) <= len(texts) * 0.01, changed


LIGHT: dict[str, Rewrite] = {
    "polite words before": lambda text: f"您好，{text}",
    "polite words behind": lambda text: f"{text}，麻烦处理一下，谢谢",
    "an emoji": lambda text: f"{text}😡",
    "exclamation marks": lambda text: f"{text}！！！",
    "a telephone number": lambda text: f"{text}，我的电话是13812345678",
    "a name": lambda text: f"我姓欧阳，{text}",
}


@pytest.mark.parametrize("name", LIGHT)
def test_words_that_say_nothing_change_next_to_nothing(
    trained_engine: Engine, texts: list[str], name: str
) -> None:
    """Topic and emergency stay in 94 of 100 texts when a greeting, a mark, a number or a name is added."""
    rewrite = LIGHT[name]
    changed = [
        text
        for text in texts
        if decision(trained_engine, text)[:2] != decision(trained_engine, rewrite(text))[:2]
    ]
    assert len(changed) <= len(texts) * 0.06, (len(changed), changed)


def test_another_number_or_name_changes_nothing(trained_engine: Engine) -> None:
    """Personal data is masked before anything reads it."""
    answers = [
        decision(trained_engine, f"快递放错地方了，我的电话{phone}，打给我")
        for phone in ("13812345678", "15987654321", "18600001111")
    ]
    assert all(first == second for first, second in pairwise(answers))


PAIRS = [
    ("充电宝充电的时候冒烟了", "行動電源充電的時候冒煙了", "尿袋叉電嗰陣出煙"),
    ("冰淇淋送到都化了", "冰淇淋送到都融化了", "雪糕送到嚟全部溶晒"),
    ("收银员态度很差", "結帳人員態度很差", "收銀員態度好差"),
    ("排队排了四十分钟", "排隊排了四十分鐘", "排隊排咗四十分鐘"),
    ("土豆发霉了", "馬鈴薯發霉了", "薯仔發咗霉"),
    ("厕所很脏很臭", "廁所很髒很臭", "廁所好污糟好臭"),
    ("店里太热了空调没开", "店裡太熱了冷氣沒開", "舖頭好焗冷氣都冇開"),
    ("退款一直不到账", "退款一直沒入帳", "退款一直未到數"),
    ("快递三天了还没送到", "宅配三天了還沒送到", "速遞三日都仲未送到"),
    ("面包里吃出一根头发", "麵包裡吃到一根頭髮", "麵包入面食到條頭髮"),
    ("停车场灯坏了一片黑", "停車場的燈壞了一片黑", "停車場啲燈壞晒黑麻麻"),
    ("买的保温杯漏水", "買的保溫瓶漏水", "買嘅保溫壺漏水"),
    ("价签写九块九结账收十二块九", "標價九塊九結帳卻收十二塊九", "價錢牌寫九個九，收銀收咗十二個九"),
    ("会员积分被清零了", "會員點數被歸零了", "會員積分俾人清晒"),
    ("电梯突然停了差点摔倒", "電扶梯突然停住差點跌倒", "扶手電梯突然停咗差啲跌親"),
]


def test_the_words_of_taiwan_and_hong_kong_mean_nearly_always_the_same(trained_engine: Engine) -> None:
    """One complaint in three wordings: same topic and urgency in four of five."""
    same = [len({decision(trained_engine, text)[:2] for text in wordings}) == 1 for wordings in PAIRS]
    assert sum(same) >= 0.8 * len(PAIRS)


def test_an_emergency_is_nearly_always_one_in_every_wording(trained_engine: Engine) -> None:
    """In six of seven: whatever else differs, few wait longer for writing otherwise."""
    same = [
        len({trained_engine.assess(trained_engine.preparer.prepare(text)).emergency for text in wordings})
        == 1
        for wordings in PAIRS
    ]
    assert sum(same) >= 0.85 * len(PAIRS)
