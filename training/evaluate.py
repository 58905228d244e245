"""Figures of the whole engine on labelled texts: measured through the same route that is served."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field

from training.corpus import LabeledComplaint
from triage.types import Assessment, Urgency

Assess = Callable[[str], Assessment]

SHARES = (
    "topic",
    "category",
    "urgency",
    "emergency_recall",
    "emergency_seen",
    "false_alarms",
    "automated",
    "automated_right",
)
"""The figures that every table shows, in its order."""


@dataclass
class Figures:
    """Shares over a set of texts; ``None`` where there was nothing to divide by.

    ``emergency_recall`` counts emergencies called so, ``emergency_seen`` those called so or given to a person;
    ``automated_right`` is the share of right topics among the answers that nobody reviews.
    """

    rows: int
    topic: float | None
    topic_or_secondary: float | None
    category: float | None
    urgency: float | None
    emergency_recall: float | None
    emergency_seen: float | None
    false_alarms: float | None
    automated: float | None
    automated_right: float | None
    by_topic: dict[str, dict[str, float | int | None]] = field(default_factory=dict)
    confusions: list[tuple[str, str, int]] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Case:
    """A labelled text and what the engine said of it."""

    row: LabeledComplaint
    assessment: Assessment


def judge_all(rows: Iterable[LabeledComplaint], assess: Assess) -> list[Case]:
    """Run the engine over the rows."""
    return [Case(row, assess(row.text)) for row in rows]


def measure(cases: Sequence[Case]) -> Figures:
    """All figures of a set of cases."""
    emergencies = [case for case in cases if _is_urgent(case.row.urgency)]
    ordinary = [case for case in cases if not _is_urgent(case.row.urgency)]
    automated = [case for case in cases if not case.assessment.needs_review]
    return Figures(
        rows=len(cases),
        topic=_share(_topic_right(case) for case in cases),
        topic_or_secondary=_share(
            case.assessment.topic in {case.row.topic, *case.row.secondary} for case in cases
        ),
        category=_share(case.row.topic.split(".")[0] == case.assessment.category for case in cases),
        urgency=_share(case.row.urgency == case.assessment.urgency for case in cases),
        emergency_recall=_share(case.assessment.emergency for case in emergencies),
        emergency_seen=_share(
            case.assessment.emergency or case.assessment.needs_review for case in emergencies
        ),
        false_alarms=_share(case.assessment.emergency for case in ordinary),
        automated=_share(not case.assessment.needs_review for case in cases),
        automated_right=_share(_topic_right(case) for case in automated),
        by_topic=_by_topic(cases),
        confusions=_confusions(cases),
    )


def by_variant(cases: Sequence[Case]) -> dict[str, Figures]:
    """The figures of each variant of Chinese."""
    variants = sorted({case.row.variant for case in cases})
    return {variant: measure([case for case in cases if case.row.variant == variant]) for variant in variants}


def _is_urgent(urgency: str) -> bool:
    return urgency == Urgency.URGENT


def _topic_right(case: Case) -> bool:
    return case.row.topic == case.assessment.topic


def _by_topic(cases: Sequence[Case]) -> dict[str, dict[str, float | int | None]]:
    topics = sorted({case.row.topic for case in cases})
    figures: dict[str, dict[str, float | int | None]] = {}
    for topic in topics:
        labeled = [case for case in cases if case.row.topic == topic]
        answered = [case for case in cases if case.assessment.topic == topic]
        figures[topic] = {
            "rows": len(labeled),
            "recall": _share(_topic_right(case) for case in labeled),
            "precision": _share(_topic_right(case) for case in answered),
        }
    return figures


def _confusions(cases: Sequence[Case], most: int = 15) -> list[tuple[str, str, int]]:
    wrong = Counter((case.row.topic, case.assessment.topic) for case in cases if not _topic_right(case))
    return [(labeled, answered, count) for (labeled, answered), count in wrong.most_common(most)]


def _share(values: Iterable[bool]) -> float | None:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else None
