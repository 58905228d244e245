"""Inputs → sources → chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.batch.delimited import DelimitedSource
from triage.batch.dialect import settle_encoding
from triage.batch.inputs import FileName, Format, expand
from triage.batch.json_lines import JsonLinesSource
from triage.batch.parquet import ParquetSource
from triage.batch.plan import Choices
from triage.batch.source import Source
from triage.batch.values import Cells, Chunk, Record
from triage.batch.workbook import open_sheets

CHUNK_BYTES = 4 * 1024 * 1024
"""Bytes of records after which a chunk is full, however few they are."""


def open_sources(choices: Choices, output: FileName) -> list[Source]:
    """A source for every file and sheet, in order; their beginnings have been looked at.

    Raises:
        BatchError: one cannot be read.
    """
    all_columns = output.format is not Format.JSON_LINES
    names = expand(choices.inputs, (choices.output, choices.reject_file))
    return [source for name in names for source in open_file(name, choices, all_columns=all_columns)]


def open_file(name: FileName, choices: Choices, *, all_columns: bool) -> Sequence[Source]:
    """The source of a file, or those of its sheets; ``all_columns`` reads JSON Lines once for all keys there are."""
    encoding = settle_encoding(choices.encoding) if choices.encoding else None
    if name.format is Format.DELIMITED:
        return [DelimitedSource(name, encoding, header=choices.header)]
    if name.format is Format.JSON_LINES:
        return [JsonLinesSource(name, encoding, all_columns=all_columns)]
    if name.format is Format.XLSX:
        return open_sheets(name, choices.sheet, header=choices.header)
    return [ParquetSource(name)]


def chunks(sources: Sequence[Source], rows: int) -> Iterator[Chunk]:
    """All rows of all sources; a chunk never holds rows of two."""
    number = before = 0
    for at, source in enumerate(sources):
        kept: list[Record] | list[Cells] = []
        size = 0
        for row in source.rows():
            kept.append(row)  # type: ignore[arg-type]  # a source gives one kind of rows only
            size += len(row.raw) if isinstance(row, Record) else 0
            if len(kept) >= rows or size >= CHUNK_BYTES:
                yield Chunk(number, at, kept, before + source.position)
                number, kept, size = number + 1, [], 0
        if kept:
            yield Chunk(number, at, kept, before + source.position)
            number += 1
        before += source.name.path.stat().st_size


def total_bytes(sources: Sequence[Source]) -> int:
    """What ``Chunk.done`` counts up to."""
    return sum(source.name.path.stat().st_size for source in sources)
