"""When the times of a complaint begin to run."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from triage.errors import InputError

CLOCK_SKEW = timedelta(minutes=5)
"""How far two honest clocks may differ; a time this little ahead is taken as it is."""

EARLIEST_YEAR = 2000
"""Earlier times are epoch zeros and typing errors, not complaints."""

NO_ZONE = "收到时间未带时区，按门店当地时间理解"
IN_FUTURE = "收到时间在未来，改按系统收到时刻计"


def settle(given: datetime | None, now: datetime, zone: ZoneInfo) -> tuple[datetime, tuple[str, ...]]:
    """Return the moment from which times run, in ``zone``, and notes on what was assumed.

    Args:
        given: what the intake system sent: nothing, a local time without a zone, or a zone-aware time.
        now: the zone-aware moment of judging.
        zone: the zone of the store.

    Raises:
        InputError: the time lies before 2000 or cannot be expressed in ``zone``.
    """
    now = now.astimezone(zone)
    if given is None:
        return now, ()
    has_zone = given.utcoffset() is not None
    moment = _localised(given, zone) if has_zone else given.replace(tzinfo=zone)
    notes = () if has_zone else (NO_ZONE,)
    if moment.year < EARLIEST_YEAR:
        raise InputError("received_at", f"收到时间早于{EARLIEST_YEAR}年，无法采用", code="too_early")
    if moment > now + CLOCK_SKEW:
        return now, (*notes, IN_FUTURE)
    return moment, notes


def _localised(given: datetime, zone: ZoneInfo) -> datetime:
    try:
        return given.astimezone(zone)
    except OverflowError:  # year 1 or 9999 at the wrong end of the zones
        raise InputError("received_at", "收到时间超出可表示的范围", code="out_of_range") from None
