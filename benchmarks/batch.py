"""A million old tickets from CSV to CSV, against ``df["text"].apply(stock pipeline)``."""

from __future__ import annotations

import csv
import random
import resource
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pandas as pd

from benchmarks import report
from benchmarks.parts import SEED, Parts
from benchmarks.stock import fit_stock
from training.split import Part, select
from triage.batch.plan import Choices
from triage.batch.relabel import relabel
from triage.batch.values import Counts

ROWS = 1_000_000
DISTINCT_ROWS = 20_000
STOCK_ROWS = 300
WORKERS = 2
BETWEEN_LOOKS = 20_000
"""Rows between two looks at the memory."""


def run(parts: Parts) -> None:
    """Print rate, memory and ratio for an archive that repeats itself, and for one in which no text comes twice."""
    report.heading("Old tickets in batch, CSV to CSV")
    rows = select(parts.corpus.rows, Part.TRAIN)
    texts = list(dict.fromkeys(row.text for row in rows))
    stock = _stock_seconds(parts, texts)
    report.figure("stock, a row of apply", stock * 1e3, "ms")
    with TemporaryDirectory() as folder:
        _one(parts, Path(folder), "repeated", _repeated(texts, ROWS), stock)
        _one(parts, Path(folder), "distinct", _distinct(texts, DISTINCT_ROWS), stock)


def _one(parts: Parts, folder: Path, name: str, texts: Iterator[str], stock: float) -> None:
    source, output = folder / f"{name}.csv", folder / f"{name}-out.csv"
    rows, different = _write(source, texts)
    report.note(f"{rows} rows, {different} different texts, {source.stat().st_size / 2**20:.0f} MB")
    parts.engine  # noqa: B018 - built before the clock starts
    watcher = _Watcher()
    used, begun = _used(), perf_counter()
    choices = Choices((str(source),), output, text_column="内容", workers=WORKERS)
    summary = relabel(choices, parts.settings, watcher, parts.engine)
    wall, spent = perf_counter() - begun, _used() - used
    assert summary.counts.read == rows
    per_second = rows / (spent / WORKERS)
    report.figure(f"{name}: wall clock", rows / wall, "rows/s")
    report.goal(f"{name}: processor time of two cores", per_second, "rows/s", at_least=5_000)
    report.goal(f"{name}: stock ÷ relabel", stock / (spent / rows), "×", at_least=25)
    report.goal(f"{name}: memory of all processes", watcher.most / 2**20, "MB", at_most=1_000)


def _stock_seconds(parts: Parts, texts: Sequence[str]) -> float:
    """Processor time of a row of ``apply`` with the pipeline as everybody writes it."""
    stock = fit_stock(select(parts.corpus.rows, Part.TRAIN))["CalibratedClassifierCV(LinearSVC)"]
    frame = pd.DataFrame({"text": texts[:STOCK_ROWS]})
    begun = process_time()
    frame["text"].apply(stock)
    return (process_time() - begun) / STOCK_ROWS


def _repeated(texts: Sequence[str], rows: int) -> Iterator[str]:
    draw = random.Random(SEED)
    return (draw.choice(texts) for _ in range(rows))


def _distinct(texts: Sequence[str], rows: int) -> Iterator[str]:
    """No text twice: a number in ideographs makes the difference, as a date or a till would."""
    digits = str.maketrans("0123456789", "零一二三四五六七八九")
    return (f"{texts[at % len(texts)]}，{at}".translate(digits) for at in range(rows))


def _write(path: Path, texts: Iterator[str]) -> tuple[int, int]:
    seen: set[str] = set()
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "门店", "时间", "内容", "处理结果"])
        for number, text in enumerate(texts, start=1):
            seen.add(text)
            writer.writerow([number, "HK-001", "2024-03-05 09:07", text, "已处理，顾客满意"])
    return number, len(seen)


def _used() -> float:
    """Processor time of this process and of those of the pool that have ended."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


class _Watcher:
    """Measures memory while the run goes on: what processes share counts once."""

    def __init__(self) -> None:
        self.most = 0
        self._next = 0

    def begun(self, chosen: Sequence[str], size: int, degraded: Sequence[str]) -> None:
        self.most = self._next = 0

    def went_on(self, done: int, counts: Counts, *, resumed: bool) -> None:
        if counts.read >= self._next:
            self._next = counts.read + BETWEEN_LOOKS
            self.most = max(self.most, sum(map(_proportional_bytes, _family())))


def _family() -> list[Path]:
    children = Path("/proc/self/task").glob("*/children")
    numbers = " ".join(path.read_text() for path in children).split()
    return [Path("/proc/self"), *(Path("/proc") / number for number in numbers)]


def _proportional_bytes(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
