"""What is kept and corrected over HTTP, on both databases."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.store.samples import count, do
from triage.api import access, examples
from triage.api.app import create_app
from triage.api.logs import make_logger
from triage.api.schemas import BatchResponse, KeptResponse
from triage.api.store_schemas import (
    AssessmentPage,
    AssessmentWithCorrections,
    CorrectionPage,
    PurgeResponse,
)
from triage.service import Service
from triage.store import keys, tables
from triage.store.store import Store
from triage.store.values import Role

from .door import KEY, NOW, FakeEngine, lines, make_settings

UNKNOWN = "01a1fbb9-7dc0-737b-9f7a-d965de792282"
TICKET = {"text": "排队太久", "topic": "service.efficiency", "urgency": "general"}


@pytest.fixture
def log() -> io.BytesIO:
    """Catch what the access log writes."""
    return io.BytesIO()


@pytest.fixture
def client(store: Store, log: io.BytesIO, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Call as the operator; keys that were just made are known at once."""
    monkeypatch.setattr(access, "FRESH_SECONDS", 0.0)
    engine = FakeEngine()
    app = create_app(
        engine,
        make_settings(),
        service=Service(engine, store),
        clock=lambda: NOW,
        logger=make_logger("info", log),
    )
    headers = {"Authorization": f"Bearer {KEY}"}
    with TestClient(app, raise_server_exceptions=False, headers=headers) as client:
        yield client


def judged(client: TestClient, **fields: Any) -> str:
    """The id of a judgement that was just given."""
    identifier = client.post("/v1/triage", json={"text": "着火了"} | fields).json()["assessment_id"]
    assert isinstance(identifier, str)
    return identifier


def corrected(client: TestClient, identifier: str, **fields: Any) -> dict[str, Any]:
    """The answer to a correction."""
    answer = client.post(f"/v1/assessments/{identifier}/corrections", json=fields)
    assert answer.status_code == 201, answer.text
    content: dict[str, Any] = answer.json()
    return content


def written(store: Store) -> None:
    """Wait until everything that was kept is written."""
    store.writer.run(lambda connection: None).result()


def fault(answer: Any) -> tuple[int, str]:
    """Status and the first field at fault."""
    return answer.status_code, answer.json()["errors"][0]["field"]


def token_of(store: Store, role: Role, name: str = "某人") -> str:
    return do(store, keys.create, name, role, NOW)[1]


# --- keeping


def test_an_answer_says_where_it_is_kept(client: TestClient) -> None:
    """Under its id the judgement is found as it was given, its text masked."""
    answer = client.post("/v1/triage", json={"text": "着火了", "id": "A-1", "channel": "phone"}).json()
    shown = client.get(f"/v1/assessments/{answer['assessment_id']}").json()

    assert shown["text"] == "***"  # as the engine of the tests masks
    assert (shown["channel"], shown["corrections"]) == ("phone", [])
    assert shown["judgement"] | {"evidence": None} == {
        name: value for name, value in answer.items() if name != "assessment_id"
    } | {"evidence": None}
    assert "火" not in str(shown["judgement"]["evidence"][0]["text"])


def test_every_complaint_of_a_batch_is_kept(client: TestClient, store: Store) -> None:
    """Those that were refused are not."""
    texts = [{"text": "着火了"}, {"text": ""}, {"text": "排队太久"}]
    answer = client.post("/v1/triage/batch", json={"complaints": texts})
    results = BatchResponse.model_validate_json(answer.content).results
    written(store)

    ids = [item.result.assessment_id for item in results if item.result]
    listed = client.get("/v1/assessments").json()["items"]
    assert {item["assessment_id"] for item in listed} == set(ids)
    assert len(set(ids)) == 2


def test_a_customer_reference_is_not_kept(client: TestClient, store: Store) -> None:
    """Only its digest, which needs the secret of the service."""
    judged(client, customer_ref="M-20391")
    written(store)

    with store.reading() as connection:
        assert "M-20391" not in str(connection.execute(tables.assessments.select()).all())


