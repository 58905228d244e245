"""Outputs made by hand: what a report says of them is known beforehand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from triage.batch.judgement import column_names
from triage.batch.plan import Choices
from triage.batch.report.findings import Findings
from triage.batch.report.make import make_report, survey
from triage.bootstrap import House

Row = Mapping[str, str]
Survey = Callable[[list[Row]], Findings]
NOW = datetime(2025, 1, 1, tzinfo=UTC)
ORIGINAL = ("编号", "门店", "收到", "结案", "旧标签", "旧级别", "内容")
JUDGED = column_names("triage_", with_times=True)


def row(content: str, *, topic: str = "service.efficiency", urgency: str = "general", **cells: str) -> Row:
    """A judged row; original columns by name, ours as the run writes them."""
    ours = dict.fromkeys(JUDGED, "") | {
        "triage_topic": topic,
        "triage_category": topic.split(".", 1)[0],
        "triage_urgency": urgency,
        "triage_emergency": str(urgency == "urgent").lower(),
        "triage_needs_review": "false",
        "triage_topic_confidence": cells.pop("confidence", "0.9"),
        "triage_resolve_by": cells.pop("due", ""),
    }
    return dict.fromkeys(ORIGINAL, "") | {"内容": content} | cells | ours


@pytest.fixture
def choices(tmp_path: Path) -> Choices:
    return Choices(
        inputs=("in.csv",),
        output=tmp_path / "out.csv",
        id_column="编号",
        old_label_column="旧标签",
        old_urgency_column="旧级别",
        received_column="收到",
        closed_column="结案",
        store_column="门店",
        chunk_rows=7,
    )


@pytest.fixture
def found(choices: Choices, house: House) -> Survey:
    """What is found in rows that a run has judged."""

    def survey_rows(rows: list[Row]) -> Findings:
        write_output(choices.output, rows)
        return survey(choices, house.taxonomy, lambda name: house.preparer.prepare(name).text)

    return survey_rows


@pytest.fixture
def page(choices: Choices, house: House, tmp_path: Path) -> Callable[[list[Row]], str]:
    """The page about rows that a run has judged; the list of suspects lies beside it."""

    def page_of(rows: list[Row]) -> str:
        write_output(choices.output, rows)
        make_report(choices, house, NOW, tmp_path / "report.html", tmp_path / "suspects.csv")
        return (tmp_path / "report.html").read_text("utf-8")

    return page_of


def write_output(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*ORIGINAL, *JUDGED))
        writer.writeheader()
        writer.writerows(rows)
