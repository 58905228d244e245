"""Old labels against new topics.

An archive has labels of its own. Those that name a topic or a category of ours (by id or by name, in either script)
are compared with it. What another label means is learnt from the company it keeps: a topic fits it if it is at
least as frequent among the label's rows as in the whole archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property

from triage.batch.report.rows import ReportRow
from triage.taxonomy import Category, Taxonomy, Topic

MOST_LABELS = 5_000
"""Different labels that are counted; later ones are not, and never doubted."""
FEWEST_ROWS = 20
"""Rows that a label of the archive's own must have before anything is learnt about it."""

Fold = Callable[[str], str]
"""A text in the form in which names are compared: Simplified, one width."""


class OldLabels:
    """How often each old label met each new topic."""

    def __init__(self, taxonomy: Taxonomy, fold: Fold) -> None:
        """``fold`` brings labels and names into one form."""
        self.taxonomy = taxonomy
        self.met: Counter[tuple[str, str]] = Counter()
        self.labels: Counter[str] = Counter()
        self.agreeing: Counter[str] = Counter()
        self.unlabelled = 0
        self._fold = fold
        self._meanings: dict[str, str | None] = {}
        self._names = _names(taxonomy, fold)

    def add(self, row: ReportRow) -> None:
        """Count a row."""
        label = row.old_label
        if not label:
            self.unlabelled += 1
        elif label in self.labels or len(self.labels) < MOST_LABELS:
            self.labels[label] += 1
            self.met[label, row.topic] += 1
            self.agreeing[label] += self.agrees(row) is True

    def meaning(self, label: str) -> str | None:
        """The id of the topic or category that a label names, or ``None``."""
        if label not in self._meanings:
            if len(self._meanings) > MOST_LABELS:
                self._meanings.clear()
            self._meanings[label] = self._names.get(_plain(self._fold(label)))
        return self._meanings[label]

    def agrees(self, row: ReportRow) -> bool | None:
        """Whether the old label names one of the row's topics, or its category; ``None`` where it names nothing."""
        meant = self.meaning(row.old_label)
        if meant is None:
            return None
        topics = (row.topic, *row.secondary_topics)
        return meant in topics or meant in map(self.taxonomy.category_of, topics)

    def share(self, label: str, topic: str) -> float:
        """How many of a label's rows have the topic, 0–1."""
        return self.met[label, topic] / self.labels[label] if self.labels[label] else 0.0

    def doubt(self, row: ReportRow) -> float:
        """From 0, the old label can stand, to 1, it cannot; call it when all rows are counted."""
        if not row.old_label or self._fits(row):
            return 0.0
        named = self.meaning(row.old_label) is not None
        return 1.0 if named else 1 - self.share(row.old_label, row.topic)

    def _fits(self, row: ReportRow) -> bool:
        agrees = self.agrees(row)
        if agrees is not None:
            return agrees
        if self.labels[row.old_label] < FEWEST_ROWS:
            return True
        return self.share(row.old_label, row.topic) >= self._usual_shares[row.topic]

    @cached_property
    def _usual_shares(self) -> Counter[str] | dict[str, float]:
        topics: Counter[str] = Counter()
        for (_, topic), number in self.met.items():
            topics[topic] += number
        return {topic: number / topics.total() for topic, number in topics.items()}


def _names(taxonomy: Taxonomy, fold: Fold) -> dict[str, str]:
    entries: tuple[Category | Topic, ...] = (*taxonomy.categories, *taxonomy.topics)
    return {_plain(fold(word)): entry.id for entry in entries for word in (entry.id, entry.name)}


def _plain(name: str) -> str:
    return name.strip().lower().removesuffix("投诉").removesuffix("问题").removesuffix("类")
