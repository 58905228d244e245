"""What stands behind the door in its tests: an engine that is small, quick, and as strict as the real one."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from triage.errors import InputError, TextTooLong, UnknownPolicy
from triage.policy.deadlines import Step
from triage.policy.policy import Policy
from triage.policy.profile import Channel, Kpi, Profile
from triage.policy.routing import Condition, Row
from triage.settings import Settings
from triage.taxonomy import Category, Taxonomy, Topic
from triage.types import (
    Assessment,
    Complaint,
    Confidence,
    Deadline,
    Disposition,
    Evidence,
    Routing,
    Status,
    TriageResult,
    Urgency,
    Versions,
)

KEY = "a-key-for-tests-only"
NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
VERSIONS = Versions("0.1.0", "t1", "p1", "r1", "d1", None)
CRASH = "让引擎出错"
"""A text that the fake engine breaks on, quoting it in its error as careless code does."""


def make_taxonomy() -> Taxonomy:
    """Two topics are enough: one dangerous, one not."""
    return Taxonomy(
        version="t1",
        categories=(Category("service", "服务类"), Category("safety", "安全类")),
        topics=(
            Topic("service.efficiency", "服务效率", "service", "排队", "快递", None, False),
            Topic("safety.fire", "消防隐患", "safety", "着火", "", 1, True),
        ),
        hazards=(),
        urgency_names={Urgency.URGENT: "紧急", Urgency.GENERAL: "一般"},
        fallback="service.efficiency",
    )


def make_policy(identifier: str = "supermarket") -> Policy:
    """Make a policy with one step of each kind of condition."""
    always = Condition()
    urgent = Condition(urgencies=frozenset({Urgency.URGENT}))
    return Policy(
        Profile(
            id=identifier,
            name="测试规定",
            version=1,
            source="测试",
            channels=(Channel("phone", "电话", ("热线",)),),
            default_channel="phone",
            channel_ids={"phone": "phone"},
            categories={"safety.fire": "安全类"},
            levels=(Row(always, "一般"),),
            departments=(Row(always, "客服部门"),),
            notify=(),
            reply=(Row(always, "电话"),),
            actions=(),
            reports=(),
            steps=(Row(urgent, Step("act", "处置", None, "直至解决")),),
            recorded=("时间",),
            optional=(),
            merging="合并",
            kpis=(Kpi("及时率", "95%", "每月"),),
            guidance=(),
        )
    )


@dataclass
class FakeEngine:
    """Judges by one word (火), and remembers what it was asked."""

    taxonomy: Taxonomy = field(default_factory=make_taxonomy)
    policies: Mapping[str, Policy] = field(default_factory=lambda: {"supermarket": make_policy()})
    versions: Versions = VERSIONS
    degraded: tuple[str, ...] = ()
    asked: list[Complaint] = field(default_factory=list)

    def judge(self, complaint: Complaint, now: datetime) -> TriageResult:
        """Refuse what the real engine refuses, and judge the rest."""
        self.asked.append(complaint)
        self._refuse(complaint)
        if complaint.text == CRASH:
            raise RuntimeError(f"cannot judge {complaint.text}")
        return make_result(complaint, now)

    def _refuse(self, complaint: Complaint) -> None:
        length = len(complaint.text.strip())
        if length < 2:
            raise InputError("text", "文字太短", "too_short")
        if length > 100:
            raise TextTooLong("text", "文字超过 100 个字符")
        if complaint.policy not in {None, *self.policies}:
            raise UnknownPolicy("policy", "没有这套规定")


def make_result(complaint: Complaint, now: datetime = NOW) -> TriageResult:
    """Judge as urgent where the text says 火, as general elsewhere."""
    urgent = "火" in complaint.text
    topic, category = ("safety.fire", "safety") if urgent else ("service.efficiency", "service")
    at = max(complaint.text.find("火"), 0)
    return TriageResult(
        id=complaint.id,
        script="Hans",
        assessment=Assessment(
            topic=topic,
            category=category,
            secondary_topics=("service.efficiency",) if urgent else (),
            urgency=Urgency.URGENT if urgent else Urgency.GENERAL,
            confidence=Confidence(None if urgent else 0.123456789, 0.5),
            needs_review=not urgent,
            review_reasons=() if urgent else ("把握不大",),
            evidence=(
                Evidence(
                    "rule", "fire", at, at + 1, complaint.text[at], "着火", Status.ASSERTED, "fire.open", 0.25
                ),
            ),
        ),
        disposition=Disposition(
            routing=Routing(
                "supermarket", "安全类", "紧急", "安保部门", ("客服主管",), ("疏散",), ("报告",), "电话"
            ),
            deadlines=(Deadline("act", "处置", now, "立即"), Deadline("resolve", "解决", None, "直至解决")),
            received_at=complaint.received_at or now,
            notes=("说明",),
        ),
        versions=VERSIONS,
        masked_text="*" * len(complaint.text),
    )


def make_settings(**changes: Any) -> Settings:
    """Make settings with a key and small limits."""
    given: dict[str, Any] = {"api_key": SecretStr(KEY), "max_batch": 5, "max_body_bytes": 4096}
    return Settings(**(given | changes))


def lines(log: io.BytesIO) -> list[dict[str, Any]]:
    """Read what the log holds, a dictionary a line."""
    return [json.loads(line) for line in log.getvalue().splitlines()]
