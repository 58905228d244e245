"""Bytes of a text file → the same without byte-order mark, in an encoding in which records can be split."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from triage.batch.dialect import WIDE
from triage.batch.encoding import UTF8


def splittable(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The blocks without byte-order mark; UTF-16 comes out as UTF-8.

    Halves of characters come out as bytes that are not valid UTF-8, so that their records are rejected, not mended.
    """
    return _transcoded(blocks, encoding) if encoding in WIDE else _unmarked(blocks)


def bytewise(encoding: str) -> str:
    """The encoding in which :func:`splittable` gives its blocks."""
    return UTF8 if encoding in WIDE or encoding == "utf-8-sig" else encoding


def _unmarked(blocks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(blocks, b"")
    yield first.removeprefix(codecs.BOM_UTF8)
    yield from blocks


def _transcoded(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    first = True
    for block in blocks:
        text = decoder.decode(block)
        yield (text.removeprefix("\ufeff") if first else text).encode(UTF8, "surrogatepass")
        first = False
    try:
        yield decoder.decode(b"", final=True).encode(UTF8, "surrogatepass")
    except UnicodeDecodeError:
        yield b"\xff"
