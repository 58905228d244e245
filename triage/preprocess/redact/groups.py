"""All recognisers, in groups that are skipped together."""

from __future__ import annotations

import re
from typing import NamedTuple

from triage.preprocess.redact.accounts import ACCOUNTS, EMAILS
from triage.preprocess.redact.addresses import ADDRESSES
from triage.preprocess.redact.bank_cards import BANK_CARDS, BANK_CARDS_WITH_CUE
from triage.preprocess.redact.identity import CARDS_WITH_LETTERS, DOCUMENTS_WITH_CUE, MAINLAND_CARDS
from triage.preprocess.redact.name_words import TITLES
from triage.preprocess.redact.names import NAMES_IN_FORMS, NAMES_OF_PARTIES, NAMES_TOLD, NAMES_WITH_TITLE
from triage.preprocess.redact.phones import PHONES, PHONES_WITH_CUE
from triage.preprocess.redact.plates import PLATES, PLATES_WITH_CUE
from triage.preprocess.redact.recogniser import Recogniser
from triage.preprocess.redact.references import MEMBERS, ORDERS


class Group(NamedTuple):
    """Recognisers with what a text must hold for any of them to find something."""

    required: re.Pattern[str]
    recognisers: tuple[Recogniser, ...]


GROUPS = (
    Group(re.compile("@"), EMAILS),
    Group(re.compile("[a-z0-9_][a-z0-9_.@-]{3}"), ACCOUNTS),
    Group(re.compile("[证照drt]"), DOCUMENTS_WITH_CUE),
    Group(re.compile("[员宾p卡]"), BANK_CARDS_WITH_CUE + MEMBERS),
    Group(re.compile("[单号码]"), ORDERS),
    Group(re.compile("[0-9](?:[ .()-]{0,2}[0-9]){7}"), PHONES),
    Group(re.compile("[话机系络电真elp]"), PHONES_WITH_CUE),
    Group(re.compile("[0-9](?:[ -]?[0-9]){12}"), MAINLAND_CARDS + BANK_CARDS),
    Group(re.compile("[a-z][ ·•.-]?[0-9a-z]"), CARDS_WITH_LETTERS + PLATES),
    Group(re.compile("车"), PLATES_WITH_CUE),
    Group(re.compile("[姓我本]"), NAMES_TOLD),
    Group(re.compile("[名人]"), NAMES_OF_PARTIES),
    Group(re.compile("[:=]"), NAMES_IN_FORMS),
    Group(re.compile(TITLES), NAMES_WITH_TITLE),
    Group(re.compile("[号室楼座栋幢元址]"), ADDRESSES),
)
"""Of equal finds the first wins."""
