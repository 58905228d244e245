"""What a run does, settled before the first row: files, columns, output. Frozen, and handed to every worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage.batch.dialect import Dialect
from triage.batch.inputs import FileName, Format

if TYPE_CHECKING:
    import pyarrow as pa

DEFAULT_PREFIX = "triage_"


@dataclass(frozen=True, slots=True)
class Choices:
    """What an operator asks for; names of columns are as in the files.

    Attributes:
        inputs: files, patterns, folders.
        output: the file to write; its suffix says the format.
        rejects: the reject file; by default the output's name with ``.rejects.jsonl``.
        encoding, output_encoding: of text files; found by itself, and that of the inputs.
        header: whether the first row names the columns.
        sheet: the one sheet of workbooks to read.
        mask: whether personal data in the text column are masked.
        safe_cells: whether original cells that a spreadsheet would take for formulas get an apostrophe.
        prefix: stands before the names of our columns.
        workers: processes that judge.
        chunk_rows: rows that are judged and journaled together.
    """

    inputs: tuple[str, ...]
    output: Path
    rejects: Path | None = None
    text_column: str | None = None
    id_column: str | None = None
    old_label_column: str | None = None
    old_urgency_column: str | None = None
    received_column: str | None = None
    closed_column: str | None = None
    store_column: str | None = None
    encoding: str | None = None
    output_encoding: str | None = None
    header: bool = True
    sheet: str | None = None
    mask: bool = False
    safe_cells: bool = False
    prefix: str = DEFAULT_PREFIX
    workers: int = 2
    chunk_rows: int = 2_000

    @property
    def reject_file(self) -> Path:
        """Where rejects go."""
        return self.rejects or self.output.with_name(self.output.name + ".rejects.jsonl")


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One input: where its columns stand (positions from 0), and how its rows reach the output.

    ``faithful`` says that records are copied byte for byte; otherwise ``order`` gives, for each column of the
    output, the position of the same column here, or ``None``.
    """

    name: FileName
    sheet: str | None
    columns: tuple[str, ...]
    dialect: Dialect | None
    text: int
    identity: int | None
    received: int | None
    store: int | None
    faithful: bool
    order: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """The output: ``columns`` are the original ones, ``judged`` ours, ``header`` the bytes that come first."""

    name: FileName
    dialect: Dialect
    columns: tuple[str, ...]
    judged: tuple[str, ...]
    header: bytes = b""
    schema: pa.Schema | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole run; ``now`` is when it was first begun, and stays when it is resumed."""

    files: tuple[FilePlan, ...]
    output: OutputPlan
    mask: bool
    safe_cells: bool
    with_times: bool
    now: datetime

    @property
    def output_format(self) -> Format:
        """The format of the output."""
        return self.output.name.format


def lay_out(values: Any, order: tuple[int | None, ...]) -> list[Any]:  # noqa: ANN401 - a sequence of anything
    """Values of a file by the columns of the output; ``None`` where the file has no such column."""
    size = len(values)
    return [values[at] if at is not None and at < size else None for at in order]