def test_an_emergency_is_answered_though_nothing_can_be_kept(client: TestClient, store: Store) -> None:
    """With a promise asked for or not; the answer has no id, and metrics and readiness say so."""
    store.writer.close()
    answer = client.post("/v1/triage", json={"text": "着火了"}, headers={"Idempotency-Key": "k"})

    assert answer.status_code == 200
    assert answer.json()["emergency"]
    assert answer.json()["assessment_id"] is None
    assert client.post("/v1/triage", json={"text": "着火了"}).json()["assessment_id"] is None
    assert "triage_store_lost 1.0" in client.get("/metrics").text


def test_a_store_that_is_away_is_said(client: TestClient, store: Store) -> None:
    """What has to be stored is 503; the judging goes on."""
    store.writer.failing = True
    assert client.get("/readyz").json()["degraded"] == ["store"]
    store.writer.close()
    answer = client.post("/v1/corrections", json=TICKET)

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert answer.json()["type"].endswith("store_unavailable")


def test_without_a_store_there_is_nothing_to_find() -> None:
    """404 says why, and judging works as ever."""
    with TestClient(create_app(FakeEngine(), make_settings()), headers={"X-API-Key": KEY}) as client:
        answer = client.get("/v1/assessments")
        assert client.post("/v1/triage", json={"text": "着火了"}).json()["assessment_id"] is None

    assert answer.status_code == 404
    assert "TRIAGE_DATABASE" in answer.json()["detail"]


# --- sending again


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/triage", {"text": "着火了，别管我是谁"}),
        ("/v1/triage/batch", {"complaints": [{"text": "着火了"}, {"text": ""}, {"text": "排队太久"}]}),
        ("/v1/corrections", TICKET),
    ],
)
def test_the_same_request_is_done_once(
    client: TestClient, store: Store, path: str, body: dict[str, Any]
) -> None:
    """Same key, same body: the same answer to the byte, one row; another body: 409; without a key: done again."""
    headers = {"Idempotency-Key": "k-1"}
    first = client.post(path, json=body, headers=headers)
    second = client.post(path, json=body, headers=headers)
    other = client.post(
        path,
        json=body | {"id": "other"}
        if path != "/v1/triage/batch"
        else {"complaints": body["complaints"][::-1]},
        headers=headers,
    )

    assert first.status_code == second.status_code in {200, 201}
    assert second.content == first.content
    assert fault(other) == (409, "idempotency-key")
    table = tables.corrections if path == "/v1/corrections" else tables.assessments
    rows = count(store, table)
    client.post(path, json=body)
    written(store)
    assert count(store, table) == 2 * rows > 0


def test_a_repeated_answer_has_the_words_of_the_request(client: TestClient) -> None:
    """They are not in the store; they come from the text that is sent again."""
    headers = {"Idempotency-Key": "k-1"}
    answers = [client.post("/v1/triage", json={"text": "着火了"}, headers=headers) for _ in range(2)]

    assert answers[1].json()["evidence"][0]["text"] == "火"


def test_a_correction_of_a_judgement_is_made_once(client: TestClient, store: Store) -> None:
    """The address belongs to the request: the same body for another judgement is another request."""
    one, other = judged(client), judged(client)
    headers = {"Idempotency-Key": "k-1"}
    answers = [client.post(f"/v1/assessments/{one}/corrections", json={}, headers=headers) for _ in range(3)]

    assert len({answer.content for answer in answers}) == 1
    assert count(store, tables.corrections) == 1
    again = client.post(f"/v1/assessments/{other}/corrections", json={}, headers=headers)
    assert fault(again) == (409, "idempotency-key")


