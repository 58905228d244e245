"""Generated requests against the routes of a real store: whatever comes, the answer keeps the contract."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemathesis

from triage.api.app import create_app
from triage.api.logs import make_logger
from triage.service import Service
from triage.store.store import open_store

from .door import KEY, FakeEngine, make_settings
from .test_api_fuzz import CHECKS, bounded

FOLDER = TemporaryDirectory()
ENGINE = FakeEngine()
SERVICE = Service(ENGINE, open_store(Path(FOLDER.name)))
WIDE = make_settings(max_batch=1_000, max_body_bytes=1_000_000)
APP = create_app(ENGINE, WIDE, service=SERVICE, logger=make_logger("error"))
schema = schemathesis.openapi.from_asgi("/openapi.json", APP).include(
    path_regex="assessments|corrections|customers"
)


@schema.parametrize()
@bounded
def test_answers_follow_the_document(case: Any) -> None:
    """Whatever fits the OpenAPI document, or just misses it, gets a documented answer."""
    case.call_and_validate(headers={"Authorization": f"Bearer {KEY}"}, checks=CHECKS)
