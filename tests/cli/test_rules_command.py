"""`triage rules` and `triage explain`, as typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from triage.catalog.files import PACKAGED
from triage.settings import Settings

LABELLED = [
    '{"text": "楼道里一股煤气味，打13800138000找我", "topic": "safety.fire", "urgency": "urgent", "variant": "cn"}',
    '{"text": "仓库没有着火", "topic": "other.unclear", "urgency": "minor"}',
    '{"text": "面包发霉了", "emergency": true}',
    '{"text": "楼上有股煤气味，后来说是演习用的", "emergency": false}',
    '{"text": "后厨那边在闹咕噜泡", "topic": "safety.fire", "urgency": "urgent"}',
    "",
    '{"text": "咕噜泡杯子缺货", "topic": "product.stock", "urgency": "general"}',
]
OWN_RULE = """\
hazard: fire
rules:
  # for our kitchens
  - id: fire.blue
    means: 闹咕噜泡
    any: [咕噜泡]   # too wide, on purpose
    source: review
    examples: {hit: [后厨闹咕噜泡], miss: [没有咕噜泡]}

  # --- the next section
"""


def run(*arguments: str | Path, state: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "triage", *map(str, arguments)],
        capture_output=True,
        env={"TRIAGE_STATE_DIR": str(state), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Labelled complaints: three emergencies, one of which the packaged rules miss; one false alarm."""
    path = tmp_path / "labelled.jsonl"
    path.write_text("\n".join(LABELLED), encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Knowledge of a shop: one more rule."""
    folder = tmp_path / "own"
    (folder / "hazards").mkdir(parents=True)
    (folder / "hazards" / "shop.yaml").write_text(OWN_RULE, encoding="utf-8")
    return folder


def table(output: str, first: str) -> list[str]:
    """The cells of the line that begins with ``first``."""
    return next(line.split() for line in output.splitlines() if line.startswith(first))


def test_the_rules_are_measured_on_labelled_complaints(labelled: Path, tmp_path: Path) -> None:
    """Per rule, per topic, and in total; urgency or emergency says which are emergencies."""
    done = run("rules", "test", labelled, state=tmp_path)
    assert done.returncode == 0, done.stderr
    assert table(done.stdout, "fire.gas.smell")[:4] == ["fire.gas.smell", "1", "1", "50.0%"]
    assert table(done.stdout, "fire.flame.word")[-2:] == ["否认", "1"]
    assert table(done.stdout, "消防隐患") == ["消防隐患（safety.fire）", "2", "1", "50.0%", "1"]
    assert "紧急投诉找到 2 条，占 66.7%；误报 1 条，占不紧急的 33.3%" in done.stdout
    assert "煤气味，" not in done.stdout


def test_missed_emergencies_and_false_alarms_are_listed_on_demand(labelled: Path, tmp_path: Path) -> None:
    """File, line, topic, rules and the text, in which personal data is masked."""
    done = run("rules", "test", labelled, "--misses", "5", state=tmp_path)
    assert f"{labelled}:5  safety.fire  后厨那边在闹咕噜泡" in done.stdout
    false_alarm = next(line for line in done.stdout.splitlines() if f"{labelled}:4" in line)
    assert "fire.gas.smell" in false_alarm
    assert "楼上有股煤气味，后来说是演习用的" in false_alarm
    assert "13800138000" not in done.stdout


def test_a_selection_narrows_what_is_shown_not_what_is_measured(labelled: Path, tmp_path: Path) -> None:
    """The totals stay those of all rules."""
    of_food = run("rules", "test", labelled, "--hazard", "food", "--misses", "5", state=tmp_path).stdout
    assert "food.spoilt.mould" in of_food
    assert "fire." not in of_food
    assert "后厨那边" not in of_food
    of_one = run("rules", "test", labelled, "--rule", "fire.gas.smell", state=tmp_path).stdout
    assert "fire.gas.smell" in of_one
    assert "fire.flame" not in of_one
    for output in (of_food, of_one):
        assert "全部规则：紧急投诉找到 2 条" in output


def test_own_knowledge_is_compared_with_the_packaged_rules(labelled: Path, own: Path, tmp_path: Path) -> None:
    """A safety officer sees what a rule finds, and what it costs, before it ships."""
    done = run("rules", "test", labelled, "--knowledge", own, "--misses", "3", state=tmp_path)
    assert done.returncode == 0, done.stderr
    _, change = done.stdout.split("与自带规则相比\n", 1)
    assert table(change, "fire.blue") == ["fire.blue（新增）", "1", "0", "1", "0"]
    assert table(change, "全部规则") == ["全部规则", "1", "0", "1", "0"]
    found, raised = change.split("与自带规则相比多误报")
    assert f"{labelled}:5" in found
    assert f"{labelled}:7" in raised


def test_all_figures_as_json_hold_no_text(labelled: Path, own: Path, tmp_path: Path) -> None:
    """Programs get file and line; the text stays where it is."""
    target = tmp_path / "out.json"
    run("rules", "test", labelled, "--knowledge", own, "--json", target, state=tmp_path)
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    assert (report["emergencies"], report["found"], report["recall"]) == (3, 3, 1.0)
    assert report["change"]["total"]["found"] == [
        {"file": str(labelled), "line": 5, "topic": "safety.fire", "rules": ["fire.blue"]}
    ]
    assert [item["line"] for item in report["false_alarm_list"]] == [4, 7]
    assert next(item for item in report["rules"] if item["id"] == "fire.gas.smell")["precision"] == 0.5
    assert "咕噜泡" not in target.read_text(encoding="utf-8")


BAD_LINES = {
    "{broken": "line",
    "[1]": "line",
    '{"urgency": "urgent"}': "text",
    '{"text": "  ", "urgency": "urgent"}': "text",
    '{"text": "half \\ud800", "urgency": "urgent"}': "text",
    '{"text": "起火"}': "urgency",
    '{"text": "起火", "urgency": "hot"}': "urgency",
    '{"text": "起火", "urgency": ["urgent"]}': "urgency",
    '{"text": "起火", "emergency": "yes"}': "emergency",
    '{"text": "起火", "urgency": "urgent", "emergency": false}': "emergency",
    '{"text": "起火", "urgency": "urgent", "topic": "safety.moon"}': "topic",
}


def test_bad_lines_are_named_and_the_others_measured(tmp_path: Path) -> None:
    """File, line and field of each; the exit code tells that some were left out."""
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join([*BAD_LINES, LABELLED[0]]), encoding="utf-8")
    done = run("rules", "test", path, state=tmp_path)
    assert done.returncode == 1
    for number, field in enumerate(BAD_LINES.values(), start=1):
        assert f"{path}: 第 {number} 行: {field}: " in done.stderr
    assert "标注 1 条" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["test", "nowhere.jsonl"], "nowhere.jsonl"),
        (["test", "/dev/null"], "没有可用的标注数据"),
        (["test", "/dev/null", "--rule", "fire.none"], "fire.none"),
        (["list", "--hazard", "flood"], "flood"),
        (["show", "fire.none"], "fire.none"),
    ],
)
def test_what_cannot_be_done_is_named(tmp_path: Path, arguments: list[str], named: str) -> None:
    """No traceback, a clear line, exit code 2."""
    done = run("rules", *arguments, state=tmp_path)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_rules_are_listed_with_meaning_status_and_source(own: Path, tmp_path: Path) -> None:
    """Those of one hazard, own ones included."""
    done = run("rules", "list", "--hazard", "fire", "--knowledge", own, state=tmp_path)
    assert table(done.stdout, "fire.blue") == ["fire.blue", "闹咕噜泡", "启用", "复核"]
    ids = [line.split()[0] for line in done.stdout.splitlines()[1:]]
    assert "fire.gas.smell" in ids
    assert all(rule.startswith("fire.") for rule in ids)


def test_a_rule_is_shown_as_it_stands(own: Path, tmp_path: Path) -> None:
    """Its own lines, comments included, with file and line; not those of its neighbours."""
    done = run("rules", "show", "fire.blue", "--knowledge", own, state=tmp_path)
    assert done.stdout.splitlines() == [
        f"# {own / 'hazards' / 'shop.yaml'}:4",
        "- id: fire.blue",
        "  means: 闹咕噜泡",
        "  any: [咕噜泡]   # too wide, on purpose",
        "  source: review",
        "  examples: {hit: [后厨闹咕噜泡], miss: [没有咕噜泡]}",
    ]


def test_a_packaged_rule_is_shown_whole(tmp_path: Path) -> None:
    """From its id to its examples, every line as in the file."""
    lines = run("rules", "show", "fire.gas.leak", state=tmp_path).stdout.splitlines()
    assert lines[0].startswith(f"# {PACKAGED / 'hazards' / 'fire.yaml'}:")
    assert lines[1] == "- id: fire.gas.leak"
    assert lines[-1].strip().startswith("miss:")
    assert sum("- id:" in line for line in lines) == 1


def explained(settings: Settings, *arguments: str) -> str:
    done = run("explain", *arguments, "--model", settings.model, state=settings.state_dir)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_explanation_tells_evidence_margins_and_the_smallest_change(settings: Settings) -> None:
    """For a duty officer who wonders why."""
    told = explained(settings, "没有起火，但是倉庫一直有很浓的煤气味")
    assert "紧急程度  紧急（urgent）" in told
    assert "很浓的【煤气味】" in told
    assert "没有【起火】" in told
    assert "若不是「没有」，这一项也会得到确认" in told
    assert "去掉「煤气味」后不再是紧急" in told
    for section in ("已确认的危险", "已排除的危险", "模型的词语", "差距", "最小改动"):
        assert f"\n{section}\n" in told


def test_a_dismissed_emergency_tells_what_it_hangs_on(settings: Settings) -> None:
    """The word, and the judgement without it."""
    assert "若不是「没有」，将判为紧急" in explained(settings, "仓库没有着火")


def test_an_explanation_as_json(settings: Settings) -> None:
    """The same for programs, with positions in the text as it was given."""
    text = "這間店好差，倉庫那邊一股煤氣味"
    told = json.loads(explained(settings, text, "--json"))
    assert told["judgement"]["emergency"] is True
    spans = [span for finding in told["findings"] for span in finding["spans"]]
    assert {text[span["start"] : span["end"]] for span in spans} == {"煤氣味"}
    assert told["margins"]["topic_probability"] >= told["margins"]["runner_up_probability"]
    assert told.keys() == {
        "judgement", "findings", "words", "margins", "alternatives", "runs", "exhausted",
    }  # fmt: skip


def test_a_text_that_cannot_be_judged_is_named(settings: Settings) -> None:
    """As in classify: the field, and exit code 2."""
    done = run("explain", " ", "--model", settings.model, state=settings.state_dir)
    assert done.returncode == 2
    assert "text" in done.stderr
    assert "Traceback" not in done.stderr
