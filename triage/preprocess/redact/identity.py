"""Identity documents: by their check digit, or by name."""

from __future__ import annotations

import re

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.numbers import LINK, NUMBER_WORD, numbers_goods, unless_date
from triage.preprocess.redact.recogniser import recogniser

_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""The first letter of a Taiwan identity number stands for 10 plus its place here."""


def _mainland_card(match: re.Match[str]) -> Kind | None:
    """Check the birthday and the last of the eighteen characters."""
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    number = re.sub("[ -]", "", match.group()).upper()
    try:
        # Not ``ric.validate``: it reads a file of places, and this floor opens none.
        ric.get_birth_date(number)
    except ValidationError:
        return None
    return Kind.IDENTITY_DOCUMENT if ric.calc_check_digit(number) == number[-1] else None


def _hong_kong_card(match: re.Match[str]) -> Kind | None:
    """Check modulo 11: weights 9 to 1 over two letters (a missing one counts 36), digits and check digit."""
    characters = "".join(filter(str.isalnum, match.group().upper())).rjust(9)
    values = [36 if character == " " else int(character, 36) for character in characters]
    total = sum(weight * value for weight, value in zip(range(9, 0, -1), values, strict=True))
    return Kind.IDENTITY_DOCUMENT if total % 11 == 0 else None


def _taiwan_card(match: re.Match[str]) -> Kind | None:
    """Check modulo 10 over the letter's two digits and the nine that follow."""
    number = match.group().upper()
    tens, ones = divmod(_TAIWAN_LETTERS.index(number[0]) + 10, 10)
    weighted = zip(map(int, number[1:]), (8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)
    total = tens + 9 * ones + sum(digit * weight for digit, weight in weighted)
    return Kind.IDENTITY_DOCUMENT if total % 10 == 0 and not numbers_goods(match) else None


MAINLAND_CARDS = (
    recogniser(
        Kind.IDENTITY_DOCUMENT,
        "[1-9](?<![0-9a-z].)[0-9]{5}[ -]?(?:18|19|20)[0-9]{2}[ -]?[01][0-9][0-3][0-9][ -]?",
        "[0-9]{3}[0-9x](?![0-9a-z])",
        judge=_mainland_card,
    ),
)
CARDS_WITH_LETTERS = (
    recogniser(
        Kind.IDENTITY_DOCUMENT,
        r"[a-z](?<![0-9a-z].)[a-z]?[0-9]{6} ?\([0-9a]\)",
        judge=_hong_kong_card,
    ),
    recogniser(
        Kind.IDENTITY_DOCUMENT,
        "[a-z](?<![0-9a-z].)[1289][0-9]{8}(?![0-9a-z])",
        judge=_taiwan_card,
    ),
)
DOCUMENTS_WITH_CUE = (
    # Called a document: masked whatever its form, for customers mistype check digits too.
    recogniser(
        Kind.IDENTITY_DOCUMENT,
        "(?:身份证|身分证|证件|护照|通行证|回乡证|台胞证|居留证|居住证|统一证号|passport|hkid)",
        rf"{NUMBER_WORD}?{LINK}(?P<it>[a-z]{{0,3}}[0-9](?:[ -]?[0-9]){{5,17}}[a-z]?(?: ?\([0-9a]\))?)",
        judge=unless_date(Kind.IDENTITY_DOCUMENT),
    ),
)
