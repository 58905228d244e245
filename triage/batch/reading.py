"""Chunks → rows with values, and rejects for those that have none."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from triage.batch.cell import as_json
from triage.batch.delimited import parse, parse_by_spans
from triage.batch.dialect import Dialect
from triage.batch.json_lines import parse_object
from triage.batch.plan import FilePlan
from triage.batch.values import Cells, Chunk, Record, Reject, Row

NOT_JSON = "不是 JSON 对象"


def read_rows(chunk: Chunk, file: FilePlan) -> tuple[list[Row], list[Reject]]:
    """Every row of a chunk, either read or rejected; both in the order of the file."""
    rows: list[Row] = []
    rejects: list[Reject] = []
    records: list[Record] = []
    for item in chunk.rows:
        if isinstance(item, Cells):
            rows.append(Row(item.line, item.values))
        elif item.fault:
            rejects.append(Reject(item.line, item.fault, item.raw))
        else:
            records.append(item)
    if file.dialect is not None:
        _read_delimited(records, file, file.dialect, rows, rejects)
    else:
        _read_objects(records, file, rows, rejects)
    return rows, rejects


def raw_of(row: Row) -> bytes:
    """The row as it stands in its file; of a table, its values as JSON."""
    return row.record.raw if row.record is not None else as_json(list(row.values)).encode()


def _read_delimited(
    records: Sequence[Record], file: FilePlan, dialect: Dialect, rows: list[Row], rejects: list[Reject]
) -> None:
    decoded: list[str] = []
    sound: list[Record] = []
    for record in records:
        try:
            decoded.append(record.raw.decode(dialect.encoding))
            sound.append(record)
        except UnicodeDecodeError as error:
            reason = f"第 {error.start + 1} 个字节不是有效的 {dialect.encoding}"
            rejects.append(Reject(record.line, reason, record.raw))
    wanted = len(file.columns)
    for record, values in zip(sound, _fields(decoded, sound, dialect), strict=True):
        if len(values) == wanted:
            rows.append(Row(record.line, values, record))
        else:
            reason = f"有 {len(values)} 个字段，应有 {wanted} 个"
            rejects.append(Reject(record.line, reason, record.raw))


def _fields(decoded: Sequence[str], records: Sequence[Record], dialect: Dialect) -> list[list[str]]:
    try:
        found = list(parse(decoded, dialect))
    except csv.Error:  # a lone carriage return somewhere
        found = []
    if len(found) == len(records):
        return found
    return [parse_by_spans(record.raw, dialect) for record in records]


def _read_objects(records: Sequence[Record], file: FilePlan, rows: list[Row], rejects: list[Reject]) -> None:
    for record in records:
        found = parse_object(record.raw)
        if found is None:
            rejects.append(Reject(record.line, NOT_JSON, record.raw))
        else:
            rows.append(Row(record.line, [found.get(name) for name in file.columns], record))
