"""What is known about one request while it is answered: the route notes it, logs and metrics read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from starlette.types import Scope

from triage.api.access import Caller

_KEY = "triage.exchange"


@dataclass(slots=True)
class Exchange:
    """Facts about one request that may be logged: identifiers and labels, never text.

    The only mutable value of the door: it fills up while the request travels.
    """

    request_id: str
    caller: Caller | None = None
    complaint_id: str | None = None
    topic: str | None = None
    urgency: str | None = None
    complaints: int | None = None


class Answer(NamedTuple):
    """How a request was answered; ``route`` is the template of the address, not what was called."""

    method: str
    route: str
    status: int
    seconds: float


def begin_exchange(scope: Scope, request_id: str) -> Exchange:
    """Attach a fresh exchange to an ASGI scope."""
    exchange = Exchange(request_id)
    scope[_KEY] = exchange
    return exchange


def exchange_of(scope: Scope) -> Exchange:
    """Return the exchange of an ASGI scope; the outermost layer has attached it."""
    exchange = scope[_KEY]
    assert isinstance(exchange, Exchange)
    return exchange


def caller_of(scope: Scope) -> Caller:
    """Return who sent an ASGI request; the guard of its route has noted it."""
    caller = exchange_of(scope).caller
    assert caller is not None
    return caller
