"""``triage keys``, ``corrections`` and ``store``, as typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.store.samples import NOW, assessment, correction, count, do
from triage.cli.main import app
from triage.errors import NotFound, TriageError
from triage.store import assessments, corrections, keys, tables
from triage.store.digests import token_digest
from triage.store.store import Store
from triage.store.values import KeyRecord, Role, State

LINES = """\
{"text": "楼道里一股煤气味，打13800138000找我", "topic": "product.stock", "urgency": "minor", "by": "小李"}
{"text": "排队太久没人管", "topic": "service.efficiency", "urgency": "general", "variant": "cn", "id": 7}

{"text": "排队太久没人管", "topic": "other.unclear", "urgency": "minor", "by": "小李", "made_at": "2026-11-20T10:00Z"}
{"text": "排队太久没人管", "topic": "service.rudeness", "urgency": "general"}
{"text": 7, "urgency": "general"}
{"topic": "service.attitude", "urgency": "general"}
{"assessment_id": "01a1fbb9-7dc0-737b-9f7a-d965de792282", "topic": "service.attitude"}
not json
"""


@pytest.fixture(autouse=True)
def environment(store: Store, url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands work on the store of the test, by the rules alone."""
    monkeypatch.setenv("TRIAGE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("TRIAGE_DATABASE", url or "")
    monkeypatch.setenv("TRIAGE_MODEL", str(tmp_path / "none"))
    monkeypatch.setenv("TRIAGE_MODEL_ERRORS", "rules-only")


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)


def all_keys(store: Store) -> tuple[KeyRecord, ...]:
    with store.reading() as connection:
        return keys.everything(connection)


def test_a_key_is_printed_once(store: Store) -> None:
    """Alone on standard output, so that a script can take it; the store has its digest."""
    done = run("keys", "create", "王主管", "--role", "supervisor")

    (record,) = all_keys(store)
    assert (record.name, record.role) == ("王主管", Role.SUPERVISOR)
    with store.reading() as connection:
        assert keys.in_force(connection) == {token_digest(done.stdout.strip()): record}
    assert done.stdout.strip() not in run("keys", "list").stdout


def test_a_key_is_for_intake_unless_said_otherwise(store: Store) -> None:
    """The least that is of use."""
    run("keys", "create", "收银台")

    assert [record.role for record in all_keys(store)] == [Role.INTAKE]


def test_a_key_is_revoked(store: Store) -> None:
    """By its id; the list shows who could call, and who no longer can."""
    run("keys", "create", "旧")
    run("keys", "create", "新")
    old, new = all_keys(store)
    run("keys", "revoke", old.id)

    listed = {line.split()[0]: line for line in run("keys", "list").stdout.splitlines()}
    assert "已停用" in listed[old.id]
    assert "有效" in listed[new.id]


def test_an_unknown_key_is_said_to_be_unknown() -> None:
    """Nothing passes for done."""
    assert isinstance(run("keys", "revoke", "nothing").exception, NotFound)


def test_an_unknown_role_is_refused(store: Store) -> None:
    """The roles that there are, are named."""
    done = run("keys", "create", "某人", "--role", "boss")

    assert done.exit_code == 2
    assert "supervisor" in done.stderr
    assert all_keys(store) == ()


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file of corrections: one against the rules, a good one, one that contradicts it, five unusable ones."""
    path = tmp_path / "corrections.jsonl"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_a_file_of_corrections_is_imported_and_exported(lines: Path, store: Store, tmp_path: Path) -> None:
    """Good lines are stored once, doubtful ones held with a reason, unusable ones named; nothing is lost."""
    first = run("corrections", "import", lines, "--by", "王主管")
    again = run("corrections", "import", lines, "--by", "王主管")

    assert first.exit_code == again.exit_code == 1
    assert "采纳 1 条，待复核 2 条，5 处无法使用" in first.stderr
    assert first.stderr == again.stderr
    assert count(store, tables.corrections) == 3
    assert f"{lines}: 第 1 行: 待复核：规则确认了危险" in first.stderr
    assert f"{lines}: 第 4 行: 待复核：与 王主管 于" in first.stderr
    faults = [line.split(": ")[1:3] for line in first.stderr.splitlines() if "待复核" not in line]
    assert faults == [
        ["第 5 行", "topic"],
        ["第 6 行", "text"],
        ["第 7 行", "text"],
        ["第 8 行", "assessment_id"],
        ["第 9 行", "line"],
    ]

    target = tmp_path / "out.jsonl"
    run("corrections", "export", target)
    exported: list[dict[str, Any]] = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert {(line["by"], line["id"], line["topic"], line["state"]) for line in exported} == {
        ("小李", None, "product.stock", "held"),
        ("王主管", "7", "service.efficiency", "accepted"),
        ("小李", None, "other.unclear", "held"),
    }
    assert "13800138000" not in target.read_text("utf-8")

    run("corrections", "import", target)
    assert count(store, tables.corrections) == 3


def test_an_export_can_be_narrowed_to_a_state(store: Store) -> None:
    """Such as what waits for a second look."""
    records = [correction(), correction(state=State.HELD, hold_reasons=("理由",))]
    for record in records:
        do(store, corrections.add, record)

    done = run("corrections", "export", "-", "--state", "held")

    assert [json.loads(line)["correction_id"] for line in done.stdout.splitlines()] == [records[1].id]


@pytest.mark.parametrize("command", ["import", "export"])
def test_a_file_that_cannot_be_opened_is_named(command: str, tmp_path: Path) -> None:
    """Without a traceback."""
    done = run("corrections", command, tmp_path / "nowhere" / "file")

    assert isinstance(done.exception, TriageError)
    assert "nowhere" in str(done.exception)


def test_what_is_old_is_purged_by_hand(store: Store) -> None:
    """The sample is of November 2026: older than a day, or from the future."""
    do(store, assessments.keep_one, assessment(judged_at=NOW.replace(year=2020)))

    assert "删除判断 1 条，更正 0 条" in run("store", "purge", "--older-than", "1").stdout
    assert count(store, tables.assessments) == 0


def test_a_customer_is_purged_by_hand(store: Store) -> None:
    """The reference is asked for, so that it stands in no history."""
    digest = store.digester.customer("会员1")
    do(store, assessments.keep_one, assessment(customer_digest=digest))

    assert "删除判断 1 条" in run("store", "purge", "--customer", typed="会员1\n").stdout


@pytest.mark.parametrize("options", [[], ["--older-than", "1", "--customer"]])
def test_a_purge_says_what_it_is_to_purge(options: list[str], store: Store) -> None:
    """Neither nothing nor both."""
    do(store, assessments.keep_one, assessment())

    assert run("store", "purge", *options).exit_code == 2
    assert count(store, tables.assessments) == 1


def test_without_a_store_the_commands_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is named."""
    monkeypatch.setenv("TRIAGE_DATABASE", "off")

    assert "TRIAGE_DATABASE" in str(run("keys", "list").exception)
