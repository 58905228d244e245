"""What corrections teach, and marks by which a learned text is recognised again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from training.corpus import LabeledComplaint
from triage.models.gate import LESSONS
from triage.store.values import CorrectionRecord, Role, State

MARK = 32
"""Hexadecimal digits of a mark: half a SHA-256."""
WEIGHTS: Mapping[Role, float] = {Role.INTAKE: 1.0, Role.SUPERVISOR: 3.0, Role.ADMIN: 3.0}
"""How much a correction counts, by the role of who made it."""

REHEARSED = 4
"""So many labelled complaints are repeated for each correction, that the model does not forget them over it. All of
them would move it more than a few corrections do: it knows them already."""


@dataclass(frozen=True)
class Lessons:
    """Rows to learn from, with a weight each; ``left_out`` counts corrections that teach nothing, by reason."""

    rows: tuple[LabeledComplaint, ...] = field(default=(), repr=False)
    weights: tuple[float, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


def mark_of(text: str) -> str:
    """Recognises a text again; of masked texts only, since a bare hash of others could be guessed."""
    return hashlib.sha256(text.encode()).hexdigest()[:MARK]


def marks_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Marks of several texts, sorted, each once."""
    return tuple(sorted({mark_of(text) for text in texts}))


def read_marks(folder: Path) -> frozenset[str] | None:
    """The marks of what a model learned from; ``None`` where it kept none."""
    try:
        return frozenset((folder / LESSONS).read_text("ascii").split("\n"))
    except (OSError, UnicodeDecodeError):
        return None


def lessons_of(records: Iterable[CorrectionRecord], forbidden: frozenset[str] = frozenset()) -> Lessons:
    """One row per text: the latest verdict of the highest role.

    Args:
        records: all corrections, in any order.
        forbidden: marks of texts that measure, and so must not be learned from.
    """
    by_text: defaultdict[str, list[CorrectionRecord]] = defaultdict(list)
    for record in records:
        by_text[record.text_digest].append(record)
    rows, weights, left_out = [], [], defaultdict[str, int](int)
    for group in by_text.values():
        last = _last_word(group)
        reason = _why_not(last, group, forbidden)
        if last is None or reason is not None:
            left_out[reason or "held"] += len(group)
            continue
        left_out["superseded"] += len(group) - 1
        rows.append(_row(last))
        weights.append(WEIGHTS[last.role])
    return Lessons(tuple(rows), tuple(weights), {name: count for name, count in left_out.items() if count})


def rehearsed(known: Sequence[LabeledComplaint], lessons: Lessons) -> list[LabeledComplaint]:
    """The labelled complaints to repeat: the first by their marks, so that chance has no part in it."""
    return sorted(known, key=lambda row: mark_of(row.text))[: REHEARSED * len(lessons.rows)]


def _last_word(group: Sequence[CorrectionRecord]) -> CorrectionRecord | None:
    teaching = [record for record in group if record.state.teaches]
    return max(teaching, key=lambda record: (record.role.rank, record.made_at, record.id), default=None)


def _why_not(
    last: CorrectionRecord | None, group: Sequence[CorrectionRecord], forbidden: frozenset[str]
) -> str | None:
    if last is None:
        return "held"
    if any(_disputes(other, last) for other in group):
        return "disputed"
    return "measures" if mark_of(last.text) in forbidden else None


def _disputes(other: CorrectionRecord, last: CorrectionRecord) -> bool:
    """Somebody of no lower role says otherwise, and nobody has settled it yet."""
    differs = (other.after.topic, other.after.urgency) != (last.after.topic, last.after.urgency)
    by_another = other.made_by != last.made_by and other.role.may_act_as(last.role)
    return other.state is State.HELD and differs and by_another


def _row(record: CorrectionRecord) -> LabeledComplaint:
    return LabeledComplaint(
        text=record.text,
        topic=record.after.topic,
        urgency=record.after.urgency.value,
        secondary=[topic for topic in record.after.secondary_topics if topic != record.after.topic],
    )
