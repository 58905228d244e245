"""JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson

from triage.batch.columns import check_number
from triage.batch.dialect import Dialect
from triage.batch.inputs import FileName
from triage.batch.records import LONGEST, TOO_LONG
from triage.batch.source import SAMPLE
from triage.batch.stream import Stream, cut_off
from triage.batch.text import splittable
from triage.batch.values import Record


class JsonLinesSource:
    """A file with a JSON object on each line.

    ``all_columns`` reads the whole file once for its keys; otherwise those of the first rows are the columns.
    """

    dialect: Dialect | None = None

    def __init__(self, name: FileName, encoding: str | None = None, *, all_columns: bool = False) -> None:
        """Look at the keys."""
        self.name = name
        self.encoding = encoding or "utf-8"
        self.description = f"编码 {self.encoding}"
        self.blank_lines = 0
        self._stream = Stream(name)
        objects = (found for record in self.rows() if (found := parse_object(record.raw)) is not None)
        first = list(islice(objects, SAMPLE))
        keys = dict.fromkeys(key for row in first for key in row)
        if all_columns:
            for row in objects:
                keys.update(dict.fromkeys(row))
                check_number(keys, name.path)
        self.columns = tuple(keys)
        self.sample = [[row.get(key) for key in self.columns] for row in first]

    def rows(self) -> Iterator[Record]:
        """Every line that is not blank."""
        self._stream = Stream(self.name)
        self.blank_lines = 0
        lines = _lines(splittable(self._stream.blocks(), self.encoding))
        for record in cut_off(lines, self._stream):
            if record.raw.strip() or record.fault:
                yield record
            else:
                self.blank_lines += 1

    @property
    def position(self) -> int:
        """Bytes read from the disk."""
        return self._stream.position


def parse_object(raw: bytes) -> dict[str, Any] | None:
    """The object on a line, or ``None`` where there is none."""
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _lines(blocks: Iterator[bytes]) -> Iterator[Record]:
    """Lines without their ends; one that is too long comes in pieces."""
    number, rest, fault = 1, b"", ""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        for raw in whole:
            yield from _pieces(Record(number, raw, fault))
            number, fault = number + 1, ""
        if len(rest) > LONGEST:
            yield from _pieces(Record(number, rest, "", b""))
            rest, fault = b"", TOO_LONG
    if rest:
        yield from _pieces(Record(number, rest, fault, b""))


def _pieces(line: Record) -> Iterator[Record]:
    if len(line.raw) <= LONGEST:
        stripped = line.raw.removesuffix(b"\r")
        ending = line.raw[len(stripped) :] + line.ending
        yield line._replace(raw=stripped, ending=ending)
        return
    for start in range(0, len(line.raw), LONGEST):
        yield line._replace(raw=line.raw[start : start + LONGEST], fault=TOO_LONG)
