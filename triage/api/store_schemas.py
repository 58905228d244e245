"""What the routes of the store take and give, as pydantic models; see :mod:`triage.api.schemas` for the others."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from triage.api.schemas import TriageResponse
from triage.serialize import parse_time
from triage.service.requests import Ticket, Verdict
from triage.store.values import Role, State
from triage.types import Urgency

Topic = Annotated[
    str | None, Field(max_length=64, description="主题，见 `/v1/taxonomy`", examples=["safety.fire"])
]
Level = Annotated[
    str | None, Field(max_length=16, description="minor、general、important 或 urgent", examples=["urgent"])
]
Others = Annotated[
    tuple[Annotated[str, Field(max_length=64)], ...] | None,
    Field(description="兼及的其他主题；不填则不变", json_schema_extra={"maxItems": 26}),
]
Number = Annotated[
    str | None, Field(min_length=1, max_length=128, description="贵方编号", examples=["A-1024"])
]
Customer = Annotated[
    str | None,
    Field(min_length=1, max_length=256, description="贵方的顾客编号；只保存其摘要，用于日后删除"),
]
Reason = Annotated[str | None, Field(max_length=2_000, description="为什么更正；其中的个人信息会被遮住")]
Person = Annotated[
    str | None,
    Field(min_length=1, max_length=128, description="更正人；多人共用一个密钥时请填写，不填则为密钥名称"),
]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, regex_engine="rust-regex")


class LabelsRequest(_Shape, json_schema_extra={"description": "原来的判断"}):
    """What was said before."""

    topic: Topic = None
    urgency: Level = None
    secondary_topics: Others = None

    def to_verdict(self) -> Verdict:
        """Turn into the value of the use cases."""
        return Verdict(self.topic, self.urgency, self.secondary_topics)


class CorrectionRequest(
    _Shape, json_schema_extra={"description": "更正一条判断；不填的项不变，全不填即确认原判断"}
):
    """A correction of a judgement of ours."""

    topic: Topic = None
    urgency: Level = None
    secondary_topics: Others = None
    reason: Reason = None
    by: Person = None

    def to_verdict(self) -> Verdict:
        """Turn into the value of the use cases."""
        return Verdict(self.topic, self.urgency, self.secondary_topics)


class TicketCorrectionRequest(
    CorrectionRequest, json_schema_extra={"description": "更正在别处判断的一条反馈"}
):
    """A correction of a complaint that was judged elsewhere; ``topic`` and ``urgency`` are needed."""

    text: Annotated[str, Field(description="顾客原话", examples=["仓库着火了"])]
    id: Number = None
    channel: Annotated[str | None, Field(max_length=64, description="渠道")] = None
    customer_ref: Customer = None
    before: LabelsRequest | None = None
    made_at: Annotated[
        str | None,
        Field(max_length=64, description="更正的时间，ISO 8601，须含时分和时区；不填则为现在"),
    ] = None

    def to_ticket(self) -> Ticket:
        """Turn into the value of the use cases; raises ``InputError`` for an unreadable time."""
        return Ticket(
            text=self.text,
            external_id=self.id,
            channel=self.channel,
            customer=self.customer_ref,
            before=None if self.before is None else self.before.to_verdict(),
            made_at=None if self.made_at is None else parse_time(self.made_at, "made_at"),
        )


class ReviewRequest(_Shape, json_schema_extra={"description": "复核一条待复核的更正"}):
    """The second look at a held correction."""

    confirmed: Annotated[bool, Field(description="true 采纳，false 不采纳")]
    reason: Reason = None
    by: Person = None


class LabelsView(_Shape, json_schema_extra={"description": "主题与紧急程度"}):
    """Labels."""

    topic: str
    urgency: Urgency
    secondary_topics: list[str]


class CorrectionView(_Shape, json_schema_extra={"description": "一条更正"}):
    """A correction."""

    id: str
    made_at: datetime
    made_by: str
    role: Role
    reason: str | None
    assessment_id: Annotated[str | None, Field(description="更正的是哪条判断；在别处判断的为空")]
    external_id: Annotated[str | None, Field(description="贵方编号")]
    text: Annotated[str, Field(description="遮住个人信息后的原文")]
    channel: str | None
    before: LabelsView | None
    after: LabelsView
    state: Annotated[
        State,
        Field(description="accepted 采纳；held 待他人复核；confirmed 复核采纳；rejected 复核不采纳"),
    ]
    hold_reasons: Annotated[list[str], Field(description="为什么要复核；没有则为空数组")]
    model: Annotated[str | None, Field(description="原判断所用模型的版本")]


class CorrectionPage(_Shape, json_schema_extra={"description": "一页更正，新的在前"}):
    """A page of corrections."""

    items: list[CorrectionView]
    next_cursor: Annotated[str | None, Field(description="下一页的 cursor；没有下一页则为空")]


class AssessmentView(_Shape, json_schema_extra={"description": "一条已保存的判断"}):
    """An assessment as it is kept."""

    assessment_id: str
    judged_at: datetime
    text: Annotated[str, Field(description="遮住个人信息后的原文，与原文等长")]
    channel: str | None
    store: str | None
    judgement: Annotated[TriageResponse, Field(description="当时的回答，依据中的文字同样遮住")]


class AssessmentWithCorrections(
    AssessmentView, json_schema_extra={"description": "一条已保存的判断及其更正"}
):
    """An assessment with what people said of it."""

    corrections: Annotated[list[CorrectionView], Field(description="旧的在前")]


class AssessmentPage(_Shape, json_schema_extra={"description": "一页判断，新的在前"}):
    """A page of assessments."""

    items: list[AssessmentView]
    next_cursor: Annotated[str | None, Field(description="下一页的 cursor；没有下一页则为空")]


class PurgeRequest(_Shape, json_schema_extra={"description": "删除一位顾客的全部记录"}):
    """Whose records are to be deleted."""

    customer_ref: Annotated[str, Field(min_length=1, max_length=256, description="贵方的顾客编号")]


class PurgeResponse(_Shape, json_schema_extra={"description": "删除了多少"}):
    """How much was deleted."""

    assessments: int
    corrections: int
