"""What is appended to a row: the columns, and one text's values for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from triage.policy.routing import Case
from triage.serialize import PROBABILITY_DIGITS
from triage.types import Assessment, Evidence, PreparedText

MOST_EVIDENCE = 5
"""Words of evidence that a row shows."""
LONGEST_EVIDENCE = 40
"""Characters of each."""
RESOLVE_BY = "resolve_by"
"""The column that is there only where the time of receipt is known."""

Kind = Literal["text", "flag", "number"]


class Judgement(NamedTuple):
    """The judgement of one text as far as a row shows it.

    ``masked`` is the text without personal data, or ``None`` where there are none; ``case`` is what deadlines follow
    from. Texts that hold several values put ``;`` (labels) or ``；`` (sentences) between them.
    """

    topic: str
    category: str
    secondary_topics: str
    urgency: str
    emergency: bool
    topic_confidence: float | None
    urgency_confidence: float | None
    needs_review: bool
    review_reasons: str
    evidence: str
    department: str
    script: str
    masked: str | None
    case: Case


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ours; its name in the output has a prefix before it."""

    name: str
    kind: Kind
    value: Callable[[Judgement], Any]


COLUMNS: tuple[Column, ...] = (
    Column("topic", "text", lambda judgement: judgement.topic),
    Column("category", "text", lambda judgement: judgement.category),
    Column("secondary_topics", "text", lambda judgement: judgement.secondary_topics),
    Column("urgency", "text", lambda judgement: judgement.urgency),
    Column("emergency", "flag", lambda judgement: judgement.emergency),
    Column("topic_confidence", "number", lambda judgement: judgement.topic_confidence),
    Column("urgency_confidence", "number", lambda judgement: judgement.urgency_confidence),
    Column("needs_review", "flag", lambda judgement: judgement.needs_review),
    Column("review_reasons", "text", lambda judgement: judgement.review_reasons),
    Column("evidence", "text", lambda judgement: judgement.evidence),
    Column("department", "text", lambda judgement: judgement.department),
    Column("script", "text", lambda judgement: judgement.script),
)


def column_names(prefix: str, *, with_times: bool) -> tuple[str, ...]:
    """The names as they stand in the output."""
    names = [column.name for column in COLUMNS] + [RESOLVE_BY] * with_times
    return tuple(prefix + name for name in names)


def values_of(judgement: Judgement) -> tuple[Any, ...]:
    """The values of all columns but ``resolve_by``: text, bool, float or ``None``."""
    return tuple(column.value(judgement) for column in COLUMNS)


def text_of(value: str | float | bool | None) -> str:
    """A value of ours in a file that knows only text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return str(value).lower()


def make_judgement(
    prepared: PreparedText, assessment: Assessment, case: Case, department: str, *, mask: bool
) -> Judgement:
    """Put the values of one text together."""
    confidence = assessment.confidence
    return Judgement(
        topic=assessment.topic,
        category=assessment.category,
        secondary_topics=";".join(assessment.secondary_topics),
        urgency=assessment.urgency.value,
        emergency=assessment.emergency,
        topic_confidence=_rounded(confidence.topic),
        urgency_confidence=_rounded(confidence.urgency),
        needs_review=assessment.needs_review,
        review_reasons="；".join(assessment.review_reasons),
        evidence=_words(assessment.evidence, prepared.masked),
        department=department,
        script=prepared.script,
        masked=prepared.masked if mask and prepared.masked != prepared.original else None,
        case=case,
    )


def _words(evidence: Sequence[Evidence], masked: str) -> str:
    """The words that led to the judgement, without personal data.

    Corner brackets around each keep a word of a customer from being the beginning of a cell, where ``=`` or ``+`` would
    be taken for a formula.
    """
    found: Iterable[str] = (
        " ".join(masked[item.start : item.end].split()) for item in evidence if item.source != "dismissed"
    )
    words = list(dict.fromkeys(word[:LONGEST_EVIDENCE] for word in found if word))
    return "".join(f"「{word}」" for word in words[:MOST_EVIDENCE])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, PROBABILITY_DIGITS)
