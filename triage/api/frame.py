"""The one layer around every request: request id, security headers, errors, access log, metrics.

Pure ASGI, and in place of the six layers that FastAPI would put here.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from secrets import token_hex
from time import perf_counter

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from triage.api.errors import internal_error, problem_of, problem_response
from triage.api.exchange import Answer, Exchange, begin_exchange
from triage.api.headers import headers_of

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
"""Added to every answer that does not set its own. No HSTS: whether there is TLS is the proxy's business."""

CLIENT_GONE = 499
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_USABLE_ID = re.compile(rb"[A-Za-z0-9._:-]{1,64}")

Observe = Callable[[Exchange, Answer], None]
Fail = Callable[[Exchange, Exception], None]


class Frame:
    """ASGI middleware; whatever happens inside, the caller gets an answer and the operator a line."""

    def __init__(self, app: ASGIApp, observe: Observe, fail: Fail) -> None:
        """``observe`` is told of every answer, ``fail`` of every unforeseen error before that."""
        self._app = app
        self._observe = observe
        self._fail = fail

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; anything that is not HTTP passes through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = perf_counter()
        exchange = begin_exchange(scope, _request_id(scope))
        status = await self._answer(scope, receive, send, exchange)
        answer = Answer(_method(scope), _route(scope), status, perf_counter() - begun)
        self._observe(exchange, answer)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, exchange: Exchange) -> int:
        sender = _Sender(send, exchange.request_id)
        try:
            await self._app(scope, receive, sender)
        except ClientDisconnect:
            return CLIENT_GONE
        except Exception as error:
            problem = problem_of(error)
            begun = sender.status is not None  # then the caller has a broken answer already
            if problem is None or begun:
                self._fail(exchange, error)
            if not begun:
                response = problem_response(problem or internal_error(), exchange.request_id)
                await response(scope, receive, sender)
        return sender.status or 500


class _Sender:
    """Passes messages on, adds the headers to the first one and remembers its status."""

    __slots__ = ("_request_id", "_send", "status")

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._request_id = request_id
        self.status: int | None = None

    def __call__(self, message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"]
            own = {name for name, _ in headers}
            headers.extend(pair for pair in SECURITY_HEADERS if pair[0] not in own)
            headers.append((b"x-request-id", self._request_id.encode()))
        return self._send(message)


def _request_id(scope: Scope) -> str:
    given = headers_of(scope).get(b"x-request-id")
    if given is None or not _USABLE_ID.fullmatch(given):
        return token_hex(16)
    return given.decode("ascii")


def _method(scope: Scope) -> str:
    # Callers may invent methods; each would start a series of its own.
    return scope["method"] if scope["method"] in _METHODS else "other"


def _route(scope: Scope) -> str:
    # FastAPI leaves no route for its own page, /openapi.json, only an endpoint.
    return getattr(scope.get("route"), "path", "page" if "endpoint" in scope else "unmatched")
