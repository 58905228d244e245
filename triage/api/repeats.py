"""``Idempotency-Key``: a request that is sent again after a broken line is not done again."""

from __future__ import annotations

import re
from hashlib import sha256

from starlette.requests import Request

from triage.api.exchange import caller_of
from triage.api.headers import headers_of
from triage.errors import InputError
from triage.store.values import RequestKey

HEADER = b"idempotency-key"
_USABLE = re.compile(rb"[!-~]{1,200}")


def request_key(request: Request, body: bytes) -> RequestKey | None:
    """Return the key of a request, if it has one. Keys of different callers do not meet.

    Raises:
        InputError: the key is empty, too long, or holds more than visible ASCII.
    """
    key = headers_of(request.scope).get(HEADER)
    if key is None:
        return None
    if not _USABLE.fullmatch(key):
        raise InputError("idempotency-key", "须为 1 到 200 个可见的 ASCII 字符", "invalid")
    digest = sha256(request.scope["path"].encode() + b"\0" + body).hexdigest()
    return RequestKey(caller_of(request.scope).id, key.decode("ascii"), digest)
