"""Which numbers a region gives to subscribers' telephones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from triage.preprocess.redact.datum import Kind


@dataclass(frozen=True, slots=True)
class NumberingPlan:
    """Which national numbers a region gives to firms (toll-free…), to mobiles and to fixed lines."""

    firm: re.Pattern[str]
    mobile: re.Pattern[str]
    fixed: re.Pattern[str]


def line_kind(number: str, regions: Sequence[str]) -> Kind | None:
    """Name the line of a number (digits, with the trunk prefix 0 where there is one) in the first region."""
    national = number.removeprefix("0")
    for plan in map(_numbering_plan, regions):
        if plan.firm.fullmatch(national) is None:
            if plan.mobile.fullmatch(national) is not None:
                return Kind.MOBILE
            if plan.fixed.fullmatch(national) is not None:
                return Kind.LANDLINE
    return None


@cache
def _numbering_plan(region: str) -> NumberingPlan:
    """Take the plan from ``phonenumbers``; its own parsing and judging takes 40 µs a number, this takes one."""
    # Imported at the first candidate: loading the plans takes longer than judging a complaint.
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region(region)

    def lines(*kinds: str) -> re.Pattern[str]:
        known = [line for kind in kinds if (line := getattr(plan, kind)) is not None]
        return re.compile("|".join(line.national_number_pattern for line in known) or "(?!)")

    return NumberingPlan(
        firm=lines("premium_rate", "toll_free", "shared_cost", "uan"),
        mobile=lines("mobile", "personal_number", "voip"),
        fixed=lines("fixed_line"),
    )
