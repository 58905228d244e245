"""Judging over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from starlette.testclient import TestClient

from triage.api.schemas import BatchResponse, KeptResponse
from triage.serialize import result_to_dict
from triage.types import Complaint

from .door import NOW, FakeEngine, make_result


def test_the_answer_is_the_serialised_judgement(client: TestClient) -> None:
    """A complaint comes back as the same data that every other door writes."""
    answer = client.post("/v1/triage", json={"text": "着火了", "id": "A-1"})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    judgement = result_to_dict(make_result(Complaint("着火了", id="A-1")))
    assert answer.json() == judgement | {"assessment_id": None}  # nothing is kept here


def test_all_fields_reach_the_engine(client: TestClient, engine: FakeEngine) -> None:
    """Channel, time, store and policy of the request are those that the engine judges by."""
    body = {
        "text": "排队太久",
        "id": "7",
        "channel": "电话",
        "received_at": "2026-11-20T18:00+08:00",
        "store": "HK-01",
        "policy": "supermarket",
    }
    client.post("/v1/triage", json=body)

    received = datetime(2026, 11, 20, 18, tzinfo=timezone(timedelta(hours=8)))
    assert engine.asked == [Complaint("排队太久", "7", "电话", received, "HK-01", "supermarket")]


def test_a_time_without_a_zone_is_handed_on_as_it_is(client: TestClient, engine: FakeEngine) -> None:
    """The door does not guess a zone; the store's policy does."""
    client.post("/v1/triage", json={"text": "排队太久", "received_at": "2026-11-20 18:00"})

    assert engine.asked[0].received_at == datetime(2026, 11, 20, 18)  # noqa: DTZ001


def test_the_text_is_not_touched(client: TestClient, engine: FakeEngine) -> None:
    """Evidence points at characters of the original, so that not even a space is trimmed."""
    text = "  \u200b１楼著火\r\n了😱 "
    client.post("/v1/triage", json={"text": text})

    assert engine.asked[0].text == text


def test_the_documented_answer_is_the_real_one(client: TestClient) -> None:
    """The models that describe answers accept real answers, field for field."""
    one = client.post("/v1/triage", json={"text": "着火了"})
    many = client.post("/v1/triage/batch", json={"complaints": [{"text": "着火了"}, {"text": ""}]})

    KeptResponse.model_validate_json(one.content)
    BatchResponse.model_validate_json(many.content)


def test_the_clock_is_an_argument(client: TestClient) -> None:
    """Without ``received_at`` times run from the moment of the request."""
    answer = client.post("/v1/triage", json={"text": "排队太久"}).json()

    assert datetime.fromisoformat(answer["received_at"]) == NOW


def test_json_with_a_charset_is_json(client: TestClient) -> None:
    """Parameters of the content type do not matter."""
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    answer = client.post("/v1/triage", content='{"text": "着火了"}'.encode(), headers=headers)

    assert answer.status_code == 200
