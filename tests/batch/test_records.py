"""Delimited text is split into records, and a fault costs one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.batch.dialect import Dialect
from triage.batch.grammar import count_fields, field_spans
from triage.batch.records import LONGEST, TOO_LONG, UNCLOSED, Splitter
from triage.batch.values import Record


def split(
    data: bytes, fields: int | None = 3, block: int = 10_000, dialect: Dialect | None = None
) -> list[Record]:
    blocks: Iterator[bytes] = (data[at : at + block] for at in range(0, len(data), block))
    splitter = Splitter(blocks, dialect or Dialect())
    splitter.fields = fields
    return list(splitter)


def raws(records: list[Record]) -> list[bytes]:
    return [record.raw for record in records]


def test_a_quoted_field_may_hold_line_ends_and_the_lines_are_counted() -> None:
    """Line numbers are physical: the record behind a cell of three lines begins three lines later."""
    records = split(b'1,"a\nb\nc",x\n2,b,y\n')
    assert [(record.line, record.raw) for record in records] == [(1, b'1,"a\nb\nc",x'), (4, b"2,b,y")]


def test_the_line_end_of_each_record_is_kept() -> None:
    """A file may mix them, and the last line may have none."""
    assert [r.ending for r in split(b"1,a,x\r\n2,b,y\n3,c,z")] == [b"\r\n", b"\n", b""]


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    """However many sound rows follow."""
    records = split(b'1,"open,x\n2,b,y\n3,"c, d",z\n')
    assert raws(records) == [b'1,"open,x', b"2,b,y", b'3,"c, d",z']
    assert [record.fault for record in records] == [UNCLOSED, "", ""]


def test_an_unclosed_quote_before_rows_without_any_quote_costs_its_own_line_only() -> None:
    """The search for the closing mark is bounded; then reading goes on with the next line."""
    records = split(b'1,"open,x\n' + b"2,b,y\n" * 1_000)
    assert len(records) == 1_001
    assert [record.fault for record in records].count(UNCLOSED) == 1


def test_faults_in_neighbouring_rows_are_told_apart() -> None:
    """A line with delimiters enough is a row of its own, however faulty."""
    records = split(b'1,"open,x\n2,"open,y\n3,too,many,fields\n4,"he "said" it",z\n5,b,y\n')
    assert [record.line for record in records] == [1, 2, 3, 4, 5]
    assert [record.fault for record in records] == [UNCLOSED, UNCLOSED, "", UNCLOSED, ""]


def test_an_unclosed_quote_on_the_last_line_loses_nothing() -> None:
    """The end of the file closes no quotation."""
    assert split(b'1,a,x\n2,"open,y') == [
        Record(1, b"1,a,x"),
        Record(2, b'2,"open,y', UNCLOSED, b""),
    ]


def test_a_stray_quote_in_a_cell_of_several_lines_costs_that_record() -> None:
    """All its lines are one reject, and the next sound record is read."""
    records = split(b'1,"he "said"\nso\nand left",x\n2,b,y\n')
    assert raws(records) == [b'1,"he "said"\nso\nand left",x', b"2,b,y"]
    assert [record.fault for record in records] == [UNCLOSED, ""]


def test_a_quote_closed_in_another_row_by_accident_is_seen_by_the_number_of_fields() -> None:
    """Two halves of different rows make no record."""
    records = split(b'1,a,"open\n2,b,y\n3,c,z",w\n4,d,v\n')
    assert records[0].fault == UNCLOSED
    assert raws(records)[-1] == b"4,d,v"


def test_a_quotation_mark_inside_an_unquoted_field_is_a_character() -> None:
    """Inches and the like cost nothing."""
    assert split(b'1,5" pipe,x\n')[0].fault == ""


def test_old_macintosh_line_ends() -> None:
    """A carriage return alone ends lines where there is no line feed."""
    assert raws(split(b"1,a,x\r2,b,y\r", dialect=Dialect(newline=b"\r"))) == [b"1,a,x", b"2,b,y"]


def test_a_line_without_end_comes_in_pieces() -> None:
    """So that memory stays bounded; every byte is in some reject."""
    data = b"x" * (2 * LONGEST + 10) + b"\n1,a,x\n"
    records = split(data, block=100_000)
    assert [record.fault for record in records] == [TOO_LONG, TOO_LONG, TOO_LONG, ""]
    assert b"".join(raws(records)[:3]) == b"x" * (2 * LONGEST + 10)
    assert [record.line for record in records] == [1, 1, 1, 2]


def test_blank_lines_are_no_records() -> None:
    """They are counted apart."""
    splitter = Splitter(iter([b"1,a,x\n\n\r\n2,b,y\n"]), Dialect())
    assert [record.line for record in splitter] == [1, 4]
    assert splitter.blank_lines == 2


PIECES = st.lists(
    st.sampled_from([b"a", b",", b'"', b"\n", b"\r\n", b"\r", "商".encode(), b"\xff"]), max_size=60
)


@given(PIECES, st.integers(1, 7))
def test_no_byte_is_lost_whatever_the_file(pieces: list[bytes], block: int) -> None:
    """Records and their line ends put together are the file, but for blank lines."""
    data = b"".join(pieces)
    records = split(data, block=block)
    joined = b"".join(record.raw + record.ending for record in records)
    assert _without_line_ends(joined) == _without_line_ends(data)
    assert records == split(data)


def _without_line_ends(data: bytes) -> bytes:
    return data.replace(b"\n", b"").replace(b"\r", b"")


@pytest.mark.parametrize(
    ("raw", "fields"),
    [(b"a,b", [b"a", b"b"]), (b'"a,b",', [b'"a,b"', b""]), (b',"x""y"', [b"", b'"x""y"']), (b"", [b""])],
)
def test_fields_are_found_where_they_stand(raw: bytes, fields: list[bytes]) -> None:
    """With their quotation marks, so that one can be replaced and the others stay."""
    assert [raw[start:stop] for start, stop in field_spans(raw, Dialect())] == fields
    assert count_fields(raw, Dialect()) == len(fields)
