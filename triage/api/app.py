"""Puts the door together. Nothing happens when this module is imported; concrete parts come as arguments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from triage import __version__
from triage.api import openapi
from triage.api.auth import KeyCheck, key_check
from triage.api.docs import mount_docs
from triage.api.errors import install_handlers
from triage.api.exchange import Answer, Exchange
from triage.api.frame import Frame, Observe
from triage.api.logs import Logger, log_access, log_failure, make_logger
from triage.api.metrics import Metrics
from triage.api.ports import TriageEngine
from triage.api.routes import Clock, StateRoutes, TriageRoutes
from triage.api.table import Endpoint, Route, route_table
from triage.errors import SettingsError
from triage.settings import Settings


def utc_now() -> datetime:
    """Read the clock, zone-aware."""
    return datetime.now(UTC)


def create_app(
    engine: TriageEngine, settings: Settings, *, clock: Clock = utc_now, logger: Logger | None = None
) -> FastAPI:
    """Make the ASGI application.

    Args:
        engine: judges complaints.
        settings: must hold an ``api_key``, see :func:`triage.api.auth.settle_key`.
        clock: gives the zone-aware present.
        logger: where access lines go; JSON on standard output where none is given.

    Raises:
        SettingsError: there is no key.
    """
    if settings.api_key is None:
        raise SettingsError("TRIAGE_API_KEY: 未设置密钥")
    log = make_logger(settings.log_level) if logger is None else logger
    for reason in engine.degraded:
        log.warning("degraded", reason=reason)
    metrics = Metrics(degraded=lambda: len(engine.degraded))
    fail = partial(log_failure, log)
    judging = TriageRoutes(engine, settings, clock, metrics, fail)
    app = _bare_app()
    routes = route_table(judging, StateRoutes(engine, metrics), engine, settings.policy)
    _add(app, routes, key_check(settings.api_key))
    if not mount_docs(app):
        log.warning("docs_page_missing")
    install_handlers(app)
    app.add_middleware(Frame, observe=_observer(log, metrics), fail=fail)
    return app


def _bare_app() -> FastAPI:
    app = FastAPI(
        title="顾客反馈分诊",
        version=__version__,
        description=openapi.DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat the Host header, which callers control
    )
    app.openapi = partial(_openapi_once, app)  # type: ignore[method-assign]
    return app


def _openapi_once(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = openapi.describe(app)
    return app.openapi_schema


def _add(app: FastAPI, routes: Iterable[Route], check: KeyCheck) -> None:
    for route in routes:
        app.add_api_route(
            route.path,
            _guarded(route.endpoint, check) if route.needs_key else route.endpoint,
            methods=[route.method],
            operation_id=route.name,
            tags=[route.tag],
            summary=route.summary,
            description=route.description,
            openapi_extra=route.extra,
        )


def _guarded(endpoint: Endpoint, check: KeyCheck) -> Endpoint:
    """Check the key first. Not by ``Depends``: working out a tree of dependencies costs more than the check."""

    async def guarded(request: Request) -> Response:
        await check(request)
        return await endpoint(request)

    return guarded


def _observer(log: Logger, metrics: Metrics) -> Observe:
    def observe(exchange: Exchange, answer: Answer) -> None:
        metrics.answered(answer)
        log_access(log, exchange, answer)

    return observe
