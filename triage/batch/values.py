"""The values that flow through a run: records, chunks of them, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Record(NamedTuple):
    """A row as it stands in its file, without its line end.

    ``line`` is the physical line on which it begins, from 1 (a row number in tables); ``fault`` says in Chinese
    why it cannot be read, and is empty where it can.
    """

    line: int
    raw: bytes
    fault: str = ""
    ending: bytes = b"\n"


class Cells(NamedTuple):
    """A row of a table: its number, from 1, and its values in the order of the columns."""

    line: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of one file that are judged together, kept together and journaled together.

    Attributes:
        number: position among all chunks of the run, from 0.
        file: position of the file among the inputs.
        rows: records of a text file, or cells of a table; never mixed.
        done: bytes of all inputs read so far, as they lie on the disk; for the progress display.
    """

    number: int
    file: int
    rows: Sequence[Record] | Sequence[Cells]
    done: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its values by the columns of its file, and its record if it has one."""

    line: int
    values: Sequence[Any]
    record: Record | None = None


class Reject(NamedTuple):
    """A row that is not in the output, and why; ``identity`` is the value of the id column, if it could be read."""

    line: int
    reason: str
    raw: bytes
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of rows; ``read`` is counted where they are split, the others where they are written."""

    read: int = 0
    judged: int = 0
    rejected: int = 0
    emergencies: int = 0
    review: int = 0
    unusable_times: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(mine + its for mine, its in zip(self.as_tuple(), other.as_tuple(), strict=True)))

    def as_tuple(self) -> tuple[int, ...]:
        """The numbers in the order of the fields."""
        return (
            self.read,
            self.judged,
            self.rejected,
            self.emergencies,
            self.review,
            self.unusable_times,
        )
