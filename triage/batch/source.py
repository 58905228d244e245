"""What every kind of input offers to a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from triage.batch.dialect import Dialect
from triage.batch.inputs import FileName
from triage.batch.values import Cells, Record

SAMPLE = 200
"""Rows that are looked at to find the column of text."""


class Source(Protocol):
    """One input file.

    Attributes:
        columns: names of its columns, none twice.
        description: encoding and the like, in Chinese, for people.
        blank_lines: empty lines passed over so far.
    """

    name: FileName
    columns: tuple[str, ...]
    description: str
    blank_lines: int

    @property
    def sample(self) -> Sequence[Sequence[Any]]:
        """The first rows, by the columns."""
        ...

    @property
    def dialect(self) -> Dialect | None:
        """How the file is written, if it is delimited text."""
        ...

    def rows(self) -> Iterator[Record] | Iterator[Cells]:
        """Every row from the first to the last, sound or not."""
        ...

    @property
    def position(self) -> int:
        """Bytes of the file on the disk that have been read."""
        ...
