"""Corrections: added, reviewed, listed. They are never changed; their state follows from their review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, select

from triage.errors import Conflict
from triage.store.columns import optional, read_labels, read_list, storable, write_list
from triage.store.database import insert_if_absent
from triage.store.tables import correction_reviews, corrections
from triage.store.values import CorrectionRecord, Labels, Page, ReviewRecord, Role, State

_AT_A_TIME = 1_000
_NOT_HELD = "[]"


def add(connection: Connection, record: CorrectionRecord) -> None:
    """Write a correction."""
    connection.execute(corrections.insert().values(**_row(record)))


def add_review(connection: Connection, review: ReviewRecord) -> None:
    """Write the second look at a held correction; raises ``Conflict`` where somebody has looked already."""
    row = {
        "correction_id": review.correction_id,
        "made_at": review.made_at,
        "made_by": storable(review.made_by),
        "confirmed": review.confirmed,
        "reason": optional(review.reason),
    }
    if not insert_if_absent(connection, correction_reviews, row):
        raise Conflict("correction_id", "这条更正已经有人复核过")


def find(connection: Connection, identifier: str) -> CorrectionRecord | None:
    """The correction with that id, if there is one."""
    row = connection.execute(_query().where(corrections.c.id == identifier)).mappings().first()
    return None if row is None else _record(row)


def of_text(connection: Connection, text_digest: str) -> tuple[CorrectionRecord, ...]:
    """All corrections of one text, oldest first."""
    return _all(connection, corrections.c.text_digest == text_digest)


def of_assessment(connection: Connection, assessment_id: str) -> tuple[CorrectionRecord, ...]:
    """All corrections of one assessment, oldest first."""
    return _all(connection, corrections.c.assessment_id == assessment_id)


def page(
    connection: Connection, state: State | None, limit: int, cursor: str | None
) -> Page[CorrectionRecord]:
    """The newest ``limit`` corrections that are older than ``cursor``, the id of the last one seen."""
    query = _query().order_by(corrections.c.id.desc()).limit(limit + 1)
    if state is not None:
        query = query.where(*_in_state(state))
    if cursor is not None:
        query = query.where(corrections.c.id < cursor)
    rows = connection.execute(query).mappings().all()
    items = tuple(_record(row) for row in rows[:limit])
    return Page(items, items[-1].id if len(rows) > limit else None)


def everything(connection: Connection) -> Iterator[CorrectionRecord]:
    """All corrections, oldest first, without holding them all in memory."""
    last = ""
    while True:
        query = _query().where(corrections.c.id > last).order_by(corrections.c.id).limit(_AT_A_TIME)
        rows = connection.execute(query).mappings().all()
        if not rows:
            return
        yield from map(_record, rows)
        last = rows[-1]["id"]


def _query() -> Select[Any]:
    return select(corrections, correction_reviews.c.confirmed).outerjoin(
        correction_reviews, correction_reviews.c.correction_id == corrections.c.id
    )


def _all(connection: Connection, condition: ColumnElement[bool]) -> tuple[CorrectionRecord, ...]:
    query = _query().where(condition).order_by(corrections.c.made_at, corrections.c.id)
    return tuple(map(_record, connection.execute(query).mappings()))


def _in_state(state: State) -> Iterator[ColumnElement[bool]]:
    held = corrections.c.hold_reasons != _NOT_HELD
    yield ~held if state is State.ACCEPTED else held
    if state is State.HELD:
        yield correction_reviews.c.confirmed.is_(None)
    elif state is not State.ACCEPTED:
        yield correction_reviews.c.confirmed.is_(state is State.CONFIRMED)


def _state(row: RowMapping) -> State:
    if row["hold_reasons"] == _NOT_HELD:
        return State.ACCEPTED
    if row["confirmed"] is None:
        return State.HELD
    return State.CONFIRMED if row["confirmed"] else State.REJECTED


def _row(record: CorrectionRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "made_at": record.made_at,
        "made_by": storable(record.made_by),
        "role": record.role.value,
        "reason": optional(record.reason),
        "assessment_id": record.assessment_id,
        "external_id": optional(record.external_id),
        "text": storable(record.text),
        "text_digest": record.text_digest,
        "customer_digest": record.customer_digest,
        "channel": optional(record.channel),
        "hold_reasons": write_list(record.hold_reasons),
        "model": record.model,
        **_label_columns("before", record.before),
        **_label_columns("after", record.after),
    }


def _label_columns(prefix: str, labels: Labels | None) -> dict[str, Any]:
    return {
        f"{prefix}_topic": None if labels is None else labels.topic,
        f"{prefix}_urgency": None if labels is None else labels.urgency.value,
        f"{prefix}_secondary_topics": None if labels is None else write_list(labels.secondary_topics),
    }


def _record(row: RowMapping) -> CorrectionRecord:
    return CorrectionRecord(
        id=row["id"],
        made_at=row["made_at"],
        made_by=row["made_by"],
        role=Role(row["role"]),
        reason=row["reason"],
        assessment_id=row["assessment_id"],
        external_id=row["external_id"],
        text=row["text"],
        text_digest=row["text_digest"],
        customer_digest=row["customer_digest"],
        channel=row["channel"],
        before=None if row["before_topic"] is None else _labels(row, "before"),
        after=_labels(row, "after"),
        state=_state(row),
        hold_reasons=read_list(row["hold_reasons"]),
        model=row["model"],
    )


def _labels(row: RowMapping, prefix: str) -> Labels:
    return read_labels(row[f"{prefix}_topic"], row[f"{prefix}_urgency"], row[f"{prefix}_secondary_topics"])
