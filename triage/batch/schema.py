"""The types of the columns of a Parquet output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from triage.batch.judgement import COLUMNS
from triage.batch.parquet import ParquetSource
from triage.batch.source import Source

if TYPE_CHECKING:
    import pyarrow as pa


def output_schema(columns: Sequence[str], judged: Sequence[str], sources: Sequence[Source]) -> pa.Schema:
    """Original types where every file has the same; text otherwise."""
    import pyarrow as pa

    kinds = {"text": pa.string(), "flag": pa.bool_(), "number": pa.float64()}
    types = [_common_type(name, sources) for name in columns]
    ours = [kinds[column.kind] for column in COLUMNS] + [pa.string()] * (len(judged) - len(COLUMNS))
    return pa.schema(list(zip((*columns, *judged), (*types, *ours), strict=True)))


def _common_type(name: str, sources: Sequence[Source]) -> pa.DataType:
    import pyarrow as pa

    having = [source for source in sources if name in source.columns]
    if not all(isinstance(source, ParquetSource) for source in having):
        return pa.string()
    found = {s.schema.field(s.columns.index(name)).type for s in having if isinstance(s, ParquetSource)}
    return found.pop() if len(found) == 1 else pa.string()
