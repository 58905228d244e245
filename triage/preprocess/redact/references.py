"""What a shop knows the customer by: numbers of members and of orders. They need a cue."""

from __future__ import annotations

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.numbers import LINK, NUMBER_WORD, unless_date
from triage.preprocess.redact.recogniser import recogniser

_REFERENCE = "(?=[a-z-]{0,12}[0-9])[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])| (?=[0-9]{4}(?![0-9年])))"

MEMBERS = (
    recogniser(
        Kind.MEMBER_NUMBER,
        f"(?:会员|贵宾|vip|卡)卡?{NUMBER_WORD}{LINK}(?P<it>{_REFERENCE}{{3,31}})",
        judge=unless_date(Kind.MEMBER_NUMBER),
    ),
)
ORDERS = (
    recogniser(
        Kind.ORDER_NUMBER,
        "(?:订单|(?:单|流水|交易|小票|发票|收据|预约|预订|提货|取件|受理|案件|个案)(?=编号|号|码))",
        f"{NUMBER_WORD}?{LINK}(?P<it>{_REFERENCE}{{5,31}})",
        judge=unless_date(Kind.ORDER_NUMBER),
    ),
)
