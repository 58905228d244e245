"""Days off from the package ``holidays``, of one country without loading those of two hundred and fifty."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays.holiday_base import HolidayBase


def public_holidays(
    country: str, years: Iterable[int], categories: Iterable[str], language: str
) -> HolidayBase:
    """What ``holidays.country_holidays`` answers, for a tenth of a second less at the first call.

    Raises:
        NotImplementedError: the package does not have the country.
        ValueError: nor these categories of it.
    """
    entity = _country(country)
    if entity is None:
        raise NotImplementedError(f"Country {country} not available")
    return entity(years=sorted(set(years)), categories=tuple(categories), language=language)


@cache
def _country(code: str) -> type[HolidayBase] | None:
    """The class of a country, from its own file.

    The package imports a country when it is first used, but the folder it lies in then imports all others.
    """
    import holidays  # not at the top: only those who ask for days pay for it
    from holidays.registry import COUNTRIES

    for module, names in COUNTRIES.items():
        if code in names:
            path = Path(holidays.__file__).parent / "countries" / f"{module}.py"
            spec = importlib.util.spec_from_file_location(f"holidays.countries.{module}", path)
            assert spec is not None
            assert spec.loader is not None
            loaded = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(loaded)
            entity: type[HolidayBase] = getattr(loaded, names[0])
            return entity
    return None
