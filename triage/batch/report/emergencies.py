"""Emergencies in the archive that nobody seems to have treated as such."""

from __future__ import annotations

import heapq
import re
from datetime import datetime

from triage.batch.report.old_labels import OldLabels
from triage.batch.report.rows import ReportRow
from triage.types import Urgency

MOST = 500
"""Emergencies that are kept, the latest ones."""

_RAISED = re.compile(
    r"(?<![不非])(?:紧急|緊急|特急|加急|急件|危急|应急|應急|突发|突發|重大|一级|一級|最高)|"
    r"\b(?:urgent|emergency|critical|high|p0|p1|s1)\b",
    re.IGNORECASE,
)
_DANGER = re.compile(
    r"安全|消防|火[灾災警情险險]|着火|著火|受伤|受傷|伤害|傷害|人身|伤亡|傷亡|事故|隐患|隱患|治安|中毒|异物|異物"
)


class Emergencies:
    """The latest emergencies whose old labels do not say that they were one."""

    def __init__(self, labels: OldLabels) -> None:
        """``labels`` tells what old labels mean."""
        self.total = 0
        self.unraised = 0
        self._labels = labels
        self._heap: list[tuple[datetime, int, ReportRow]] = []

    def add(self, row: ReportRow) -> None:
        """Look at a row."""
        if row.urgency is not Urgency.URGENT:
            return
        self.total += 1
        if self._was_raised(row):
            return
        self.unraised += 1
        item = (row.received or datetime.min, -row.number, row)  # noqa: DTZ901 - undated ones come last
        push = heapq.heappush if len(self._heap) < MOST else heapq.heappushpop
        push(self._heap, item)

    def latest(self) -> list[ReportRow]:
        """The latest first."""
        return [row for _, _, row in sorted(self._heap, reverse=True)]

    def _was_raised(self, row: ReportRow) -> bool:
        """An old urgency decides alone; without one a label of danger counts as well."""
        if row.old_urgency:
            return _RAISED.search(row.old_urgency) is not None
        if not row.old_label:
            return False
        meant = self._labels.meaning(row.old_label) or ""
        words = _RAISED.search(row.old_label) or _DANGER.search(row.old_label)
        return meant.split(".")[0] == "safety" or words is not None
