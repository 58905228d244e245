"""Stores, and the calendar each one keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from triage.policy.calendar import WorkingDays

UNKNOWN_STORE = "门店编号未登记，按默认门店的日历和时区计算"


@dataclass(frozen=True, slots=True)
class Store:
    """A shop as far as time is concerned; ``note`` says in Chinese what was assumed about it, or is empty."""

    calendar: WorkingDays
    name: str = ""
    note: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the shop's clock."""
        return self.calendar.zone


@dataclass(frozen=True, slots=True)
class Stores:
    """All stores: by identifier, else by the longest prefix of the identifier, else the default."""

    default: Store
    by_id: Mapping[str, Store]
    by_prefix: Mapping[str, Store]

    def find(self, store_id: str | None) -> Store:
        """Return the store; an unknown identifier gives the default store with a note, ``None`` without."""
        if store_id is None:
            return self.default
        return (
            self.by_id.get(store_id) or self._by_prefix(store_id) or replace(self.default, note=UNKNOWN_STORE)
        )

    def _by_prefix(self, store_id: str) -> Store | None:
        fitting = [prefix for prefix in self.by_prefix if store_id.startswith(prefix)]
        return self.by_prefix[max(fitting, key=len)] if fitting else None
