"""The outermost layer around every request: request id, security headers, access log, metrics, last resort.

Pure ASGI, because Starlette's ``BaseHTTPMiddleware`` costs more than a judgement.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from time import perf_counter

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from triage.api.errors import internal_error, problem_response
from triage.api.exchange import Answer, Exchange, begin_exchange

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
_USABLE_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

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
        exchange = begin_exchange(scope, _request_id(scope))
        begun = perf_counter()
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
            self._fail(exchange, error)
            if sender.status is None:  # otherwise the caller has a broken answer already
                await problem_response(Request(scope), internal_error())(scope, receive, sender)
        return sender.status or 500


class _Sender:
    """Passes messages on, adds the headers to the first one and remembers its status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._request_id = request_id
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"]
            own = {name for name, _ in headers}
            headers.extend(pair for pair in SECURITY_HEADERS if pair[0] not in own)
            headers.append((b"x-request-id", self._request_id.encode()))
        await self._send(message)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _USABLE_ID.fullmatch(given) else secrets.token_hex(16)


def _method(scope: Scope) -> str:
    # Callers may invent methods; each would start a series of its own.
    return scope["method"] if scope["method"] in _METHODS else "other"


def _route(scope: Scope) -> str:
    # FastAPI leaves no route for its own page, /openapi.json, only an endpoint.
    return getattr(scope.get("route"), "path", "page" if "endpoint" in scope else "unmatched")
