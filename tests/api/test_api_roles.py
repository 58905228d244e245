"""Every route by role, and the keys of the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import anyio
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from tests.store.samples import do
from triage.api.access import FRESH_SECONDS, OPERATOR, Caller, Keyring
from triage.api.app import create_app
from triage.api.errors import Problem
from triage.errors import StoreError
from triage.service import Service
from triage.store import keys
from triage.store.digests import token_digest
from triage.store.store import Store, open_store
from triage.store.values import KeyRecord, Role

from .door import KEY, NOW, FakeEngine, make_settings

ANYBODY, INTAKE, SUPERVISOR, ADMIN = 0, 1, 2, 3
ROUTES = {
    ("POST", "/v1/triage"): INTAKE,
    ("POST", "/v1/triage/batch"): INTAKE,
    ("GET", "/v1/taxonomy"): INTAKE,
    ("GET", "/v1/policies"): INTAKE,
    ("GET", "/v1/assessments"): SUPERVISOR,
    ("GET", "/v1/assessments/{assessment_id}"): SUPERVISOR,
    ("POST", "/v1/assessments/{assessment_id}/corrections"): SUPERVISOR,
    ("GET", "/v1/corrections"): SUPERVISOR,
    ("POST", "/v1/corrections"): SUPERVISOR,
    ("POST", "/v1/corrections/{correction_id}/reviews"): SUPERVISOR,
    ("POST", "/v1/customers/forget"): ADMIN,
    ("GET", "/livez"): ANYBODY,
    ("GET", "/readyz"): ANYBODY,
    ("GET", "/metrics"): ANYBODY,
}
"""The least that a caller must be. A route that is not in this table fails the first test."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The embedded store; that keys are kept alike in both databases is tested with the store."""
    store = open_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    """Call without a key."""
    engine = FakeEngine()
    app = create_app(engine, make_settings(log_level="error"), service=Service(engine, store))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def callers(store: Store) -> Mapping[int, str | None]:
    """A key for each kind of caller."""
    tokens = {role.rank + 1: do(store, keys.create, role.value, role, NOW)[1] for role in Role}
    return {ANYBODY: None, **tokens}


def test_the_table_has_every_route(client: TestClient) -> None:
    """Whoever adds a route decides here who may call it."""
    paths = client.get("/openapi.json").json()["paths"]
    assert {(method.upper(), path) for path, item in paths.items() for method in item} == set(ROUTES)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_route_is_for_its_role_and_higher_ones(
    store: Store, callers: Mapping[int, str | None], method: str, path: str
) -> None:
    """401 without a key, 403 with one that may not, and never either with one that may."""
    engine = FakeEngine()
    app = create_app(engine, make_settings(log_level="error"), service=Service(engine, store))
    client = TestClient(app, raise_server_exceptions=False)
    for rank, token in callers.items():
        headers = {} if token is None else {"X-API-Key": token}
        status = client.request(method, path, headers=headers).status_code
        if rank >= ROUTES[method, path]:
            assert status not in {401, 403}
        else:
            assert status == (401 if token is None else 403)


def test_the_operator_may_everything(client: TestClient) -> None:
    """The key that was printed at the start is an admin's."""
    answer = client.post("/v1/customers/forget", json={"customer_ref": "x"}, headers={"X-API-Key": KEY})

    assert answer.status_code == 200


def admitted(keyring: Keyring, token: str, role: Role = Role.INTAKE) -> Caller:
    async def ask() -> Caller:
        return await keyring.admit({b"x-api-key": token.encode()}, role)

    return anyio.run(ask)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Say what time it is."""
        return self.now


RECORD = KeyRecord("id", "收银台", Role.INTAKE, NOW)


def test_a_revoked_key_is_good_for_seconds_at_most() -> None:
    """And a new one is known as soon."""
    in_force, clock = {token_digest("old"): RECORD}, Clock()
    keyring = Keyring(SecretStr(KEY), lambda: dict(in_force), clock)
    assert admitted(keyring, "old") == Caller("id", "收银台", Role.INTAKE)
    in_force.clear()
    in_force[token_digest("new")] = RECORD
    clock.now += FRESH_SECONDS

    assert admitted(keyring, "new").name == "收银台"
    with pytest.raises(Problem, match="401"):
        admitted(keyring, "old")


def test_keys_stay_good_while_the_database_is_away() -> None:
    """An emergency must come in all the same."""
    clock, answers = Clock(), [{token_digest("token"): RECORD}]

    def load() -> Mapping[str, KeyRecord]:
        if not answers:
            raise StoreError("away")
        return answers.pop()

    keyring = Keyring(SecretStr(KEY), load, clock)
    clock.now += 100 * FRESH_SECONDS

    assert admitted(keyring, "token").name == "收银台"


def test_the_operator_needs_no_database() -> None:
    """Their key is compared before the store is asked."""
    keyring = Keyring(SecretStr(KEY))

    assert admitted(keyring, KEY, Role.ADMIN) == Caller(OPERATOR, OPERATOR, Role.ADMIN)
    with pytest.raises(Problem, match="401"):
        admitted(keyring, "other")