def test_keys_of_different_callers_do_not_meet(client: TestClient, store: Store) -> None:
    """Two systems may both count from one."""
    for token in (KEY, token_of(store, Role.SUPERVISOR)):
        with TestClient(client.app, headers={"X-API-Key": token}) as caller:
            for ticket in (TICKET, TICKET):
                answer = caller.post("/v1/corrections", json=ticket, headers={"Idempotency-Key": "1"})
                assert answer.status_code == 201

    assert count(store, tables.corrections) == 2


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "键"])
def test_an_unusable_key_is_refused(client: TestClient, key: str) -> None:
    """Rather than ignored, which would look like a promise."""
    answer = client.post("/v1/corrections", json=TICKET, headers={b"Idempotency-Key": key.encode()})

    assert fault(answer) == (422, "idempotency-key")


# --- correcting


def test_a_judgement_is_corrected(client: TestClient) -> None:
    """Before and after, who and why; the judgement shows it from then on."""
    identifier = judged(client)
    answer = corrected(
        client, identifier, topic="service.efficiency", urgency="general", reason="看错", by="王"
    )

    CorrectionPage.model_validate_json(client.get("/v1/corrections").content)
    assert (answer["made_by"], answer["role"], answer["reason"]) == ("王", "admin", "看错")
    assert (answer["before"]["topic"], answer["after"]["topic"]) == ("safety.fire", "service.efficiency")
    shown = client.get(f"/v1/assessments/{identifier}")
    assert shown.json()["corrections"] == [answer]
    AssessmentWithCorrections.model_validate_json(shown.content)


def test_who_corrects_is_the_key_s_name_unless_said(client: TestClient, store: Store) -> None:
    """Its role holds either way."""
    client.headers["Authorization"] = f"Bearer {token_of(store, Role.SUPERVISOR, '服务台')}"
    unsaid = client.post("/v1/corrections", json=TICKET).json()
    said = client.post("/v1/corrections", json=TICKET | {"by": "小李"}).json()

    assert (unsaid["made_by"], unsaid["role"]) == ("服务台", "supervisor")
    assert (said["made_by"], said["role"]) == ("小李", "supervisor")


def test_a_contradiction_waits_for_a_second_look(client: TestClient) -> None:
    """It is listed as held; somebody else decides."""
    client.post("/v1/corrections", json=TICKET | {"by": "王"})
    held = client.post("/v1/corrections", json=TICKET | {"by": "李", "urgency": "urgent"}).json()
    listed = client.get("/v1/corrections", params={"state": "held"})
    reviewed = client.post(f"/v1/corrections/{held['id']}/reviews", json={"confirmed": True, "by": "张"})

    assert held["state"] == "held"
    assert "王" in held["hold_reasons"][0]
    assert CorrectionPage.model_validate_json(listed.content).items[0].id == held["id"]
    assert reviewed.status_code == 200
    assert reviewed.json() == held | {"state": "confirmed"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic": "service.rudeness"}, "topic"),
        ({"urgency": "very"}, "urgency"),
        ({"secondary_topics": ["x"]}, "secondary_topics.0"),
        ({"topic": None}, "topic"),
        ({"before": {"topic": "x", "urgency": "general"}}, "before.topic"),
        ({"made_at": "2026-11-20T10:00"}, "made_at"),
        ({"made_at": "yesterday"}, "made_at"),
        ({"text": ""}, "text"),
        ({"text": 7}, "text"),
        ({"teh": 7}, "teh"),
    ],
)
def test_a_correction_that_cannot_be_used_names_its_field(
    client: TestClient, store: Store, changes: dict[str, Any], field: str
) -> None:
    """And nothing is stored."""
    assert fault(client.post("/v1/corrections", json=TICKET | changes)) == (422, field)
    assert count(store, tables.corrections) == 0


@pytest.mark.parametrize("identifier", [UNKNOWN, "nothing", "%00", "..%2f..", UNKNOWN.upper()])
def test_what_does_not_exist_is_not_found(client: TestClient, identifier: str) -> None:
    """Whatever stands in the address."""
    for method, path, body in (
        ("GET", f"/v1/assessments/{identifier}", None),
        ("POST", f"/v1/assessments/{identifier}/corrections", {}),
        ("POST", f"/v1/corrections/{identifier}/reviews", {"confirmed": True}),
    ):
        assert client.request(method, path, json=body).status_code == 404


