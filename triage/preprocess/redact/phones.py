"""Telephones of subscribers; the hotlines of firms stay."""

from __future__ import annotations

import re

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.numbering_plan import line_kind
from triage.preprocess.redact.numbers import AMOUNT, DATE, GAP, LINK, digits, numbers_goods
from triage.preprocess.redact.recogniser import Judge, recogniser

_HOTLINE = re.compile("[48]00[0-9]{7}$|0?80[09][0-9]{6}$")
_TIMES = re.compile("2[0-4][0-5][0-9]-[0-2][0-9][0-5][0-9]$")


def _phone_in(*regions: str) -> Judge:
    """Accept a subscriber's number in one of the regions."""

    def judge(match: re.Match[str]) -> Kind | None:
        return None if numbers_goods(match) else line_kind(digits(match["it"]), regions)

    return judge


_phone_in_hong_kong_or_macau = _phone_in("HK", "MO")


def _international_phone(match: re.Match[str]) -> Kind | None:
    """Accept a subscriber's number with its country, whichever country it is."""
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits(match.group()).removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return None
    line = phonenumbers.number_type(number)
    if line == phonenumbers.PhoneNumberType.FIXED_LINE:
        return Kind.LANDLINE
    mobiles = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return Kind.MOBILE if line in mobiles else None


def _eight_digit_phone(match: re.Match[str]) -> Kind | None:
    """Hong Kong and Macau have no area codes, so ranges of prices and hours look like their numbers."""
    number = match["it"]
    is_range = "-" in number and (_TIMES.match(number) or (number[2:4] == "00" and number[-2:] == "00"))
    return None if is_range else _phone_in_hong_kong_or_macau(match)


def _phone_after_cue(match: re.Match[str]) -> Kind | None:
    """Believe the customer who calls it a telephone, but for dates and hotlines."""
    number = digits(match["it"])
    if len(number) < 7 or DATE.match(match["it"]) or _HOTLINE.match(number):
        return None
    return Kind.MOBILE if re.match("1[3-9][0-9]{9}$|09[0-9]{8}$", number) else Kind.LANDLINE


PHONES = (
    # With its country: +86 138…, (+852) 9123-…, 00886 912….
    recogniser(
        Kind.MOBILE,
        r"(?:\+|00(?=86|85[23]|886))[ (]?[1-9](?:[ ().-]{0,2}[0-9]){7,14}",
        judge=_international_phone,
    ),
    # Mainland mobile, in the groups people write: 3-4-4, 3-3-5, 4-3-4, or digit by digit.
    recogniser(
        Kind.MOBILE,
        f"(?P<it>1(?:(?<![0-9]1)|(?<=861)(?<![0-9]861))(?:[3-9][0-9](?:{GAP}[0-9]{{4}}){{2}}",
        f"|[3-9][0-9]{GAP}[0-9]{{3}}{GAP}[0-9]{{5}}|[3-9][0-9]{{2}}{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}",
        "|[ .-][3-9](?:[ .-][0-9]){9}))(?![0-9])",
        judge=_phone_in("CN"),
    ),
    # Trunk prefix: fixed lines of the mainland and of Taiwan, Taiwan's mobiles.
    recogniser(
        Kind.LANDLINE,
        rf"(?P<it>0(?<![0-9.]0)[1-9][0-9]{{0,2}}\)?{GAP}(?:[0-9]{{3,4}}{GAP}[0-9]{{3,4}}",
        f"|[0-9]{{2}}{GAP}[0-9]{{2}}{GAP}[0-9]{{2}}))(?![0-9])",
        judge=_phone_in("TW", "CN"),
    ),
    # Hong Kong and Macau: eight digits without an area code.
    recogniser(
        Kind.MOBILE,
        r"(?P<it>[2-9](?:(?<![0-9a-z._$¥€£-].)|(?<=85[23].))",
        f"[0-9]{{3}}{GAP}[0-9]{{4}})(?![0-9a-z]|{AMOUNT})",
        judge=_eight_digit_phone,
    ),
)
PHONES_WITH_CUE = (
    # Whatever is called a telephone: local numbers have no form of their own.
    recogniser(
        Kind.LANDLINE,
        "(?:电话|手机号|手机(?=:)|联系方式|联络方式|致电|来电|回电|传真|tel|phone|mobile|whatsapp)(?:号?码)?",
        rf"{LINK}(?P<it>[0-9]{{2,4}}(?:[ .()-]{{0,2}}[0-9]{{3,4}}){{1,3}})(?![0-9a-z]|{AMOUNT})",
        judge=_phone_after_cue,
    ),
)
