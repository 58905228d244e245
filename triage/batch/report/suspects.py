"""Rows whose old label is most likely wrong, ranked."""

from __future__ import annotations

import csv
import heapq
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from triage.batch.report.old_labels import OldLabels
from triage.batch.report.rows import ReportRow
from triage.batch.report.showing import shown
from triage.durable import write_safely

MOST = 10_000
"""Suspects that are kept, the most suspicious ones."""
SUREST = 1.0
"""Stands for the confidence of a rule."""
FEWEST = 0.5
"""Confidence below which a judgement accuses no label."""

HEADER = ("行号", "编号", "可疑程度", "旧标签", "新主题", "置信度", "收到时间", "文本（已脱敏）", "复核结论")


class Suspect(NamedTuple):
    """A row and how suspicious its old label is, 0–1."""

    score: float
    before: int
    row: ReportRow


class Suspects:
    """Keeps the most suspicious rows; the earlier one first among equals."""

    def __init__(self, labels: OldLabels) -> None:
        """``labels`` has counted all rows."""
        self.found = 0
        self._labels = labels
        self._heap: list[Suspect] = []

    def add(self, row: ReportRow) -> None:
        """Look at a row."""
        confidence = SUREST if row.confidence is None else row.confidence
        score = confidence * self._labels.doubt(row)
        if confidence < FEWEST or not score:
            return
        self.found += 1
        push = heapq.heappush if len(self._heap) < MOST else heapq.heappushpop
        push(self._heap, Suspect(score, -row.number, row))

    def ranked(self) -> list[Suspect]:
        """The most suspicious first."""
        return sorted(self._heap, reverse=True)


def write_suspects(path: Path, suspects: Iterable[Suspect], names: dict[str, str]) -> None:
    """A CSV for spreadsheets (UTF-8 with mark), with an empty column for the reviewer's verdict.

    Personal data are masked; cells that look like formulas get an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for suspect in suspects:
        writer.writerow(_harmless(_cells(suspect, names)))
    write_safely(path, text.getvalue().encode("utf-8-sig", "replace"))


def _cells(suspect: Suspect, names: dict[str, str]) -> Sequence[str]:
    row = suspect.row
    return (
        str(row.number),
        shown(row.identity),
        f"{suspect.score:.3f}",
        shown(row.old_label),
        names[row.topic],
        "" if row.confidence is None else f"{row.confidence:.3f}",
        "" if row.received is None else f"{row.received:%Y-%m-%d %H:%M}",
        shown(row.text),
        "",
    )


def _harmless(cells: Sequence[str]) -> list[str]:
    return ["'" + cell if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in cells]
