"""Judgements on their way into the store and back.

The words of the evidence are the customer's own, and may be their name or number. In the store they are masked like the
text; the answer to a repeated request gets them back from the request itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import orjson

from triage.store.digests import Digester
from triage.store.ids import new_id
from triage.store.values import AssessmentRecord, Labels
from triage.types import Complaint, TriageResult


@dataclass(frozen=True, slots=True)
class Judged:
    """A complaint with the judgement, as a value and as the JSON that was answered.

    ``customer`` is the calling system's reference to whoever complained, in the clear; only a digest of it is kept.
    """

    complaint: Complaint = field(repr=False)
    result: TriageResult
    answer: bytes = field(repr=False)
    customer: str | None = field(default=None, repr=False)


def assessment_record(judged: Judged, now: datetime, digester: Digester) -> AssessmentRecord:
    """A judgement as it is kept."""
    complaint, result = judged.complaint, judged.result
    assessment = result.assessment
    return AssessmentRecord(
        id=new_id(now),
        judged_at=now,
        received_at=result.disposition.received_at,
        external_id=complaint.id,
        text=result.masked_text,
        text_digest=digester.text(complaint.text),
        customer_digest=None if judged.customer is None else digester.customer(judged.customer),
        channel=complaint.channel,
        store=complaint.store,
        labels=Labels(assessment.topic, assessment.urgency, assessment.secondary_topics),
        needs_review=assessment.needs_review,
        model=result.versions.model,
        judgement=_masked(judged).decode(),
    )


def answer_of(record: AssessmentRecord, text: str) -> bytes:
    """The answer that was given when ``text``, in the clear, was judged, as JSON."""
    return _with_words_of(record.judgement.encode(), text)


def _masked(judged: Judged) -> bytes:
    masked = judged.result.masked_text
    return judged.answer if masked == judged.complaint.text else _with_words_of(judged.answer, masked)


def _with_words_of(answer: bytes, text: str) -> bytes:
    """An answer whose evidence shows the words of ``text``: the original, or the masked text of equal length."""
    content = orjson.loads(answer)
    for item in content["evidence"]:
        item["text"] = text[item["start"] : item["end"]]
    return orjson.dumps(content)
