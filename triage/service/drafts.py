"""Corrections as they are asked for, before anybody has checked them against what others said. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from triage.errors import InputError
from triage.policy.received import CLOCK_SKEW, EARLIEST_YEAR
from triage.preprocess.redact import find_personal_data, mask
from triage.service.requests import Author, Ticket
from triage.store.digests import Digester
from triage.store.ids import new_id
from triage.store.values import AssessmentRecord, CorrectionRecord, Labels, State


def draft_of_assessment(
    record: AssessmentRecord, after: Labels, reason: str | None, author: Author, now: datetime
) -> CorrectionRecord:
    """A correction of a judgement of ours."""
    return CorrectionRecord(
        id=new_id(now),
        made_at=now,
        made_by=author.name,
        role=author.role,
        reason=masked_reason(reason),
        assessment_id=record.id,
        external_id=record.external_id,
        text=record.text,
        text_digest=record.text_digest,
        customer_digest=record.customer_digest,
        channel=record.channel,
        before=record.labels,
        after=after,
        state=State.ACCEPTED,
        hold_reasons=(),
        model=record.model,
    )


def draft_of_ticket(
    ticket: Ticket,
    masked_text: str,
    labels: tuple[Labels | None, Labels],
    reason: str | None,
    author: Author,
    now: datetime,
    digester: Digester,
) -> CorrectionRecord:
    """A correction of a complaint that was judged elsewhere; ``labels`` are those before and after.

    Raises:
        InputError: the moment at which it is said to be made cannot be.
    """
    before, after = labels
    return CorrectionRecord(
        id=new_id(now),
        made_at=_settled(ticket.made_at, now),
        made_by=author.name,
        role=author.role,
        reason=masked_reason(reason),
        assessment_id=None,
        external_id=ticket.external_id,
        text=masked_text,
        text_digest=digester.text(ticket.text),
        customer_digest=None if ticket.customer is None else digester.customer(ticket.customer),
        channel=ticket.channel,
        before=before,
        after=after,
        state=State.ACCEPTED,
        hold_reasons=(),
    )


def held(draft: CorrectionRecord, reasons: tuple[str, ...]) -> CorrectionRecord:
    """The correction with what was found against it; it is held where there is anything."""
    return replace(draft, state=State.HELD if reasons else State.ACCEPTED, hold_reasons=reasons)


def masked_reason(reason: str | None) -> str | None:
    """Who gives a reason may quote the customer."""
    return None if reason is None else mask(reason, find_personal_data(reason))


def _settled(made_at: datetime | None, now: datetime) -> datetime:
    """When a correction was made; the latest one wins, so that a moment in the future would win for ever."""
    if made_at is None:
        return now
    if made_at.utcoffset() is None:
        raise InputError("made_at", "须带时区", "invalid_time")
    if made_at.year < EARLIEST_YEAR or made_at > now + CLOCK_SKEW:
        raise InputError("made_at", f"须在 {EARLIEST_YEAR} 年以后、现在以前", "out_of_range")
    return made_at
