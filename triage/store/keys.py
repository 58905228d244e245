"""API keys: only their digests are kept, so that nobody who reads the database can call the service."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select

from triage.errors import NotFound
from triage.store.columns import storable
from triage.store.digests import token_digest
from triage.store.tables import keys
from triage.store.values import KeyRecord, Role


def create(connection: Connection, name: str, role: Role, now: datetime) -> tuple[KeyRecord, str]:
    """Make a key; the second value is the key itself, which is nowhere kept and cannot be shown again."""
    token = secrets.token_urlsafe(32)
    record = KeyRecord(secrets.token_hex(4), storable(name), role, now)
    connection.execute(
        keys.insert().values(
            id=record.id, name=record.name, role=role.value, digest=token_digest(token), created_at=now
        )
    )
    return record, token


def revoke(connection: Connection, identifier: str, now: datetime) -> KeyRecord:
    """End a key; one that has ended already keeps its first end. Raises ``NotFound``."""
    ending = keys.update().where(keys.c.id == identifier, keys.c.revoked_at.is_(None))
    connection.execute(ending.values(revoked_at=now))
    row = connection.execute(select(keys).where(keys.c.id == identifier)).mappings().first()
    if row is None:
        raise NotFound("id", "没有这个密钥")
    return _record(row)


def everything(connection: Connection) -> tuple[KeyRecord, ...]:
    """All keys, ended ones included, oldest first."""
    query = select(keys).order_by(keys.c.created_at, keys.c.id)
    return tuple(map(_record, connection.execute(query).mappings()))


def in_force(connection: Connection) -> Mapping[str, KeyRecord]:
    """The keys that are good, by the digest of their token."""
    query = select(keys).where(keys.c.revoked_at.is_(None))
    return {row["digest"]: _record(row) for row in connection.execute(query).mappings()}


def _record(row: RowMapping) -> KeyRecord:
    return KeyRecord(row["id"], row["name"], Role(row["role"]), row["created_at"], row["revoked_at"])
