"""Bank cards: by issuer and check digit, or by name."""

from __future__ import annotations

import re

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.numbers import LINK, NUMBER_WORD, digits, numbers_goods
from triage.preprocess.redact.recogniser import recogniser

_CARD_ISSUER = re.compile("2[2-7]|3[05-8]|[456]|9558")


def _bank_card(match: re.Match[str]) -> Kind | None:
    """Check the issuer's prefix and Luhn's sum; thirteen digits with a bar code's sum are a bar code."""
    number = digits(match.group())
    if _CARD_ISSUER.match(number) is None or numbers_goods(match):
        return None
    from stdnum import ean, luhn

    is_bar_code = len(number) == 13 and ean.is_valid(number)
    return Kind.BANK_CARD if luhn.is_valid(number) and not is_bar_code else None


BANK_CARDS = tuple(
    recogniser(Kind.BANK_CARD, pattern, judge=_bank_card)
    for pattern in (
        "[2-69](?<![0-9a-z.-].)[0-9]{12,18}(?![0-9a-z])",
        "[2-69](?<![0-9-].)[0-9]{3}(?:[ -][0-9]{4}){3}(?![0-9])",
        "[2-69](?<![0-9-].)[0-9]{3}(?:[ -][0-9]{4}){3}[ -][0-9]{3}(?![0-9])",
        "3(?<![0-9-].)[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}(?![0-9])",
    )
)
BANK_CARDS_WITH_CUE = (
    recogniser(
        Kind.BANK_CARD,
        f"(?:银行|信用|借记|储蓄|金融)卡(?:卡?{NUMBER_WORD})?{LINK}(?P<it>[0-9](?:[ -]?[0-9]){{11,18}})(?![0-9])",
    ),
)
