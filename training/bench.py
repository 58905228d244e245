"""How far a command of the workshop is: bars with counts, elapsed and remaining time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from training.train import PrepareAll
from triage.bootstrap import House

console = Console(stderr=True)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Bench:
    """Where a command shows how far it is."""

    progress: Progress
    task: TaskID
    name: str

    def step(self, step: str) -> None:
        """Name the step that begins."""
        self.progress.update(self.task, description=f"{self.name}：{step}")

    def track(self, description: str, items: Iterable[Item], total: int | None = None) -> Iterator[Item]:
        """Pass ``items`` on and count them."""
        task = self.progress.add_task(description, total=total)
        for item in items:
            yield item
            self.progress.advance(task)
        self.progress.update(task, total=self.progress.tasks[task].completed)

    def prepare_with(self, house: House) -> PrepareAll:
        """Prepares rows with a bar of its own."""
        return lambda rows: [
            house.preparer.prepare(row.text) for row in self.track("预处理", rows, len(rows))
        ]


@contextmanager
def bench_for(name: str) -> Iterator[Bench]:
    """Bars while a command runs; the last one says that it is done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        bench = Bench(progress, progress.add_task(name, total=None), name)
        yield bench
        bench.step("完成")
        progress.update(bench.task, total=1, completed=1)
