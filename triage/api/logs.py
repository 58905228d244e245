"""Access log: one JSON object a request, with identifiers and labels and without a word of any complaint."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, BinaryIO

import orjson
import structlog

from triage.api.exchange import Answer, Exchange
from triage.settings import LogLevel

Logger = structlog.typing.FilteringBoundLogger
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
_DEEPEST_FRAMES = 12


def make_logger(level: LogLevel, stream: BinaryIO | None = None) -> Logger:
    """Make a logger that writes JSON lines to ``stream`` (standard output where none is given)."""
    logger = structlog.wrap_logger(
        structlog.BytesLogger(sys.stdout.buffer if stream is None else stream),
        processors=[_line],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
    )
    bound: Logger = logger.bind()  # once, not at every line
    return bound


def _line(_: object, level: str, event: structlog.typing.EventDict) -> bytes:
    """All that structlog's chain of processors would do, in one step: every request writes a line."""
    event["level"] = level
    event["timestamp"] = datetime.now(UTC)
    return orjson.dumps(event, default=str, option=orjson.OPT_UTC_Z)


def log_access(logger: Logger, exchange: Exchange, answer: Answer) -> None:
    """Write the line of one request."""
    fields: dict[str, Any] = {
        "request_id": exchange.request_id,
        "method": answer.method,
        "route": answer.route,
        "status": answer.status,
        "ms": round(answer.seconds * 1000, 2),
        "key": None if exchange.caller is None else exchange.caller.name,
        "id": exchange.complaint_id,
        "topic": exchange.topic,
        "urgency": exchange.urgency,
        "complaints": exchange.complaints,
    }
    known = {name: value for name, value in fields.items() if value is not None}
    logger.info("request", **known)


def log_failure(logger: Logger, exchange: Exchange, error: BaseException) -> None:
    """Write what broke and where. The message stays out: it may quote the complaint."""
    logger.error(
        "failure",
        request_id=exchange.request_id,
        error=type(error).__qualname__,
        frames=_frames(error.__traceback__)[-_DEEPEST_FRAMES:],
    )


def _frames(traceback: TracebackType | None) -> list[str]:
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_qualname}")
        traceback = traceback.tb_next
    return frames
