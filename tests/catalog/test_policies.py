"""Policy files: what is accepted, and what is refused with which words."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from triage.catalog.files import KnowledgeFiles
from triage.catalog.policies import load_policies
from triage.errors import KnowledgeError, Problem
from triage.policy.policy import Policy
from triage.policy.routing import Case
from triage.types import Urgency

TOPICS = frozenset({"service.attitude", "service.returns", "safety.food"})

MINIMAL: dict[str, Any] = {
    "id": "small",
    "name": "小规程",
    "version": 1,
    "source": "测试",
    "channels": [{"id": "online", "name": "线上", "aliases": ["APP"]}, {"id": "phone", "name": "电话"}],
    "default_channel": "online",
    "categories": {"service": "服务类", "service.returns": "退换货", "safety": "安全类"},
    "levels": [{"then": "一般"}],
    "departments": [{"when": {"categories": ["safety"]}, "then": "安保部门"}, {"then": "客服部门"}],
    "notify": [{"when": {"urgencies": ["urgent"]}, "then": ["客服主管"]}],
    "reply": [{"then": "原渠道"}],
    "steps": [
        {"id": "resolve", "name": "解决", "within": {"hours": 48}},
        {"id": "call_back", "name": "回访", "within": {"working_days": 1}, "from": "resolve"},
    ],
    "recorded": {"required": ["姓名"]},
    "merging": "合并",
}


def load(folder: Path, *profiles: dict[str, Any]) -> dict[str, Policy]:
    """Write profiles into a knowledge folder and load it."""
    (folder / "policies").mkdir(exist_ok=True)
    for profile in profiles:
        path = folder / "policies" / f"{profile['id']}.yaml"
        path.write_text(yaml.safe_dump(profile, allow_unicode=True), encoding="utf-8")
    return load_policies(KnowledgeFiles((folder,)), TOPICS, frozenset({"harm"}))


def problems(folder: Path, *profiles: dict[str, Any]) -> tuple[Problem, ...]:
    """Return what is wrong with profiles that must be refused."""
    with pytest.raises(KnowledgeError) as caught:
        load(folder, *profiles)
    return caught.value.problems


def changed(**parts: Any) -> dict[str, Any]:
    """Return the minimal profile with other parts."""
    return deepcopy(MINIMAL) | parts


def test_a_small_profile_is_enough(tmp_path: Path) -> None:
    """Categories are resolved to topics, units to times, and the promise is worded from the time."""
    policy = load(tmp_path, MINIMAL)["small"]
    assert policy.profile.categories == {
        "service.attitude": "服务类",
        "service.returns": "退换货",
        "safety.food": "安全类",
    }
    plan = policy.plan(Case("safety.food", Urgency.URGENT, "online"))
    assert (plan.routing.department, plan.routing.notify) == ("安保部门", ("客服主管",))
    assert [(step.id, step.term, step.rule) for step in plan.steps] == [
        ("resolve", timedelta(hours=48), "48小时内"),
        ("call_back", 1, "「解决」后1个工作日内"),
    ]


def test_topics_and_categories_of_a_condition_add_up(tmp_path: Path) -> None:
    """`topics` and `categories` are one list; urgencies and channels narrow it."""
    when = {"topics": ["service.returns"], "categories": ["safety"], "channels": ["phone"]}
    policy = load(tmp_path, changed(departments=[{"when": when, "then": "甲"}, {"then": "乙"}]))["small"]

    def department(topic: str, channel: str = "phone") -> str:
        return policy.plan(Case(topic, Urgency.GENERAL, channel)).routing.department

    assert [department(topic) for topic in sorted(TOPICS)] == ["甲", "乙", "甲"]
    assert department("safety.food", "online") == "乙"


def test_a_profile_takes_the_house_from_another(tmp_path: Path) -> None:
    """Channels, departments, parties told and ways of reply may be left to the extended profile."""
    own = changed(id="own", extends="small", reply=[{"then": "电话"}])
    for part in ("channels", "default_channel", "departments", "notify"):
        del own[part]
    profile = load(tmp_path, MINIMAL, own)["own"].profile
    assert profile.channel_ids["app"] == "online"
    assert profile.departments == load(tmp_path)["small"].profile.departments
    assert profile.reply[0].then == "电话"


def test_a_report_says_who_writes_checks_and_receives_it(tmp_path: Path) -> None:
    """Reports are worded for people."""
    report = {"name": "处理报告", "by": "责任部门", "checked_by": ["客服主管"], "to": "行政经理"}
    policy = load(tmp_path, changed(reports=[report]))["small"]
    assert policy.profile.reports[0].then == ("《处理报告》（责任部门撰写，客服主管审核，呈报行政经理）",)


STEP = {"id": "x", "name": "某步"}


@pytest.mark.parametrize(
    ("parts", "entry", "field", "words"),
    [
        ({"categories": {"service": "服务类"}}, "categories", "safety.food", "has no category name"),
        (
            {"categories": {"service": "a", "safety": "b", "product": "c"}},
            "categories",
            "product",
            "unknown topic or category",
        ),
        (
            {"notify": [{"when": {"topics": ["safety.foood"]}, "then": ["甲"]}]},
            "notify 1",
            "when.topics",
            "safety.foood",
        ),
        (
            {"actions": [{"when": {"categories": ["danger"]}, "then": ["甲"]}]},
            "actions 1",
            "when.categories",
            "danger",
        ),
        (
            {"reply": [{"when": {"channels": ["fax"]}, "then": "传真"}, {"then": "线上"}]},
            "reply 1",
            "when.channels",
            "fax",
        ),
        (
            {"levels": [{"when": {"urgencies": ["urgent"]}, "then": "紧急"}]},
            "levels 1",
            "when",
            "must catch the rest",
        ),
        ({"default_channel": "fax"}, "", "default_channel", "unknown channel fax"),
        (
            {
                "channels": [
                    {"id": "online", "name": "线上", "aliases": ["APP"]},
                    {"id": "phone", "name": "电话", "aliases": ["app"]},
                ]
            },
            "phone",
            "aliases",
            "「app」 already means 「online」",
        ),
        ({"steps": [STEP | {"at_once": True, "from": "nowhere"}]}, "x", "from", "no step 「nowhere」"),
        ({"steps": [STEP | {"at_once": True, "from": "x"}]}, "x", "from", "no step 「x」 stands above"),
        (
            {
                "steps": [
                    {"id": "a", "name": "甲", "at_once": True, "from": "b"},
                    {"id": "b", "name": "乙", "at_once": True, "from": "a"},
                ]
            },
            "a",
            "from",
            "no step 「b」 stands above",
        ),
        (
            {
                "steps": [
                    STEP | {"at_once": True, "when": {"urgencies": ["urgent"]}},
                    {"id": "y", "name": "后步", "at_once": True, "from": "x"},
                ]
            },
            "y",
            "from",
            "does not apply wherever",
        ),
        (
            {
                "steps": [
                    STEP | {"at_once": True, "when": {"topics": ["service.returns"]}},
                    {
                        "id": "y",
                        "name": "后步",
                        "at_once": True,
                        "from": "x",
                        "when": {"categories": ["service"]},
                    },
                ]
            },
            "y",
            "from",
            "does not apply wherever",
        ),
        (
            {
                "steps": [
                    STEP | {"until_solved": True},
                    {"id": "y", "name": "后步", "at_once": True, "from": "x"},
                ]
            },
            "y",
            "from",
            "lasts until solved",
        ),
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(
    tmp_path: Path, parts: dict[str, Any], entry: str, field: str, words: str
) -> None:
    """Each fault names file, entry and field."""
    (problem,) = problems(tmp_path, changed(**parts))
    assert problem.file.endswith("policies/small.yaml")
    assert (problem.entry, problem.field) == (entry, field)
    assert words in problem.message


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"steps": [STEP]}, "steps.0"),
        ({"steps": [STEP | {"at_once": True, "until_solved": True}]}, "steps.0"),
        ({"steps": [STEP | {"within": {"weeks": 1}}]}, "steps.0.within.weeks"),
        ({"steps": [STEP | {"within": {"hours": 1, "minutes": 5}}]}, "steps.0.within"),
        ({"steps": [STEP | {"within": {"hours": 0}}]}, "steps.0.within.hours"),
        ({"steps": [STEP | {"within": {"hours": "2"}}]}, "steps.0.within.hours"),
        ({"steps": [{"id": "received", "name": "收到", "at_once": True}]}, "steps.0"),
        ({"levels": [{"when": {"urgencies": ["critical"]}, "then": "x"}]}, "levels.0.when.urgencies.0"),
        ({"departments": [{"when": {"topics": []}, "then": "x"}]}, "departments.0.when.topics"),
        ({"kpi": []}, "kpi"),
        ({"id": "Small Store"}, "id"),
        ({"merging": ""}, "merging"),
    ],
)
def test_a_profile_of_the_wrong_form_is_refused(tmp_path: Path, parts: dict[str, Any], field: str) -> None:
    """Unknown keys, units and values are faults, never ignored."""
    assert field in {problem.field for problem in problems(tmp_path, changed(**parts))}


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """Two files with three faults need one reading, not three."""
    one = changed(default_channel="fax", levels=[{"when": {"urgencies": ["urgent"]}, "then": "紧急"}])
    two = changed(id="other", categories={"service": "服务类"})
    files = [Path(problem.file).name for problem in problems(tmp_path, one, two)]
    assert sorted(files) == ["other.yaml", "small.yaml", "small.yaml"]


@pytest.mark.parametrize("part", ["channels", "default_channel", "departments", "notify", "reply"])
def test_a_profile_that_extends_nothing_must_be_whole(tmp_path: Path, part: str) -> None:
    """Nothing is taken from anywhere without being asked for."""
    profile = changed()
    del profile[part]
    (problem,) = problems(tmp_path, profile)
    assert (problem.field, problem.message) == (part, "is missing, and nothing is extended")


def test_only_a_known_profile_that_extends_nothing_can_be_extended(tmp_path: Path) -> None:
    """A reader needs two files at most, and there are no circles."""
    found = problems(tmp_path, changed(extends="gone"), changed(id="two", extends="small"))
    assert [(problem.field, problem.message) for problem in found] == [
        ("extends", "unknown profile 「gone」"),
        ("extends", "「small」 itself extends another profile"),
    ]


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    """Otherwise an organisation's file could replace one profile and pose as another."""
    load(tmp_path, MINIMAL)
    (tmp_path / "policies" / "small.yaml").rename(tmp_path / "policies" / "big.yaml")
    (problem,) = problems(tmp_path)
    assert (problem.field, problem.message) == ("id", "must be the file's name, 「big」")
