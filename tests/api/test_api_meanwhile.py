"""Others are answered while something long is judged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from triage.api.app import create_app
from triage.api.routes import LONG_TEXT
from triage.types import Complaint, TriageResult

from .door import KEY, FakeEngine, make_result, make_settings

PATIENCE = 10
"""Seconds after which a test fails that would otherwise hang."""


class PatientEngine(FakeEngine):
    """Judges only after it was told to go on; gives up where that never comes."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = Event()
        self.go_on = Event()

    def judge(self, complaint: Complaint, now: datetime) -> TriageResult:
        """Wait, then judge."""
        self.begun.set()
        assert self.go_on.wait(PATIENCE), "nothing else was answered meanwhile"
        return make_result(complaint, now)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/triage/batch", {"complaints": [{"text": "排队太久"}]}),
        ("/v1/triage", {"text": "排" * (LONG_TEXT + 1)}),
    ],
)
def test_others_are_answered_while_something_long_is_judged(path: str, body: Any) -> None:
    """Probes and short complaints, which may be emergencies, do not wait for a batch or a long text to end."""
    engine = PatientEngine()
    app = create_app(engine, make_settings())
    with TestClient(app, headers={"X-API-Key": KEY}) as client, ThreadPoolExecutor(1) as pool:
        long = pool.submit(client.post, path, json=body)
        engine.begun.wait(PATIENCE)
        alive = client.get("/livez")
        engine.go_on.set()

    assert alive.status_code == 200
    assert long.result().status_code == 200
