"""Keeping what is judged: the answer gets the id under which it can be corrected.

An answer does not wait for the disk, unless an ``Idempotency-Key`` asks for a promise; and it never fails because the
store does. What could not be kept has no id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from datetime import datetime

from triage.errors import StoreError
from triage.service import Service
from triage.service.records import Judged, answer_of
from triage.store.values import AssessmentRecord, RequestKey

PATIENCE_SECONDS = 5.0
"""So long an answer waits for the promise that it is kept."""


class Keeper:
    """Puts judgements into the store; without one it says that nothing was kept."""

    def __init__(self, service: Service | None) -> None:
        """``service`` is ``None`` where nothing is to be kept."""
        self._service = service

    def keep(self, judged: Judged, now: datetime) -> bytes:
        """Return the answer with its id, without waiting."""
        return with_id(judged.answer, None if self._service is None else self._service.keep(judged, now))

    async def keep_once(self, judged: Judged, request: RequestKey | None, now: datetime) -> bytes:
        """Return the answer that ``request`` got when it came first; raises ``Conflict`` for another body."""
        if self._service is None or request is None:
            return self.keep(judged, now)
        try:
            future = self._service.keep_once(judged, request, now)
            async with asyncio.timeout(PATIENCE_SECONDS):
                return _first_answer(await asyncio.wrap_future(future), judged)
        except (StoreError, TimeoutError):
            return with_id(judged.answer, None)

    def keep_all_once(
        self, batch: Sequence[Judged | None], request: RequestKey | None, now: datetime
    ) -> list[bytes | None]:
        """Do so with every judgement of a batch; gaps stay gaps. Blocks."""
        if self._service is None or request is None:
            return [None if judged is None else self.keep(judged, now) for judged in batch]
        try:
            futures = [
                None
                if judged is None
                else self._service.keep_once(judged, replace(request, key=f"{request.key}#{index}"), now)
                for index, judged in enumerate(batch)
            ]
        except StoreError:
            return [None if judged is None else with_id(judged.answer, None) for judged in batch]
        wait([future for future in futures if future is not None], PATIENCE_SECONDS)
        return [
            None if judged is None or future is None else _settled(future, judged)
            for judged, future in zip(batch, futures, strict=True)
        ]


def with_id(answer: bytes, identifier: str | None) -> bytes:
    """An answer, a JSON object, with the id of its assessment at the end."""
    shown = b"null" if identifier is None else b'"%b"' % identifier.encode()
    return b'%b,"assessment_id":%b}' % (answer[:-1], shown)


def _settled(future: Future[AssessmentRecord], judged: Judged) -> bytes:
    if not future.done():
        return with_id(judged.answer, None)
    try:
        return _first_answer(future.result(), judged)
    except StoreError:
        return with_id(judged.answer, None)


def _first_answer(record: AssessmentRecord, judged: Judged) -> bytes:
    return with_id(answer_of(record, judged.complaint.text), record.id)
