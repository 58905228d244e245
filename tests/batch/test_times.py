"""Times as archives write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from triage.batch.times import Deadlines, read_time
from triage.engine import Engine
from triage.policy.routing import Case
from triage.types import Urgency

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment", "has_hours"),
    [
        ("2024-03-05T09:07:30+08:00", "2024-03-05T09:07:30+08:00", True),
        ("2024-03-05 09:07:30.123", "2024-03-05T09:07:30", True),
        (" 2024/3/5 9:07 ", "2024-03-05T09:07:00", True),
        ("2024年3月5日 9時07分", "2024-03-05T09:07:00", True),
        ("2024.03.05", "2024-03-05T00:00:00", False),
        ("2024-03-05T09:07:00Z", "2024-03-05T09:07:00+00:00", True),
    ],
)
def test_forms_of_times(written: str, moment: str, has_hours: bool) -> None:
    """With and without zone, seconds and leading zeros."""
    found, hours = read_time(written)
    assert found is not None
    assert (found.isoformat(), hours) == (moment, has_hours)


@pytest.mark.parametrize("written", ["", "昨天", "2024-02-30 10:00", "45356.38", None, 5, "03/05/2024 10:00"])
def test_what_is_no_time(written: object) -> None:
    """Guessing would put deadlines on the wrong day."""
    assert read_time(written) == (None, False)


def test_midnight_in_a_table_is_a_date() -> None:
    """Spreadsheets know no other way to write one."""
    assert read_time(datetime(2024, 3, 5))[1] is False  # noqa: DTZ001 - as tables hold it
    assert read_time(datetime(2024, 3, 5, 9, 7))[1] is True  # noqa: DTZ001


@pytest.mark.parametrize("policy", ["supermarket", "retail-2025", "department-store", "retail-guide"])
def test_every_policy_says_by_when_a_general_complaint_ends(rules_engine: Engine, policy: str) -> None:
    """Whether it calls the step resolving, solution or answer."""
    deadlines = Deadlines(rules_engine, rules_engine.policies[policy], NOW)
    case = Case("service.attitude", Urgency.GENERAL, rules_engine.policies[policy].profile.default_channel)
    due = deadlines.resolve_by(case, "2024-03-05 09:07", None)
    assert due is not None
    assert datetime.fromisoformat(due) > datetime(2024, 3, 5, 9, 7, tzinfo=UTC)


def test_what_lasts_until_it_is_solved_has_no_time(rules_engine: Engine) -> None:
    """That is not the same as a time of receipt that cannot be used."""
    policy = rules_engine.policies["supermarket"]
    deadlines = Deadlines(rules_engine, policy, NOW)
    case = Case("safety.fire", Urgency.URGENT, policy.profile.default_channel)
    assert deadlines.resolve_by(case, "2024-03-05 09:07", None) == ""
    assert deadlines.resolve_by(case, "1999-03-05 09:07", None) is None
