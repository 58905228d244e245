"""The routes: each reads a request, calls one thing, and writes bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import anyio.to_thread
import orjson
from starlette.requests import Request
from starlette.responses import Response

from triage.api.body import parse, read_json
from triage.api.errors import FieldError, Problem, internal_error, problem_of_input
from triage.api.exchange import Exchange, exchange_of
from triage.api.frame import Fail
from triage.api.metrics import Metrics
from triage.api.ports import TriageEngine
from triage.api.schemas import BatchRequest, ComplaintRequest
from triage.errors import InputError
from triage.serialize import result_to_dict, versions_to_dict
from triage.settings import Settings
from triage.types import TriageResult

JSON = "application/json"
PROMETHEUS = "text/plain; version=1.0.0; charset=utf-8"
Clock = Callable[[], datetime]


class TriageRoutes:
    """The two routes that judge."""

    def __init__(
        self, engine: TriageEngine, settings: Settings, clock: Clock, metrics: Metrics, fail: Fail
    ) -> None:
        """``clock`` gives the zone-aware present; ``fail`` is told of unforeseen errors in a batch."""
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._metrics = metrics
        self._fail = fail

    async def judge_one(self, request: Request) -> Response:
        """Judge on the event loop itself: a judgement is cheaper than a change of threads."""
        body = await read_json(request, self._settings.max_body_bytes)
        item = parse(ComplaintRequest, body)
        exchange = exchange_of(request.scope)
        exchange.complaint_id = item.id
        result = self._judge(item)
        exchange.topic = result.assessment.topic
        exchange.urgency = result.assessment.urgency.value
        return Response(orjson.dumps(result_to_dict(result)), media_type=JSON)

    async def judge_batch(self, request: Request) -> Response:
        """Judge in a thread, so that other requests are answered meanwhile."""
        body = await read_json(request, self._settings.max_body_bytes)
        work = partial(self._batch, body, exchange_of(request.scope))
        return Response(await anyio.to_thread.run_sync(work), media_type=JSON)

    def _judge(self, item: ComplaintRequest) -> TriageResult:
        result = self._engine.judge(item.to_complaint(), self._clock())
        self._metrics.judged(result)
        return result

    def _batch(self, body: bytes, exchange: Exchange) -> bytes:
        complaints = parse(BatchRequest, body).complaints
        exchange.complaints = len(complaints)
        self._check_number(len(complaints))
        results = [self._batch_item(index, item, exchange) for index, item in enumerate(complaints)]
        refused = sum(item["error"] is not None for item in results)
        answer = {"judged": len(results) - refused, "refused": refused, "results": results}
        return orjson.dumps(answer)

    def _check_number(self, number: int) -> None:
        # Not pydantic's business: it would count only the complaints of the right shape.
        if not number:
            raise _number_problem(422, "invalid_request", "too_few", "至少要有一条")
        if number > self._settings.max_batch:
            message = f"一次最多 {self._settings.max_batch} 条，收到 {number} 条"
            raise _number_problem(413, "too_large", "too_many", message)

    def _batch_item(self, index: int, item: ComplaintRequest, exchange: Exchange) -> dict[str, Any]:
        """Judge one of many; whatever goes wrong with it, the others keep their answers."""
        result, error = None, None
        try:
            result = result_to_dict(self._judge(item))
        except InputError as refusal:
            error = problem_of_input(refusal, prefix=f"complaints.{index}.").to_dict()
        except Exception as failure:
            self._fail(exchange, failure)
            error = internal_error().to_dict()
        return {"index": index, "id": item.id, "result": result, "error": error}


def _number_problem(status: int, code: str, fault: str, message: str) -> Problem:
    return Problem(status, code, message, (FieldError("complaints", fault, message),))


class StateRoutes:
    """The routes that say how the service is."""

    def __init__(self, engine: TriageEngine, metrics: Metrics) -> None:
        """Both are asked anew at each request."""
        self._engine = engine
        self._metrics = metrics

    async def alive(self, request: Request) -> Response:
        """Answer as long as the process can answer at all."""
        return Response(b'{"status":"ok"}', media_type=JSON)

    async def ready(self, request: Request) -> Response:
        """Answer 200 even when degraded: taking the service away would help no customer."""
        # Names only: the reasons hold paths, and this route is open. They are in the log.
        degraded = [part.partition(":")[0] for part in self._engine.degraded]
        answer = {
            "status": "degraded" if degraded else "ready",
            "degraded": degraded,
            "versions": versions_to_dict(self._engine.versions),
        }
        return Response(orjson.dumps(answer), media_type=JSON)

    async def metrics(self, request: Request) -> Response:
        """Write all series in the Prometheus text format."""
        return Response(self._metrics.text(), media_type=PROMETHEUS)
