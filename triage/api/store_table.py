"""The lines of the table of routes that are about the store, see :mod:`triage.api.table`."""

from __future__ import annotations

from triage.api import examples, openapi
from triage.api import store_schemas as shapes
from triage.api.query import AssessmentQuery, CorrectionQuery, parameters
from triage.api.route import Route
from triage.api.store_routes import StoreRoutes
from triage.store.values import Role

_RECORDS, _CORRECTIONS = "记录", "更正"


def store_table(routes: StoreRoutes) -> tuple[Route, ...]:
    """List the routes of the store."""
    return (*_assessments(routes), *_corrections(routes), _forgetting(routes))


def _assessments(routes: StoreRoutes) -> tuple[Route, ...]:
    return (
        Route(
            "GET",
            "/v1/assessments",
            "assessments",
            routes.assessments,
            tag=_RECORDS,
            summary="已保存的判断",
            description="新的在前。`next_cursor` 不为空时，带上它作为 `cursor` 取下一页。",
            extra=openapi.listing(shapes.AssessmentPage, parameters(AssessmentQuery)),
            role=Role.SUPERVISOR,
        ),
        Route(
            "GET",
            "/v1/assessments/{assessment_id}",
            "assessment",
            routes.assessment,
            tag=_RECORDS,
            summary="一条判断及其更正",
            description="原文和依据都遮住了个人信息。",
            extra=openapi.showing(shapes.AssessmentWithCorrections, "assessment_id"),
            role=Role.SUPERVISOR,
        ),
    )


def _corrections(routes: StoreRoutes) -> tuple[Route, ...]:
    return (
        Route(
            "POST",
            "/v1/assessments/{assessment_id}/corrections",
            "correct",
            routes.correct,
            tag=_CORRECTIONS,
            summary="更正一条判断",
            description="不填的项不变；全不填即确认原判断。有疑问的先存下，`state` 为 `held`，由他人复核后才用于学习。",
            extra=openapi.changing(
                shapes.CorrectionRequest, shapes.CorrectionView, examples.CORRECTION, "assessment_id", 201
            ),
            role=Role.SUPERVISOR,
        ),
        Route(
            "POST",
            "/v1/corrections",
            "correct_ticket",
            routes.correct_ticket,
            tag=_CORRECTIONS,
            summary="更正在别处判断的一条反馈",
            description="须填 `text`、`topic`、`urgency`。原文遮住个人信息后才保存。",
            extra=openapi.changing(
                shapes.TicketCorrectionRequest, shapes.CorrectionView, examples.TICKET, None, 201
            ),
            role=Role.SUPERVISOR,
        ),
        Route(
            "GET",
            "/v1/corrections",
            "corrections",
            routes.corrections,
            tag=_CORRECTIONS,
            summary="更正",
            description="新的在前。`state=held` 列出待复核的。",
            extra=openapi.listing(shapes.CorrectionPage, parameters(CorrectionQuery)),
            role=Role.SUPERVISOR,
        ),
        Route(
            "POST",
            "/v1/corrections/{correction_id}/reviews",
            "review",
            routes.review,
            tag=_CORRECTIONS,
            summary="复核一条待复核的更正",
            description="须由另一个人复核；一条更正只复核一次。",
            extra=openapi.changing(
                shapes.ReviewRequest, shapes.CorrectionView, examples.REVIEW, "correction_id", 200
            ),
            role=Role.SUPERVISOR,
        ),
    )


def _forgetting(routes: StoreRoutes) -> Route:
    return Route(
        "POST",
        "/v1/customers/forget",
        "forget",
        routes.forget,
        tag=_RECORDS,
        summary="删除一位顾客的全部记录",
        description="删除带有这个 `customer_ref` 的判断和更正，以及对这些判断的更正。",
        extra=openapi.changing(shapes.PurgeRequest, shapes.PurgeResponse, examples.FORGET, None, 200),
        role=Role.ADMIN,
    )
