"""The table of routes: which address leads where, who may call it, and how the OpenAPI document puts it."""

from __future__ import annotations

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from triage.api import examples, openapi, schemas, views
from triage.api.direct import Endpoint
from triage.api.ports import TriageEngine
from triage.api.route import Route
from triage.api.routes import JSON, PROMETHEUS, StateRoutes, TriageRoutes
from triage.api.store_routes import StoreRoutes
from triage.api.store_table import store_table


def route_table(
    judging: TriageRoutes,
    store: StoreRoutes,
    state: StateRoutes,
    engine: TriageEngine,
    default_policy: str,
) -> tuple[Route, ...]:
    """List all routes; taxonomy and policies are written out once, here."""
    return (
        *_judging(judging),
        *store_table(store),
        *_knowledge(
            _fixed(views.view_taxonomy(engine.taxonomy)),
            _fixed(views.view_policies(engine.policies.values(), default_policy)),
        ),
        *_state(state),
    )


def _judging(routes: TriageRoutes) -> tuple[Route, ...]:
    return (
        Route(
            "POST",
            "/v1/triage",
            "judge_one",
            routes.judge_one,
            tag="判断",
            summary="判断一条反馈",
            description="返回主题、紧急程度、依据、责任部门和各步时限。`needs_review` 为真时请人工复核。",
            extra=openapi.judging(schemas.ComplaintRequest, schemas.KeptResponse, examples.ONE),
        ),
        Route(
            "POST",
            "/v1/triage/batch",
            "judge_batch",
            routes.judge_batch,
            tag="判断",
            summary="判断多条反馈",
            description=(
                "结果顺序与请求相同。格式有误时整批拒绝（422，指出 `complaints.3.text`）；"
                "格式正确而某条无法判断（空白、过长、规定不存在、时间无效）时只在该条给出 `error`，其余照常。"
            ),
            extra=openapi.judging(schemas.BatchRequest, schemas.BatchResponse, examples.BATCH),
        ),
    )


def _knowledge(taxonomy: Endpoint, policies: Endpoint) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/v1/taxonomy",
            "taxonomy",
            taxonomy,
            tag="知识",
            summary="现行分类",
            description="类别、主题（哪些算、哪些不算）和紧急程度。",
            extra=openapi.guarded(views.TaxonomyView),
        ),
        Route(
            "GET",
            "/v1/policies",
            "policies",
            policies,
            tag="知识",
            summary="现行处理规定",
            description="各套规定的类别、渠道、步骤与时限。",
            extra=openapi.guarded(views.PoliciesView),
        ),
    )


def _state(routes: StateRoutes) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/livez",
            "alive",
            routes.alive,
            tag="运行",
            summary="是否存活",
            description="进程能应答即返回 200。",
            extra=openapi.open_to_all(schemas.Alive),
            role=None,
        ),
        Route(
            "GET",
            "/readyz",
            "ready",
            routes.ready,
            tag="运行",
            summary="是否就绪",
            description="降级时也返回 200：没有模型时规则照样识别紧急情况。",
            extra=openapi.open_to_all(schemas.Ready),
            role=None,
        ),
        Route(
            "GET",
            "/metrics",
            "metrics",
            routes.metrics,
            tag="运行",
            summary="指标",
            description="Prometheus 文本格式。",
            extra=openapi.open_to_all(None, PROMETHEUS.partition(";")[0]),
            role=None,
        ),
    )


def _fixed(content: BaseModel) -> Endpoint:
    body = content.model_dump_json().encode()

    async def answer(request: Request) -> Response:
        return Response(body, media_type=JSON)

    return answer
