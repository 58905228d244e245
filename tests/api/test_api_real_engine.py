"""The door in front of the real engine, without a model: what an operator gets before the first training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from triage.api import examples
from triage.api.app import create_app
from triage.api.logs import make_logger
from triage.api.schemas import BatchResponse, KeptResponse
from triage.api.views import PoliciesView, TaxonomyView
from triage.bootstrap import build_engine
from triage.settings import Settings

from .door import KEY


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Put the whole service together, by the rules only."""
    state = tmp_path_factory.mktemp("state")
    settings = Settings(
        api_key=SecretStr(KEY),
        knowledge=None,
        state_dir=state,
        model=state / "none",
        model_errors="rules-only",
        policy="supermarket",
    )
    app = create_app(build_engine(settings), settings, logger=make_logger("error"))
    with TestClient(app, headers={"X-API-Key": KEY}) as client:
        yield client


@pytest.mark.parametrize("name", examples.ONE)
def test_every_example_of_the_page_is_judged(client: TestClient, name: str) -> None:
    """Whoever tries the interactive page gets an answer of the documented form."""
    answer = client.post("/v1/triage", json=examples.ONE[name]["value"])

    assert answer.status_code == 200, answer.text
    KeptResponse.model_validate_json(answer.content)


@pytest.mark.parametrize("name", ["traditional", "cantonese"])
def test_emergencies_are_found_without_a_model(client: TestClient, name: str) -> None:
    """The rules alone find the danger, point at the words, and ask for a second look."""
    sent: dict[str, Any] = examples.ONE[name]["value"]
    answer = client.post("/v1/triage", json=sent).json()

    assert answer["emergency"]
    assert answer["needs_review"]
    assert answer["evidence"]
    for item in answer["evidence"]:
        assert sent["text"][item["start"] : item["end"]] == item["text"]


def test_the_batch_of_the_page_is_judged(client: TestClient) -> None:
    """All three writings in one request."""
    answer = client.post("/v1/triage/batch", json=examples.BATCH["mixed"]["value"])

    assert BatchResponse.model_validate_json(answer.content).judged == 3


def test_the_knowledge_in_force_can_be_read(client: TestClient) -> None:
    """Every label of an answer can be looked up, and so can every policy."""
    taxonomy = TaxonomyView.model_validate_json(client.get("/v1/taxonomy").content)
    policies = PoliciesView.model_validate_json(client.get("/v1/policies").content)

    assert len(taxonomy.topics) == 27
    assert [urgency.id for urgency in taxonomy.urgencies] == ["minor", "general", "important", "urgent"]
    assert policies.default in {policy.id for policy in policies.policies}
    assert all(
        set(policy.categories) == {topic.id for topic in taxonomy.topics} for policy in policies.policies
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "\u3000\n"}, "text"),
        ({"text": "差"}, "text"),
        ({"text": "排队太久", "policy": "no-such-policy"}, "policy"),
        ({"text": "排队太久", "received_at": "1999-12-31T00:00"}, "received_at"),
        ({"text": "排队太久", "received_at": "0001-01-01T00:00+14:00"}, "received_at"),
        ({"text": "排队太久", "received_at": "9999-12-31T23:59-14:00"}, "received_at"),
    ],
)
def test_the_engine_s_refusals_name_the_field(client: TestClient, body: dict[str, str], field: str) -> None:
    """What cannot be judged is 422, by name."""
    answer = client.post("/v1/triage", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_the_longest_text_fits(client: TestClient) -> None:
    """20,000 characters are judged, one more is 413."""
    assert client.post("/v1/triage", json={"text": "排" * 20_000}).status_code == 200
    assert client.post("/v1/triage", json={"text": "排" * 20_001}).status_code == 413
    assert client.post("/v1/triage", json={"text": "排" * 20_001}).json()["errors"][0]["field"] == "text"


def test_without_a_model_the_service_is_degraded_but_ready(client: TestClient) -> None:
    """Readiness names the missing part, not where it was looked for."""
    assert client.get("/readyz").json()["degraded"] == ["model"]
