"""Running the service until it is stopped, so that nothing that waits to be written is lost."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from triage.api.app import utc_now
from triage.api.server import uvicorn_options
from triage.service import Service
from triage.service.follower import EVERY_SECONDS, ModelFollower
from triage.service.housekeeping import Housekeeper
from triage.settings import Settings


def run_until_stopped(
    app: FastAPI, settings: Settings, service: Service | None, follower: ModelFollower | None = None
) -> None:
    """Serve; requests under way are finished, then what waits is written. Stopping by ``SIGTERM`` is a good end."""
    # uvicorn sends itself the signal again when it is done; by default that would end the process before us.
    signal.signal(signal.SIGTERM, _leave)
    with _kept(service, settings), _following(follower):
        uvicorn.run(app, **uvicorn_options(settings))


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


@contextmanager
def _following(follower: ModelFollower | None) -> Iterator[None]:
    """Look every second whether another model was put in force."""
    if follower is None:
        yield
        return
    watcher = Housekeeper(follower.look, EVERY_SECONDS)
    watcher.start()
    try:
        yield
    finally:
        watcher.stop()


@contextmanager
def _kept(service: Service | None, settings: Settings) -> Iterator[None]:
    """Delete what is too old while the service runs; at the end write what waits."""
    if service is None:
        yield
        return
    days = settings.retention_days, settings.correction_retention_days
    housekeeper = Housekeeper(lambda: service.purge_aged(utc_now(), *days).result())
    housekeeper.start()
    try:
        yield
    finally:
        housekeeper.stop()
        service.store.close()
