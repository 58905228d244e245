"""Probes, metrics, access log and headers."""

from __future__ import annotations

import asyncio
import io

import pytest
import uvicorn
from starlette.testclient import TestClient
from starlette.types import Message

from triage.api.app import create_app
from triage.api.logs import make_logger
from triage.api.server import uvicorn_options

from .door import KEY, FakeEngine, lines, make_settings


def test_alive(stranger: TestClient) -> None:
    """The process answers."""
    assert stranger.get("/livez").json() == {"status": "ok"}


def test_ready(stranger: TestClient) -> None:
    """With all parts working the service is ready, and says what it is made of."""
    answer = stranger.get("/readyz").json()

    assert (answer["status"], answer["degraded"]) == ("ready", [])
    assert answer["versions"]["taxonomy"] == "t1"


def test_degraded_is_still_ready(stranger: TestClient, engine: FakeEngine) -> None:
    """Without a model the rules go on finding emergencies: 200, and the missing part by its mere name."""
    engine.degraded = ("model: /srv/secret/place is missing",)
    answer = stranger.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["degraded"]) == ("degraded", ["model"])
    assert "secret" not in answer.text
    assert "triage_degraded 1.0" in stranger.get("/metrics").text


def test_metrics_count_judgements_and_requests(client: TestClient) -> None:
    """Operators see what is judged, how, and how requests end."""
    client.post("/v1/triage", json={"text": "着火了"})
    client.post("/v1/triage/batch", json={"complaints": [{"text": "着火了"}, {"text": "排队太久"}]})
    client.post("/v1/triage", json={"text": ""})
    client.get("/nothing/here")
    client.get("/openapi.json")
    text = client.get("/metrics").text

    urgent = 'triage_judgements_total{emergency="true",topic="safety.fire",urgency="urgent"} 2.0'
    assert urgent in text
    assert "triage_needs_review_total 1.0" in text
    assert 'triage_http_requests_total{method="POST",route="/v1/triage",status="422"} 1.0' in text
    assert 'triage_http_requests_total{method="GET",route="unmatched",status="404"} 1.0' in text
    assert 'triage_http_requests_total{method="GET",route="page",status="200"} 1.0' in text
    assert 'triage_http_request_seconds_count{route="/v1/triage"} 2.0' in text
    assert "triage_degraded 0.0" in text


def test_callers_cannot_make_series(client: TestClient) -> None:
    """Invented methods and addresses do not fill the memory of the metrics."""
    client.request("BREW", "/coffee/1")
    text = client.get("/metrics").text

    assert 'method="other",route="unmatched"' in text
    assert "BREW" not in text
    assert "coffee" not in text


def test_the_log_tells_what_was_judged_but_not_what_was_said(client: TestClient, log: io.BytesIO) -> None:
    """A line holds identifiers, labels and times, and no word of the complaint."""
    client.post("/v1/triage", json={"text": "着火了", "id": "A-1"}, headers={"X-Request-ID": "r-1"})

    (line,) = lines(log)
    known = ("event", "request_id", "method", "route", "status", "id", "topic", "urgency")
    assert [line[name] for name in known] == [
        "request",
        "r-1",
        "POST",
        "/v1/triage",
        200,
        "A-1",
        "safety.fire",
        "urgent",
    ]
    assert line["ms"] >= 0
    assert "着火" not in log.getvalue().decode()


def test_the_log_tells_the_size_of_a_batch(client: TestClient, log: io.BytesIO) -> None:
    """A batch is one line."""
    client.post("/v1/triage/batch", json={"complaints": [{"text": "着火了"}] * 3})

    assert [line["complaints"] for line in lines(log)] == [3]


@pytest.mark.parametrize("given", ["abc-123", "A.b:c_1"])
def test_a_request_id_of_the_caller_is_kept(client: TestClient, given: str) -> None:
    """One number follows a request through all systems."""
    assert client.get("/livez", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, '"}{"', "电话".encode().decode("latin-1")])
def test_an_unusable_request_id_is_replaced(client: TestClient, log: io.BytesIO, given: str) -> None:
    """What could deface a log gets a number of our own instead."""
    answer = client.get("/livez", headers={b"X-Request-ID": given.encode("latin-1")})

    assert len(answer.headers["x-request-id"]) == 32
    assert lines(log)[0]["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("path", ["/livez", "/nothing", "/v1/taxonomy", "/docs", "/openapi.json"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    """Errors and the interactive page included; nothing tells the server's name."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in policy
    assert "upgrade-insecure-requests" not in policy
    assert "server" not in headers


def test_what_was_judged_is_not_cached(client: TestClient) -> None:
    """Proxies keep no complaint."""
    answer = client.post("/v1/triage", json={"text": "着火了"})

    assert answer.headers["cache-control"] == "no-store"


def test_a_caller_who_hangs_up_is_no_failure(log: io.BytesIO) -> None:
    """A body that breaks off is logged as 499, and nobody is alarmed."""
    app = create_app(FakeEngine(), make_settings(), logger=make_logger("info", log))
    headers = [(b"content-type", b"application/json"), (b"x-api-key", KEY.encode())]
    scope = {"type": "http", "method": "POST", "path": "/v1/triage", "headers": headers, "query_string": b""}

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise AssertionError("there is nobody to answer")

    asyncio.run(app(scope, receive, send))

    assert [line["event"] for line in lines(log) if line["level"] == "error"] == []
    assert [line["status"] for line in lines(log) if line["event"] == "request"] == [499]


def test_the_server_gives_no_banner() -> None:
    """Uvicorn is told to keep its name to itself and to leave the access log to us."""
    settings = make_settings(host="::1", port=1234)
    config = uvicorn.Config(app="none", **uvicorn_options(settings))

    assert (config.host, config.port) == ("::1", 1234)
    assert not config.server_header
    assert not config.access_log
