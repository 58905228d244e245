"""The finished output, read again chunk by chunk: what reports are made from.

Reading the output instead of listening to the run has two merits: a report can be made of a run that was interrupted
and resumed, or long after it; and it shows what was delivered, masked where that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from triage.batch.cell import as_text
from triage.batch.errors import BatchError
from triage.batch.inputs import Format, parse_name
from triage.batch.judgement import COLUMNS, column_names
from triage.batch.plan import Choices, FilePlan
from triage.batch.reading import read_rows
from triage.batch.source import Source
from triage.batch.sources import chunks, open_file
from triage.batch.times import read_time

if TYPE_CHECKING:
    import pyarrow as pa

RECEIVED_AT = "received_at"
CLOSED_AT = "closed_at"

_FLAGS = {"true": True, "false": False}


def read_judged(choices: Choices) -> Iterator[pa.RecordBatch]:
    """The rows of ``choices.output``, in order, in batches of ``choices.chunk_rows`` at most.

    Each batch has the original columns as text, our columns (``choices.prefix`` and the names of
    :data:`triage.batch.judgement.COLUMNS`) as text, boolean or double, and, where the choices name such columns,
    ``received_at`` and ``closed_at`` with the same prefix: timestamps as written, without zone, or null.

    Raises:
        BatchError: the output cannot be read, or is not that of such a run.
    """
    name = parse_name(choices.output)
    header = choices.header or name.format is not Format.DELIMITED
    reading = replace(choices, encoding=choices.output_encoding, sheet=None, header=header)
    sources = open_file(name, reading, all_columns=True)
    for chunk in chunks(sources, choices.chunk_rows):
        file = _file(sources[chunk.file])
        rows, rejects = read_rows(chunk, file)
        if rejects:
            raise BatchError(f"{choices.output}: 第 {rejects[0].line} 行无法读取：{rejects[0].reason}")
        yield _batch(choices, _names(reading, file.columns), [row.values for row in rows])


def _file(source: Source) -> FilePlan:
    """As much of a plan as reading takes."""
    return FilePlan(
        name=source.name,
        sheet=None,
        columns=source.columns,
        dialect=source.dialect,
        text=0,
        identity=None,
        received=None,
        store=None,
        faithful=False,
        order=(),
    )


def _names(choices: Choices, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns; a delimited output without header does not say those of ours."""
    ours = column_names(choices.prefix, with_times=choices.received_column is not None)
    names = columns if choices.header else (*columns[: -len(ours)], *ours)
    missing = [name for name in ours if name not in names]
    if missing:
        raise BatchError(f"{choices.output}: 没有 {'、'.join(missing)} 列，不是这样判定出来的文件")
    return names


def _batch(choices: Choices, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    import pyarrow as pa

    types = {"text": pa.string(), "flag": pa.bool_(), "number": pa.float64()}
    kinds = {choices.prefix + column.name: column.kind for column in COLUMNS}
    arrays = {}
    for name, cells in zip(names, zip(*rows, strict=True), strict=True):
        kind = kinds.get(name, "text")
        arrays[name] = pa.array([_READERS[kind](cell) for cell in cells], type=types[kind])
    for wanted, column in ((RECEIVED_AT, choices.received_column), (CLOSED_AT, choices.closed_column)):
        if column is not None:
            moments = [_moment(row[names.index(column)]) for row in rows]
            arrays[choices.prefix + wanted] = pa.array(moments, type=pa.timestamp("us"))
    return pa.record_batch(arrays)


def _number(cell: Any) -> float | None:  # noqa: ANN401 - text or a number, by the format
    return None if cell in {None, ""} else float(cell)


def _flag(cell: Any) -> bool | None:  # noqa: ANN401
    return cell if isinstance(cell, bool) else _FLAGS.get(as_text(cell).lower())


def _moment(cell: Any) -> datetime | None:  # noqa: ANN401
    moment, _ = read_time(cell)
    return None if moment is None else moment.replace(tzinfo=None)


_READERS: dict[str, Callable[[Any], Any]] = {"text": as_text, "flag": _flag, "number": _number}
