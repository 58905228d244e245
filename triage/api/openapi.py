"""The OpenAPI document: written from the models by hand, because the routes read and write bytes.

FastAPI derives bodies from signatures; ours take the bare request (see :mod:`triage.api.routes`), so each
route hands its description in through ``openapi_extra``, made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from triage.api import errors, schemas, store_schemas, views

JSON = "application/json"
_REFERENCE = "#/components/schemas/{model}"
_MODELS: tuple[type[BaseModel], ...] = (
    schemas.ComplaintRequest,
    schemas.BatchRequest,
    schemas.KeptResponse,
    schemas.BatchResponse,
    schemas.Problem,
    schemas.Ready,
    schemas.Alive,
    views.TaxonomyView,
    views.PoliciesView,
    store_schemas.CorrectionRequest,
    store_schemas.TicketCorrectionRequest,
    store_schemas.ReviewRequest,
    store_schemas.PurgeRequest,
    store_schemas.AssessmentPage,
    store_schemas.AssessmentWithCorrections,
    store_schemas.CorrectionView,
    store_schemas.CorrectionPage,
    store_schemas.PurgeResponse,
)
TAGS = [
    {"name": "判断", "description": "判断顾客反馈的主题、紧急程度、责任部门和处理时限"},
    {"name": "记录", "description": "已保存的判断，需要 supervisor 的密钥；删除需要 admin 的密钥"},
    {"name": "更正", "description": "更正与复核，需要 supervisor 的密钥"},
    {"name": "知识", "description": "现行的分类和处理规定"},
    {"name": "运行", "description": "存活、就绪和指标，不需要密钥"},
]
DESCRIPTION = """\
读懂超市、百货顾客用中文（简体、繁体、粤语）写的反馈：说的是什么、有多急、谁来处理、何时之前。

`/v1/*` 需要密钥：点右上角 **Authorize** 填入。出错时一律返回 `application/problem+json`。
"""
_SECURITY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "Authorization: Bearer 密钥"},
    "api_key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "X-API-Key: 密钥"},
}
_REFUSALS = {
    400: "正文不是有效的 JSON",
    401: "密钥缺失或错误",
    403: "密钥的角色不够",
    404: "没有这条记录，或没有启用存储",
    409: "与已有的记录冲突：Idempotency-Key 已用于另一个请求，或更正已经复核",
    413: "正文、文字或条数超过上限",
    415: "不是 JSON",
    422: "字段缺失、类型不对或内容无法判断",
    503: "存储暂时不可用，没有保存",
}
_BODY = (400, 413, 415, 422)
_STORE = (401, 403, 404, 503)
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "重发同一请求时带上同一个值，只记一次，回答相同；正文不同则拒绝",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
_REQUEST_ID = {"X-Request-ID": {"description": "请求编号，与日志一致", "schema": {"type": "string"}}}


def judging(request: type[BaseModel], response: type[BaseModel], examples_: dict[str, Any]) -> dict[str, Any]:
    """Describe a route that takes JSON and needs the key."""
    return (
        _body_of(request, examples_) | {"parameters": [_IDEMPOTENCY]} | guarded(response, (*_BODY, 401, 409))
    )


def changing(
    request: type[BaseModel],
    response: type[BaseModel],
    examples_: dict[str, Any],
    parameter: str | None,
    status: int,
) -> dict[str, Any]:
    """Describe a route that takes JSON and changes the store; ``parameter`` stands in the address."""
    given = [] if parameter is None else [_in_address(parameter)]
    repeats = [_IDEMPOTENCY] if status == 201 else []
    described = guarded(response, (*_BODY, *_STORE, 409), status)
    return _body_of(request, examples_) | {"parameters": [*given, *repeats]} | described


def listing(response: type[BaseModel], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe a route that lists what is stored."""
    return {"parameters": parameters} | guarded(response, (*_STORE, 422))


def showing(response: type[BaseModel], parameter: str) -> dict[str, Any]:
    """Describe a route that shows one thing that is stored."""
    return {"parameters": [_in_address(parameter)]} | guarded(response, _STORE)


def _body_of(request: type[BaseModel], examples_: dict[str, Any]) -> dict[str, Any]:
    return {
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": _ref(request), "examples": examples_}},
        }
    }


def _in_address(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def guarded(response: type[BaseModel], refusals: Sequence[int] = (401,), status: int = 200) -> dict[str, Any]:
    """Describe a route that needs the key, in either of the two headers."""
    return {"security": [{"bearer": []}, {"api_key": []}]} | _responses(response, refusals, status=status)


def open_to_all(response: type[BaseModel] | None, media_type: str = JSON) -> dict[str, Any]:
    """Describe a route without a key; ``None`` for an answer that is plain text."""
    return _responses(response, (), media_type)


def describe(app: FastAPI) -> dict[str, Any]:
    """Build the whole document."""
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes, tags=TAGS
    )
    _, definitions = models_json_schema([(m, _mode(m)) for m in _MODELS], ref_template=_REFERENCE)
    document["components"] = {"schemas": definitions["$defs"], "securitySchemes": _SECURITY_SCHEMES}
    return document


def _mode(model: type[BaseModel]) -> Any:  # noqa: ANN401 - pydantic's literal
    return "validation" if model.__name__.endswith("Request") else "serialization"


def _responses(
    response: type[BaseModel] | None,
    refusals: Sequence[int],
    media_type: str = JSON,
    status: int = 200,
) -> dict[str, Any]:
    schema = {"type": "string"} if response is None else _ref(response)
    good = {"description": "成功", "headers": _REQUEST_ID, "content": {media_type: {"schema": schema}}}
    return {
        "responses": {str(status): good} | {str(refusal): _refusal(refusal) for refusal in sorted(refusals)}
    }


def _refusal(status: int) -> dict[str, Any]:
    content = {errors.MEDIA_TYPE: {"schema": _ref(schemas.Problem)}}
    return {"description": _REFUSALS[status], "headers": _REQUEST_ID, "content": content}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model.__name__)}
