"""Reading a JSON body: type checked first, size checked while it arrives, so that nothing large is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from triage.api.errors import FieldError, Problem, problem_of_surrogates, problem_of_validation
from triage.api.headers import Headers, headers_of

Model = TypeVar("Model", bound=BaseModel)

_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(model: type[Model], body: bytes) -> Model:
    """Validate a body; raises a 400 or 422 problem.

    pydantic reads the bytes itself: ``NaN`` and ``1e999`` are numbers where text belongs. Lone surrogates are
    broken JSON to it; the fields that hold them are looked for, so that the caller learns which.
    """
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        fields = _surrogate_fields(body)
        if fields:
            raise problem_of_surrogates(fields) from None
        # Without its cause: that one quotes the body.
        raise problem_of_validation(error) from None


def _surrogate_fields(body: bytes) -> list[tuple[int | str, ...]]:
    """The fields with lone surrogates, by Python's more lenient reader; none where the body is broken altogether."""
    try:
        return list(_fields_with_surrogates(json.loads(body)))
    except (ValueError, RecursionError):
        return []


def _fields_with_surrogates(
    value: object, path: tuple[int | str, ...] = ()
) -> Iterator[tuple[int | str, ...]]:
    if isinstance(value, str) and _SURROGATE.search(value):
        yield path
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _fields_with_surrogates(item, (*path, number))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _fields_with_surrogates(item, (*path, name))


async def read_json(request: Request, limit: int) -> bytes:
    """Return the body, at most ``limit`` bytes, also when it comes in chunks without a length.

    Raises:
        Problem: 415 for anything but JSON, 413 for more than ``limit`` bytes.
        ClientDisconnect: the caller hung up.
    """
    headers = headers_of(request.scope)
    _require_json(headers)
    if _announced(headers) > limit:
        raise _too_large(limit)
    body = bytearray()
    more = True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > limit:
            raise _too_large(limit)
        more = message.get("more_body", False)
    return bytes(body)


def _require_json(headers: Headers) -> None:
    if headers.get(b"content-type") != b"application/json":  # as nearly everybody writes it
        media_type = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if media_type != b"application/json":
            raise _unsupported("content-type", "请用 Content-Type: application/json")
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise _unsupported("content-encoding", "请勿压缩正文")


def _announced(headers: Headers) -> int:
    length = headers.get(b"content-length", b"")
    # Cut: int() refuses thousands of digits, and nineteen are too many bytes anyway.
    return int(length[:19]) if length.isdigit() else 0


def _unsupported(header: str, message: str) -> Problem:
    return Problem(
        415, "unsupported_media_type", message, (FieldError(header, "unsupported_media_type", message),)
    )


def _too_large(limit: int) -> Problem:
    message = f"正文超过 {limit} 字节"
    return Problem(413, "too_large", message, (FieldError("body", "too_large", message),))
