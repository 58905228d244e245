"""How a run goes on, for people: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from triage.batch.values import Counts

BETWEEN_LINES = 10.0
"""Seconds between two lines where there is no terminal."""


class Display:
    """Shows rows, rate and the time left."""

    def __init__(self, console: Console) -> None:
        """Nothing is shown before the run begins."""
        self._console = console
        self._bar = Progress(
            TextColumn("{task.fields[rows]} 行"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%  {task.fields[rate]} 行/秒  剩余"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", rows=0, rate="–", total=None)
        self._size = 0
        self._begun = self._said = time.monotonic()
        self._earlier_rows = self._earlier_bytes = 0

    def __enter__(self) -> Display:
        """Show the bar once the run begins."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()

    def begun(self, chosen: Sequence[str], size: int, degraded: Sequence[str]) -> None:
        """Say what was chosen."""
        for name in degraded:
            self._console.print(f"功能降级：{name}", style="yellow")
        for line in chosen:
            self._console.print(line)
        self._size = size
        self._bar.update(self._task, total=size)

    def went_on(self, done: int, counts: Counts, *, resumed: bool) -> None:
        """Show where the run is; what an earlier run did counts neither for the rate nor for the time left."""
        now = time.monotonic()
        if resumed:
            self._earlier_rows, self._earlier_bytes, self._begun = counts.read, done, now
        self._bar.start()  # only now: the processes were forked without the thread that draws
        seconds = max(now - self._begun, 1e-6)
        rate = (counts.read - self._earlier_rows) / seconds
        self._bar.update(self._task, completed=done, rows=counts.read, rate=f"{rate:,.0f}")
        if not self._console.is_terminal and now - self._said >= BETWEEN_LINES:
            self._said = now
            self._console.print(self._line(done, counts.read, rate, seconds))

    def _line(self, done: int, rows: int, rate: float, seconds: float) -> str:
        fresh = max(done - self._earlier_bytes, 1)
        left = seconds * (self._size - done) / fresh
        share = done / max(self._size, 1)
        return f"{rows} 行，{share:.0%}，{rate:,.0f} 行/秒，剩余约 {left:.0f} 秒"
