"""Judged rows → what the output holds of them; one renderer for each format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from triage.batch.inputs import Format
from triage.batch.judgement import Judgement
from triage.batch.plan import FilePlan, Plan
from triage.batch.values import Row

T = TypeVar("T")
P = TypeVar("P")


class Renderer(Protocol[T, P]):
    """Makes the output of rows: ``finish`` once for each text, ``row`` once for each row, ``pack`` once a chunk."""

    def finish(self, judgement: Judgement) -> T:
        """What all rows with the same text share."""
        ...

    def row(self, row: Row, file: FilePlan, finished: T, resolve_by: str | None) -> P:
        """One row of the output; ``resolve_by`` is ``None`` where there is no such column.

        Raises:
            Unwritable: the output cannot hold it.
        """
        ...

    def pack(self, rows: Sequence[P]) -> bytes:
        """The rows of a chunk as bytes, for :mod:`triage.batch.assemble`."""
        ...


def make_renderer(plan: Plan) -> Renderer[Any, Any]:
    """The renderer for the format of the output."""
    from triage.batch import render_delimited, render_json, render_table

    renderers: dict[Format, Callable[[Plan], Renderer[Any, Any]]] = {
        Format.DELIMITED: render_delimited.DelimitedRenderer,
        Format.JSON_LINES: render_json.JsonRenderer,
        Format.XLSX: render_table.SheetRenderer,
        Format.PARQUET: render_table.ParquetRenderer,
    }
    return renderers[plan.output_format](plan)
