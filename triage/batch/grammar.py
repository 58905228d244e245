"""The form of a record of RFC 4180, as expressions."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from triage.batch.dialect import Dialect

QUOTE = b'"'


class Grammar(NamedTuple):
    """Expressions for one delimiter; all repetition is possessive, so that they take linear time."""

    record: re.Pattern[bytes]
    field: re.Pattern[bytes]


@cache
def grammar(delimiter: bytes, line_end: bytes) -> Grammar:
    """The expressions for records and fields; ``field`` is to be met by a record with a delimiter before it."""
    mark, end = re.escape(delimiter), re.escape(line_end)
    field = rb'(?:"(?:[^"]++|"")*+"|[^"%b%b][^%b%b]*+|)' % (mark, end, mark, end)
    stop = rb"(?=\r?\n|\Z)" if line_end == b"\n" else rb"(?=%b|\Z)" % end
    return Grammar(
        re.compile(rb"%b(?:%b%b)*+%b" % (field, mark, field, stop)),
        re.compile(rb"%b(%b)" % (mark, field)),
    )


def count_fields(raw: bytes, dialect: Dialect) -> int:
    """How many fields a well-formed record has."""
    if QUOTE not in raw:
        return raw.count(dialect.separator) + 1
    return len(grammar(dialect.separator, dialect.line_end).field.findall(dialect.separator + raw))


def field_spans(raw: bytes, dialect: Dialect) -> list[tuple[int, int]]:
    """Where each field of a well-formed record stands in it, quotation marks included."""
    found = grammar(dialect.separator, dialect.line_end).field.finditer(dialect.separator + raw)
    width = len(dialect.separator)
    return [(match.start(1) - width, match.end(1) - width) for match in found]
