"""One database, SQLite or PostgreSQL: how it is opened, read and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.pool import ConnectionPoolEntry

from triage.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_WRITES = "triage_writes"
_PATIENCE_SECONDS = 30
"""How long a writer waits for another process to finish."""
_PAUSE_SECONDS = 0.02
_IMPATIENT = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
"""A PostgreSQL server that does not answer at all is given up after so many seconds, and milliseconds."""
_CORRECTIONS_LOCK = 0x7472_6961
"""Number of the PostgreSQL advisory lock under which corrections are compared and written."""


class Database:
    """Connections to one database; may be shared by threads."""

    def __init__(self, url: URL) -> None:
        """Nothing is opened yet. Raises ``SettingsError`` for a kind of database that we do not know."""
        self._engine = _engine(url)

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for the migrations."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of our own."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; raises ``StoreError`` where the database fails."""
        with _translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: what is written in it is durable when the block ends, or not there at all.

        Raises:
            StoreError: the database failed.
        """
        # SQLite: the lock for writing is taken at once. Taken late, it fails when another process was quicker.
        with _translated(), self._engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def sqlite_url(path: Path) -> URL:
    """The address of an embedded database."""
    return URL.create("sqlite", database=str(path))


def parse_url(text: str) -> URL:
    """Read an address as an operator writes it; ``postgresql://`` means psycopg 3.

    Raises:
        SettingsError: it is no address; the message does not repeat it, because it may hold a password.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise SettingsError("TRIAGE_DATABASE: 不是数据库地址，例如 postgresql://user@host/triage") from error
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def insert_if_absent(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken; return whether it was inserted."""
    statement = (
        _insert_of(connection)(table).values(**row).on_conflict_do_nothing().returning(*table.primary_key)
    )
    return connection.execute(statement).first() is not None


def insert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert many rows in one go; those whose key is taken are there already."""
    connection.execute(_insert_of(connection)(table).on_conflict_do_nothing(), rows)


def _insert_of(connection: Connection) -> Callable[[Table], sqlite.Insert | postgresql.Insert]:
    """The database's own insert, which can do nothing where there is a row already. Each takes its time to import."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert

        return insert
    from sqlalchemy.dialects.postgresql import insert as insert_of_postgresql

    return insert_of_postgresql


def one_at_a_time(connection: Connection) -> None:
    """Let no other process compare and write corrections until this transaction ends.

    SQLite has one writer at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CORRECTIONS_LOCK})")


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": _PATIENCE_SECONDS})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        if url.drivername == "postgresql+psycopg":
            return create_engine(url, pool_pre_ping=True, connect_args=_IMPATIENT)
    except NoSuchModuleError as error:
        raise SettingsError("TRIAGE_DATABASE: 不支持这种数据库") from error
    except ModuleNotFoundError as error:
        raise SettingsError(
            "TRIAGE_DATABASE: 缺少 PostgreSQL 驱动，请安装 complaint-triage[postgres]"
        ) from error
    raise SettingsError("TRIAGE_DATABASE: 只支持 sqlite 和 postgresql")


def _prepare_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    # We begin transactions ourselves; the driver would begin them late, and not around changes of tables.
    connection.isolation_level = None
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch a new file to write-ahead logging; processes that start together may try at the same moment.

    SQLite refuses that at once instead of waiting, whatever its timeout, so the waiting is done here.
    """
    given_up = monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > given_up:
                raise
            sleep(_PAUSE_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what SQLAlchemy raises into our own error; its message would quote the row, so only its kind is told."""
    try:
        yield
    except DBAPIError as error:
        passing = isinstance(error, OperationalError | InterfaceError)
        raise StoreError(f"数据库出错（{type(error.orig).__name__}）", passing) from error
    except SQLAlchemyError as error:  # such as no connection left in the pool
        raise StoreError(f"数据库出错（{type(error).__name__}）", passing=True) from error
