"""Numbering plans and check digits: what tells a telephone, a document and a card from other numbers."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.preprocess.redact import Kind, find_personal_data
from triage.preprocess.redact.numbering_plan import line_kind


@given(st.integers(1_000_000, 199_999_999_999))
def test_number_plans_are_those_of_phonenumbers(national: int) -> None:
    """The borrowed numbering plans agree with the library's own judgement of mobiles and fixed lines."""
    kinds = {
        phonenumbers.PhoneNumberType.MOBILE: Kind.MOBILE,
        phonenumbers.PhoneNumberType.PERSONAL_NUMBER: Kind.MOBILE,
        phonenumbers.PhoneNumberType.VOIP: Kind.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE: Kind.LANDLINE,
    }
    for region, code in (("CN", 86), ("HK", 852), ("MO", 853), ("TW", 886)):
        line = phonenumbers.number_type(phonenumbers.PhoneNumber(code, national))
        assert line_kind(str(national), (region,)) == kinds.get(line)


@pytest.mark.parametrize("number", ["110101199003071233", "B223344554", "K246801(8)", "6225880123456783"])
def test_a_wrong_digit_is_noticed(number: str) -> None:
    """Without a cue, a number whose last digit is off is no document and no card."""
    last = number.rstrip(")")[-1]
    position = number.rindex(last)
    wrong = number[:position] + str((int(last) + 1) % 10) + number[position + 1 :]
    assert find_personal_data(f"登记{number}") != ()
    assert find_personal_data(f"登记{wrong}") == ()


def test_an_impossible_birthday_is_no_identity_card() -> None:
    """The thirty-first of February with a right check digit is not taken for an identity card."""
    from stdnum.cn import ric

    number = "11010119900231123"
    assert find_personal_data("登记" + number + ric.calc_check_digit(number + "0")) == ()
