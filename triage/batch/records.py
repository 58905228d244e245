"""Delimited text → records, with their physical lines, and nothing lost.

A record is what RFC 4180 says: fields between delimiters, quoted fields may hold delimiters and line ends. Real files
break this rule, and readers that trust it then swallow thousands of rows into one cell. Here

* a line without a quotation mark is a record, whatever came before;
* a quoted field must be closed within :data:`LONGEST` bytes, by a mark before a delimiter or a line end;
* a record over several lines must have as many fields as the header;
* where this fails, the fault costs at least one line, and what lies before the next line that reads as a record with
  the right number of fields, or is another faulty record by the number of its delimiters.
"""

from __future__ import annotations

from collections.abc import Iterator

from triage.batch.dialect import Dialect
from triage.batch.grammar import QUOTE, count_fields, grammar
from triage.batch.values import Record

LONGEST = 1024 * 1024
"""Bytes of a record at most."""
LINES_OF_A_FAULT = 100
"""Lines that one fault may cost at most; then reading begins afresh."""

UNCLOSED = "引号未闭合，或引号后有多余字符"
TOO_LONG = f"一行超过 {LONGEST} 字节，按此长度分段列出"


class Splitter:
    """Records of one file, one after the other.

    Set ``fields`` once the header is known; ``line`` is where it stands, ``blank_lines`` counts the empty
    lines, which are no records.
    """

    def __init__(self, blocks: Iterator[bytes], dialect: Dialect) -> None:
        """Read from ``blocks``, which hold no byte-order mark; their borders mean nothing."""
        self.fields: int | None = None
        self.blank_lines = 0
        self._blocks = blocks
        self._end = dialect.line_end
        self._dialect = dialect
        self._record = grammar(dialect.separator, dialect.line_end).record
        self._data = b""
        self._at = 0
        self.line = 1
        self._whole = False
        self._inside_long_line = False

    def __iter__(self) -> Iterator[Record]:
        """Every record, sound or not, in order."""
        while (record := self._next()) is not None:
            if record.raw or record.fault:
                yield record
            else:
                self.blank_lines += 1

    def _next(self) -> Record | None:
        stop = self._line_end()
        if stop is None:
            return None
        if stop - self._at > LONGEST or self._inside_long_line:
            return self._too_long(stop)
        if self._data.find(QUOTE, self._at, stop) < 0:
            return self._taken(stop)
        closed = self._closed()
        return self._taken(closed) if closed is not None else self._faulty()

    def _line_end(self) -> int | None:
        """Where the current physical line ends, or ``None`` at the end of the file."""
        while True:
            stop = self._data.find(self._end, self._at)
            if stop >= 0:
                return stop
            if self._whole or len(self._data) - self._at > LONGEST:
                return len(self._data) if self._at < len(self._data) else None
            self._read_on()

    def _read_on(self) -> None:
        block = next(self._blocks, b"")
        self._whole = not block
        self._data, self._at = self._data[self._at :] + block, 0

    def _closed(self) -> int | None:
        """Where the record that begins here ends, if it is well-formed."""
        while True:
            match = self._record.match(self._data, self._at, self._at + LONGEST)
            if match is not None and (match.end() < len(self._data) or self._whole):
                return match.end() if self._is_sound(match.group()) else None
            if self._whole or len(self._data) - self._at >= LONGEST:
                return None
            self._read_on()

    def _is_sound(self, raw: bytes) -> bool:
        if len(raw) >= LONGEST:
            return False
        several_lines = self._end in raw
        return not several_lines or self.fields in {None, count_fields(raw, self._dialect)}

    def _faulty(self) -> Record:
        """The lines before the next one that begins a record."""
        line, first = self.line, self._taken(self._line_end_here())
        parts, ending = [first.raw], first.ending
        delimiters = first.raw.count(self._dialect.separator)
        while len(parts) < 2 * LINES_OF_A_FAULT and self._line_end() is not None:
            if self._begins_a_record(delimiters):
                break
            more = self._taken(self._line_end_here())
            delimiters += more.raw.count(self._dialect.separator)
            parts += ending, more.raw
            ending = more.ending
        return Record(line, b"".join(parts), UNCLOSED, ending)

    def _line_end_here(self) -> int:
        stop = self._line_end()
        assert stop is not None
        return min(stop, self._at + LONGEST)

    def _begins_a_record(self, before: int) -> bool:
        """Whether the next line is no part of the fault, which has had so many delimiters ``before``.

        It is none if it reads as a record with the right number of fields. Nor if it has delimiters enough for them, or
        some, where the fault has enough already: then it is a faulty record of its own.
        """
        wanted = self.fields or 1
        here = self._data.count(self._dialect.separator, self._at, self._line_end_here())
        if here >= wanted - 1 or (here and before >= wanted - 1):
            return True
        closed = self._closed()
        if closed is None:
            return False
        raw = self._data[self._at : closed].removesuffix(b"\r")
        return not raw or count_fields(raw, self._dialect) == wanted

    def _taken(self, stop: int) -> Record:
        """The record from here to ``stop``, and its line end left behind."""
        raw = self._data[self._at : stop]
        line, ending = self.line, b""
        self._at = stop
        if self._data.startswith(b"\r\n", stop) and self._end == b"\n":
            ending = b"\r\n"
        elif self._data.startswith(self._end, stop):
            ending = self._end
        self._at += len(ending)
        if ending == b"\n" and raw.endswith(b"\r"):
            raw, ending = raw[:-1], b"\r\n"
        self.line += raw.count(self._end) + bool(ending)
        return Record(line, raw, "", ending)

    def _too_long(self, stop: int) -> Record:
        """A piece of a line that is too long to be held."""
        piece = self._taken(min(stop, self._at + LONGEST))
        self._inside_long_line = not piece.ending
        return piece._replace(fault=TOO_LONG)
