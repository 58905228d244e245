"""What numbers of all kinds have in common: how they are introduced, separated and told from other figures."""

from __future__ import annotations

import re

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.recogniser import Judge

GAP = "[ .-]{0,2}"
"""What may stand between groups of digits."""

LINK = r"(?:[ :=#(\[「『\"]|是|为|系|no\.?){0,4}"
"""What may stand between the name of a number and the number."""

NUMBER_WORD = "(?:编号|号码?|账号|id|码)"

AMOUNT = " ?(?:元|块|蚊|圆|円|积分|分|点|%|克|毫|公|人|次|个|件|mah)"
"""What makes a price or a quantity of the digits before it."""

DATE = re.compile(
    "(?:19|20)[0-9]{2}(?:[ .-](?:0?[1-9]|1[0-2])(?:[ .-]|$)|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$)"
)
_DIGITS = re.compile("[0-9]")
_GOODS_NUMBER = re.compile(
    "(?:条码|条形码|货号|型号|批号|款号|品号|编码|序列号|序号|统编|统一编号|信用代码|许可证|备案|证书|商品号|代码"
    "|sku|isbn|imei|s/n|sn)(?:[ :=#号码是为]){0,4}$"
)
_WORD_BEFORE = 14
"""How many characters before a number are read for the name of what it numbers."""


def digits(number: str) -> str:
    """Drop what separates the digits."""
    return "".join(_DIGITS.findall(number))


def numbers_goods(match: re.Match[str]) -> bool:
    """Whether the words before say that the number belongs to an article or a firm."""
    before = match.string[max(0, match.start() - _WORD_BEFORE) : match.start()]
    return _GOODS_NUMBER.search(before) is not None


def unless_date(kind: Kind) -> Judge:
    """Judge by the expression, but let dates stand (「订单 2026-03-15 下的」)."""
    return lambda match: None if DATE.match(match["it"]) else kind
