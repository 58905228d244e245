"""The finished output as rows of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from triage.batch.columns import find_text, place_of
from triage.batch.inputs import parse_name
from triage.batch.judged import RECEIVED_AT, read_judged
from triage.batch.judgement import COLUMNS, RESOLVE_BY
from triage.batch.plan import Choices
from triage.types import Urgency

if TYPE_CHECKING:
    import pyarrow as pa


class ReportRow(NamedTuple):
    """A judged row; ``number`` counts the rows of the output from 1, columns that were not named are empty.

    ``received`` is the moment as written, without zone; ``closed`` and ``resolve_by`` are text. ``confidence`` is
    ``None`` where a rule judged.
    """

    number: int
    text: str
    identity: str
    old_label: str
    old_urgency: str
    store: str
    received: datetime | None
    closed: str
    resolve_by: str
    topic: str
    category: str
    secondary_topics: tuple[str, ...]
    urgency: Urgency
    confidence: float | None


def read_rows(choices: Choices) -> Iterator[ReportRow]:
    """Every row of ``choices.output``, in order.

    Raises:
        BatchError: the output cannot be read, or lacks a column that the choices name.
    """
    number, text = 0, choices.text_column
    for batch in read_judged(choices):
        if text is None:
            text = _find_text(choices, batch)
        columns = _columns(choices, text, batch)
        for number, values in enumerate(zip(*columns, strict=True), start=number + 1):  # noqa: B020 - counts on
            yield _row(number, values)


def _columns(choices: Choices, text: str, batch: pa.RecordBatch) -> list[Sequence[Any]]:
    """The values in the order of the fields of :class:`ReportRow` behind the number."""
    named = (
        text,
        choices.id_column,
        choices.old_label_column,
        choices.old_urgency_column,
        choices.store_column,
    )
    times = choices.received_column is not None
    received = choices.prefix + RECEIVED_AT if times else None
    due = choices.prefix + RESOLVE_BY if times else None
    ours = ("topic", "category", "secondary_topics", "urgency", "topic_confidence")
    wanted = (*named, received, choices.closed_column, due, *(choices.prefix + name for name in ours))
    return [_values(choices, batch, name) for name in wanted]


def _values(choices: Choices, batch: pa.RecordBatch, name: str | None) -> Sequence[Any]:
    if name is None:
        return [None] * batch.num_rows
    at = place_of(name, batch.schema.names, choices.output, "--report")
    return batch.column(at).to_pylist()  # type: ignore[no-any-return]


def _row(number: int, values: Sequence[Any]) -> ReportRow:
    text, identity, label, old_urgency, store, received, closed, due, *ours = values
    topic, category, secondary, urgency, confidence = ours
    return ReportRow(
        number=number,
        text=text or "",
        identity=identity or "",
        old_label=(label or "").strip(),
        old_urgency=(old_urgency or "").strip(),
        store=(store or "").strip(),
        received=received,
        closed=closed or "",
        resolve_by=due or "",
        topic=topic,
        category=category,
        secondary_topics=tuple(filter(None, (secondary or "").split(";"))),
        urgency=Urgency(urgency),
        confidence=confidence,
    )


def _find_text(choices: Choices, batch: pa.RecordBatch) -> str:
    """The column of complaints, looked for as the run did, among those that are not ours."""
    ours = {choices.prefix + name for name in (*(column.name for column in COLUMNS), RESOLVE_BY, RECEIVED_AT)}
    names = [name for name in batch.schema.names if name not in ours and batch.column(name).type == "string"]
    cells = [batch.column(name).slice(0, 200).to_pylist() for name in names]
    sample = [[cell or "" for cell in row] for row in zip(*cells, strict=True)]
    text: str = names[find_text(names, sample, parse_name(choices.output).path)]
    return text
