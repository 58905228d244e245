"""Names of people: after a cue or before a title; the title stays."""

from __future__ import annotations

import re

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.name_words import (
    BEFORE_TITLED_NAME,
    FORM_LABELS,
    JOBS,
    NAME_FOLLOWERS,
    NEVER_GIVEN,
    NOT_NAMES,
    PERSONS,
    TITLES,
)
from triage.preprocess.redact.recogniser import recogniser
from triage.preprocess.redact.surnames import DOUBLE_SURNAMES, SURNAMES, WORD_ENDS

_IDEOGRAPH = "[一-\u9fff]"
_NOT_IDEOGRAPH = "[^一-\u9fff]"
# Titles and jobs are never taken for given names: they say on which side of the counter somebody stands.
_STAYS = f"(?:{TITLES}|{JOBS})"
_SURNAME = f"(?:{DOUBLE_SURNAMES}|[{SURNAMES}])"
_SURNAME_OF_NAME = f"(?!{NOT_NAMES}){_SURNAME}"
# An ideograph but for the listed ones, as one negated class: quicker than a look-ahead for each character.
_GIVEN = f"[^\u0000-\u4dff\ua000-\U0010ffff{NEVER_GIVEN}]"
_GIVEN_NAME = f"(?:(?!{_STAYS}){_GIVEN}){{1,2}}"
_ENDS = f"(?=[^一-\u9fffa-z*]|[{NAME_FOLLOWERS}]|联系|联络|会员|{_STAYS}|$)"
_STOPS = f"(?=[^一-\u9fffa-z*]|电话|手机|{_STAYS}|$)"
# ``{1,2}?`` is lazy: as short as an end allows (「李四我要投诉」).
_NAME = f"{_SURNAME_OF_NAME}(?:(?={_STAYS})|{_GIVEN_NAME}?{_ENDS})"
_NAME_OF_CLAUSE = f"{_SURNAME_OF_NAME}(?:(?={_STAYS})|{_GIVEN_NAME}?{_STOPS})"
_LATIN_NAME = "(?!uber|food|grab)[a-z]{2,15}(?:[ -][a-z]{1,15}){0,3}(?![a-z0-9])"

_NOT_A_NAME = re.compile(NOT_NAMES)


def _surname_with_title(match: re.Match[str]) -> Kind | None:
    """Refuse surnames that end an ordinary word, and the brand in 「方太太贵」."""
    before = match.string[match.start() - 1 : match.start()]
    ends_word = before != "" and before in WORD_ENDS.get(match["it"], "")
    return None if ends_word or match.string.startswith("方太太", match.start()) else Kind.NAME


def _full_name_with_title(match: re.Match[str]) -> Kind | None:
    """Take a surname with a given name only where a word begins; elsewhere the surname alone is found."""
    before = match.string[match.start() - 1 : match.start()]
    begins = not re.match(_IDEOGRAPH, before) or before in BEFORE_TITLED_NAME
    return Kind.NAME if begins and _NOT_A_NAME.match(match["it"]) is None else None


NAMES_TOLD = (
    recogniser(
        Kind.NAME,
        f"(?:我叫|我名叫|我的名字叫|我的名字是|本人叫)[ :]{{0,2}}(?P<it>{_NAME}|{_LATIN_NAME})",
    ),
    # 「本人」 and 「我是」 begin many other sentences: the name must end the clause.
    recogniser(Kind.NAME, f"(?:本人|我是|我系)[ :]{{0,2}}(?P<it>{_NAME_OF_CLAUSE})"),
    recogniser(Kind.NAME, f"姓(?<!百姓)[ :]{{0,2}}(?P<it>{_SURNAME})"),
)
NAMES_OF_PARTIES = (recogniser(Kind.NAME, f"(?:{PERSONS})[是为叫系 ]?(?P<it>{_NAME})"),)
NAMES_IN_FORMS = (
    # After the colon stands a name, even where nothing marks its end.
    recogniser(
        Kind.NAME,
        f"(?:{PERSONS}|{FORM_LABELS})(?:姓?名)? ?[:=] ?",
        f"(?P<it>{_NAME}|{_SURNAME_OF_NAME}{_GIVEN_NAME}|{_LATIN_NAME})",
    ),
    # Rare surnames and names with a dot, where a form asks for nothing else.
    recogniser(
        Kind.NAME,
        f"姓名 ?: ?(?P<it>(?![匿不无同保没请见]|{_STAYS})(?:{_IDEOGRAPH}{{2,7}}·{_IDEOGRAPH}{{2,7}}",
        f"|{_IDEOGRAPH}(?={_STAYS})|{_IDEOGRAPH}{{2,4}}?))(?={_NOT_IDEOGRAPH}|{_STAYS}|$)",
    ),
)
NAMES_WITH_TITLE = (
    recogniser(Kind.NAME, f"(?P<it>{_SURNAME}{_GIVEN}{{1,2}})(?={TITLES})", judge=_full_name_with_title),
    recogniser(Kind.NAME, f"(?P<it>{_SURNAME})(?={TITLES})", judge=_surname_with_title),
)
