"""What people ask for: a correction in words that nobody has checked yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from triage.errors import InputError
from triage.store.values import Labels, Role
from triage.taxonomy import Taxonomy
from triage.types import Urgency

_LEVELS = "、".join(Urgency)


@dataclass(frozen=True, slots=True)
class Author:
    """Who says so, and with what role."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Verdict:
    """The labels that somebody gives, as written; ``None`` keeps what stood there."""

    topic: str | None = None
    urgency: str | None = None
    secondary_topics: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A complaint that was judged elsewhere.

    ``before`` is what was said of it there, where that is known; ``made_at`` when it was corrected, ``None`` for now.
    """

    text: str = field(repr=False)
    external_id: str | None = None
    channel: str | None = None
    customer: str | None = field(default=None, repr=False)
    before: Verdict | None = None
    made_at: datetime | None = None


def checked_labels(
    verdict: Verdict, taxonomy: Taxonomy, before: Labels | None = None, prefix: str = ""
) -> Labels:
    """Turn a verdict into labels of the taxonomy; what it leaves open is taken from ``before``.

    Raises:
        InputError: naming the field (after ``prefix``) that is missing, or holds a label that does not exist.
    """
    topic = verdict.topic or (before.topic if before else None)
    urgency = verdict.urgency or (before.urgency.value if before else None)
    if topic is None or urgency is None:
        raise InputError(prefix + ("topic" if topic is None else "urgency"), "缺少这个字段", "missing")
    _known_topic(topic, taxonomy, prefix + "topic")
    if urgency not in list(Urgency):
        raise InputError(prefix + "urgency", f"只能是 {_LEVELS}", "unknown_urgency")
    secondary = verdict.secondary_topics
    if secondary is None:
        # A topic that became the first one is no longer a further one.
        kept = before.secondary_topics if before else ()
        return Labels(topic, Urgency(urgency), tuple(item for item in kept if item != topic))
    return Labels(topic, Urgency(urgency), _secondary(secondary, topic, taxonomy, prefix))


def _secondary(topics: Sequence[str], first: str, taxonomy: Taxonomy, prefix: str) -> tuple[str, ...]:
    for number, topic in enumerate(topics):
        field_name = f"{prefix}secondary_topics.{number}"
        _known_topic(topic, taxonomy, field_name)
        if topic == first or topic in topics[:number]:
            raise InputError(field_name, "与前面的主题重复", "duplicate")
    return tuple(topics)


def _known_topic(topic: str, taxonomy: Taxonomy, field_name: str) -> None:
    if topic not in taxonomy.topic_by_id:
        raise InputError(field_name, "没有这个主题", "unknown_topic")
