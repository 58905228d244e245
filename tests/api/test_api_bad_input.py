"""What the door refuses, and how it says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from .door import CRASH, FakeEngine, lines

SECRET = "我的电话是13800000000"
JSON = {"content-type": "application/json"}


def send(client: TestClient, content: bytes | str) -> Any:
    """Send raw bytes as JSON."""
    return client.post("/v1/triage", content=content, headers=JSON)


def assert_problem(answer: Any, status: int, code: str) -> None:
    """Check the one shape that all refusals have."""
    body = answer.json()
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == f"urn:complaint-triage:problem:{code}"
    assert body["status"] == status
    assert body["title"]
    assert body["instance"].endswith(answer.headers["x-request-id"])


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ('{"text": ""}', "text", "too_short"),
        ('{"text": " \\n\\u3000"}', "text", "too_short"),
        ('{"text": "差"}', "text", "too_short"),
        ("{}", "text", "missing"),
        ('{"text": null}', "text", "wrong_type"),
        ('{"text": 12}', "text", "wrong_type"),
        ('{"text": ["着火了"]}', "text", "wrong_type"),
        ('{"text": NaN}', "text", "wrong_type"),
        ('{"text": 1e999}', "text", "wrong_type"),
        ('{"text": "着火了", "id": 7}', "id", "wrong_type"),
        ('{"text": "着火了", "id": ""}', "id", "too_short"),
        (json.dumps({"text": "着火了", "id": "x" * 129}), "id", "too_long"),
        (json.dumps({"text": "着火了", "channel": "x" * 65}), "channel", "too_long"),
        ('{"text": "着火了", "policy": "none"}', "policy", "unknown_policy"),
        ('{"text": "着火了", "urgency": "urgent"}', "urgency", "unknown_field"),
        ('{"text": "着火了", "received_at": 1700000000}', "received_at", "wrong_type"),
        ('{"text": "着火了", "received_at": "1700000000"}', "received_at", "invalid_time"),
        ('{"text": "着火了", "received_at": "2026-02-30T10:00"}', "received_at", "invalid_time"),
        ('{"text": "着火了", "received_at": "2026-11-21"}', "received_at", "invalid_time"),
        ('{"text": "着火了", "received_at": "2026-11-21T10:00+25:00"}', "received_at", "invalid_time"),
        ('{"text": "着火了", "received_at": ""}', "received_at", "invalid_time"),
        ("NaN", "body", "wrong_type"),
        ("null", "body", "wrong_type"),
        ('["着火了"]', "body", "wrong_type"),
        ('"着火了"', "body", "wrong_type"),
        ('{"text": "半个\\ud800字"}', "text", "invalid_unicode"),
        ('{"text": "着火了", "store": "\\udfff"}', "store", "invalid_unicode"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(client: TestClient, body: str, field: str, code: str) -> None:
    """Each fault is 422 with the field's name and a code that programs can read."""
    answer = send(client, body.encode())

    assert_problem(answer, 422, "invalid_request")
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"\\udfff": "a", "text": "aa"}',
        b'{"text": "\xff\xfe"}',
        '{"text": "着火了"}'.encode("gb18030"),
        '{"text": "着火了"}'.encode("utf-16"),
        b'{"text": "a\x00b"}',
        b'{"text": "aa"} {}',
        b"{'text': 'aa'}",
        b"text=aa",
        b"[" * 2000,
        b"[" * 900 + b"]" * 899 + b'"\\ud800"]',
    ],
)
def test_broken_json_is_400(client: TestClient, body: bytes) -> None:
    """Bytes that are no UTF-8 JSON, lone surrogates in names included, are refused before anything is judged."""
    assert_problem(send(client, body), 400, "malformed_json")


def test_broken_json_says_where(client: TestClient) -> None:
    """Line and column of the fault help the programmer of the other side."""
    assert "第 2 行第 9 列" in send(client, b'{\n"text": oops}').json()["detail"]


