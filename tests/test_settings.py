"""Settings from the environment."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from triage.errors import SettingsError
from triage.settings import PREFIX, SHIPPED_MODEL, Settings, load_settings

MANUAL = Path(__file__).resolve().parents[1] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test without any of our variables."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_defaults_need_no_environment() -> None:
    """Out of the box the service listens on this machine only, by the default policy."""
    settings = load_settings()

    assert settings.is_loopback
    assert settings.policy == "supermarket"
    assert settings.api_key is None


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field is ``TRIAGE_`` and its name in capitals."""
    monkeypatch.setenv("TRIAGE_PORT", "9000")
    monkeypatch.setenv("TRIAGE_MODEL_ERRORS", "rules-only")
    monkeypatch.setenv("TRIAGE_LOG_LEVEL", "WARNING")
    monkeypatch.setenv("TRIAGE_KNOWLEDGE", "/srv/knowledge")

    settings = load_settings()

    assert settings.port == 9000
    assert settings.model_errors == "rules-only"
    assert settings.log_level == "warning"
    assert settings.knowledge == Path("/srv/knowledge")


def test_options_win_over_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is given on the command line counts; an option that was not given changes nothing."""
    monkeypatch.setenv("TRIAGE_PORT", "9000")
    monkeypatch.setenv("TRIAGE_HOST", "::1")

    settings = load_settings(port=9001, host=None)

    assert (settings.port, settings.host) == (9001, "::1")


def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """``TRIAGE_API_KEY=`` does not mean that the empty key is right."""
    monkeypatch.setenv("TRIAGE_API_KEY", "")

    assert load_settings().api_key is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TRIAGE_PORT", "tcp://10.0.0.1:80"),
        ("TRIAGE_PORT", "70000"),
        ("TRIAGE_PORT", "-1"),
        ("TRIAGE_API_KEY", "short"),
        ("TRIAGE_API_KEY", "has a space in it"),
        ("TRIAGE_API_KEY", "钥匙钥匙钥匙钥匙钥匙"),
        ("TRIAGE_API_KEY", "line\nbreak-line-break"),
        ("TRIAGE_MODEL_ERRORS", "ignore"),
        ("TRIAGE_LOG_LEVEL", "loud"),
        ("TRIAGE_MIN_TEXT_LENGTH", "0"),
        ("TRIAGE_MAX_TEXT_LENGTH", "1"),
        ("TRIAGE_MAX_TEXT_LENGTH", "many"),
        ("TRIAGE_MAX_BATCH", "0"),
        ("TRIAGE_MAX_BODY_BYTES", "1"),
        ("TRIAGE_DIGEST_KEY", "short-secret"),
        ("TRIAGE_RETENTION_DAYS", "0"),
        ("TRIAGE_CORRECTION_RETENTION_DAYS", "for ever"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    """Nothing falls back in silence, and a key is not repeated."""
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingsError, match=variable) as caught:
        load_settings()

    assert "TRIAGE_API_KEY" not in variable or value not in str(caught.value)


def test_all_bad_variables_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One start shows every mistake, a line each."""
    monkeypatch.setenv("TRIAGE_PORT", "x")
    monkeypatch.setenv("TRIAGE_MAX_BATCH", "x")

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert str(caught.value).splitlines() == ["TRIAGE_PORT: 须为整数", "TRIAGE_MAX_BATCH: 须为整数"]


def test_an_unknown_option_is_refused() -> None:
    """A misspelt override does not pass unnoticed."""
    with pytest.raises(SettingsError, match="TRIAGE_PROT"):
        load_settings(prot=1)


def test_settings_are_frozen() -> None:
    """Nothing changes them while the service runs."""
    with pytest.raises(ValidationError):
        load_settings().port = 1


@pytest.mark.parametrize("variable", ["TRIAGE_API_KEY", "TRIAGE_DIGEST_KEY", "TRIAGE_DATABASE"])
def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """Printing the settings, as start-up logs do, prints neither keys nor the password of the database."""
    monkeypatch.setenv(variable, "postgresql://me:top-secret@host/name")

    assert "top-secret" not in repr(load_settings())


@pytest.mark.parametrize(("value", "keeps"), [("", True), ("postgresql://host/name", True), ("off", False)])
def test_keeping_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, value: str, keeps: bool) -> None:
    """``off`` is the only way to keep nothing; unset means the embedded database."""
    monkeypatch.setenv("TRIAGE_DATABASE", value)

    assert load_settings().keeps_complaints is keeps


def test_every_setting_is_in_the_manual() -> None:
    """The table of docs/settings.md has exactly one row for each setting, with its default."""
    rows = dict(re.findall(r"^\| `TRIAGE_(\w+)` \| (\S+) \|", MANUAL.read_text("utf-8"), re.MULTILINE))

    assert {name.lower(): shown for name, shown in rows.items()} == {
        name: _shown(field.default) for name, field in Settings.model_fields.items()
    }


def _shown(default: Any) -> str:
    if default == SHIPPED_MODEL:  # wherever the package was installed
        return "`triage/pretrained`"
    return "none" if default is None else f"`{default}`"
