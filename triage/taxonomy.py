"""Topics, categories and hazards as the annotation guide orders them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from triage.types import Urgency


@dataclass(frozen=True)
class Category:
    """A family of topics."""

    id: str
    name: str


@dataclass(frozen=True)
class Topic:
    """What a complaint can be about.

    ``danger`` ranks topics of safety among each other, 1 the most dangerous; ``None`` for all others.
    ``always_urgent`` topics are urgent whenever the matter is current.
    """

    id: str
    name: str
    category: str
    belongs: str
    excludes: str
    danger: int | None
    always_urgent: bool


@dataclass(frozen=True)
class Hazard:
    """What hazard rules confirm; ``topic`` is ``None`` where the complaint keeps its own."""

    id: str
    name: str
    topic: str | None


@dataclass(frozen=True)
class Taxonomy:
    """The label set, in the order of its file.

    ``fallback`` is the topic of a complaint that nothing could judge; it is never a secondary topic.
    """

    version: str
    categories: tuple[Category, ...]
    topics: tuple[Topic, ...]
    hazards: tuple[Hazard, ...]
    urgency_names: Mapping[Urgency, str]
    fallback: str

    @cached_property
    def topic_by_id(self) -> Mapping[str, Topic]:
        """Topics by id."""
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def category_by_id(self) -> Mapping[str, Category]:
        """Categories by id."""
        return {category.id: category for category in self.categories}

    @cached_property
    def hazard_by_id(self) -> Mapping[str, Hazard]:
        """Hazards by id."""
        return {hazard.id: hazard for hazard in self.hazards}

    def category_of(self, topic: str) -> str:
        """The category id of a topic; the only way a category is ever determined."""
        return self.topic_by_id[topic].category

    def most_dangerous(self, topics: set[str]) -> str | None:
        """The topic of safety that goes first, or ``None`` where no topic is one."""
        ranked = [(danger, topic) for topic in topics if (danger := self.topic_by_id[topic].danger)]
        return min(ranked)[1] if ranked else None
