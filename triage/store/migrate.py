"""Bringing a database up to the tables of this version, at the start.

Alembic takes a fifth of a second to import, so the revision that the database names is read first; where it is
the newest one, that was all.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from triage.errors import StoreError
from triage.store.database import Database

HEAD = "0001"
"""The newest revision in ``migrations/versions``; a test holds that."""
SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x7472_6962


def bring_up(database: Database) -> None:
    """Create or change the tables, if that is needed.

    Processes that start together wait for the first one. The change is one transaction: it is there, or it is not.

    Raises:
        StoreError: the database cannot be opened, or was made by a newer version.
    """
    with database.reading() as connection:
        if revision(connection) == HEAD:
            return
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        if revision(connection) != HEAD:
            _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """The revision that the database names; ``None`` for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError("数据库由更新的版本建立，本版本不能使用") from error
