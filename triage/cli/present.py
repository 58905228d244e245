"""One answer, for a person at a terminal or for a program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import orjson

from triage.engine import Engine
from triage.serialize import result_to_dict
from triage.types import Deadline, Evidence, TriageResult

_SOURCES = {"rule": "规则", "model": "模型", "dismissed": "已排除"}


def as_json(result: TriageResult) -> str:
    """The whole answer, indented."""
    return orjson.dumps(result_to_dict(result), option=orjson.OPT_INDENT_2).decode() + "\n"


def as_text(result: TriageResult, engine: Engine) -> str:
    """The answer in the order in which a duty officer needs it."""
    return "\n".join(_lines(result, engine)) + "\n"


def _lines(result: TriageResult, engine: Engine) -> Iterator[str]:
    assessment, routing = result.assessment, result.disposition.routing
    taxonomy = engine.taxonomy
    topic = taxonomy.topic_by_id[assessment.topic]
    category = taxonomy.category_by_id[assessment.category]
    alarm = "  ★ 紧急事件，立即上报" if assessment.emergency else ""
    yield f"紧急程度  {taxonomy.urgency_names[assessment.urgency]}（{assessment.urgency}）{alarm}"
    yield f"主题      {category.name} › {topic.name}（{topic.id}）{_sure(assessment.confidence.topic)}"
    if assessment.secondary_topics:
        names = "、".join(taxonomy.topic_by_id[item].name for item in assessment.secondary_topics)
        yield f"兼及      {names}"
    if assessment.needs_review:
        yield f"需人工复核  {'；'.join(assessment.review_reasons)}"
    yield f"处理      {routing.department}（规范 {routing.policy}，{routing.category_name}，{routing.level}）"
    if routing.notify:
        yield f"通知      {'、'.join(routing.notify)}"
    yield from _listed("须做", routing.actions)
    yield from _listed("须报", routing.reports)
    yield f"答复渠道  {routing.reply_by}"
    yield "期限"
    yield from (f"  {_deadline(item)}" for item in result.disposition.deadlines)
    yield "依据"
    yield from (f"  {_evidence(item)}" for item in assessment.evidence)
    yield from _listed("说明", result.disposition.notes)


def _sure(probability: float | None) -> str:
    return "  由规则确定" if probability is None else f"  把握 {probability:.2f}"


def _listed(name: str, items: tuple[str, ...]) -> Iterator[str]:
    if items:
        yield f"{name}      {'；'.join(items)}"


def _deadline(item: Deadline) -> str:
    due = _local(item.due_at) if item.due_at else "直至解决"
    marks = [mark for mark, holds in (("暂定", item.provisional), ("已过期", item.overdue)) if holds]
    condition = f"（{item.condition}）" if item.condition else ""
    return f"{due}  {item.name}{condition}  {item.rule}{'  ' + '、'.join(marks) if marks else ''}"


def _local(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M %z")


def _evidence(item: Evidence) -> str:
    rule = f" [{item.rule}]" if item.rule else ""
    return f"{_SOURCES[item.source]}「{item.text}」→ {item.label}：{item.reason}{rule}"
