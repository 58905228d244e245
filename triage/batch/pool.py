"""Processes that judge chunks.

The engine is built once, before the processes are forked, and shared by them; where there is no fork each
process builds its own. The processes end when the one that started them does, however that ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import Protocol

from triage.batch.errors import BatchError
from triage.batch.journal import Journal
from triage.batch.plan import Plan
from triage.batch.shared import SharedJudgements
from triage.batch.values import Chunk, Counts
from triage.batch.worker import Worker
from triage.bootstrap import build_engine
from triage.engine import Engine
from triage.settings import Settings

QUEUED = 2
"""Chunks that lie ready for each process."""

DIED = "一个工作进程意外终止（可能内存不足）；再运行一次即可继续"

Work = tuple[Chunk, str]
"""A chunk and its fingerprint."""

_state: dict[str, tuple[Worker, Journal]] = {}
"""What a process of the pool works with; set once when it starts."""


class Workforce(Protocol):
    """What judges the chunks of a run: the processes of :class:`Pool`, or an engine of another kind."""

    def run(self, work: Iterable[Work]) -> Iterator[tuple[Chunk, Counts]]:
        """See :meth:`Pool.run`: every chunk has to be in the journal before its counts come back."""
        ...

    def close(self) -> None:
        """End, finished or not."""
        ...


class Pool:
    """Judges chunks and journals them, several at a time."""

    def __init__(self, plan: Plan, settings: Settings, engine: Engine, workers: int) -> None:
        """Start the processes."""
        forks = sys.platform == "linux"
        context = multiprocessing.get_context("fork" if forks else "spawn")
        shared = engine if forks else None
        gc.freeze()  # what exists now is never moved by the collector, and so stays shared
        self._queued = workers * QUEUED
        self._at_work = False
        others = set(multiprocessing.active_children())
        self._executor = ProcessPoolExecutor(
            workers, context, _start, (plan, settings, shared, plan.output.name.path)
        )
        try:
            self._executor.submit(os.getpid).result()  # forks all processes now, before there are threads
        except BrokenProcessPool as error:
            raise BatchError(DIED) from error
        self._processes = set(multiprocessing.active_children()) - others

    def run(self, work: Iterable[Work]) -> Iterator[tuple[Chunk, Counts]]:
        """Journal every chunk; what became of each comes back in the order given.

        Raises:
            BatchError: a process died.
        """
        waiting: deque[tuple[Chunk, Future[Counts]]] = deque()
        self._at_work = True
        try:
            for chunk, fingerprint in work:
                waiting.append((chunk, self._executor.submit(_work, chunk, fingerprint)))
                if len(waiting) >= self._queued:
                    yield _settled(waiting.popleft())
            while waiting:
                yield _settled(waiting.popleft())
            self._at_work = False
        except BrokenProcessPool as error:
            raise BatchError(DIED) from error

    def close(self) -> None:
        """End the processes, in the middle of a chunk if they are at work: a half one leaves no trace."""
        if self._at_work:
            for process in self._processes:
                process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _settled(pair: tuple[Chunk, Future[Counts]]) -> tuple[Chunk, Counts]:
    return pair[0], pair[1].result()


def _start(plan: Plan, settings: Settings, engine: Engine | None, output: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    journal = Journal(output)
    shared = SharedJudgements(journal.shared)
    _state["own"] = Worker(plan, engine or build_engine(settings), shared), journal


def _work(chunk: Chunk, fingerprint: str) -> Counts:
    worker, journal = _state["own"]
    outcome = worker.work(chunk, fingerprint)
    journal.write(outcome)
    return outcome.counts


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
