"""Which store a complaint belongs to."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from triage.policy.calendar import WorkingDays
from triage.policy.stores import UNKNOWN_STORE, Store, Stores


def store(region: str) -> Store:
    """Return a store that keeps the calendar of a region."""
    return Store(WorkingDays(region, ZoneInfo("Asia/Shanghai"), frozenset(), frozenset(), frozenset()))


STORES = Stores(
    default=store("CN"),
    by_id={"HK-007": store("MO")},
    by_prefix={"HK-": store("HK"), "HK-TW-": store("TW")},
)


@pytest.mark.parametrize(
    ("store_id", "region", "note"),
    [
        (None, "CN", ""),
        ("HK-007", "MO", ""),  # named itself
        ("HK-008", "HK", ""),
        ("HK-TW-1", "TW", ""),  # the longer prefix
        ("hk-008", "CN", UNKNOWN_STORE),
        ("", "CN", UNKNOWN_STORE),
    ],
)
def test_a_store_is_found_by_id_then_prefix_then_default(
    store_id: str | None, region: str, note: str
) -> None:
    """An unknown store gets the default calendar and says so; a complaint without store needs no excuse."""
    found = STORES.find(store_id)
    assert (found.calendar.region, found.note) == (region, note)
