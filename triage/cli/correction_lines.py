"""Corrections as JSON Lines: what a line holds, and how a file of them goes into the store."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
from pydantic import ConfigDict, Field

from triage.api.body import parse
from triage.api.errors import Problem as Refusal
from triage.api.store_schemas import TicketCorrectionRequest
from triage.cli.files import parse_object, record_id
from triage.errors import InputError, Problem
from triage.service import Service
from triage.service.requests import Author
from triage.service.views import correction_to_dict
from triage.store.values import CorrectionRecord, RequestKey, State

Identifier = Annotated[str | None, Field(max_length=36)]

_UNDER_WAY = 256
"""So many corrections are on their way to the disk at once; they share its commits."""
_SCOPE = "import"


class CorrectionLine(TicketCorrectionRequest):
    """One line; other fields, as labelled data has them, are ignored.

    Without a text it is about a judgement in this store, ``assessment_id``. ``correction_id`` stands in exported lines.
    """

    model_config = ConfigDict(extra="ignore")

    text: str = ""
    assessment_id: Identifier = None
    correction_id: Identifier = None


@dataclass
class Imported:
    """What became of the lines; a line that was imported before counts as what became of it then."""

    accepted: int = 0
    held: list[tuple[int, CorrectionRecord]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def import_lines(
    service: Service,
    path: Path,
    lines: Iterable[bytes],
    author: Author,
    now: Callable[[], datetime],
) -> Imported:
    """Put every line into the store, durably; a line that cannot be used is named, the others go on.

    The same line imported again makes nothing new. ``author`` stands for lines that name nobody; its role holds
    for all lines, because a file cannot give itself one.
    """
    outcome = Imported()
    under_way: deque[tuple[int, Future[CorrectionRecord]]] = deque()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                under_way.append((number, _start(service, line, author, now())))
            except (InputError, Refusal) as error:
                outcome.problems.extend(_problems(path, number, error))
        if len(under_way) >= _UNDER_WAY:
            _finish(path, *under_way.popleft(), outcome)
    for number, future in under_way:
        _finish(path, number, future, outcome)
    outcome.problems.sort(key=lambda problem: int(problem.entry.split()[1]))
    return outcome


def _start(service: Service, line: bytes, author: Author, now: datetime) -> Future[CorrectionRecord]:
    record = parse_object(line)
    number = record_id(record)  # a number will do as well as a string
    item = parse(CorrectionLine, orjson.dumps(_without_surprises(record) | {"id": number}))
    author = Author(item.by or author.name, author.role)
    content = orjson.dumps([item.model_dump(), author.name, author.role.value])
    digest = service.store.digester.body(content)
    request = RequestKey(_SCOPE, digest, digest)
    verdict = item.to_verdict()
    if known := _exported_from_here(service, item):
        return known
    if item.assessment_id is not None and not item.text:
        return service.correct(item.assessment_id, verdict, item.reason, author, now, request)
    return service.correct_elsewhere(item.to_ticket(), verdict, item.reason, author, now, request)


def _exported_from_here(service: Service, item: CorrectionLine) -> Future[CorrectionRecord] | None:
    """The correction of that id, if it is in this store already."""
    if item.correction_id is None or (found := service.correction(item.correction_id)) is None:
        return None
    done: Future[CorrectionRecord] = Future()
    done.set_result(found)
    return done


def line_of(record: CorrectionRecord) -> dict[str, Any]:
    """A correction as a line that :func:`import_lines` reads, with what else is known of it."""
    shown = correction_to_dict(record)
    after = shown.pop("after")
    return {
        "correction_id": shown.pop("id"),
        "id": shown.pop("external_id"),
        "by": shown.pop("made_by"),
        **after,
        **shown,
    }


def _without_surprises(record: dict[str, Any]) -> dict[str, Any]:
    """Only the fields that are ours: the others may hold whatever JSON can hold."""
    return {name: value for name, value in record.items() if name in CorrectionLine.model_fields}


def _finish(path: Path, number: int, future: Future[CorrectionRecord], outcome: Imported) -> None:
    try:
        record = future.result()
    except InputError as error:
        outcome.problems.extend(_problems(path, number, error))
        return
    if record.state is State.HELD:
        outcome.held.append((number, record))
    else:
        outcome.accepted += 1


def _problems(path: Path, number: int, error: InputError | Refusal) -> Iterator[Problem]:
    where = f"第 {number} 行"
    if isinstance(error, InputError):
        yield Problem(str(path), where, error.field, error.message)
        return
    for fault in error.errors:
        yield Problem(str(path), where, fault.field, fault.message)
