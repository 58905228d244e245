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
from triage.api.keep import Keeper
from triage.api.metrics import Metrics
from triage.api.ports import TriageEngine
from triage.api.repeats import request_key
from triage.api.schemas import BatchRequest, ComplaintRequest
from triage.errors import InputError
from triage.serialize import result_to_json, versions_to_dict
from triage.service.records import Judged
from triage.settings import Settings
from triage.store.values import RequestKey

JSON = "application/json"
PROMETHEUS = "text/plain; version=1.0.0; charset=utf-8"
LONG_TEXT = 500
"""Characters. A change of threads costs a tenth of a millisecond: more than a tenth of a judgement of a usual text, and
a hundredth of one of this length."""
Clock = Callable[[], datetime]


class TriageRoutes:
    """The two routes that judge."""

    def __init__(
        self,
        engine: TriageEngine,
        keeper: Keeper,
        settings: Settings,
        clock: Clock,
        metrics: Metrics,
        fail: Fail,
    ) -> None:
        """``clock`` gives the zone-aware present; ``fail`` is told of unforeseen errors in a batch."""
        self._engine = engine
        self._keeper = keeper
        self._settings = settings
        self._clock = clock
        self._metrics = metrics
        self._fail = fail

    async def judge_one(self, request: Request) -> Response:
        """Judge on the event loop itself, but a long text in a thread, so that others are answered meanwhile."""
        body = await read_json(request, self._settings.max_body_bytes)
        item = parse(ComplaintRequest, body)
        exchange = exchange_of(request.scope)
        exchange.complaint_id = item.id
        key, now = request_key(request, body), self._clock()
        if len(item.text) > LONG_TEXT:
            judged = await anyio.to_thread.run_sync(self._judge, item, now)
        else:
            judged = self._judge(item, now)
        exchange.topic = judged.result.assessment.topic
        exchange.urgency = judged.result.assessment.urgency
        return Response(await self._keeper.keep_once(judged, key, now), media_type=JSON)

    async def judge_batch(self, request: Request) -> Response:
        """Judge in a thread, so that other requests are answered meanwhile."""
        body = await read_json(request, self._settings.max_body_bytes)
        exchange = exchange_of(request.scope)
        work = partial(self._batch, body, exchange, request_key(request, body))
        return Response(await anyio.to_thread.run_sync(work), media_type=JSON)

    def _judge(self, item: ComplaintRequest, now: datetime) -> Judged:
        complaint = item.to_complaint()
        result = self._engine.judge(complaint, now)
        self._metrics.judged(result)
        return Judged(complaint, result, result_to_json(result), item.customer_ref)

    def _batch(self, body: bytes, exchange: Exchange, key: RequestKey | None) -> bytes:
        complaints = parse(BatchRequest, body).complaints
        exchange.complaints = len(complaints)
        self._check_number(len(complaints))
        now = self._clock()
        outcomes = [self._batch_item(index, item, exchange, now) for index, item in enumerate(complaints)]
        kept = self._keeper.keep_all_once([outcome[0] for outcome in outcomes], key, now)
        results = [
            {
                "index": index,
                "id": item.id,
                "result": None if answer is None else orjson.Fragment(answer),
                "error": error,
            }
            for index, (item, (_, error), answer) in enumerate(zip(complaints, outcomes, kept, strict=True))
        ]
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

    def _batch_item(
        self, index: int, item: ComplaintRequest, exchange: Exchange, now: datetime
    ) -> tuple[Judged | None, dict[str, Any] | None]:
        """Judge one of many; whatever goes wrong with it, the others keep their answers."""
        try:
            return self._judge(item, now), None
        except InputError as refusal:
            return None, problem_of_input(refusal, prefix=f"complaints.{index}.").to_dict()
        except Exception as failure:
            self._fail(exchange, failure)
            return None, internal_error().to_dict()


def _number_problem(status: int, code: str, fault: str, message: str) -> Problem:
    return Problem(status, code, message, (FieldError("complaints", fault, message),))


class StateRoutes:
    """The routes that say how the service is."""

    def __init__(
        self, engine: TriageEngine, degraded: Callable[[], tuple[str, ...]], metrics: Metrics
    ) -> None:
        """All are asked anew at each request; ``degraded`` names what works in a reduced way."""
        self._engine = engine
        self._degraded = degraded
        self._metrics = metrics

    async def alive(self, request: Request) -> Response:
        """Answer as long as the process can answer at all."""
        return Response(b'{"status":"ok"}', media_type=JSON)

    async def ready(self, request: Request) -> Response:
        """Answer 200 even when degraded: taking the service away would help no customer."""
        # Names only: the reasons hold paths, and this route is open. They are in the log.
        degraded = [part.partition(":")[0] for part in self._degraded()]
        answer = {
            "status": "degraded" if degraded else "ready",
            "degraded": degraded,
            "versions": versions_to_dict(self._engine.versions),
        }
        return Response(orjson.dumps(answer), media_type=JSON)

    async def metrics(self, request: Request) -> Response:
        """Write all series in the Prometheus text format."""
        return Response(self._metrics.text(), media_type=PROMETHEUS)
