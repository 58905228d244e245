"""Journaled chunks → the output and the reject file, which appear under their names only when they are whole."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import orjson

from triage.batch.errors import RunRefused
from triage.batch.inputs import Format
from triage.batch.journal import Journal, Outcome
from triage.batch.plan import OutputPlan, Plan
from triage.batch.values import Counts
from triage.durable import sync_folder

SHEET_ROWS = 1_048_576
"""Rows of a sheet, the header included; more go on to the next sheet."""


def assemble(plan: Plan, journal: Journal, number_of_chunks: int, reject_file: Path, counts: Counts) -> None:
    """Write both files; the output comes last, so that it is there only when everything is.

    Raises:
        RunRefused: another program has made the output meanwhile.
    """

    def outcomes() -> Iterator[Outcome]:
        return (journal.read(number) for number in range(number_of_chunks))

    output = plan.output.name.path
    rejects_draft = reject_file.with_name(f".{reject_file.name}.part")
    output_draft = journal.draft
    with rejects_draft.open("wb") as file:
        rejects_draft.chmod(0o600)  # raw rows, whatever they hold
        for outcome in outcomes():
            file.write(outcome.rejects)
        _sync(file)
    _WRITERS[plan.output_format](plan.output, outcomes(), output_draft)
    journal.mark_written(counts)
    if output.exists():
        raise RunRefused(f"{output}: 已经存在，不覆盖")
    rejects_draft.replace(reject_file)
    output_draft.replace(output)
    sync_folder(output.parent)


def _write_text(output: OutputPlan, outcomes: Iterator[Outcome], path: Path) -> None:
    with path.open("wb") as raw, _compressed(raw, output.name.compression) as file:
        file.write(output.header)
        for outcome in outcomes:
            file.write(outcome.output)
    _sync_path(path)


@contextmanager
def _compressed(raw: IO[bytes], compression: str) -> Iterator[IO[bytes]]:
    if compression == ".gz":
        # Neither name nor time: the same run gives the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
            yield file  # type: ignore[misc]
    elif compression == ".zst":
        import zstandard

        with zstandard.ZstdCompressor().stream_writer(raw, closefd=False) as file:
            yield file
    else:
        yield raw


def _write_sheets(output: OutputPlan, outcomes: Iterator[Outcome], path: Path) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    header = [*output.columns, *output.judged]
    with xlsxwriter.Workbook(path, {**options, "strings_to_numbers": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        sheet, line = None, SHEET_ROWS
        for outcome in outcomes:
            for row in outcome.output.splitlines():
                if sheet is None or line >= SHEET_ROWS:
                    sheet, line = book.add_worksheet(), 0
                    line = _write_row(sheet, line, header)
                line = _write_row(sheet, line, orjson.loads(row))
        if sheet is None:
            _write_row(book.add_worksheet(), 0, header)
    _sync_path(path)


def _write_row(sheet, line: int, cells: list[str]) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for at, cell in enumerate(cells):
        if cell:
            sheet.write_string(line, at, cell)
    return line + 1


def _write_parquet(output: OutputPlan, outcomes: Iterator[Outcome], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    assert output.schema is not None
    with pq.ParquetWriter(path, output.schema, compression="zstd") as writer:
        for outcome in outcomes:
            with pa.ipc.open_stream(io.BytesIO(outcome.output)) as reader:
                writer.write_table(reader.read_all())
    _sync_path(path)


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_path(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


_WRITERS: dict[Format, Callable[[OutputPlan, Iterator[Outcome], Path], None]] = {
    Format.DELIMITED: _write_text,
    Format.JSON_LINES: _write_text,
    Format.XLSX: _write_sheets,
    Format.PARQUET: _write_parquet,
}
