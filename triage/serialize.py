"""A judgement as plain data: what the HTTP door, the command line and the batch files all write.

One place decides the names and the formats, so that a complaint judged through any door reads the same:
times are ISO 8601 with their offset, probabilities are rounded to four digits, absent values are ``None``.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from triage.errors import InputError
from triage.types import Confidence, Deadline, Evidence, Routing, TriageResult, Versions

PROBABILITY_DIGITS = 4
MOST_ROUTINGS = 4096
"""Of so many kinds of complaints the written routing is kept: some two megabytes."""
_DATE_AND_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}")


def result_to_json(result: TriageResult) -> bytes:
    """Write out the whole answer as UTF-8 JSON; the masked text stays out, because answers get logged.

    The keys and their meaning are listed in ``docs/api.md``.
    """
    assessment, disposition = result.assessment, result.disposition
    return orjson.dumps(
        {
            "id": result.id,
            "topic": assessment.topic,
            "category": assessment.category,
            "secondary_topics": assessment.secondary_topics,
            "plausible_topics": assessment.plausible_topics,
            "urgency": assessment.urgency,
            "emergency": assessment.emergency,
            "confidence": _confidence(assessment.confidence),
            "needs_review": assessment.needs_review,
            "review_reasons": assessment.review_reasons,
            "evidence": [_evidence(item) for item in assessment.evidence],
            "routing": _routing(disposition.routing),
            "deadlines": [_deadline(item) for item in disposition.deadlines],
            "received_at": disposition.received_at,
            "notes": disposition.notes,
            "script": result.script,
            "versions": _versions(result.versions),
        }
    )


def result_to_dict(result: TriageResult) -> dict[str, Any]:
    """The same answer as JSON-ready data, for doors that write something else than JSON or add to it."""
    answer: dict[str, Any] = orjson.loads(result_to_json(result))
    return answer


def versions_to_dict(versions: Versions) -> dict[str, str | None]:
    """Say what made a judgement, part by part; ``model`` is ``None`` where the rules answer alone."""
    return {
        "software": versions.software,
        "taxonomy": versions.taxonomy,
        "preprocessing": versions.preprocessing,
        "rules": versions.rules,
        "policies": versions.policies,
        "model": versions.model,
    }


def parse_time(value: str, field: str = "received_at") -> datetime:
    """Read an ISO 8601 moment, with or without a zone.

    A date alone is refused: taken for midnight it would make deadlines overdue that are not.

    Raises:
        InputError: naming ``field``; the message does not quote the value.
    """
    if _DATE_AND_TIME.match(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass  # 30 February, 25 o'clock…
    raise InputError(field, "须为 ISO 8601 时间，含日期和时分，例如 2026-11-21T09:30+08:00", "invalid_time")


def _confidence(confidence: Confidence) -> dict[str, float | None]:
    return {"topic": _rounded(confidence.topic), "urgency": _rounded(confidence.urgency)}


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "source": item.source,
        "label": item.label,
        "start": item.start,
        "end": item.end,
        "text": item.text,
        "reason": item.reason,
        "status": item.status,
        "rule": item.rule,
        "weight": item.weight,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "step": deadline.step,
        "name": deadline.name,
        "due_at": deadline.due_at,
        "rule": deadline.rule,
        "provisional": deadline.provisional,
        "overdue": deadline.overdue,
        "condition": deadline.condition,
    }


@lru_cache(maxsize=MOST_ROUTINGS)
def _routing(routing: Routing) -> orjson.Fragment:
    """Written once: a policy sends all complaints of one kind the same way."""
    return orjson.Fragment(
        orjson.dumps(
            {
                "policy": routing.policy,
                "category_name": routing.category_name,
                "level": routing.level,
                "department": routing.department,
                "notify": routing.notify,
                "actions": routing.actions,
                "reports": routing.reports,
                "reply_by": routing.reply_by,
            }
        )
    )


@lru_cache(maxsize=2)
def _versions(versions: Versions) -> orjson.Fragment:
    """Written once: they change only with the process; with and without the model makes two."""
    return orjson.Fragment(orjson.dumps(versions_to_dict(versions)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PROBABILITY_DIGITS)
