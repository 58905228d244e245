"""One thread that writes, so that no answer waits for the disk unless it must.

Two ways in. :meth:`Writer.keep` takes an assessment and returns at once; it is written within a fifth of a
second together with others, in one transaction. :meth:`Writer.run` takes a piece of work and gives a future that is
done only when it is durable; corrections go that way. What came in first is visible to what comes in later.

A database that is away does not stop the judging: assessments wait, up to :data:`MOST_WAITING`, and are written
when it is back. What came through ``run`` fails at once, so that its caller can say so.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from triage.errors import StoreError
from triage.store import assessments
from triage.store.database import Database
from triage.store.values import AssessmentRecord

T = TypeVar("T")

MOST_WAITING = 10_000
"""So many assessments may wait for a database that is away; more are lost, and counted."""
_MOST_AT_ONCE = 500
_LINGER_SECONDS = 0.2
"""So long an assessment waits for others: a commit costs as much as writing fifty of them."""
_PAUSE_SECONDS = 1.0

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    """A piece of work that somebody waits for."""

    do: Callable[[Connection], Any]
    future: Future[Any] = field(default_factory=Future)


class Writer:
    """The writing side of one database; may be shared by threads. The thread starts with the first piece of work."""

    def __init__(self, database: Database) -> None:
        """Nothing is opened yet."""
        self._database = database
        self._waiting: deque[AssessmentRecord | _Work] = deque()
        self._something = Event()
        self._hurry = Event()
        self._closing = False
        self._thread: Thread | None = None
        self._starting = Lock()
        self.lost = 0
        """Assessments that could not be kept."""
        self.failing = False
        """Whether the last attempt to write failed."""

    def keep(self, record: AssessmentRecord) -> bool:
        """Write an assessment soon; return ``False`` where too many wait already: this one is lost."""
        if self._closing or len(self._waiting) >= MOST_WAITING:
            self.lost += 1
            return False
        self._put(record)
        return True

    def run(self, work: Callable[[Connection], T]) -> Future[T]:
        """Do ``work`` in a transaction. The future holds its result when that is durable, or what went wrong."""
        if self._closing:
            raise StoreError("存储已关闭")
        item = _Work(work)
        self._put(item)
        self._hurry.set()
        return item.future

    def close(self) -> None:
        """Write what waits, once more if the database is away, and end the thread."""
        self._closing = True
        self._hurry.set()
        self._something.set()
        if self._thread is not None:
            self._thread.join()

    def _put(self, item: AssessmentRecord | _Work) -> None:
        self._waiting.append(item)
        if self._thread is None:
            self._start()
        if not self._something.is_set():
            self._something.set()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._loop, name="triage-store-writer", daemon=True)
                self._thread.start()

    def _loop(self) -> None:
        while not self._closing:
            self._something.wait()
            self._something.clear()
            self._hurry.wait(_LINGER_SECONDS)
            self._hurry.clear()
            self._write_all()
        self._write_all()
        self._give_up()

    def _write_all(self) -> None:
        """Write until nothing waits, or the database is away."""
        while self._waiting and self._write(self._take()):
            pass
        if self.failing and not self._waiting:
            self._probe()

    def _take(self) -> list[AssessmentRecord | _Work]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST_AT_ONCE))]

    def _write(self, items: Sequence[AssessmentRecord | _Work]) -> bool:
        """Write some items; return ``False`` where the database is away and the assessments wait again."""
        records = [item for item in items if isinstance(item, AssessmentRecord)]
        work = [
            item for item in items if isinstance(item, _Work) and item.future.set_running_or_notify_cancel()
        ]
        try:
            self._commit(records, work)
            self.failing = False
            return True
        except Exception as error:
            # Whatever it is, the thread must go on, and whoever waits must hear of it.
            fault = error if isinstance(error, StoreError) else StoreError("写入失败")
            self._fail(work, fault)
            return self._after_failure(records, fault, alone=not work)

    def _commit(self, records: Sequence[AssessmentRecord], work: Sequence[_Work]) -> None:
        outcomes: list[Callable[[], None]] = []
        with self._database.writing() as connection:
            if records:
                assessments.keep(connection, records)
            for item in work:
                outcomes.append(_outcome(connection, item))
        # Only now is it durable.
        for tell in outcomes:
            tell()

    def _fail(self, work: Sequence[_Work], error: Exception) -> None:
        for item in work:
            if not item.future.done():
                item.future.set_exception(error)

    def _after_failure(self, records: Sequence[AssessmentRecord], error: StoreError, alone: bool) -> bool:
        if not self.failing:  # once, not every second of an outage
            _log.error("the store failed (%s), %d assessments wait", error, len(records) + len(self._waiting))
        self.failing = True
        self._something.set()  # look again afterwards, even if nothing new comes
        if error.passing:
            self._waiting.extendleft(reversed(records))
            self._pause()
            return False
        if len(records) > 1 or not alone:  # something is at fault; the others must not suffer for it
            outcomes = [self._write([record]) for record in records]
            return all(outcomes)
        self.lost += len(records)
        return True

    def _probe(self) -> None:
        """Find out whether the database is back, so that the service does not call itself degraded for nothing."""
        try:
            self._commit([], [])
            self.failing = False
        except StoreError:
            self._something.set()
            self._pause()

    def _pause(self) -> None:
        if not self._closing:
            self._hurry.wait(_PAUSE_SECONDS)

    def _give_up(self) -> None:
        """What still waits at the end is lost; whoever waits for it is told."""
        left = self._take_all()
        self._fail([item for item in left if isinstance(item, _Work)], StoreError("存储已关闭"))
        lost = sum(isinstance(item, AssessmentRecord) for item in left)
        if lost:
            self.lost += lost
            _log.error("the store is away: %d assessments are lost", lost)

    def _take_all(self) -> list[AssessmentRecord | _Work]:
        items = list(self._waiting)
        self._waiting.clear()
        return items


def _outcome(connection: Connection, item: _Work) -> Callable[[], None]:
    """Do one piece of work; a fault in it undoes that piece alone. The answer is to be told after the commit."""
    try:
        with connection.begin_nested():
            result = item.do(connection)
    except (OperationalError, InterfaceError):
        raise  # the database itself
    except Exception as error:
        fault = StoreError("写入失败") if isinstance(error, SQLAlchemyError) else error
        return lambda: item.future.set_exception(fault)
    return lambda: item.future.set_result(result)
