"""Judging many complaints in one request."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from .door import CRASH, FakeEngine


def judge(client: TestClient, *texts: Any) -> Any:
    """Send texts as one batch."""
    complaints = [{"text": text, "id": str(number)} for number, text in enumerate(texts)]
    return client.post("/v1/triage/batch", json={"complaints": complaints})


def test_results_come_in_the_order_of_the_request(client: TestClient) -> None:
    """Result number n belongs to complaint number n and carries its id."""
    answer = judge(client, "排队太久", "着火了", "排队很久").json()

    assert (answer["judged"], answer["refused"]) == (3, 0)
    assert [item["index"] for item in answer["results"]] == [0, 1, 2]
    assert [item["result"]["id"] for item in answer["results"]] == ["0", "1", "2"]
    assert [item["result"]["emergency"] for item in answer["results"]] == [False, True, False]


@pytest.mark.parametrize(
    ("complaint", "field", "status"),
    [
        ({"text": " "}, "text", 422),
        ({"text": "长" * 101}, "text", 413),
        ({"text": "排队太久", "policy": "none"}, "policy", 422),
        ({"text": "排队太久", "received_at": "昨天"}, "received_at", 422),
    ],
)
def test_one_that_cannot_be_judged_does_not_lose_the_others(
    client: TestClient, complaint: dict[str, str], field: str, status: int
) -> None:
    """An emergency in the same batch is found all the same; the bad one gets a problem naming its field."""
    batch = {"complaints": [complaint | {"id": "bad"}, {"text": "着火了"}]}
    answer = client.post("/v1/triage/batch", json=batch)

    bad, good = answer.json()["results"]
    assert answer.status_code == 200
    assert bad["result"] is None
    assert bad["id"] == "bad"
    assert bad["error"]["status"] == status
    assert [error["field"] for error in bad["error"]["errors"]] == [f"complaints.0.{field}"]
    assert good["error"] is None
    assert good["result"]["emergency"]


def test_one_that_breaks_the_engine_does_not_lose_the_others(client: TestClient) -> None:
    """An unforeseen error is confined to its complaint, and says nothing about its text."""
    answer = judge(client, CRASH, "着火了")

    bad, good = answer.json()["results"]
    assert bad["error"]["status"] == 500
    assert CRASH not in answer.text
    assert good["result"]["emergency"]


@pytest.mark.parametrize("bad", [3, None, ["着火了"], {}])
def test_a_batch_of_the_wrong_shape_is_refused_as_a_whole(
    client: TestClient, engine: FakeEngine, bad: object
) -> None:
    """A wrong type is a fault of the sending program: nothing is judged, and the place is named."""
    answer = judge(client, "着火了", "排队太久", "排队", bad)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["complaints.3.text"]
    assert engine.asked == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "complaints"),
        ({"complaints": []}, "complaints"),
        ({"complaints": {}}, "complaints"),
        ([], "body"),
    ],
)
def test_a_batch_without_complaints_is_refused(client: TestClient, body: object, field: str) -> None:
    """An empty or missing list is an error rather than an empty answer."""
    answer = client.post("/v1/triage/batch", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_a_batch_has_a_limit(client: TestClient, engine: FakeEngine) -> None:
    """One complaint more than ``max_batch`` is 413, and nothing is judged."""
    answer = judge(client, *["着火了"] * 6)

    assert answer.status_code == 413
    assert answer.json()["errors"][0]["field"] == "complaints"
    assert engine.asked == []


def test_many_faults_are_cut_off(client: TestClient) -> None:
    """A thousand bad fields do not make an answer of a thousand lines."""
    answer = client.post("/v1/triage/batch", json={"complaints": [0] * 100})

    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 20
    assert "100" in answer.json()["detail"]
