"""Taxonomy and policies as callers see them: what the labels mean, and what rules are in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from triage.policy.deadlines import Step
from triage.policy.policy import Policy
from triage.policy.profile import Profile
from triage.policy.routing import Row
from triage.taxonomy import Taxonomy
from triage.types import Urgency


class _View(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class NamedView(_View, json_schema_extra={"description": "编号和名称"}):
    """An identifier and its name."""

    id: str
    name: str


class TopicView(_View, json_schema_extra={"description": "一个主题：哪些算，哪些不算"}):
    """A topic: what belongs to it and what does not."""

    id: str
    name: str
    category: str
    belongs: str
    excludes: str
    danger: Annotated[int | None, Field(description="安全类主题的危险程度，1 最危险")]
    always_urgent: Annotated[bool, Field(description="属实且尚未了结时一律为紧急")]


class TaxonomyView(_View, json_schema_extra={"description": "现行分类"}):
    """The labels in force."""

    version: str
    categories: tuple[NamedView, ...]
    topics: tuple[TopicView, ...]
    urgencies: Annotated[tuple[NamedView, ...], Field(description="紧急程度，由低到高")]


class StepView(_View, json_schema_extra={"description": "一步处理；主题、紧急程度、渠道为空表示不限"}):
    """A step of a policy and when it applies."""

    id: str
    name: str
    rule: str
    after: Annotated[str, Field(description="从哪一步起算，received 为收到时")]
    condition: str
    topics: tuple[str, ...] | None
    urgencies: tuple[Urgency, ...] | None
    channels: tuple[str, ...] | None


class ChannelView(_View, json_schema_extra={"description": "一种渠道；请求里写编号、名称或别名都可以"}):
    """A way in which complaints arrive."""

    id: str
    name: str
    aliases: tuple[str, ...]


class KpiView(_View, json_schema_extra={"description": "规定要求关注的指标"}):
    """A figure that a policy wants watched."""

    name: str
    target: str
    every: str


class PolicyView(_View, json_schema_extra={"description": "一套处理规定"}):
    """A policy profile."""

    id: str
    name: str
    version: int
    source: str
    channels: tuple[ChannelView, ...]
    categories: Annotated[dict[str, str], Field(description="主题编号对应的规定自有类别")]
    steps: tuple[StepView, ...]
    recorded: Annotated[tuple[str, ...], Field(description="须登记的内容")]
    optional: Annotated[tuple[str, ...], Field(description="可登记的内容")]
    merging: str
    kpis: tuple[KpiView, ...]
    guidance: tuple[str, ...]


class PoliciesView(_View, json_schema_extra={"description": "现行处理规定"}):
    """The policies in force."""

    default: Annotated[str, Field(description="请求未指定时采用的规定")]
    policies: tuple[PolicyView, ...]


def view_taxonomy(taxonomy: Taxonomy) -> TaxonomyView:
    """Show a taxonomy; urgencies from the lowest to the highest."""
    urgencies = sorted(taxonomy.urgency_names.items(), key=lambda item: item[0].rank)
    return TaxonomyView(
        version=taxonomy.version,
        categories=tuple(map(NamedView.model_validate, taxonomy.categories)),
        topics=tuple(map(TopicView.model_validate, taxonomy.topics)),
        urgencies=tuple(NamedView(id=urgency.value, name=name) for urgency, name in urgencies),
    )


def view_policies(policies: Iterable[Policy], default: str) -> PoliciesView:
    """Show policy profiles; ``default`` is the id of the one used where a complaint names none."""
    return PoliciesView(default=default, policies=tuple(_policy(policy.profile) for policy in policies))


def _policy(profile: Profile) -> PolicyView:
    return PolicyView(
        id=profile.id,
        name=profile.name,
        version=profile.version,
        source=profile.source,
        channels=tuple(map(ChannelView.model_validate, profile.channels)),
        categories=dict(profile.categories),
        steps=tuple(map(_step, profile.steps)),
        recorded=profile.recorded,
        optional=profile.optional,
        merging=profile.merging,
        kpis=tuple(map(KpiView.model_validate, profile.kpis)),
        guidance=profile.guidance,
    )


def _step(row: Row[Step]) -> StepView:
    step, when = row.then, row.when
    return StepView(
        id=step.id,
        name=step.name,
        rule=step.rule,
        after=step.after,
        condition=step.condition,
        topics=_sorted(when.topics),
        channels=_sorted(when.channels),
        urgencies=None if when.urgencies is None else tuple(sorted(when.urgencies, key=lambda u: u.rank)),
    )


def _sorted(values: frozenset[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(sorted(values))
