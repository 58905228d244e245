"""Deleting what is too old, again and again, for as long as a service runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from triage.errors import StoreError

EVERY_SECONDS = 3_600.0

_log = logging.getLogger(__name__)


class Housekeeper:
    """A thread that does ``work`` at the start and then every hour; a failure is logged, and tried again."""

    def __init__(self, work: Callable[[], object], every: float = EVERY_SECONDS) -> None:
        """``work`` raises ``StoreError`` where the database is away."""
        self._work = work
        self._every = every
        self._stopping = Event()
        self._thread = Thread(target=self._loop, name="triage-housekeeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._stopping.set()
        self._thread.join()

    def _loop(self) -> None:
        while True:
            try:
                self._work()
            except StoreError as error:
                _log.error("nothing was deleted: %s", error)
            if self._stopping.wait(self._every):
                return
