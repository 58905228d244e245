"""``taxonomy.yaml`` → :class:`triage.taxonomy.Taxonomy`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from triage.catalog.files import KnowledgeFiles
from triage.catalog.schema import TaxonomyFile, TopicEntry, raise_if_any, require
from triage.errors import Problem
from triage.taxonomy import Category, Hazard, Taxonomy, Topic
from triage.types import Urgency

FILE = "taxonomy.yaml"


def load_taxonomy(files: KnowledgeFiles) -> Taxonomy:
    """Read and check the taxonomy.

    Raises:
        KnowledgeError: naming every wrong entry.
    """
    path = str(files.path(FILE))
    content = require(TaxonomyFile, files.read(FILE), path)
    problems = [Problem(path, entry, "id", "given twice") for entry in _repeated(content)]
    categories = {category.id for category in content.categories}
    topics = {topic.id for topic in content.topics}
    for topic in content.topics:
        if topic.id.split(".")[0] not in categories:
            problems.append(Problem(path, topic.id, "id", "the part before the dot is no category"))
    for hazard in content.hazards:
        if hazard.topic is not None and hazard.topic not in topics:
            problems.append(Problem(path, hazard.id, "topic", f"unknown topic {hazard.topic}"))
    if content.fallback not in topics:
        problems.append(Problem(path, "", "fallback", f"unknown topic {content.fallback}"))
    raise_if_any(problems)
    return Taxonomy(
        version=content.version,
        categories=tuple(Category(entry.id, entry.name) for entry in content.categories),
        topics=tuple(_topic(entry) for entry in content.topics),
        hazards=tuple(Hazard(entry.id, entry.name, entry.topic) for entry in content.hazards),
        urgency_names={Urgency(entry.id): entry.name for entry in content.urgencies},
        fallback=content.fallback,
    )


def _topic(entry: TopicEntry) -> Topic:
    return Topic(
        id=entry.id,
        name=entry.name,
        category=entry.id.split(".")[0],
        belongs=entry.belongs,
        excludes=entry.excludes or "",
        danger=entry.danger,
        always_urgent=entry.always_urgent,
    )


def _repeated(content: TaxonomyFile) -> Iterable[str]:
    for entries in (content.categories, content.topics, content.hazards, content.urgencies):
        counts = Counter(entry.id for entry in entries)
        yield from (entry for entry, count in counts.items() if count > 1)
