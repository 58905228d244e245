"""Stores and the calendars they keep."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from triage.catalog.files import KnowledgeFiles
from triage.catalog.stores import load_stores
from triage.errors import KnowledgeError
from triage.policy.calendar import WorkingDays
from triage.policy.stores import Stores


def calendar(region: str, zone: str) -> WorkingDays:
    """Return a calendar without holidays."""
    return WorkingDays(region, ZoneInfo(zone), frozenset(), frozenset(), frozenset())


CALENDARS = {"CN": calendar("CN", "Asia/Shanghai"), "HK": calendar("HK", "Asia/Hong_Kong")}


def load(folder: Path, text: str) -> Stores:
    """Write a store file and load it."""
    (folder / "stores.yaml").write_text(text, encoding="utf-8")
    return load_stores(KnowledgeFiles((folder,)), CALENDARS)


def test_the_packaged_file_knows_the_regions_by_prefix() -> None:
    """`HK-…` keeps Hong Kong's days; what has no prefix keeps the mainland's."""
    regions = {
        "CN": calendar("CN", "Asia/Shanghai"),
        "HK": calendar("HK", "Asia/Hong_Kong"),
        "MO": calendar("MO", "Asia/Macau"),
        "TW": calendar("TW", "Asia/Taipei"),
    }
    stores = load_stores(KnowledgeFiles(), regions)
    assert stores.find("HK-001").zone.key == "Asia/Hong_Kong"
    assert stores.find("TW-001").calendar.region == "TW"
    assert stores.find(None).calendar.region == "CN"


def test_a_store_may_keep_another_clock(tmp_path: Path) -> None:
    """The zone of a store replaces that of its calendar, and the name is kept."""
    stores = load(
        tmp_path,
        """
version: 1
default: {calendar: CN}
stores: {XJ-1: {calendar: CN, zone: Asia/Urumqi, name: 乌鲁木齐店}}
""",
    )
    store = stores.find("XJ-1")
    assert (store.calendar.region, store.zone.key, store.name) == ("CN", "Asia/Urumqi", "乌鲁木齐店")
    assert stores.default.zone.key == "Asia/Shanghai"


def test_every_wrong_store_is_named(tmp_path: Path) -> None:
    """One reading finds all faults: unknown calendars and unknown zones, by store."""
    with pytest.raises(KnowledgeError) as caught:
        load(
            tmp_path,
            """
version: 1
default: {calendar: JP}
stores: {A: {calendar: CN, zone: Asia/Nowhere}, B: {calendar: HK}}
prefixes: {C-: {calendar: KR}}
""",
        )
    found = [(problem.entry, problem.field) for problem in caught.value.problems]
    assert found == [("default", "calendar"), ("A", "zone"), ("C-", "calendar")]


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    """A misspelt key would otherwise leave a store on the wrong calendar."""
    with pytest.raises(KnowledgeError, match="kalendar"):
        load(tmp_path, "version: 1\ndefault: {calendar: CN, kalendar: HK}\n")