# --- finding


def test_pages_lead_to_the_end(client: TestClient, store: Store) -> None:
    """Every judgement once, newest first."""
    ids = [judged(client) for _ in range(5)]
    written(store)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = client.get("/v1/assessments", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        content = AssessmentPage.model_validate_json(page.content)
        seen += [item.assessment_id for item in content.items]
        cursor = content.next_cursor
        if cursor is None:
            break

    assert sorted(seen) == sorted(ids)
    assert len(content.items) == 1


def test_filters_may_be_combined(client: TestClient) -> None:
    """By what was judged, where it came from, and whether somebody corrected it."""
    fire = judged(client, store="HK-01", id="A-1")
    queue = judged(client, text="排队太久", channel="phone")
    corrected(client, queue)

    def found(**wanted: str) -> set[str]:
        answer = client.get("/v1/assessments", params=wanted)
        assert answer.status_code == 200, answer.text
        return {item["assessment_id"] for item in answer.json()["items"]}

    assert found() == {fire, queue}
    assert found(topic="safety.fire") == found(urgency="urgent") == found(store="HK-01") == {fire}
    assert found(id="A-1") == found(corrected="false") == found(needs_review="false") == {fire}
    assert found(corrected="true") == found(channel="phone") == found(needs_review="true") == {queue}
    assert found(urgency="urgent", channel="phone") == set()
    assert found(since=NOW.isoformat(), until="2026-11-21T10:00+08:00") == {fire, queue}
    assert found(until=NOW.isoformat()) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "201"),
        ("limit", "1e2"),
        ("limit", "١"),
        ("cursor", "0"),
        ("cursor", "x" * 100),
        ("urgency", "very"),
        ("needs_review", "yes"),
        ("since", "2026-11-21"),
        ("since", "2026-11-21T10:00"),
        ("until", "0001-01-01T00:00+14:00"),
        ("until", "9999-12-31T23:59-14:00"),
        ("topic", ""),
        ("topic", "\0"),
        ("topik", "safety.fire"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(client: TestClient, name: str, value: str) -> None:
    """An unknown one too: a filter that is ignored shows the wrong rows."""
    assert fault(client.get("/v1/assessments", params={name: value})) == (422, name)


# --- deleting


def test_a_customer_is_forgotten(client: TestClient) -> None:
    """Their judgements and what was corrected in them."""
    identifier = judged(client, customer_ref="M-1")
    corrected(client, identifier)
    judged(client, customer_ref="M-2")
    gone = client.post("/v1/customers/forget", json={"customer_ref": "M-1"})

    assert PurgeResponse.model_validate_json(gone.content) == PurgeResponse(assessments=1, corrections=1)
    assert client.get(f"/v1/assessments/{identifier}").status_code == 404
    assert len(client.get("/v1/assessments").json()["items"]) == 1


def test_the_log_tells_whose_key_it_was(client: TestClient, store: Store, log: io.BytesIO) -> None:
    """By its name; of what was corrected it says nothing."""
    token = token_of(store, Role.SUPERVISOR, "desk-1")
    client.headers["Authorization"] = f"Bearer {token}"
    client.post("/v1/corrections", json=TICKET | {"reason": "保密的理由"})

    assert lines(log)[-1]["key"] == "desk-1"
    for secret in (token, "保密", "排队"):
        assert secret not in log.getvalue().decode()


def test_the_examples_of_the_page_are_answered(client: TestClient) -> None:
    """Of those that need no label that the engine of the tests lacks."""
    identifier = judged(client)
    for name in ("urgency", "confirmed"):
        corrected(client, identifier, **examples.CORRECTION[name]["value"])
    assert client.post("/v1/customers/forget", json=examples.FORGET["one"]["value"]).status_code == 200
    KeptResponse.model_validate_json(client.post("/v1/triage", json={"text": "着火了"}).content)
