"""What a finding is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a datum is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    IDENTITY_DOCUMENT = "identity_document"
    BANK_CARD = "bank_card"
    MEMBER_NUMBER = "member_number"
    ORDER_NUMBER = "order_number"
    ACCOUNT = "account"
    NAME = "name"
    ADDRESS = "address"
    PLATE = "plate"
    MASKED = "masked"


class PersonalDatum(NamedTuple):
    """A personal datum in *original* characters, ``start <= i < end``."""

    kind: Kind
    start: int
    end: int
