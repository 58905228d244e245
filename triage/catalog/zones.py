"""Zone names → :class:`zoneinfo.ZoneInfo`, which reads the zone's file."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from triage.errors import Problem


def zone_or_problem(name: str | None, file: str, entry: str, problems: list[Problem]) -> ZoneInfo | None:
    """Return the zone, or add a problem about the field ``zone`` and return ``None``."""
    if name is None:
        problems.append(Problem(file, entry, "zone", "is missing"))
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(Problem(file, entry, "zone", f"unknown zone 「{name}」"))
        return None
