"""Identifiers that sort by the moment they were made: UUID version 7 (RFC 9562)."""

from __future__ import annotations

from datetime import datetime
from random import getrandbits
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def new_id(now: datetime) -> str:
    """Make an identifier for the zone-aware moment ``now``; those of one millisecond differ by 74 random bits."""
    milliseconds = int(now.timestamp() * 1000)
    # Unique, not secret: who may see what is decided by keys. The system's generator takes a hundred times as long.
    random_bits = getrandbits(12) << 64 | getrandbits(62)
    return str(UUID(int=milliseconds << 80 | _VERSION | _VARIANT | random_bits))


def lowest_id(moment: datetime) -> str:
    """All identifiers made before the zone-aware ``moment`` are smaller than this one, all later ones larger."""
    return str(UUID(int=int(moment.timestamp() * 1000) << 80))


def is_id(value: str) -> bool:
    """Whether ``value`` is written as we write identifiers."""
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
