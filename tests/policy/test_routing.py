"""The tables of a policy."""

from __future__ import annotations

import pytest

from triage.policy.routing import Case, Condition, Row, every, first
from triage.types import Urgency

FOOD = frozenset({"safety.food"})
URGENT = frozenset({Urgency.URGENT})
CASE = Case("safety.food", Urgency.URGENT, "phone")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (Condition(), True),
        (Condition(topics=FOOD), True),
        (Condition(topics=frozenset({"safety.fire", "safety.food"})), True),
        (Condition(topics=frozenset({"safety.fire"})), False),
        (Condition(topics=FOOD, urgencies=frozenset({Urgency.MINOR})), False),
        (Condition(topics=FOOD, urgencies=URGENT, channels=frozenset({"phone"})), True),
        (Condition(channels=frozenset({"online"})), False),
    ],
)
def test_a_condition_holds_when_each_part_names_the_case(condition: Condition, holds: bool) -> None:
    """Any word of a part will do, but all parts must agree; a part left out asks nothing."""
    assert condition.holds(CASE) is holds


def test_a_row_can_ask_for_a_confirmed_hazard() -> None:
    """A threat keeps the topic of the complaint, so rows can look at the hazard itself."""
    when = Condition(hazards=frozenset({"harm"}))
    assert when.holds(CASE._replace(hazards=frozenset({"harm", "food"})))
    assert not when.holds(CASE)


def test_the_first_fitting_row_decides() -> None:
    """Order is meaning: the special rows stand before the general ones."""
    rows = (Row(Condition(topics=FOOD), "食品安全部门"), Row(Condition(), "客服部门"))
    assert first(rows, CASE) == "食品安全部门"
    assert first(rows, Case("service.attitude", Urgency.URGENT, "phone")) == "客服部门"


def test_a_table_without_a_fitting_row_is_an_error() -> None:
    """Nothing is routed to nobody in silence."""
    with pytest.raises(LookupError):
        first((Row(Condition(topics=frozenset({"safety.fire"})), "安保部门"),), CASE)


def test_all_fitting_rows_add_up_without_repetition() -> None:
    """Who is named by two rows is told once, in the place of the first."""
    rows: tuple[Row[tuple[str, ...]], ...] = (
        Row(Condition(urgencies=URGENT), ("客服主管", "行政经理")),
        Row(Condition(topics=frozenset({"safety.fire"})), ("安保部门",)),
        Row(Condition(topics=FOOD), ("采购部门", "客服主管")),
    )
    assert every(rows, CASE) == ("客服主管", "行政经理", "采购部门")


@pytest.mark.parametrize(
    ("outer", "inner", "covers", "meets"),
    [
        (Condition(), Condition(topics=FOOD), True, True),
        (Condition(topics=FOOD), Condition(), False, True),
        (Condition(topics=FOOD), Condition(topics=FOOD, urgencies=URGENT), True, True),
        (Condition(topics=FOOD | {"safety.fire"}), Condition(topics=FOOD), True, True),
        (Condition(topics=FOOD), Condition(topics=FOOD | {"safety.fire"}), False, True),
        (Condition(topics=FOOD), Condition(urgencies=URGENT), False, True),
        (Condition(urgencies=URGENT), Condition(urgencies=frozenset({Urgency.MINOR})), False, False),
    ],
)
def test_conditions_can_be_compared(outer: Condition, inner: Condition, covers: bool, meets: bool) -> None:
    """One covers another when it asks less, and meets it when some case fits both."""
    assert outer.covers(inner) is covers
    assert outer.meets(inner) is meets
