"""What masking does to a text, and what it never does."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from triage.preprocess.prepare import Preparer
from triage.preprocess.redact import Kind, PersonalDatum, find_personal_data, mask
from triage.preprocess.redact.folding import fold
from triage.preprocess.redact.scan import may_hold_data, scan

CUES = re.findall(
    r"\S+",
    """我叫 本人 我姓 姓名: 联系人 投诉人 持卡人 我係 先生 小姐 女士 经理 店长
    王 李 陈 小明 电话 手机号 tel: 13912345678 0912345678 91234567 +86
    身份证 护照 会员号 卡号 4539123456789017 订单号 单号 微信: QQ LINE ID a@b.cn @ 车牌 粤B 地址: 中山路 号 楼 室 栋
    元 , 。 * ( ) - １ \u200b""",
)
FRAGMENTS = st.sampled_from(CUES) | st.text(max_size=4) | st.from_regex(r"[0-9]{1,9}", fullmatch=True)
TEXTS = st.lists(FRAGMENTS).map("".join)


def overlaps(a: PersonalDatum, b: PersonalDatum) -> bool:
    """Whether two data share a character."""
    return a.start < b.end and b.start < a.end


def test_masks_several_data_in_order() -> None:
    """A text with several data loses all of them and keeps its length and every other character."""
    text = "我叫王小明,电话139 1234 5678,订单号JD20260315001,杯子碎了"
    data = find_personal_data(text)
    assert [datum.kind for datum in data] == [Kind.NAME, Kind.MOBILE, Kind.ORDER_NUMBER]
    assert mask(text, data) == "我叫***,电话*************,订单号*************,杯子碎了"


def test_a_phone_inside_an_address_is_masked_once() -> None:
    """Where one datum lies within another, the outer one covers both."""
    text = "地址:幸福花园3栋502 13912345678,谢谢"
    assert find_personal_data(text) == (PersonalDatum(Kind.ADDRESS, 3, 24),)


def test_data_that_cross_share_no_character() -> None:
    """Of two data that cross, the first keeps its range and the next begins where it ends."""
    text = "姓名:Chan Tai Man@example.com"
    data = find_personal_data(text)
    assert data == (PersonalDatum(Kind.NAME, 3, 15), PersonalDatum(Kind.EMAIL, 15, 27))
    assert mask(text, data) == "姓名:" + "*" * 24


def test_mask_without_data_is_the_text() -> None:
    """Nothing found, nothing changed."""
    assert mask("牛奶过期了", ()) == "牛奶过期了"


@given(TEXTS)
@example("")
@example("\u200b1")
def test_masking_touches_the_data_only(text: str) -> None:
    """A masked text is as long as the text; inside the data all is ``*``, outside nothing changed."""
    data = find_personal_data(text)
    masked = mask(text, data)
    inside = {i for datum in data for i in range(datum.start, datum.end)}
    assert masked == "".join("*" if i in inside else c for i, c in enumerate(text))


@given(TEXTS)
def test_the_first_look_loses_nothing(text: str) -> None:
    """Whatever the first quick look passes as free of personal data is so on a close look, too."""
    if not may_hold_data(text):
        assert scan(fold(text)) == ()


@given(TEXTS)
def test_data_come_in_order_and_apart(text: str) -> None:
    """Data are never empty, lie within the text, follow one another and do not overlap."""
    borders = [border for datum in find_personal_data(text) for border in (datum.start, datum.end)]
    assert borders == sorted(borders)
    assert all(datum.start < datum.end for datum in find_personal_data(text))
    assert not borders or (borders[0] >= 0 and borders[-1] <= len(text))


@given(TEXTS)
def test_nothing_is_found_inside_a_mask(text: str) -> None:
    """Asterisks are never taken for personal data."""
    data = find_personal_data(text)
    again = find_personal_data(mask(text, data))
    assert not any(overlaps(old, new) for old in data for new in again)


def test_a_masked_text_reads_as_it_did_before(preparer: Preparer) -> None:
    """What was learned or judged of a kept text is what was judged of the customer's own."""
    before = preparer.prepare("排队半个小时，我叫王小明，打13800138000找我")
    after = preparer.of_masked().prepare(before.masked)

    assert (after.text, after.tokens, after.masked) == (before.text, before.tokens, before.masked)
    assert preparer.prepare(before.masked).text != before.text
