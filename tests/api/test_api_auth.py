"""Who may call, and where the key comes from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from triage.api.app import create_app
from triage.api.auth import ensure_key, settle_key
from triage.errors import SettingsError
from triage.settings import Settings

from .door import KEY, FakeEngine, make_settings

GUARDED = [
    ("POST", "/v1/triage"),
    ("POST", "/v1/triage/batch"),
    ("GET", "/v1/taxonomy"),
    ("GET", "/v1/policies"),
]


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer " + KEY[:-1]},
        {"Authorization": "Bearer " + KEY + "x"},
        {"Authorization": "Basic " + KEY},
        {"Authorization": KEY},
        {"X-API-Key": ""},
        {"X-API-Key": "wrong"},
        {"X-API-Key": "密钥".encode().decode("latin-1")},
    ],
)
def test_without_the_key_nothing_is_served(
    stranger: TestClient, engine: FakeEngine, method: str, path: str, headers: dict[str, str]
) -> None:
    """A missing or wrong key is 401, before the body is looked at."""
    encoded = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    answer = stranger.request(method, path, content=b"{", headers=encoded)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert engine.asked == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer {KEY}"},
        {"Authorization": f"bearer  {KEY}"},
        {"X-API-Key": KEY},
        {"X-API-Key": KEY, "Authorization": "Basic for-the-proxy"},
    ],
)
def test_either_header_will_do(stranger: TestClient, headers: dict[str, str]) -> None:
    """The key is taken from ``Authorization`` or ``X-API-Key``; the other may belong to a proxy."""
    assert stranger.get("/v1/taxonomy", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/docs", "/openapi.json"])
def test_state_and_documentation_are_open(stranger: TestClient, path: str) -> None:
    """Probes and the interactive page need no key."""
    assert stranger.get(path).status_code == 200


def test_no_app_without_a_key() -> None:
    """An app that would let everyone in cannot be made."""
    with pytest.raises(SettingsError, match="TRIAGE_API_KEY"):
        create_app(FakeEngine(), make_settings(api_key=None))


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    """The second start finds the key of the first, readable by its owner only, and no drafts beside it."""
    state = tmp_path / "var"
    key = ensure_key(state)

    assert len(key) >= 32
    assert ensure_key(state) == key
    assert [path.name for path in state.iterdir()] == ["api_key"]
    assert (state / "api_key").stat().st_mode & 0o777 == 0o600


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    """The key is random."""
    assert ensure_key(tmp_path / "a") != ensure_key(tmp_path / "b")


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    """Whoever comes second takes the first one's key."""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(ensure_key, [tmp_path] * 32))

    assert len(keys) == 1


@pytest.mark.parametrize("content", ["", "short\n"])
def test_a_damaged_key_file_stops_the_start(tmp_path: Path, content: str) -> None:
    """An emptied file does not mean an empty key."""
    (tmp_path / "api_key").write_text(content)

    with pytest.raises(SettingsError, match="TRIAGE_STATE_DIR"):
        ensure_key(tmp_path)


def test_a_state_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The message names the setting rather than a traceback."""
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="TRIAGE_STATE_DIR"):
        ensure_key(tmp_path / "file")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_on_this_machine_a_key_is_made(tmp_path: Path, host: str) -> None:
    """Loopback needs no configuration, but has a key all the same."""
    settled = settle_key(Settings(host=host, state_dir=tmp_path))

    assert settled.api_key is not None
    assert settled.api_key.get_secret_value() == ensure_key(tmp_path)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "triage.example"])
def test_other_addresses_need_an_explicit_key(tmp_path: Path, host: str) -> None:
    """What other machines can reach never starts with a key that nobody chose."""
    with pytest.raises(SettingsError, match="TRIAGE_API_KEY"):
        settle_key(Settings(host=host, state_dir=tmp_path))

    assert list(tmp_path.iterdir()) == []


def test_a_given_key_is_taken_as_it_is(tmp_path: Path) -> None:
    """With ``TRIAGE_API_KEY`` no file is written."""
    settings = make_settings(host="0.0.0.0", state_dir=tmp_path)

    assert settle_key(settings) == settings
    assert list(tmp_path.iterdir()) == []
