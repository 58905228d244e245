"""Days off from the package ``holidays``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import holidays
import pytest

from triage.catalog.public_holidays import public_holidays

COUNTRIES = [
    ("CN", ("public",), "zh_CN"),
    ("HK", ("optional",), "zh_HK"),
    ("MO", ("optional", "government"), "zh_MO"),
    ("TW", ("public",), "zh_TW"),
    ("SGP", ("public",), "en_SG"),
    ("Japan", ("public", "bank"), "ja"),
]


@pytest.mark.parametrize(("country", "categories", "language"), COUNTRIES)
def test_the_days_are_those_of_the_whole_package(
    country: str, categories: tuple[str, ...], language: str
) -> None:
    """With their names, and with the make-up working days, whichever way the country is named."""
    years = range(2020, 2031)
    found = public_holidays(country, years, categories, language)
    expected = holidays.country_holidays(country, years=years, categories=categories, language=language)
    assert dict(found) == dict(expected)
    assert found.weekend_workdays == expected.weekend_workdays


def test_an_unknown_country_or_category_is_refused() -> None:
    """As the package itself refuses it."""
    with pytest.raises(NotImplementedError, match="XX"):
        public_holidays("XX", [2026], ["public"], "zh_CN")
    with pytest.raises(ValueError, match="market"):
        public_holidays("CN", [2026], ["market"], "zh_CN")


def test_other_countries_are_not_loaded() -> None:
    """Four calendars need four of two hundred and fifty modules."""
    program = (
        "import sys\n"
        "from triage.catalog.calendars import load_calendars\n"
        "from triage.catalog.files import KnowledgeFiles\n"
        "assert set(load_calendars(KnowledgeFiles())) == {'CN', 'HK', 'MO', 'TW'}\n"
        "assert not [name for name in sys.modules if name.startswith('holidays.countries')]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
