"""The bytes of a file, decompressed block by block."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from triage.batch.errors import BatchError
from triage.batch.inputs import FileName
from triage.batch.values import Record

BLOCK = 1024 * 1024
"""Bytes read at a time."""
SMALL = 2048
"""Bytes handed to zstandard at a time: each may become sixteen thousand times as many."""

DAMAGED = "压缩数据损坏或不完整，其后的内容无法读取"


class Stream:
    """The decompressed bytes of a file.

    ``position`` says how much of the file on the disk has been read; ``fault`` is set, in Chinese, where the rest
    of a damaged file cannot be decompressed: what comes before is given all the same.
    """

    def __init__(self, name: FileName) -> None:
        """Nothing is opened before the first block is asked for."""
        self.name = name
        self.position = 0
        self.fault = ""

    def blocks(self) -> Iterator[bytes]:
        """All blocks; none is empty.

        Raises:
            BatchError: the file cannot be read.
        """
        try:
            with self.name.path.open("rb") as raw:
                for block in _grouped(self._sound(_READERS[self.name.compression](raw))):
                    self.position = raw.tell()
                    yield block
        except OSError as error:
            raise BatchError(f"{self.name.path}: {error.strerror or error}") from error

    def _sound(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        from zstandard import ZstdError

        try:
            yield from blocks
        except (EOFError, gzip.BadGzipFile, zlib.error, ZstdError):
            self.fault = DAMAGED


def cut_off(records: Iterable[Record], stream: Stream) -> Iterator[Record]:
    """The records of a stream; where it is damaged, one more at its end stands for all that cannot be read.

    It holds what is left of the record in which the damage begins.
    """
    line = 1
    for record in records:
        line = record.line
        if stream.fault and not record.ending:
            yield record._replace(fault=stream.fault)
            return
        yield record
    if stream.fault:
        yield Record(line + 1, b"", stream.fault)


def _grouped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in blocks of a good size."""
    parts: list[bytes] = []
    size = 0
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size >= BLOCK:
            yield b"".join(parts)
            parts, size = [], 0
    if parts:
        yield b"".join(parts)


def _plain(raw: IO[bytes]) -> Iterator[bytes]:
    while block := raw.read(BLOCK):
        yield block


def _gzip(raw: IO[bytes]) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=raw) as file:
        while block := file.read1(
            BLOCK
        ):  # one step at a time: a later fault costs nothing that was read before
            yield block


def _zstd(raw: IO[bytes]) -> Iterator[bytes]:
    import zstandard

    frame = None
    data = b""
    while piece := data or raw.read(SMALL):
        frame = frame or zstandard.ZstdDecompressor().decompressobj()
        if block := frame.decompress(piece):
            yield block
        data = frame.unused_data
        frame = None if frame.eof else frame
    if frame is not None:
        raise EOFError


_READERS = {"": _plain, ".gz": _gzip, ".zst": _zstd}
