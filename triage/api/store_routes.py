"""The routes of the store: corrections, the list of assessments, deleting a customer.

What touches the database runs in a thread, so that complaints are judged meanwhile; it is answered when it is durable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import anyio
import anyio.to_thread
import orjson
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from triage.api.access import Caller
from triage.api.body import parse, read_json
from triage.api.errors import Problem
from triage.api.exchange import caller_of
from triage.api.query import AssessmentQuery, CorrectionQuery, read_query
from triage.api.repeats import request_key
from triage.api.routes import JSON, Clock
from triage.api.store_schemas import CorrectionRequest, PurgeRequest, ReviewRequest, TicketCorrectionRequest
from triage.service import Service
from triage.service.requests import Author
from triage.service.views import assessment_to_dict, correction_to_dict
from triage.settings import Settings
from triage.store.values import Page

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)

MOST_AT_ONCE = 16
"""Requests that wait for the database; further ones wait for these."""
_CREATED = 201
_NOTHING_KEPT = "没有启用存储（TRIAGE_DATABASE 为 off）"


class StoreRoutes:
    """The routes over the use cases; without a store each answers 404."""

    def __init__(self, service: Service | None, settings: Settings, clock: Clock) -> None:
        """``clock`` gives the zone-aware present."""
        self._service_or_none = service
        self._settings = settings
        self._clock = clock
        # Threads of their own: a database that hangs must not keep texts and batches from being judged.
        self._threads = anyio.CapacityLimiter(MOST_AT_ONCE)

    async def correct(self, request: Request) -> Response:
        """Correct a judgement of ours."""
        service, body, item = await self._read(request, CorrectionRequest)
        caller = caller_of(request.scope)
        key = request_key(request, body)
        record = await self._in_thread(
            lambda: service.correct(
                request.path_params["assessment_id"],
                item.to_verdict(),
                item.reason,
                _author(caller, item.by),
                self._clock(),
                key,
            ).result()
        )
        return _json(correction_to_dict(record), _CREATED)

    async def correct_ticket(self, request: Request) -> Response:
        """Take a correction of a complaint that was judged elsewhere."""
        service, body, item = await self._read(request, TicketCorrectionRequest)
        caller = caller_of(request.scope)
        key = request_key(request, body)
        author = _author(caller, item.by)
        record = await self._in_thread(
            lambda: service.correct_elsewhere(
                item.to_ticket(), item.to_verdict(), item.reason, author, self._clock(), key
            ).result()
        )
        return _json(correction_to_dict(record), _CREATED)

    async def review(self, request: Request) -> Response:
        """Decide on a held correction."""
        service, _, item = await self._read(request, ReviewRequest)
        identifier = request.path_params["correction_id"]
        author = _author(caller_of(request.scope), item.by)
        record = await self._in_thread(
            lambda: service.review(identifier, item.confirmed, item.reason, author, self._clock()).result()
        )
        return _json(correction_to_dict(record))

    async def corrections(self, request: Request) -> Response:
        """List corrections."""
        service = self._service()
        query = read_query(request, CorrectionQuery)
        cursor = query.checked_cursor()
        page = await self._in_thread(lambda: service.corrections(query.state, query.limit, cursor))
        return _json(_page(page, correction_to_dict))

    async def assessments(self, request: Request) -> Response:
        """List assessments."""
        service = self._service()
        query = read_query(request, AssessmentQuery)
        wanted, cursor = query.to_filter(), query.checked_cursor()
        page = await self._in_thread(lambda: service.assessments(wanted, query.limit, cursor))
        return _json(_page(page, assessment_to_dict))

    async def assessment(self, request: Request) -> Response:
        """Show one assessment with its corrections."""
        service = self._service()
        record, corrections = await self._in_thread(
            lambda: service.assessment_with_corrections(request.path_params["assessment_id"])
        )
        return _json(
            assessment_to_dict(record) | {"corrections": [correction_to_dict(item) for item in corrections]}
        )

    async def forget(self, request: Request) -> Response:
        """Delete all that is kept of one customer."""
        service, _, item = await self._read(request, PurgeRequest)
        gone = await self._in_thread(lambda: service.purge_customer(item.customer_ref).result())
        return _json({"assessments": gone.assessments, "corrections": gone.corrections})

    async def _read(self, request: Request, model: type[Model]) -> tuple[Service, bytes, Model]:
        service = self._service()
        body = await read_json(request, self._settings.max_body_bytes)
        return service, body, parse(model, body)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)

    def _service(self) -> Service:
        if self._service_or_none is None:
            raise Problem(404, "not_found", _NOTHING_KEPT)
        return self._service_or_none


def _author(caller: Caller, name: str | None) -> Author:
    """Several people may share a key; its role holds for all of them."""
    return Author(name or caller.name, caller.role)


def _page(page: Page[T], show: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    return {"items": [show(item) for item in page.items], "next_cursor": page.next_cursor}


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type=JSON)