def test_a_text_that_is_too_long_is_413(client: TestClient) -> None:
    """Beyond the limit of characters the text is refused by name."""
    answer = send(client, json.dumps({"text": "长" * 101}).encode())

    assert_problem(answer, 413, "too_large")
    assert answer.json()["errors"][0]["field"] == "text"


@pytest.mark.parametrize("length", ["5000", "9" * 5000])
def test_an_announced_length_beyond_the_limit_is_413(client: TestClient, length: str) -> None:
    """The header is enough; the body is not waited for."""
    answer = client.post("/v1/triage", content=b"{}", headers=JSON | {"content-length": length})

    assert_problem(answer, 413, "too_large")


def test_a_body_in_chunks_is_measured_as_it_comes(client: TestClient, engine: FakeEngine) -> None:
    """A sender that announces no length cannot send more either, and is stopped early."""
    taken = 0

    def chunks() -> Iterator[bytes]:
        nonlocal taken
        yield b'{"text": "'
        for _ in range(1000):
            taken += 1
            yield b"a" * 100

    answer = client.post("/v1/triage", content=chunks(), headers=JSON)

    assert_problem(answer, 413, "too_large")
    assert answer.json()["errors"][0]["field"] == "body"
    assert engine.asked == []


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/x-www-form-urlencoded"])
def test_only_json_is_read(client: TestClient, content_type: str | None) -> None:
    """A browser's form cannot be sent here by mistake or by malice."""
    headers = {} if content_type is None else {"content-type": content_type}
    answer = client.post("/v1/triage", content=b'{"text": "aa"}', headers=headers)

    assert_problem(answer, 415, "unsupported_media_type")
    assert answer.json()["errors"][0]["field"] == "content-type"


def test_a_compressed_body_is_refused(client: TestClient) -> None:
    """What unpacks to more than it seems is not unpacked."""
    answer = client.post("/v1/triage", content=b"\x1f\x8b", headers=JSON | {"content-encoding": "gzip"})

    assert_problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"text": "着火了", SECRET: 1}),
        json.dumps({"text": "着火了", "id": SECRET * 20}),
        json.dumps({"text": {SECRET: SECRET}}),
        json.dumps({"text": "着火了", "received_at": SECRET}),
        json.dumps({"text": "着火了", "policy": SECRET}),
        '{"text": "' + SECRET,
        json.dumps({"text": SECRET * 20}),
    ],
)
def test_a_refusal_never_repeats_what_was_sent(client: TestClient, log: Any, content: str) -> None:
    """Neither the answer nor the log holds the customer's words, not even as the name of a field."""
    answer = send(client, content.encode())

    assert 400 <= answer.status_code < 500
    assert "1380" not in answer.text
    assert b"1380" not in log.getvalue()


def test_an_unforeseen_error_says_nothing(client: TestClient, log: Any) -> None:
    """The caller gets a number to ask by; the log gets type and place of the error, but not its message."""
    answer = client.post("/v1/triage", json={"text": CRASH})

    assert_problem(answer, 500, "internal_error")
    assert CRASH not in answer.text
    assert CRASH not in log.getvalue().decode()
    failure = next(line for line in lines(log) if line["event"] == "failure")
    assert failure["error"] == "RuntimeError"
    assert failure["frames"][-1].endswith("FakeEngine.judge")
    assert answer.json()["instance"].endswith(failure["request_id"])


def test_an_unknown_address_is_a_problem_too(client: TestClient) -> None:
    """404 has the same shape as every other refusal, and no slash is added or removed."""
    assert_problem(client.get("/v2/triage"), 404, "not_found")
    assert_problem(client.post("/v1/triage/", json={}), 404, "not_found")


def test_a_wrong_method_says_which_are_right(client: TestClient) -> None:
    """405 keeps its ``Allow`` header."""
    answer = client.get("/v1/triage")

    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "POST"
