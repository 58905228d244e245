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
from triage.api.access import Keyring
from triage.api.direct import ByAddress, DirectRoute, Endpoint
from triage.api.docs import mount_docs
from triage.api.exchange import Answer, Exchange, exchange_of
from triage.api.frame import Frame, Observe
from triage.api.headers import headers_of
from triage.api.keep import Keeper
from triage.api.logs import Logger, log_access, log_failure, make_logger
from triage.api.metrics import Metrics
from triage.api.ports import TriageEngine
from triage.api.route import Route
from triage.api.routes import Clock, StateRoutes, TriageRoutes
from triage.api.store_routes import StoreRoutes
from triage.api.table import route_table
from triage.errors import SettingsError
from triage.service import Service
from triage.settings import Settings
from triage.store.values import Role

_NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False}
"""FastAPI would look at every request whether somebody wants it. The frame observes, and nothing is sent out."""


def utc_now() -> datetime:
    """Read the clock, zone-aware."""
    return datetime.now(UTC)


def create_app(
    engine: TriageEngine,
    settings: Settings,
    *,
    service: Service | None = None,
    clock: Clock = utc_now,
    logger: Logger | None = None,
) -> FastAPI:
    """Make the ASGI application.

    Args:
        engine: judges complaints.
        settings: must hold an ``api_key``, see :func:`triage.api.auth.settle_key`.
        service: keeps what is judged, and knows further keys; ``None`` keeps nothing.
        clock: gives the zone-aware present.
        logger: where access lines go; JSON on standard output where none is given.

    Raises:
        SettingsError: there is no key.
        StoreError: the keys of the store cannot be read.
    """
    if settings.api_key is None:
        raise SettingsError("TRIAGE_API_KEY: 未设置密钥")
    log = make_logger(settings.log_level) if logger is None else logger
    for reason in engine.degraded:
        log.warning("degraded", reason=reason)
    degraded = partial(_degraded, engine, service)
    metrics = Metrics(lambda: len(degraded()), lambda: 0 if service is None else service.store.writer.lost)
    fail = partial(log_failure, log)
    judging = TriageRoutes(engine, Keeper(service), settings, clock, metrics, fail)
    storing = StoreRoutes(service, settings, clock)
    app = _bare_app()
    state = StateRoutes(engine, degraded, metrics)
    routes = route_table(judging, storing, state, engine, settings.policy)
    _add(app, routes, Keyring(settings.api_key, None if service is None else service.keys_in_force))
    if not mount_docs(app):
        log.warning("docs_page_missing")
    # In place of FastAPI's own layers, see triage.api.frame.
    app.middleware_stack = Frame(ByAddress(app.router), observe=_observer(log, metrics), fail=fail)
    return app


def _degraded(engine: TriageEngine, service: Service | None) -> tuple[str, ...]:
    return engine.degraded if service is None else (*engine.degraded, *service.store.degraded)


def _bare_app() -> FastAPI:
    app = FastAPI(
        title="顾客反馈分诊",
        version=__version__,
        description=openapi.DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat the Host header, which callers control
        telemetry=_NO_TELEMETRY,
    )
    app.router.route_class = DirectRoute
    app.openapi = partial(_openapi_once, app)  # type: ignore[method-assign]
    return app


def _openapi_once(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = openapi.describe(app)
    return app.openapi_schema


def _add(app: FastAPI, routes: Iterable[Route], keyring: Keyring) -> None:
    for route in routes:
        app.add_api_route(
            route.path,
            _guarded(route.endpoint, keyring, route.role) if route.role else route.endpoint,
            methods=[route.method],
            operation_id=route.name,
            tags=[route.tag],
            summary=route.summary,
            description=route.description,
            openapi_extra=route.extra,
        )


def _guarded(endpoint: Endpoint, keyring: Keyring, needed: Role) -> Endpoint:
    """Check the key before anything of the body is read."""

    async def guarded(request: Request) -> Response:
        caller = await keyring.admit(headers_of(request.scope), needed)
        exchange_of(request.scope).caller = caller
        return await endpoint(request)

    return guarded


def _observer(log: Logger, metrics: Metrics) -> Observe:
    def observe(exchange: Exchange, answer: Answer) -> None:
        metrics.answered(answer)
        log_access(log, exchange, answer)

    return observe
