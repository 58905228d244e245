"""``stores.yaml`` → :class:`triage.policy.stores.Stores`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import Field

from triage.catalog.files import KnowledgeFiles
from triage.catalog.schema import Entry, Text, raise_if_any, validate
from triage.catalog.zones import zone_or_problem
from triage.errors import Problem
from triage.policy.calendar import WorkingDays
from triage.policy.stores import Store, Stores

FILE = "stores.yaml"


class StoreEntry(Entry):
    """A store: its calendar, and its zone where that is not the calendar's."""

    calendar: Text
    zone: Text | None = None
    name: str = ""


class StoresFile(Entry):
    """``stores.yaml``."""

    version: int
    default: StoreEntry
    stores: dict[Text, StoreEntry] = Field({})
    prefixes: dict[Text, StoreEntry] = Field({})


def load_stores(files: KnowledgeFiles, calendars: Mapping[str, WorkingDays]) -> Stores:
    """Read and check the stores.

    Raises:
        KnowledgeError: naming every store with an unknown calendar or zone.
    """
    path = str(files.path(FILE))
    problems: list[Problem] = []
    content = validate(StoresFile, files.read(FILE), path, problems)
    raise_if_any(problems)
    assert content is not None
    reader = _StoreReader(path, calendars, problems)
    default = reader.store("default", content.default)
    by_id, by_prefix = reader.stores(content.stores), reader.stores(content.prefixes)
    raise_if_any(problems)
    assert default is not None
    return Stores(default, by_id, by_prefix)


class _StoreReader:
    """Builds stores and collects problems."""

    def __init__(self, path: str, calendars: Mapping[str, WorkingDays], problems: list[Problem]) -> None:
        self._path = path
        self._calendars = calendars
        self._problems = problems

    def stores(self, entries: Mapping[str, StoreEntry]) -> dict[str, Store]:
        built = ((key, self.store(key, entry)) for key, entry in entries.items())
        return {key: store for key, store in built if store is not None}

    def store(self, key: str, entry: StoreEntry) -> Store | None:
        calendar = self._calendars.get(entry.calendar)
        if calendar is None:
            self._problems.append(Problem(self._path, key, "calendar", f"unknown 「{entry.calendar}」"))
            return None
        if entry.zone is None or entry.zone == calendar.zone.key:
            return Store(calendar, entry.name)
        zone = zone_or_problem(entry.zone, self._path, key, self._problems)
        return None if zone is None else Store(replace(calendar, zone=zone), entry.name)
