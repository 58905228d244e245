"""CSV and TSV: records as they stood, with our fields behind them.

Where nothing has to be changed the bytes of a record are copied. Masking and ``safe_cells`` change the fields that they
concern and leave the others as they were. Rows of files that are written differently (other columns,
delimiter, encoding or format) are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from triage.batch.cell import as_text
from triage.batch.delimited import write_field, write_record
from triage.batch.dialect import Dialect
from triage.batch.errors import Unwritable
from triage.batch.grammar import field_spans
from triage.batch.judgement import Judgement, text_of, values_of
from triage.batch.plan import FilePlan, Plan, lay_out
from triage.batch.values import Row

FORMULA_STARTS = frozenset("=+-@\t\r")
"""A cell that begins so may be run as a formula by spreadsheets."""
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)%?", re.ASCII)


class Fields(NamedTuple):
    """Our fields of a text, encoded, with the delimiter before them; and the masked text."""

    encoded: bytes
    masked: str | None


class DelimitedRenderer:
    """Renders for one output."""

    def __init__(self, plan: Plan) -> None:
        """Write as the plan's output is written."""
        self._plan = plan
        self._dialect = plan.output.dialect

    def finish(self, judgement: Judgement) -> Fields:
        """Our fields, which every row with this text gets."""
        values = [write_field(text_of(value), self._dialect) for value in values_of(judgement)]
        joined = self._dialect.delimiter + self._dialect.delimiter.join(values)
        return Fields(self._encode_ours(joined), judgement.masked)

    def row(self, row: Row, file: FilePlan, finished: Fields, resolve_by: str | None) -> bytes:
        """One record with its line end."""
        original = self._copied(row, file, finished) if file.faithful else self._anew(row, file, finished)
        time = b"" if resolve_by is None else self._dialect.separator + resolve_by.encode()
        copied_end = row.record.ending if row.record is not None and file.faithful else b""
        return original + finished.encoded + time + (copied_end or self._dialect.newline)

    def pack(self, rows: Sequence[bytes]) -> bytes:
        """The records, one behind the other."""
        return b"".join(rows)

    def _copied(self, row: Row, file: FilePlan, finished: Fields) -> bytes:
        assert row.record is not None
        changed = self._changes(row.values, file.text, finished.masked)
        return _with_fields(row.record.raw, changed, self._dialect) if changed else row.record.raw

    def _changes(self, values: Sequence[str], text: int, masked: str | None) -> Mapping[int, str]:
        """New values of fields, by position."""
        changed = {} if masked is None else {text: masked}
        if self._plan.safe_cells:
            for at, value in enumerate(values):
                current = changed.get(at, value)
                if (safe := safe_cell(current)) is not current:
                    changed[at] = safe
        return changed

    def _anew(self, row: Row, file: FilePlan, finished: Fields) -> bytes:
        values = list(row.values)
        if finished.masked is not None:
            values[file.text] = finished.masked
        cells = [as_text(value) for value in lay_out(values, file.order)]
        if self._plan.safe_cells:
            cells = [safe_cell(cell) for cell in cells]
        try:
            return write_record(cells, self._dialect).encode(self._dialect.encoding)
        except UnicodeEncodeError:
            raise Unwritable(f"含有 {self._dialect.encoding} 无法表示的字符") from None

    def _encode_ours(self, text: str) -> bytes:
        """Our words; where the output is in an encoding of Traditional Chinese, in Traditional characters."""
        encoding = self._dialect.encoding
        try:
            return text.encode(encoding)
        except UnicodeEncodeError:
            return self._to_traditional.convert(text).encode(encoding, "replace")  # type: ignore[no-any-return]

    @cached_property
    def _to_traditional(self):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the package has no types
        from opencc import OpenCC

        return OpenCC("s2t")


def safe_cell(cell: str) -> str:
    """The cell itself, or with an apostrophe before it where a spreadsheet might take it for a formula."""
    if cell and cell[0] in FORMULA_STARTS and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _with_fields(raw: bytes, changed: Mapping[int, str], dialect: Dialect) -> bytes:
    """A record with some fields replaced; what was in quotation marks stays so."""
    parts: list[bytes] = []
    for at, (start, stop) in enumerate(field_spans(raw, dialect)):
        field = raw[start:stop]
        if at in changed:
            value = changed[at]
            quoted = (
                '"' + value.replace('"', '""') + '"' if field[:1] == b'"' else write_field(value, dialect)
            )
            field = quoted.encode(dialect.encoding)
        parts.append(field)
    return dialect.separator.join(parts)
