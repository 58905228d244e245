"""CSV and TSV."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from triage.batch.columns import check_number, unique_names
from triage.batch.dialect import Dialect, sniff
from triage.batch.encoding import UTF8, UTF8_MARKED, detect
from triage.batch.errors import BatchError
from triage.batch.grammar import field_spans
from triage.batch.inputs import FileName
from triage.batch.records import LONGEST, Splitter
from triage.batch.source import SAMPLE
from triage.batch.stream import Stream, cut_off
from triage.batch.text import bytewise, splittable
from triage.batch.values import Record

_DELIMITER_NAMES = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线"}


class DelimitedSource:
    """A delimited file; ``encoding`` and ``header`` as an operator may give them."""

    def __init__(self, name: FileName, encoding: str | None = None, *, header: bool = True) -> None:
        """Look at the beginning of the file: encoding, delimiter, columns, the first rows."""
        self.name = name
        self.encoding = encoding or detect(Stream(name).blocks())
        self.blank_lines = 0
        self._has_header = header
        self._stream = Stream(name)
        if self.encoding == UTF8 and next(self._stream.blocks(), b"").startswith(codecs.BOM_UTF8):
            self.encoding = UTF8_MARKED
        head = next(splittable(self._stream.blocks(), self.encoding), b"")
        marked = UTF8_MARKED if self.encoding == UTF8_MARKED else bytewise(self.encoding)
        self.dialect: Dialect = sniff(head, marked, name.suffix)
        self.header_record = Record(1, b"")
        first, self.sample = self._look()
        check_number(first, name.path)
        self.columns = unique_names(first if header else [""] * len(first))
        delimiter = _DELIMITER_NAMES[self.dialect.delimiter]
        self.description = f"编码 {self.encoding}，{delimiter}分隔"

    def rows(self) -> Iterator[Record]:
        """Every record below the header."""
        self._stream = Stream(self.name)
        splitter = self._splitter(self._stream)
        records = iter(splitter)
        if self._has_header:
            next(records, None)
        splitter.fields = len(self.columns) or None
        yield from cut_off(records, self._stream)
        self.blank_lines = splitter.blank_lines

    @property
    def position(self) -> int:
        """Bytes read from the disk."""
        return self._stream.position

    def _splitter(self, stream: Stream) -> Splitter:
        return Splitter(splittable(stream.blocks(), self.encoding), self.dialect)

    def _look(self) -> tuple[list[str], list[list[str]]]:
        """The fields of the first record, and of the rows behind it as far as they are sound."""
        splitter = self._splitter(self._stream)
        records = iter(splitter)
        first = next(records, None)
        if first is None and self._stream.fault:
            raise BatchError(f"{self.name.path}: {self._stream.fault}")
        if first is None:
            return [], []
        header = self._header(first)
        self.header_record = first
        splitter.fields = len(header)
        behind = records if self._has_header else chain([first], records)
        sound = (record.raw for record in islice(behind, SAMPLE) if not record.fault)
        return header, list(_readable(sound, self.dialect))

    def _header(self, first: Record) -> list[str]:
        try:
            if not first.fault:
                return split_fields(first.raw.decode(self.dialect.encoding), self.dialect)
        except UnicodeDecodeError:
            pass
        raise BatchError(f"{self.name.path}: 第 {first.line} 行（表头）无法读取（编码 {self.encoding}）")


def split_fields(record: str, dialect: Dialect) -> list[str]:
    """The values of a well-formed record."""
    return next(parse([record], dialect), [])


def parse(records: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    """The values of well-formed records, a list each."""
    csv.field_size_limit(LONGEST)
    return csv.reader(records, delimiter=dialect.delimiter)


def parse_by_spans(raw: bytes, dialect: Dialect) -> list[str]:
    """As :func:`parse` for one record, also where a lone carriage return stands outside quotation marks."""
    cells = [raw[start:stop].decode(dialect.encoding) for start, stop in field_spans(raw, dialect)]
    return [cell[1:-1].replace('""', '"') if cell.startswith('"') else cell for cell in cells]


def write_field(value: str, dialect: Dialect) -> str:
    """A value as a field, in quotation marks where it needs them."""
    if dialect.delimiter in value or '"' in value or "\n" in value or "\r" in value:
        return '"' + value.replace('"', '""') + '"'
    return value


def write_record(values: Sequence[str], dialect: Dialect) -> str:
    """Values as a record, without its line end; never an empty line."""
    if len(values) == 1 and not values[0]:
        return '""'
    return dialect.delimiter.join([write_field(value, dialect) for value in values])


def _readable(records: Iterable[bytes], dialect: Dialect) -> Iterator[list[str]]:
    for raw in records:
        try:
            yield parse_by_spans(raw, dialect)
        except UnicodeDecodeError:
            continue
