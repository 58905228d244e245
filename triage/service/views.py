"""Corrections and assessments as plain data: what the HTTP door and the exported files show of them."""

from __future__ import annotations

from typing import Any

import orjson

from triage.store.values import AssessmentRecord, CorrectionRecord, Labels


def correction_to_dict(record: CorrectionRecord) -> dict[str, Any]:
    """A correction, without its digests."""
    return {
        "id": record.id,
        "made_at": record.made_at.isoformat(),
        "made_by": record.made_by,
        "role": record.role.value,
        "reason": record.reason,
        "assessment_id": record.assessment_id,
        "external_id": record.external_id,
        "text": record.text,
        "channel": record.channel,
        "before": None if record.before is None else _labels(record.before),
        "after": _labels(record.after),
        "state": record.state.value,
        "hold_reasons": list(record.hold_reasons),
        "model": record.model,
    }


def assessment_to_dict(record: AssessmentRecord) -> dict[str, Any]:
    """An assessment, without its digests; the judgement is the answer as it was given, masked."""
    return {
        "assessment_id": record.id,
        "judged_at": record.judged_at.isoformat(),
        "text": record.text,
        "channel": record.channel,
        "store": record.store,
        "judgement": orjson.Fragment(record.judgement),
    }


def _labels(labels: Labels) -> dict[str, Any]:
    return {
        "topic": labels.topic,
        "urgency": labels.urgency.value,
        "secondary_topics": list(labels.secondary_topics),
    }
