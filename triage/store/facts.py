"""Single facts that the database must agree on with whoever opens it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from triage.store.database import insert_if_absent
from triage.store.tables import facts


def known(connection: Connection, name: str) -> str | None:
    """What is written under ``name``."""
    return connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one_or_none()


def note(connection: Connection, name: str, value: str) -> str:
    """Write ``value`` where nothing is written yet; return what is written there now."""
    insert_if_absent(connection, facts, {"name": name, "value": value})
    return str(connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one())
