"""The store as the use cases see it: open it, write through its writer, read from it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from triage.errors import StoreError
from triage.store import facts
from triage.store.database import Database, parse_url, sqlite_url
from triage.store.digests import Digester
from triage.store.migrate import bring_up
from triage.store.secret import kept_secret
from triage.store.writer import Writer

EMBEDDED = "triage.db"
_MARK = "digest_mark"


@dataclass(frozen=True)
class Store:
    """One open store; may be shared by threads, and must be closed."""

    database: Database
    digester: Digester
    writer: Writer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.database.reading() as connection:
            yield connection

    @property
    def degraded(self) -> tuple[str, ...]:
        """Says that the database is away, in the form of ``Engine.degraded``; empty when all is well."""
        return ("store: the database cannot be written",) if self.writer.failing else ()

    def close(self) -> None:
        """Write what waits, and let go."""
        self.writer.close()
        self.database.close()


def open_store(folder: Path, url: str | None = None, secret: str | None = None) -> Store:
    """Open the store, and bring its tables up to this version.

    Args:
        folder: where the embedded database and the secret of the digests lie.
        url: address of another database; ``None`` for the embedded one.
        secret: of the digests, where several machines share one database; ``None`` for the kept one.

    Raises:
        StoreError: it cannot be opened, or was written with another secret.
        SettingsError: the address cannot be used.
    """
    database = Database(_embedded(folder) if url is None else parse_url(url))
    bring_up(database)
    digester = Digester((secret or kept_secret(folder)).encode())
    _agree(database, digester)
    return Store(database, digester, Writer(database))


def _embedded(folder: Path) -> URL:
    path = folder / EMBEDDED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # SQLite gives its companion files the mode of this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(f"无法打开 {path}（{type(error).__name__}）") from error
    return sqlite_url(path)


def _agree(database: Database, digester: Digester) -> None:
    with database.reading() as connection:
        known = facts.known(connection, _MARK)
    if known is None:
        with database.writing() as connection:
            known = facts.note(connection, _MARK, digester.mark)
    if known != digester.mark:
        raise StoreError("摘要密钥与数据库不符：请恢复原来的 digest_key，或设置 TRIAGE_DIGEST_KEY")
