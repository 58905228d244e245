"""Deleting: by age, and everything of one customer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, select

from triage.store.ids import lowest_id
from triage.store.tables import assessments, corrections, idempotency
from triage.store.values import Purged


def older_than(connection: Connection, assessments_before: datetime, corrections_before: datetime) -> Purged:
    """Delete assessments judged, and corrections made, before the given moments."""
    return Purged(
        # Their ids are in the order of judging, and have an index.
        assessments=_delete(connection, assessments, assessments.c.id < lowest_id(assessments_before)),
        corrections=_delete(connection, corrections, corrections.c.made_at < corrections_before),
    )


def of_customer(connection: Connection, customer_digest: str) -> Purged:
    """Delete all assessments of one customer, and all corrections of their texts."""
    theirs = select(assessments.c.id).where(assessments.c.customer_digest == customer_digest)
    of_theirs = corrections.c.assessment_id.in_(theirs) | (corrections.c.customer_digest == customer_digest)
    # Corrections first: they are found through the assessments.
    corrected = _delete(connection, corrections, of_theirs)
    judged = _delete(connection, assessments, assessments.c.customer_digest == customer_digest)
    return Purged(judged, corrected)


def _delete(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    targets = select(table.c.id).where(condition)
    connection.execute(delete(idempotency).where(idempotency.c.target_id.in_(targets)))
    return connection.execute(delete(table).where(condition)).rowcount
