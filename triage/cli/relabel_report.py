"""The report of ``triage relabel``: which files it writes, and the words about them."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from triage.batch.plan import Choices
from triage.batch.report.findings import Findings
from triage.batch.report.make import make_report
from triage.bootstrap import House
from triage.settings import Settings


def write_report(choices: Choices, settings: Settings, report: Path | None, suspects: Path | None) -> None:
    """Write what is wanted of both, and say so.

    Raises:
        BatchError: the output cannot be read, or a file not be written.
    """
    if report is None and suspects is None:
        return
    now = datetime.now().astimezone()
    found = make_report(choices, House.from_settings(settings), now, report, suspects)
    sys.stderr.write("\n".join(_words(found, report, suspects)) + "\n")


def _words(found: Findings, report: Path | None, suspects: Path | None) -> list[str]:
    lines = []
    if report is not None:
        lines.append(
            f"报告 {report}：{found.emergencies.unraised} 件紧急投诉未见升级，{found.merged.groups} 组重复反馈"
        )
    if suspects is not None:
        kept = len(found.suspects.ranked())
        more = f"（共 {found.suspects.found} 件，只写最可疑的）" if kept < found.suspects.found else ""
        lines.append(f"旧标签存疑 {kept} 件{more} {suspects}")
    return lines
