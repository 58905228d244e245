"""JSON Lines in, JSON Lines out: one line each, in order, nothing lost."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import orjson

from triage.engine import Engine
from triage.errors import InputError, TriageError
from triage.serialize import parse_time, result_to_dict
from triage.types import Complaint

STANDARD = Path("-")
_OPTIONAL = ("channel", "store", "policy")


@dataclass
class Counts:
    """What became of the lines."""

    judged: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All lines answered."""
        return self.judged + self.failed


def classify_file(engine: Engine, source: Path, target: Path, now: Callable[[], datetime]) -> Counts:
    """Judge every line of ``source``; a line that cannot be judged is answered with an ``error`` object.

    Blank lines are skipped. The target appears under its name only when it is complete.

    Raises:
        TriageError: source or target cannot be opened.
    """
    counts = Counts()
    try:
        with open_source(source) as lines, open_target(target) as output:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    output.write(orjson.dumps(_answer(engine, line, number, now(), counts)) + b"\n")
    except OSError as error:
        raise TriageError(f"{error.filename or source}: {error.strerror}") from error
    return counts


def read_complaint(line: bytes) -> Complaint:
    """Read one line; keys that are not ours are ignored.

    Raises:
        InputError: naming the field that cannot be used.
    """
    record = parse_object(line)
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError("text", "须为字符串" if "text" in record else "缺少这个字段", "wrong_type")
    received_at = _string(record, "received_at")
    optional = {name: _string(record, name) for name in _OPTIONAL}
    return Complaint(
        text=text,
        id=record_id(record),
        received_at=parse_time(received_at) if received_at is not None else None,
        **optional,
    )


def record_id(record: dict[str, Any]) -> str | None:
    """The id of a record as a string; numbers are accepted."""
    value = record.get("id")
    if value is None:
        return None
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise InputError("id", "须为字符串或整数", "wrong_type")


def _answer(engine: Engine, line: bytes, number: int, now: datetime, counts: Counts) -> dict[str, Any]:
    try:
        answer = result_to_dict(engine.judge(read_complaint(line), now))
        counts.judged += 1
    except InputError as error:
        answer = {
            "id": _id_or_none(line),
            "error": {"line": number, "field": error.field, "code": error.code, "message": error.message},
        }
        counts.failed += 1
    return answer


def parse_object(line: bytes) -> dict[str, Any]:
    """Read one line that holds a JSON object.

    Raises:
        InputError: it does not; ``field`` is ``line``.
    """
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("line", f"不是 UTF-8（第 {error.start + 1} 个字节）", "invalid_encoding") from None
    except (ValueError, RecursionError):
        raise InputError("line", "不是 JSON", "invalid_json") from None
    if not isinstance(record, dict):
        raise InputError("line", "须为 JSON 对象", "wrong_type")
    return record


def _string(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(name, "须为字符串", "wrong_type")
    return value


def _id_or_none(line: bytes) -> str | None:
    try:
        identity = record_id(parse_object(line))
        return identity.encode("utf-8", "replace").decode() if identity is not None else None
    except InputError:
        return None


@contextmanager
def open_source(source: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, or of standard input; raises ``OSError``."""
    if source == STANDARD:
        yield iter(sys.stdin.buffer)
        return
    with source.open("rb") as file:
        yield iter(file)


@contextmanager
def open_target(target: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when it is complete, or standard output; raises ``OSError``."""
    if target == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = target.with_name(f".{target.name}.part")
    with draft.open("wb") as file:
        yield file
    draft.replace(target)
