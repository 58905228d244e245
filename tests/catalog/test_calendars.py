"""Calendars of working days, from the package and from files."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import chinese_calendar
import pytest

from triage.catalog.calendars import load_calendars
from triage.catalog.files import PACKAGED, KnowledgeFiles
from triage.errors import KnowledgeError
from triage.policy.calendar import WorkingDays


@cache
def calendars() -> dict[str, WorkingDays]:
    """Load the packaged calendars once."""
    return load_calendars(KnowledgeFiles())


def with_file(folder: Path, text: str) -> KnowledgeFiles:
    """The packaged knowledge with a calendar file of an organisation's own."""
    (folder / "calendars").mkdir()
    (folder / "calendars" / "own.yaml").write_text(text, encoding="utf-8")
    return KnowledgeFiles((PACKAGED, folder))


def free_weekdays(region: str, year: int) -> set[str]:
    """Mondays to Fridays of ``year`` that are no working days, as ``MM-DD``."""
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    free = (day for day in days if day.weekday() < 5 and not calendars()[region].is_working_day(day))
    return {f"{day:%m-%d}" for day in free if day.year == year}


def test_four_regions_have_a_calendar() -> None:
    """Mainland, Hong Kong, Macau and Taiwan, each with its own clock."""
    zones = {region: calendar.zone.key for region, calendar in calendars().items()}
    assert zones == {
        "CN": "Asia/Shanghai",
        "HK": "Asia/Hong_Kong",
        "MO": "Asia/Macau",
        "TW": "Asia/Taipei",
    }


