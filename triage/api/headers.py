"""The headers of a request as one dictionary of bytes.

Starlette's ``Headers`` walks the list at every look-up; each request is asked for half a dozen.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import Scope

Headers = Mapping[bytes, bytes]
"""Lower-case names (ASGI sees to that) to values; of a header sent twice the first value."""

_KEY = "triage.headers"


def headers_of(scope: Scope) -> Headers:
    """Return the headers of an ASGI scope; they are gathered at the first call."""
    headers: Headers | None = scope.get(_KEY)
    if headers is None:
        headers = scope[_KEY] = dict(reversed([*scope["headers"]]))
    return headers
