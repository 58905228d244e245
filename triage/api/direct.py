"""Routes that FastAPI finds and describes, but does not read or write for.

FastAPI's own handling (a tree of dependencies, stacks of context managers, validation of answers) costs as much as
judging a short text. These endpoints take the bare request and return the finished response.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi.routing import APIRoute, APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[Response]]


class DirectRoute(APIRoute):
    """For ``APIRouter.route_class``: calls its endpoint with the request; parameters are not supported."""

    def __init__(self, path: str, endpoint: Endpoint, **options: Any) -> None:  # noqa: ANN401 - FastAPI's own
        """``options`` are those of ``APIRoute``; they serve the OpenAPI document."""
        super().__init__(path, endpoint, **options)
        self.app = _app_of(endpoint)


class ByAddress:
    """ASGI app in front of a router: finds its direct routes by one look-up instead of pattern after pattern."""

    def __init__(self, router: APIRouter) -> None:
        """Addresses with parameters, wrong methods and everything unknown are left to ``router``."""
        self._router = router
        self._routes = {
            (method, route.path): route
            for route in router.routes
            if isinstance(route, DirectRoute) and not route.param_convertors
            for method in route.methods or ()
        }

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request."""
        route = self._routes.get((scope.get("method", ""), scope.get("path", "")))
        if route is None or scope.get("root_path"):
            return self._router(scope, receive, send)
        scope["route"] = route
        return route.app(scope, receive, send)


def _app_of(endpoint: Endpoint) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await endpoint(Request(scope, receive))
        await response(scope, receive, send)

    return app
