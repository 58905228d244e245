"""``triage models`` and ``replay``, as typed, over a state folder with two models."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.store.samples import NOW
from triage.bootstrap import build_engine, build_store
from triage.catalog.artifact import read_manifest
from triage.cli.main import app
from triage.errors import ArtifactError, NotFound
from triage.models.gate import VERDICT, Finding, Verdict
from triage.serialize import result_to_json
from triage.service import Service
from triage.service.records import Judged
from triage.settings import Settings
from triage.store import assessments, models
from triage.types import Complaint

TEXT = "收银台排队半个小时，我叫王小明，打13800138000找我"


@pytest.fixture
def state(model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The small model in a state folder, past its trial and in force."""
    for name in ("TRIAGE_MODEL", "TRIAGE_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TRIAGE_STATE_DIR", str(tmp_path))
    folder = tmp_path / "models" / "small"
    shutil.copytree(model_folder, folder)
    judge(folder, passed=True)
    run("models", "activate", "small")
    return Settings(state_dir=tmp_path)


def judge(folder: Path, passed: bool) -> None:
    finding = Finding(name="主题", passed=passed, reason="正确率下降")
    verdict = Verdict(champion="x", challenger=read_manifest(folder).id, findings=(finding,))
    (folder / VERDICT).write_text(verdict.model_dump_json(), encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def kept(settings: Settings) -> str:
    """The id of a complaint that the model in force judged."""
    engine = build_engine(settings)
    complaint = Complaint(TEXT, id="A-1", channel="phone")
    result = engine.judge(complaint, NOW)
    store = build_store(settings)
    service = Service(engine, store)
    identifier = service.keep(Judged(complaint, result, result_to_json(result)), NOW)
    store.close()
    assert identifier is not None
    return identifier


def test_the_list_marks_the_model_in_force(state: Settings) -> None:
    """With its id and how its trial went."""
    listed = run("models", "list").stdout.splitlines()

    assert [line[0] for line in listed] == [" ", "*"]
    assert "随软件发布" in listed[0]
    assert "通过评审" in listed[1]


def test_what_became_of_a_model_is_kept(state: Settings) -> None:
    """Who put it in force, and who went back; told by ``show``."""
    assert run("models", "rollback").exit_code == 0
    shown = run("models", "show", "small").stdout

    assert "activated" in shown
    assert "完好" in shown
    store = build_store(state)
    with store.reading() as connection:
        assert [event.kind.value for event in models.events(connection)] == ["activated", "rolled_back"]
    store.close()


def test_a_model_that_failed_or_broke_stays_out(state: Settings) -> None:
    """The one in force stays, and no event says otherwise."""
    folder = state.models / "small"
    run("models", "activate", "shipped")
    judge(folder, passed=False)
    assert isinstance(run("models", "activate", "small").exception, ArtifactError)
    judge(folder, passed=True)
    (folder / "arrays.npz").write_bytes(b"")
    assert isinstance(run("models", "activate", "small").exception, ArtifactError)

    assert run("models", "list").stdout.startswith("* shipped")
    assert "已损坏" in run("models", "show", "small").stdout


def test_a_replayed_judgement_is_the_same(state: Settings) -> None:
    """By the model that made it, also when another one answers by now, and from the masked text."""
    identifier = kept(state)
    run("models", "rollback")
    done = run("replay", identifier)

    assert (done.exit_code, done.stdout) == (0, "")
    assert "一致" in done.stderr
    assert "版本不同" not in done.stderr


def test_a_replay_shows_what_differs(state: Settings) -> None:
    """Field by field, then and now; the versions apart."""
    identifier = kept(state)
    store = build_store(state)
    with store.reading() as connection:
        record = assessments.find(connection, identifier)
    assert record is not None
    judgement = json.loads(record.judgement)
    judgement["topic"], judgement["versions"]["rules"] = "other.unclear", "old"
    changed = replace(record, id=identifier[:-1] + "z", judgement=json.dumps(judgement))
    store.writer.run(lambda connection: assessments.keep_one(connection, changed)).result()
    store.close()
    done = run("replay", changed.id)

    assert done.exit_code == 1
    assert done.stdout.startswith('topic："other.unclear" → "')
    assert 'versions.rules："old" → "' in done.stderr


def test_a_replay_without_the_model_of_then_says_so(state: Settings) -> None:
    """The model in force judges instead, and the versions differ."""
    identifier = kept(state)
    run("models", "rollback")
    shutil.rmtree(state.models / "small")
    done = run("replay", identifier)

    assert "已无法使用" in done.stderr
    assert "versions.model" in done.stderr


def test_a_replay_of_nothing_is_refused(state: Settings) -> None:
    """An id that was never given."""
    assert isinstance(run("replay", "01a1fbb9-7dc0-737b-9f7a-d965de792282").exception, NotFound)