@pytest.mark.parametrize("year", sorted(range(2020, 2027)))
def test_the_mainland_agrees_with_a_second_source(year: int) -> None:
    """Every day of every published year is free or worked as `chinesecalendar` has it, make-up days included."""
    days = [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    differing = [
        day for day in days if calendars()["CN"].is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert not differing
    assert year in calendars()["CN"].published


def test_the_mainland_is_published_to_2026() -> None:
    """The package answers for 2027 without make-up days; that is a guess and not believed."""
    assert max(calendars()["CN"].published) == 2026


def test_hong_kong_keeps_the_general_holidays() -> None:
    """The seventeen of 2026 (three fall on a Saturday), Good Friday and Easter Monday among them."""
    assert free_weekdays("HK", 2026) == {
        "01-01", "02-17", "02-18", "02-19", "04-03", "04-06", "04-07", "05-01", "05-25", "06-19", "07-01",
        "10-01", "10-19", "12-25",
    }  # fmt: skip


def test_hong_kong_has_one_day_off_for_a_national_day_on_a_sunday() -> None:
    """In 2023 that was Monday 2 October; the day after was worked."""
    assert free_weekdays("HK", 2023) & {"10-02", "10-03"} == {"10-02"}


def test_macau_keeps_good_friday_and_compensatory_days_but_works_half_days() -> None:
    """The government's list of 2020; the afternoons off on both New Year's Eves leave a working day."""
    assert free_weekdays("MO", 2020) == {
        "01-01", "01-27", "01-28", "01-29", "04-06", "04-10", "04-13", "04-30", "05-01", "06-25", "10-01",
        "10-02", "10-05", "10-26", "11-02", "12-08", "12-21", "12-22", "12-24", "12-25",
    }  # fmt: skip


def test_taiwan_keeps_the_holidays_of_the_act_of_2025() -> None:
    """Teachers' Day, Retrocession Day and Constitution Day are free since 2025, with days in lieu."""
    assert {"09-28", "10-26", "12-25", "05-01", "10-09"} <= free_weekdays("TW", 2026)
    assert {"09-29", "10-24", "12-25"} <= free_weekdays("TW", 2025)
    assert not {"09-28", "10-25", "12-25"} & free_weekdays("TW", 2024)


def test_labour_day_is_free_for_all_employees_in_taiwan() -> None:
    """Shops closed on it long before government offices did."""
    assert all("05-01" in free_weekdays("TW", year) for year in (2020, 2023, 2024, 2025, 2026))


def test_taiwan_made_up_for_bridge_days_until_2025() -> None:
    """Saturday 8 February 2025 was worked for the Monday before New Year."""
    assert calendars()["TW"].is_working_day(date(2025, 2, 8))
    assert "01-27" in free_weekdays("TW", 2025)


def test_an_organisation_can_publish_a_year_itself(tmp_path: Path) -> None:
    """A file of one's own adds years and days to a region; the package's days of that year come along."""
    files = with_file(
        tmp_path,
        """
version: 1
calendars:
  - id: CN
    published: [2027]
    overrides:
      - {date: 2027-01-04, kind: holiday, name: 元旦调休, source: 测试}
      - {date: 2027-01-09, kind: workday, name: 元旦调休上班, source: 测试}
      - {date: 2027-10-05, kind: workday, name: 照常上班, source: 测试}
""",
    )
    calendar = load_calendars(files)["CN"]
    received = datetime(2026, 12, 31, 9, 0, tzinfo=calendar.zone)
    assert calendar.add_working_days(received, 1) == (received.replace(2027, 1, 5), False)
    assert calendar.is_working_day(date(2027, 1, 9))
    assert calendar.is_working_day(date(2027, 10, 5))  # the package's guess has it free
    assert not calendar.is_working_day(date(2027, 4, 5))  # from the package


def test_an_organisation_may_close_on_a_make_up_day(tmp_path: Path) -> None:
    """The last file that names a day decides, whatever the package says of it."""
    files = with_file(
        tmp_path,
        """
version: 1
calendars:
  - id: CN
    overrides: [{date: 2026-10-10, kind: holiday, name: 店休, source: 公司通知}]
""",
    )
    assert calendars()["CN"].is_working_day(date(2026, 10, 10))
    assert not load_calendars(files)["CN"].is_working_day(date(2026, 10, 10))


def test_a_known_day_of_an_unpublished_year_stays_provisional(tmp_path: Path) -> None:
    """One day does not make a calendar: it counts, and the result is still marked."""
    files = with_file(
        tmp_path,
        """
version: 1
calendars:
  - id: CN
    overrides: [{date: 2027-01-01, kind: holiday, name: 元旦, source: 测试}]
""",
    )
    calendar = load_calendars(files)["CN"]
    received = datetime(2026, 12, 31, 9, 0, tzinfo=calendar.zone)
    assert calendar.add_working_days(received, 1) == (received.replace(2027, 1, 4), True)


def test_an_organisation_can_add_a_region(tmp_path: Path) -> None:
    """A region without the package lives on its own list of days."""
    files = with_file(
        tmp_path,
        """
version: 1
calendars:
  - id: SG
    zone: Asia/Singapore
    published: [2026]
    overrides: [{date: 2026-08-10, kind: holiday, name: 国庆补假, source: 测试}]
""",
    )
    assert not load_calendars(files)["SG"].is_working_day(date(2026, 8, 10))


@pytest.mark.parametrize(
    ("entry", "field", "words"),
    [
        ("{id: CN, published: [2027]}", "published", "no make-up working day of 2027"),
        ("{id: SG, zone: Asia/Singapore, published: [2026]}", "published", "no holiday of 2026"),
        ("{id: SG, zone: Asia/Lion_City}", "zone", "unknown zone"),
        ("{id: SG}", "zone", "is missing"),
        ("{id: CN, package: {country: XX, categories: [public], language: zh_CN}}", "package", "XX"),
        ("{id: CN, package: {country: CN, categories: [bank], language: zh_CN}}", "package", "bank"),
        ("{id: CN, published: ['2027']}", "calendars.0.published.0", "integer"),
        ("{id: CN, overrides: [{date: someday, kind: holiday, name: x, source: x}]}", "calendars.0.overrides.0.date",
         "date"),
        ("{id: CN, overrides: [{date: 2027-01-01, kind: party, name: x, source: x}]}", "calendars.0.overrides.0.kind",
         "holiday"),
        ("{id: CN, overrides: [{date: 2027-01-01, kind: holiday, name: x}]}", "calendars.0.overrides.0.source",
         "required"),
        ("{id: CN, holidays: []}", "calendars.0.holidays", "Extra"),
    ],
)  # fmt: skip
def test_a_wrong_calendar_is_refused(tmp_path: Path, entry: str, field: str, words: str) -> None:
    """Each fault names the file and the field; a year without knowledge is a fault, not a year without holidays."""
    files = with_file(tmp_path, f"version: 1\ncalendars: [{entry}]\n")
    with pytest.raises(KnowledgeError) as caught:
        load_calendars(files)
    problem = caught.value.problems[0]
    assert problem.file.endswith("own.yaml")
    assert problem.field == field
    assert words in problem.message
