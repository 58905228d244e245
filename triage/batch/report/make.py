"""A finished output → its report, in two readings."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from triage.batch.errors import BatchError, RunRefused
from triage.batch.plan import Choices
from triage.batch.report.counting import Counting
from triage.batch.report.duplicates import Duplicates
from triage.batch.report.emergencies import Emergencies
from triage.batch.report.findings import Findings
from triage.batch.report.handled import Handled
from triage.batch.report.merged import Merged
from triage.batch.report.old_labels import Fold, OldLabels
from triage.batch.report.page import render
from triage.batch.report.rows import read_rows
from triage.batch.report.suspects import Suspects, write_suspects
from triage.bootstrap import House
from triage.durable import write_safely
from triage.taxonomy import Taxonomy


def check_targets(*paths: Path | None) -> None:
    """Refuse before the work begins what could not be written at its end.

    Raises:
        RunRefused: a file exists already.
        BatchError: its folder does not.
    """
    for path in filter(None, paths):
        if path.exists():
            raise RunRefused(f"{path}: 已经存在，不覆盖；请先移走它或换一个名字")
        if not path.parent.is_dir():
            raise BatchError(f"{path.parent}: 没有这个文件夹")


def make_report(
    choices: Choices, house: House, now: datetime, report: Path | None, suspects: Path | None
) -> Findings:
    """Read the finished output and write the page and the list of doubtful labels, where they are wanted.

    Raises:
        BatchError: the output cannot be read, or the files cannot be written.
    """
    found = survey(choices, house.taxonomy, partial(_fold, house))
    try:
        if report is not None:
            write_safely(report, render(found, now).encode("utf-8", "replace"))
        if suspects is not None:
            names = {topic.id: topic.name for topic in house.taxonomy.topics}
            write_suspects(suspects, found.suspects.ranked(), names)
    except OSError as error:
        raise BatchError(f"{error.filename or report}: {error.strerror}") from error
    return found


def survey(choices: Choices, taxonomy: Taxonomy, fold: Fold) -> Findings:
    """Count everything, then pick the rows to show."""
    counting = Counting(with_stores=choices.store_column is not None)
    handled, duplicates = Handled(), Duplicates()
    labels = OldLabels(taxonomy, fold)
    emergencies = Emergencies(labels)
    for row in read_rows(choices):
        for part in (counting, handled, labels, emergencies, duplicates):
            part.add(row)
    duplicates.settle()
    suspects, merged = Suspects(labels), Merged(duplicates)
    for row in read_rows(choices):
        suspects.add(row)
        merged.add(row)
    rejected = _count_lines(choices.reject_file)
    return Findings(
        choices, taxonomy, counting, handled, labels, emergencies, duplicates, suspects, merged, rejected
    )


def _fold(house: House, name: str) -> str:
    return house.preparer.prepare(name).text if name else ""


def _count_lines(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(1 for _ in file)
