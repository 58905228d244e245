"""A door with a fake engine behind it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from triage.api.app import create_app
from triage.api.logs import make_logger

from .door import KEY, NOW, FakeEngine, make_settings


@pytest.fixture
def engine() -> FakeEngine:
    """Stand in for the engine."""
    return FakeEngine()


@pytest.fixture
def log() -> io.BytesIO:
    """Catch what the access log writes."""
    return io.BytesIO()


@pytest.fixture
def stranger(engine: FakeEngine, log: io.BytesIO) -> Iterator[TestClient]:
    """Call without a key."""
    app = create_app(engine, make_settings(), clock=lambda: NOW, logger=make_logger("info", log))
    log.truncate(0)  # leave what is said at the start
    log.seek(0)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """Call with the key."""
    stranger.headers["Authorization"] = f"Bearer {KEY}"
    return stranger
