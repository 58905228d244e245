"""Everything that can go wrong at the door, in one shape: ``application/problem+json`` (RFC 9457).

A problem names fields and codes, never values: what the customer wrote, and the names of fields that the
caller made up, stay out of answers and logs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.responses import Response

from triage.errors import Conflict, InputError, NotFound, StoreError, TextTooLong

MEDIA_TYPE = "application/problem+json"
URN = "urn:complaint-triage:problem:"
MOST_ERRORS = 20

_HARMLESS_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")
_POSITION = re.compile(r"line (\d+) column (\d+)$")

TITLES = {
    "malformed_json": "请求正文不是有效的 JSON",
    "unauthorized": "密钥缺失或错误",
    "forbidden": "密钥的角色不够",
    "not_found": "没有这个地址",
    "method_not_allowed": "这个地址不支持该请求方法",
    "conflict": "与已有的记录冲突",
    "too_large": "内容过大",
    "unsupported_media_type": "不支持的内容类型",
    "invalid_request": "请求内容有误",
    "http_error": "请求无法处理",
    "internal_error": "服务内部错误",
    "store_unavailable": "存储暂时不可用",
}
_CODE_OF_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 500: "internal_error"}

_MEANING = {
    "missing": ("missing", "缺少这个字段"),
    "extra_forbidden": ("unknown_field", "没有这个字段"),
    "string_type": ("wrong_type", "须为字符串"),
    "model_type": ("wrong_type", "须为 JSON 对象"),
    "model_attributes_type": ("wrong_type", "须为 JSON 对象"),
    "tuple_type": ("wrong_type", "须为数组"),
    "string_too_long": ("too_long", "超过长度上限"),
    "string_too_short": ("too_short", "不能为空"),
}
"""Kinds of pydantic's errors → our code and what we say of it."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault: the dotted path of the field (``body`` for the whole), a code, and words for people."""

    field: str
    code: str
    message: str

    def to_dict(self) -> dict[str, str]:
        """Write it out as JSON-ready data."""
        return {"field": self.field, "code": self.code, "message": self.message}


class Problem(Exception):
    """A request that is refused: HTTP status, one of :data:`TITLES`, and the faults found."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: tuple[FieldError, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """``detail`` is for people and must not quote the request."""
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers
        super().__init__(f"{status} {code}")

    def to_dict(self) -> dict[str, Any]:
        """Write it out as JSON-ready data, as the ``Problem`` schema of the API describes it."""
        return {
            "type": URN + self.code,
            "title": TITLES[self.code],
            "status": self.status,
            "detail": self.detail,
            "errors": [error.to_dict() for error in self.errors],
        }


def problem_of_input(error: InputError, prefix: str = "") -> Problem:
    """Translate what is refused: 413 for a text that is too long, 404, 409, and 422 for the rest."""
    fault = FieldError(prefix + error.field, error.code, error.message)
    if isinstance(error, TextTooLong):
        return Problem(413, "too_large", error.message, (fault,))
    if isinstance(error, NotFound):
        return Problem(404, "not_found", error.message, (fault,))
    if isinstance(error, Conflict):
        return Problem(409, "conflict", error.message, (fault,))
    return Problem(422, "invalid_request", error.message, (fault,))


def problem_of_validation(error: ValidationError) -> Problem:
    """Translate pydantic's findings: 400 for broken JSON, 422 for a wrong shape; at most 20 faults."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    if details[0]["type"] == "json_invalid":
        return _malformed(details[0])
    faults = tuple(_fault(detail) for detail in details[:MOST_ERRORS])
    more = "" if len(details) <= MOST_ERRORS else f"，只列出前 {MOST_ERRORS} 处"
    return Problem(422, "invalid_request", f"发现 {len(details)} 处错误{more}", faults)


def problem_of_surrogates(paths: Sequence[tuple[int | str, ...]]) -> Problem:
    """Name the fields whose text is no valid Unicode."""
    message = "文本含有不成对的代理码位，不是有效的 Unicode"
    faults = tuple(FieldError(_path(path), "invalid_unicode", message) for path in paths[:MOST_ERRORS])
    return Problem(422, "invalid_request", message, faults)


def _malformed(detail: ErrorDetails) -> Problem:
    place = _POSITION.search(detail["msg"])
    where = "" if place is None else f"，出错位置：第 {place[1]} 行第 {place[2]} 列"
    message = f"正文须为 UTF-8 编码的 JSON{where}"
    return Problem(400, "malformed_json", message, (FieldError("body", "malformed_json", message),))


def _fault(detail: ErrorDetails) -> FieldError:
    code, message = _MEANING.get(detail["type"], ("invalid", "内容无效"))
    return FieldError(_path(detail["loc"]), code, message)


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(map(_step, location)) or "body"


def _step(step: int | str) -> str:
    # The name of an unknown field comes from the caller and may itself be personal data.
    return str(step) if isinstance(step, int) or _HARMLESS_NAME.fullmatch(step) else "?"


def problem_response(problem: Problem, request_id: str) -> Response:
    """Send a problem; ``instance`` is the request id that the logs carry too."""
    content = problem.to_dict()
    content["instance"] = f"urn:complaint-triage:request:{request_id}"
    return Response(orjson.dumps(content), problem.status, problem.headers, MEDIA_TYPE)


def internal_error() -> Problem:
    """Make the one answer to every unforeseen error: it says nothing about the cause."""
    return Problem(500, "internal_error", "请稍后再试；联系运维人员时请提供请求编号（instance）")


def problem_of(error: Exception) -> Problem | None:
    """Translate every refusal, those of the framework (404, 405…) included; ``None`` for what nobody foresaw."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, InputError):
        return problem_of_input(error)
    if isinstance(error, StoreError):
        return Problem(503, "store_unavailable", "没有保存，请稍后再试", headers={"Retry-After": "5"})
    if isinstance(error, HTTPException):
        code = _CODE_OF_STATUS.get(error.status_code, "http_error")
        # The exception's own words are not repeated; its headers are: 405 must keep Allow.
        return Problem(error.status_code, code, TITLES[code], headers=error.headers)
    return None
