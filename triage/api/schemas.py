"""What the door takes and gives, as pydantic models.

Requests are validated with these. Answers are not: they are written as bytes for speed, and the models only
describe them in the OpenAPI document; a test holds real answers against them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from triage.serialize import parse_time
from triage.types import Complaint, Script, Status, Urgency


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, regex_engine="rust-regex")


class ComplaintRequest(_Shape, json_schema_extra={"description": "一条顾客反馈"}):
    """One complaint."""

    text: Annotated[str, Field(description="顾客原话，简体、繁体、粤语均可", examples=["小票上没打折"])]
    id: Annotated[
        str | None, Field(min_length=1, max_length=128, description="贵方编号，原样返回", examples=["A-1024"])
    ] = None
    channel: Annotated[
        str | None, Field(max_length=64, description="渠道：现场、电话、线上、意见箱等", examples=["phone"])
    ] = None
    received_at: Annotated[
        str | None,
        Field(
            max_length=64,
            description="收到的时间，ISO 8601，须含时分；不带时区时按门店当地时间；不填则按现在",
            examples=["2026-11-21T09:30+08:00"],
        ),
    ] = None
    store: Annotated[
        str | None, Field(max_length=128, description="门店编号，决定时区和工作日历", examples=["default"])
    ] = None
    policy: Annotated[
        str | None,
        Field(max_length=64, description="处理规定，见 `/v1/policies`", examples=["supermarket"]),
    ] = None

    customer_ref: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=256,
            description="贵方的顾客编号；只保存其摘要，用于日后删除",
            examples=["M-20391"],
        ),
    ] = None

    def to_complaint(self) -> Complaint:
        """Turn into the engine's value; raises ``InputError`` for an unreadable time."""
        return Complaint(
            text=self.text,
            id=self.id,
            channel=self.channel,
            received_at=None if self.received_at is None else parse_time(self.received_at),
            store=self.store,
            policy=self.policy,
        )


class BatchRequest(_Shape, json_schema_extra={"description": "多条顾客反馈"}):
    """Several complaints."""

    complaints: Annotated[
        tuple[ComplaintRequest, ...],
        Field(description="按顺序判断，结果顺序相同", json_schema_extra={"minItems": 1}),
    ]


class ConfidenceView(_Shape, json_schema_extra={"description": "校准后的概率；由规则直接判定时为空"}):
    """Calibrated probabilities."""

    topic: float | None
    urgency: float | None


class EvidenceView(_Shape, json_schema_extra={"description": "判断所依据的原文"}):
    """Words that a judgement rests on."""

    source: Annotated[
        Literal["rule", "model", "dismissed"],
        Field(description="rule 规则命中；model 模型权重最大的词；dismissed 有危险字眼但上下文排除了危险"),
    ]
    label: str
    start: Annotated[int, Field(ge=0, description="在原文中的起点（按字符，含）")]
    end: Annotated[int, Field(ge=0, description="在原文中的终点（按字符，不含）")]
    text: str
    reason: str
    status: Status | None
    rule: str | None
    weight: float | None


class RoutingView(_Shape, json_schema_extra={"description": "交给谁、通知谁、做什么、写什么报告"}):
    """Who acts, who is told, what is done and written."""

    policy: str
    category_name: str
    level: str
    department: str
    notify: list[str]
    actions: list[str]
    reports: list[str]
    reply_by: str


class DeadlineView(_Shape, json_schema_extra={"description": "一步处理及其时限"}):
    """A step and when it is due."""

    step: str
    name: str
    due_at: Annotated[datetime | None, Field(description="为空表示直到解决为止")]
    rule: str
    provisional: Annotated[bool, Field(description="跨入了尚未公布工作日历的年份")]
    overdue: Annotated[bool, Field(description="判断时已过期")]
    condition: Annotated[str, Field(description="适用条件；总是适用时为空字符串")]


class VersionsView(_Shape, json_schema_extra={"description": "得出判断的各部分版本；没有模型时 model 为空"}):
    """What made the judgement."""

    software: str
    taxonomy: str
    preprocessing: str
    rules: str
    policies: str
    model: str | None


class TriageResponse(_Shape, json_schema_extra={"description": "对一条反馈的判断"}):
    """The judgement of one complaint."""

    id: str | None
    topic: Annotated[str, Field(description="主题，见 `/v1/taxonomy`", examples=["product.quality"])]
    category: Annotated[str, Field(examples=["product"])]
    secondary_topics: list[str]
    plausible_topics: Annotated[
        list[str], Field(description="可能的主题，所选的在前；按模型卡声明的比例包含正确主题")
    ]
    urgency: Urgency
    emergency: Annotated[bool, Field(description="等价于 urgency 为 urgent")]
    confidence: ConfidenceView
    needs_review: Annotated[bool, Field(description="请人工复核")]
    review_reasons: list[str]
    evidence: list[EvidenceView]
    routing: RoutingView
    deadlines: list[DeadlineView]
    received_at: Annotated[datetime, Field(description="计时起点，带时区")]
    notes: Annotated[list[str], Field(description="做了哪些假定")]
    script: Annotated[Script, Field(description="原文文字：Hans 简体，Hant 繁体，mixed 混用，none 看不出")]
    versions: VersionsView


class KeptResponse(TriageResponse, json_schema_extra={"description": "对一条反馈的判断，及其记录的编号"}):
    """The judgement of one complaint, with the id under which it can be corrected."""

    assessment_id: Annotated[str | None, Field(description="记录的编号，更正时用；没有保存则为空")]


class FieldErrorView(_Shape, json_schema_extra={"description": "一处错误"}):
    """One fault."""

    field: Annotated[str, Field(examples=["text"])]
    code: Annotated[str, Field(examples=["missing"])]
    message: str


class Problem(_Shape, json_schema_extra={"description": "出错时的统一格式（RFC 9457），从不引用顾客原话"}):
    """The one shape of all errors (RFC 9457)."""

    type: Annotated[str, Field(examples=["urn:complaint-triage:problem:invalid_request"])]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    errors: list[FieldErrorView]
    instance: Annotated[str | None, Field(description="请求编号，与日志一致")] = None


class BatchItem(_Shape, json_schema_extra={"description": "一条的结果：result 与 error 必有一个为空"}):
    """What became of one complaint of a batch."""

    index: Annotated[int, Field(ge=0, description="在请求中的序号，从 0 起")]
    id: str | None
    result: KeptResponse | None
    error: Problem | None


class BatchResponse(_Shape, json_schema_extra={"description": "各条结果，顺序与请求相同"}):
    """What became of a batch."""

    judged: Annotated[int, Field(ge=0, description="判断成功的条数")]
    refused: Annotated[int, Field(ge=0, description="无法判断的条数")]
    results: list[BatchItem]


class Ready(_Shape, json_schema_extra={"description": "就绪状态；degraded 时仍可判断，但有部分功能降级"}):
    """Readiness."""

    status: Literal["ready", "degraded"]
    degraded: list[str]
    versions: VersionsView


class Alive(_Shape, json_schema_extra={"description": "存活状态"}):
    """Liveness."""

    status: Literal["ok"]
