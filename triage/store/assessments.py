"""Assessments: kept, found again, listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, exists, select

from triage.store.columns import optional, read_labels, storable, write_list
from triage.store.database import insert_all, insert_if_absent
from triage.store.tables import assessments, corrections
from triage.store.values import AssessmentFilter, AssessmentRecord, Page

_EQUAL = ("topic", "needs_review", "channel", "store", "external_id")


def keep(connection: Connection, records: Sequence[AssessmentRecord]) -> None:
    """Write several; one that is there already stays as it is, so that writing again is harmless."""
    insert_all(connection, assessments, [_row(record) for record in records])


def keep_one(connection: Connection, record: AssessmentRecord) -> None:
    """Write one."""
    insert_if_absent(connection, assessments, _row(record))


def find(connection: Connection, identifier: str) -> AssessmentRecord | None:
    """The assessment with that id, if there is one."""
    row = connection.execute(select(assessments).where(assessments.c.id == identifier)).mappings().first()
    return None if row is None else _record(row)


def page(
    connection: Connection, wanted: AssessmentFilter, limit: int, cursor: str | None
) -> Page[AssessmentRecord]:
    """The newest ``limit`` assessments that are older than ``cursor``, the id of the last one seen."""
    query = select(assessments).order_by(assessments.c.id.desc()).limit(limit + 1)
    query = query.where(*_conditions(wanted))
    if cursor is not None:
        query = query.where(assessments.c.id < cursor)
    rows = connection.execute(query).mappings().all()
    items = tuple(_record(row) for row in rows[:limit])
    return Page(items, items[-1].id if len(rows) > limit else None)


def _conditions(wanted: AssessmentFilter) -> Iterator[ColumnElement[bool]]:
    for name in _EQUAL:
        if (value := getattr(wanted, name)) is not None:
            yield assessments.c[name] == value
    if wanted.urgency is not None:
        yield assessments.c.urgency == wanted.urgency.value
    if wanted.since is not None:
        yield assessments.c.received_at >= wanted.since
    if wanted.until is not None:
        yield assessments.c.received_at < wanted.until
    if wanted.corrected is not None:
        corrected = exists().where(corrections.c.assessment_id == assessments.c.id)
        yield corrected if wanted.corrected else ~corrected


def _row(record: AssessmentRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "judged_at": record.judged_at,
        "received_at": record.received_at,
        "external_id": optional(record.external_id),
        "text": storable(record.text),
        "text_digest": record.text_digest,
        "customer_digest": record.customer_digest,
        "channel": optional(record.channel),
        "store": optional(record.store),
        "topic": record.labels.topic,
        "urgency": record.labels.urgency.value,
        "secondary_topics": write_list(record.labels.secondary_topics),
        "needs_review": record.needs_review,
        "model": record.model,
        "judgement": record.judgement,
    }


def _record(row: RowMapping) -> AssessmentRecord:
    return AssessmentRecord(
        id=row["id"],
        judged_at=row["judged_at"],
        received_at=row["received_at"],
        external_id=row["external_id"],
        text=row["text"],
        text_digest=row["text_digest"],
        customer_digest=row["customer_digest"],
        channel=row["channel"],
        store=row["store"],
        labels=read_labels(row["topic"], row["urgency"], row["secondary_topics"]),
        needs_review=row["needs_review"],
        model=row["model"],
        judgement=row["judgement"],
    )
