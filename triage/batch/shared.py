"""Judgements that the processes of a run share, so that a text which comes again is judged once, whoever meets it.

A table in the work folder: it survives an interruption, and goes with the folder. It only saves time. A damaged one, or
a disk that cannot hold it, is done without.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import orjson

from triage.batch.judgement import Judgement
from triage.policy.routing import Case
from triage.types import Urgency

MOST = 1_000_000
"""Judgements that one process hands in: about 400 bytes each."""

_OPEN = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=OFF",  # what a power failure takes is judged again
    "CREATE TABLE IF NOT EXISTS judgement (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)


class SharedJudgements:
    """Judgements by the hash of their text."""

    def __init__(self, path: Path) -> None:
        """Open the table, or make it."""
        self._fresh: dict[bytes, Judgement] = {}
        self._room = MOST
        self._database: sqlite3.Connection | None = None
        try:
            self._database = sqlite3.connect(path, isolation_level=None)
            for statement in _OPEN:
                self._database.execute(statement)
        except sqlite3.Error:
            self._database = None

    def get(self, key: bytes) -> Judgement | None:
        """The judgement of a text that any process has met."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("SELECT value FROM judgement WHERE key = ?", (key,)).fetchone()
            return None if row is None else _read(row[0])
        except (sqlite3.Error, ValueError, TypeError, KeyError):
            self._database = None
            return None

    def put(self, key: bytes, judgement: Judgement) -> None:
        """Keep a judgement until the next :meth:`hand_in`."""
        if self._database is not None and self._room > 0:
            self._room -= 1
            self._fresh[key] = judgement

    def hand_in(self) -> None:
        """Let the other processes see what was kept."""
        if self._database is None or not self._fresh:
            return
        rows = [(key, _written(judgement)) for key, judgement in self._fresh.items()]
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("INSERT OR IGNORE INTO judgement VALUES (?, ?)", rows)
            self._database.execute("COMMIT")
        except sqlite3.Error:
            self._database = None
        self._fresh.clear()


def _written(judgement: Judgement) -> bytes:
    case = judgement.case
    return orjson.dumps((*judgement[:-1], case.topic, case.urgency, case.channel, sorted(case.hazards)))


def _read(value: bytes) -> Judgement:
    *fields, topic, urgency, channel, hazards = orjson.loads(value)
    return Judgement._make((*fields, Case(topic, Urgency(urgency), channel, frozenset(hazards))))
