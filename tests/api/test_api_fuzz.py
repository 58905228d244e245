"""Generated requests, valid and broken, against the door: whatever comes, the answer keeps the contract."""

from __future__ import annotations

import json
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.testclient import TestClient

from triage.api.app import create_app
from triage.api.logs import make_logger

from .door import KEY, FakeEngine, make_settings

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
    unsupported_method,
]
QUIET = make_logger("error")
# Limits so wide that nothing generated meets them: what is too large is 413, whatever else is wrong with it.
WIDE = make_settings(max_batch=1_000, max_body_bytes=1_000_000)
APP = create_app(FakeEngine(), WIDE, logger=QUIET)
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)
bounded = settings(
    max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@schema.parametrize()
@bounded
def test_answers_follow_the_document(case: Any) -> None:
    """Whatever fits the OpenAPI document, or just misses it, gets a documented answer."""
    case.call_and_validate(headers={"Authorization": f"Bearer {KEY}"}, checks=CHECKS)


@given(st.binary(max_size=200))
@bounded
def test_any_bytes_get_a_refusal(body: bytes) -> None:
    """Arbitrary bytes are 400 or 422, never 500."""
    answer = TestClient(APP, raise_server_exceptions=False).post(
        "/v1/triage", content=body, headers={"Content-Type": "application/json", "X-API-Key": KEY}
    )

    assert answer.status_code in {400, 422}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
)
@bounded
def test_any_json_is_answered_in_the_one_shape(value: object) -> None:
    """Arbitrary JSON, ``NaN`` and lone surrogates included, is judged or refused by name, never 500."""
    answer = TestClient(APP, raise_server_exceptions=False).post(
        "/v1/triage",
        content=json.dumps({"text": value}).encode(),
        headers={"Content-Type": "application/json", "X-API-Key": KEY},
    )

    assert answer.status_code in {200, 400, 413, 422}
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["errors"][0]["field"] in {"text", "body"}
