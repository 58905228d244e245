"""How a text file is written: encoding, delimiter, line ends."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from triage.batch.encoding import UTF8, UTF8_MARKED
from triage.batch.errors import BatchError

BYTEWISE = frozenset({UTF8, "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950"})
"""Encodings in which a comma, a quotation mark or a line feed is never a part of another character."""

WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be"})
"""Encodings that are turned into UTF-8 before records are split."""

DELIMITERS = ",\t;|"
SUFFIX_DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The form of a delimited file.

    Attributes:
        encoding: that of the records as they are split: UTF-8 for files in UTF-16.
        delimiter: one ASCII character.
        newline: the line end of the header.
        marked: whether the file begins with a byte-order mark.
    """

    encoding: str = UTF8
    delimiter: str = ","
    newline: bytes = b"\n"
    marked: bool = False

    @property
    def separator(self) -> bytes:
        """The delimiter as bytes."""
        return self.delimiter.encode()

    @property
    def line_end(self) -> bytes:
        """The byte at which physical lines end."""
        return self.newline[-1:]


def settle_encoding(name: str) -> str:
    """The name by which an encoding is known here.

    Raises:
        BatchError: it is unknown, or records cannot be split in it.
    """
    try:
        known = codecs.lookup(name).name.replace("_", "-")
    except LookupError:
        known = ""
    if known in {"utf-8", "utf-8-sig"} | BYTEWISE | WIDE:
        return known
    supported = "、".join(sorted({UTF8, UTF8_MARKED} | BYTEWISE | WIDE))
    raise BatchError(f"--encoding: 不支持编码 {name}，可用的有：{supported}")


def sniff(head: bytes, encoding: str, suffix: str) -> Dialect:
    """Read delimiter and line end off the first line; where it has no delimiter the suffix decides.

    Args:
        head: the beginning of the file, without byte-order mark, in ``encoding``.
        encoding: one of :data:`BYTEWISE`, or UTF-8 with a mark.
        suffix: ``.csv``, ``.tsv`` or ``.tab``.
    """
    newline = _newline(head)
    header = head.split(newline, 1)[0]
    bytewise = UTF8 if encoding == UTF8_MARKED else encoding
    usual = SUFFIX_DELIMITERS.get(suffix, ",")
    # 0x7C is also the second byte of characters in GBK and Big5.
    candidates = DELIMITERS if bytewise == UTF8 else DELIMITERS.replace("|", "")
    best = max(candidates, key=lambda mark: (header.count(mark.encode()), mark == usual))
    delimiter = best if best.encode() in header else usual
    return Dialect(bytewise, delimiter, newline, encoding == UTF8_MARKED)


def _newline(head: bytes) -> bytes:
    at = head.find(b"\n")
    if at > 0 and head[at - 1 : at] == b"\r":
        return b"\r\n"
    return b"\r" if at < 0 and b"\r" in head else b"\n"
