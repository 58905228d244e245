"""Requests that may come twice: the first one makes something, a repetition finds what it made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from triage.errors import Conflict
from triage.store.database import insert_if_absent
from triage.store.tables import idempotency
from triage.store.values import RequestKey


def claim(connection: Connection, request: RequestKey, target_id: str, now: datetime) -> str:
    """Note that ``request`` makes ``target_id``, in the transaction that makes it.

    Returns the id of what the first request of that key made: ``target_id``, unless it is a repetition.

    Raises:
        Conflict: the key was used for another body.
    """
    row = {
        "scope": request.scope,
        "key": request.key,
        "digest": request.digest,
        "target_id": target_id,
        "created_at": now,
    }
    if insert_if_absent(connection, idempotency, row):
        return target_id
    query = select(idempotency.c.digest, idempotency.c.target_id)
    first = connection.execute(
        query.where(idempotency.c.scope == request.scope, idempotency.c.key == request.key)
    ).one()
    if first.digest != request.digest:
        raise Conflict("idempotency-key", "这个 Idempotency-Key 已用于另一个请求")
    return str(first.target_id)
