"""XLSX and Parquet: rows of values, kept in the journal until the file is put together."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import orjson

from triage.batch.cell import as_text
from triage.batch.errors import Unwritable
from triage.batch.judgement import Judgement, text_of, values_of
from triage.batch.plan import FilePlan, Plan, lay_out
from triage.batch.values import Row

LONGEST_CELL = 32_767
"""Characters (UTF-16 units) that a cell of XLSX can hold."""

Ours = tuple[tuple[Any, ...], str | None]
"""Our values, and the masked text."""


class SheetRenderer:
    """Rows for XLSX: text in every cell, so that nothing is taken for a formula or a number."""

    def __init__(self, plan: Plan) -> None:
        """One renderer for all sheets."""

    def finish(self, judgement: Judgement) -> Ours:
        """Our values as text."""
        return tuple(text_of(value) for value in values_of(judgement)), judgement.masked

    def row(self, row: Row, file: FilePlan, finished: Ours, resolve_by: str | None) -> bytes:
        """The cells as a JSON array."""
        ours, masked = finished
        cells = [as_text(value) for value in laid_out(row, file, masked)]
        if any(len(cell) > LONGEST_CELL // 2 and _units(cell) > LONGEST_CELL for cell in cells):
            raise Unwritable(f"单元格超过 XLSX 的上限 {LONGEST_CELL} 个字符")
        cells += ours
        if resolve_by is not None:
            cells.append(resolve_by)
        return orjson.dumps(cells) + b"\n"

    def pack(self, rows: Sequence[bytes]) -> bytes:
        """A line each."""
        return b"".join(rows)


class ParquetRenderer:
    """Rows for Parquet: original columns keep their types where the inputs have any."""

    def __init__(self, plan: Plan) -> None:
        """Write by the schema of the plan."""
        assert plan.output.schema is not None
        self._schema = plan.output.schema
        self._typed = {
            at for at in range(len(plan.output.columns)) if str(self._schema.field(at).type) != "string"
        }

    def finish(self, judgement: Judgement) -> Ours:
        """Our values with their types."""
        return values_of(judgement), judgement.masked

    def row(self, row: Row, file: FilePlan, finished: Ours, resolve_by: str | None) -> tuple[Any, ...]:
        """The values by the columns of the schema."""
        ours, masked = finished
        values = laid_out(row, file, masked)
        original = [
            value if at in self._typed or value is None else as_text(value) for at, value in enumerate(values)
        ]
        return (*original, *ours) if resolve_by is None else (*original, *ours, resolve_by or None)

    def pack(self, rows: Sequence[tuple[Any, ...]]) -> bytes:
        """An Arrow stream of one batch."""
        import pyarrow as pa

        columns = list(zip(*rows, strict=True)) or [()] * len(self._schema)
        arrays = [
            pa.array(list(column), type=field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, self._schema) as writer:
            writer.write_batch(pa.record_batch(arrays, schema=self._schema))
        return sink.getvalue()


def laid_out(row: Row, file: FilePlan, masked: str | None) -> list[Any]:
    """The original values by the columns of the output, with the text masked where it has to be."""
    values = list(row.values)
    if masked is not None:
        values[file.text] = masked
    return lay_out(values, file.order)


def _units(cell: str) -> int:
    return len(cell.encode("utf-16-le")) // 2
