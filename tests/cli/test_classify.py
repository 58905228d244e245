"""`triage classify` and `triage check`, as typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from triage.settings import Settings


def run(*arguments: str, settings: Settings, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {"TRIAGE_MODEL": str(settings.model), "TRIAGE_STATE_DIR": str(settings.state_dir)}
    return subprocess.run(
        [sys.executable, "-m", "triage", *arguments],
        input=stdin,
        capture_output=True,
        env={**environment, "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        check=False,
    )


def lines(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_one_complaint_gets_a_readable_answer(settings: Settings) -> None:
    """Urgency first, then topic, who acts, until when, and why."""
    done = run("classify", "牛奶過期三天還擺在架上賣", settings=settings)
    answer = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    for expected in ("紧急", "食品安全", "食品安全部门", "期限", "過期"):
        assert expected in answer


def test_one_complaint_as_json_has_every_field(settings: Settings) -> None:
    """The same answer for programs."""
    answer = json.loads(run("classify", "--json", "排队等了一个小时", settings=settings).stdout)
    assert answer.keys() >= {
        "id", "topic", "category", "secondary_topics", "urgency", "emergency", "confidence", "needs_review",
        "evidence", "routing", "deadlines", "script", "versions",
    }  # fmt: skip


def test_a_file_is_answered_line_by_line_in_order(settings: Settings, tmp_path: Path) -> None:
    """Each input line gets one output line, good or bad, and the exit code tells that some were bad."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(
        '{"id": "a", "text": "面包发霉了"}\n'
        '{"id": "b", "text": ""}\n'
        "{broken\n"
        '{"id": 4, "text": "排队太久", "policy": "retail-2025", "received_at": "2026-11-20T09:00", "extra": 1}\n'
        '{"id": "e", "text": "排队太久", "policy": "nope"}\n'
        '{"id": "f", "text": "排队太久", "received_at": "gestern"}\n'
        '{"id": "g", "text": NaN}\n'.encode()
        + b'{"id": "h", "text": "\xff"}\n'
        + b'{"id": "i", "text": "half \\ud800"}\n'
        + '{"id": "j", "text": "空调太冷"}'.encode()
    )
    done = run("classify", "--input", str(source), "--output", str(target), settings=settings)
    answers = lines(target.read_bytes())
    assert done.returncode == 1
    assert [a.get("id") for a in answers] == ["a", "b", None, "4", "e", "f", "g", None, "i", "j"]
    assert [a["error"]["field"] if "error" in a else None for a in answers] == [
        None, "text", "line", None, "policy", "received_at", "text", "line", "text", None,
    ]  # fmt: skip
    assert answers[1]["error"]["line"] == 2
    assert answers[3]["routing"]["policy"] == "retail-2025"
    assert "判定 3 条" in done.stderr.decode()


def test_standard_input_and_output(settings: Settings) -> None:
    """`-` makes it a filter."""
    done = run(
        "classify",
        "--input",
        "-",
        "--output",
        "-",
        settings=settings,
        stdin='{"text":"面包发霉了"}\n'.encode(),
    )
    assert done.returncode == 0, done.stderr.decode()
    assert lines(done.stdout)[0]["emergency"] is True


def test_a_missing_file_is_named(settings: Settings) -> None:
    """No traceback, a clear line, exit code 2."""
    done = run("classify", "--input", "nowhere.jsonl", settings=settings)
    assert done.returncode == 2
    assert b"nowhere.jsonl" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_missing_model_stops_unless_rules_alone_were_chosen(settings: Settings, tmp_path: Path) -> None:
    """The choice is the caller's, and the answer shows it."""
    missing = ("--model", str(tmp_path / "none"))
    assert run("classify", "仓库着火了", *missing, settings=settings).returncode == 2
    done = run("classify", "--json", "仓库着火了", *missing, "--rules-only", settings=settings)
    answer = json.loads(done.stdout)
    assert answer["emergency"] is True
    assert answer["needs_review"] is True
    assert answer["versions"]["model"] is None


def test_check_finds_nothing_wrong_with_the_packaged_knowledge(settings: Settings) -> None:
    """Every rule example included."""
    done = run("check", settings=settings)
    assert done.returncode == 0, done.stderr.decode()


WRONG = {
    "taxonomy.yaml": ("version: '1'\ncategories: []\nurgencies: []\ntopics: []\nhazards: []\n", "categories"),
    "hazards/mine.yaml": (
        "hazard: fire\nrules:\n  - id: fire.mine\n    means: x\n    any: ['{no.such}']\n"
        "    examples: {hit: [着火], miss: [火锅]}\n",
        "fire.mine",
    ),
    "concepts/mine.yaml": ("- {id: a.b, means: x, words: []}\n", "a.b: words"),
    "policies/supermarket.yaml": ("id: supermarket\nnonsense: 1\n", "nonsense"),
    "calendars.yaml": ("version: 1\nnonsense: 1\n", "nonsense"),
    "context.yaml": ("version: 1\ncues: [\n", "line"),
}


@pytest.mark.parametrize("name", WRONG)
def test_check_names_file_entry_and_field(settings: Settings, tmp_path: Path, name: str) -> None:
    """An organisation's own knowledge is checked before it ships."""
    content, named = WRONG[name]
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = run("check", "--knowledge", str(tmp_path), settings=settings)
    report = done.stderr.decode()
    assert done.returncode == 2
    assert name in report
    assert named in report
    assert "Traceback" not in report


def test_check_tells_a_rule_whose_example_does_not_hold(settings: Settings, tmp_path: Path) -> None:
    """A rule that misses its own example is a fault like a typo."""
    (tmp_path / "hazards").mkdir()
    (tmp_path / "hazards" / "mine.yaml").write_text(
        "hazard: fire\nrules:\n  - id: fire.mine\n    means: 测试\n    any: [冒蓝烟]\n"
        "    examples: {hit: [柜台冒绿烟], miss: [没有冒蓝烟]}\n",
        encoding="utf-8",
    )
    done = run("check", "--knowledge", str(tmp_path), settings=settings)
    assert done.returncode == 2
    assert "fire.mine" in done.stderr.decode()
    assert "examples.hit" in done.stderr.decode()
